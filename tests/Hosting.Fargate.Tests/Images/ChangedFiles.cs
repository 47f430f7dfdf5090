using System.Text;

namespace Hosting.Fargate.Tests.Images;

/// <summary>Files that were written since a moment, whoever wrote them.</summary>
internal static class ChangedFiles
{
    private static readonly EnumerationOptions s_all = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    /// <summary>Those that hold one of some texts. Pipes and sockets have no length, and are not opened.</summary>
    public static IReadOnlyList<string> With(IReadOnlyList<string> texts, IEnumerable<string> folders, DateTime since) =>
        [
            .. folders
                .SelectMany(folder => new DirectoryInfo(folder).EnumerateFiles("*", s_all))
                .Where(file => file.Exists && file.Length > 0 && file.LastWriteTimeUtc >= since && Holds(file.FullName, texts))
                .Select(file => file.FullName),
        ];

    private static bool Holds(string path, IReadOnlyList<string> texts)
    {
        try
        {
            var content = File.ReadAllBytes(path).AsSpan();
            foreach (var text in texts)
            {
                if (content.IndexOf(Encoding.UTF8.GetBytes(text)) >= 0)
                {
                    return true;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another program's, which took it away.
        }

        return false;
    }
}
