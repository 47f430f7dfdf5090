using Hosting.Fargate.Images;

namespace Hosting.Fargate.Tests.Images;

/// <summary>What a build sees of its folder: https://docs.docker.com/build/concepts/context/#dockerignore-files.</summary>
public sealed class DockerContextTests : IDisposable
{
    private readonly DirectoryInfo _context = Directory.CreateTempSubdirectory();

    public void Dispose() => _context.Delete(recursive: true);

    [Fact]
    public void What_dockerignore_leaves_out_is_not_looked_at()
    {
        Write("Dockerfile", "FROM scratch");
        Write(".dockerignore", "# builds\n**/bin\n/logs/*.log\nnode_modules\n*.md\n!README.md\n");
        foreach (
            var file in new[]
            {
                "a.txt",
                "bin/x",
                "src/bin/y",
                "src/cabin/z",
                "logs/1.log",
                "logs/deep/1.log",
                "node_modules/m/index.js",
                "notes.md",
                "README.md",
            }
        )
        {
            Write(file, file);
        }

        Assert.Equal(
            [".dockerignore", "Dockerfile", "README.md", "a.txt", "logs/deep/1.log", "src/cabin/z"],
            DockerContext.Read(_context.FullName, Path.Combine(_context.FullName, "Dockerfile")).Order(StringComparer.Ordinal)
        );
    }

    /// <summary>The cases that https://github.com/moby/patternmatcher has, and cleaned paths.</summary>
    [Theory]
    [InlineData("**", "dir/file", true)]
    [InlineData("**/", "file", true)]
    [InlineData("**/**", "dir/file", true)]
    [InlineData("dir/**", "dir/dir2/file", true)]
    [InlineData("dir/**", "dir", false)]
    [InlineData("**/dir", "dir/file", true)]
    [InlineData("**/dir2/*", "dir/dir2/file", true)]
    [InlineData("**file", "dir/dir/file", true)]
    [InlineData("**file", "dir/profile", true)]
    [InlineData("**file*", "dir/profile", false)]
    [InlineData("**/file*.txt*", "dir/dir/file.txt", true)]
    [InlineData("**/**/*.txt", "file.txt", true)]
    [InlineData("**/**/*.txt2", "dir/dir/file.txt", false)]
    [InlineData("a**/*.txt", "a/dir/dir/file.txt", true)]
    [InlineData("a/*.txt**", "a/file.txt", true)]
    [InlineData("a/*.txt", "a/dir/file.txt", false)]
    [InlineData("a[b-d]e", "ace", true)]
    [InlineData("a[b-d]e", "aae", false)]
    [InlineData("a[^b-d]e", "aze", true)]
    [InlineData("**/[Bb]in/", "src/Bin/x.dll", true)]
    [InlineData("[", "[", false)]
    [InlineData(".*", ".foo", true)]
    [InlineData(".*", "foo", false)]
    [InlineData("abc.def", "abcZdef", false)]
    [InlineData("abc?def", "abcZdef", true)]
    [InlineData("a?b", "a/b", false)]
    [InlineData("a\\*b", "a*b", true)]
    [InlineData("a\\*b", "acb", false)]
    [InlineData("**/.foo", "bar.foo", false)]
    [InlineData("a.|)$(}+{bc", "a.|)$(}+{bc", true)]
    [InlineData("a* #b", "ac #b", true)]
    [InlineData("./bin//obj/../x/", "bin/x/y", true)]
    [InlineData("/../bin", "bin/y", true)]
    [InlineData("../bin", "bin/y", false)]
    [InlineData(".", "bin", false)]
    [InlineData("  bin  ", "bin/y", true)]
    [InlineData("# bin", "# bin", false)]
    [InlineData(" # bin", "# bin", true)]
    [InlineData("docs\n!docs/README.md", "docs/README.md", false)]
    [InlineData("**\n! /util/web\nutil/web/foo", "util/web/bar", false)]
    [InlineData("**\n!util/web\nutil/web/foo", "util/web/foo", true)]
    public void A_line_leaves_out_what_engines_leave_out(string lines, string path, bool isIgnored)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && lines.Contains('\\'), "There a backslash is a separator.");
        Assert.Equal(isIgnored, IgnoreRule.IsIgnored(IgnoreRule.ReadAll(lines.Split('\n')), path));
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(_context.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
