namespace Deploy.Tests;

/// <summary>Looks for a value where a deploy may have left it.</summary>
internal static class KeptSecrets
{
    /// <summary>The files below a folder that hold a text; sockets are empty.</summary>
    public static IReadOnlyList<string> In(string folder, string text) =>
        [
            .. Directory
                .EnumerateFiles(
                    folder,
                    "*",
                    new EnumerationOptions
                    {
                        RecurseSubdirectories = true,
                        IgnoreInaccessible = true,
                        AttributesToSkip = FileAttributes.ReparsePoint,
                    }
                )
                .Where(path => new FileInfo(path).Length > 0 && File.ReadAllText(path).Contains(text, StringComparison.Ordinal)),
        ];
}
