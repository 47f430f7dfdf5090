namespace Hosting.Fargate.Images;

/// <summary>The files that a build from a Dockerfile sees: those of its folder without what .dockerignore leaves out.</summary>
internal static class DockerContext
{
    /// <summary>The files by their path from the folder, with slashes; a link is a file, wherever it leads.</summary>
    public static IReadOnlyList<string> Read(string folder, string dockerfile)
    {
        // A Dockerfile's own list goes before the folder's.
        var ignore = new[] { $"{dockerfile}.dockerignore", Path.Combine(folder, ".dockerignore") }.FirstOrDefault(File.Exists);
        var rules = ignore is null ? [] : IgnoreRule.ReadAll(File.ReadLines(ignore));
        List<string> files = [];
        Walk(new DirectoryInfo(folder), "");
        return files;

        void Walk(DirectoryInfo directory, string path)
        {
            foreach (var entry in directory.EnumerateFileSystemInfos())
            {
                var name = path + entry.Name;
                if (entry is DirectoryInfo child && entry.LinkTarget is null)
                {
                    // Within one that is left out, a later rule may take something back.
                    if (!IgnoreRule.IsIgnored(rules, name) || rules.Exists(rule => rule.IsException))
                    {
                        Walk(child, $"{name}/");
                    }
                }
                else if (!IgnoreRule.IsIgnored(rules, name))
                {
                    files.Add(name);
                }
            }
        }
    }
}
