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

    private static string CheckoutOf(string project) => TopOf(project) ?? OwnOf(project);

    /// <summary>The top of the git checkout that a project is in, which ends with a separator; null where it is in none.</summary>
    public static string? TopOf(string project)
    {
        for (var folder = OwnOf(project); folder is not null; folder = Up(folder))
        {
            // A folder in a clone, a file in a work tree.
            if (Path.Exists(Path.Combine(folder, ".git")))
            {
                return folder;
            }
        }

        return null;
    }

    private static string OwnOf(string project) => Path.GetDirectoryName(project)! + Path.DirectorySeparatorChar;

    private static string? Up(string folder) =>
        Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder)) is { } parent
            ? Path.EndsInDirectorySeparator(parent)
                ? parent
                : parent + Path.DirectorySeparatorChar
            : null;
}
