namespace Hosting.Fargate.Images;

/// <summary>The folder from which sources are named in what is compiled, wherever the checkout is.</summary>
internal static class SourceRoot
{
    /// <summary>The folder that has all projects in it, from the tops of their git checkouts; it ends with a separator.</summary>
    public static string Of(IEnumerable<string> projects)
    {
        var common = projects
            .Select(CheckoutOf)
            .Distinct()
            .Aggregate(
                (one, other) =>
                {
                    while (!other.StartsWith(one, StringComparison.Ordinal))
                    {
                        one = Up(one) ?? Path.GetPathRoot(one)!;
                    }

                    return one;
                }
            );
        return common;
    }

    private static string CheckoutOf(string project)
    {
        var own = Path.GetDirectoryName(project)! + Path.DirectorySeparatorChar;
        for (var folder = own; folder is not null; folder = Up(folder))
        {
            // A folder in a clone, a file in a work tree.
            if (Path.Exists(Path.Combine(folder, ".git")))
            {
                return folder;
            }
        }

        return own;
    }

    private static string? Up(string folder) =>
        Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder)) is { } parent
            ? Path.EndsInDirectorySeparator(parent)
                ? parent
                : parent + Path.DirectorySeparatorChar
            : null;
}
