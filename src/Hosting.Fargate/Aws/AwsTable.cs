namespace Hosting.Fargate.Aws;

/// <summary>
/// A table of what AWS documents, which is a file beside the code that reads it: cells between tabs, and lines that say its source behind a
/// #.
/// </summary>
internal static class AwsTable
{
    /// <summary>The rows of a table of this assembly, by the name of its file.</summary>
    public static IEnumerable<string[]> Read(string name)
    {
        using var stream = typeof(AwsTable).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t'))];
    }
}
