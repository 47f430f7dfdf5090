using System.ComponentModel;

namespace Hosting.Fargate.Images;

/// <summary>The commit that images are made from.</summary>
internal static class GitCommit
{
    /// <summary>
    /// The commit that is checked out; null where there is none, or where files differ from it: images of those are of no commit.
    /// </summary>
    public static async Task<string?> FindAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            var status = await new ChildProcess("git", ["status", "--porcelain=v2", "--branch"]) { Folder = folder }.RunAsync(
                cancellationToken
            );
            const string Head = "# branch.oid ";
            return
                status.ExitCode == 0
                && status.Lines.All(line => line.StartsWith('#'))
                && status.Lines.FirstOrDefault(line => line.StartsWith(Head, StringComparison.Ordinal)) is { } line
                && line[Head.Length..] is var commit
                && commit.All(char.IsAsciiHexDigit)
                ? commit
                : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>The tag of an image of a commit.</summary>
    public static string TagOf(string commit) => $"commit-{commit[..Math.Min(12, commit.Length)].ToLowerInvariant()}";
}
