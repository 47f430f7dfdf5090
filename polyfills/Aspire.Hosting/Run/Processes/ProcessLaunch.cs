namespace Aspire.Hosting.Run.Processes;

/// <summary>What is to be run, where, and with which environment.</summary>
/// <param name="FileName">A program's path, or a name that the <c>PATH</c> of <paramref name="Environment"/> or of this process finds.</param>
/// <param name="Arguments">The arguments, each as the program is to see it.</param>
/// <param name="WorkingDirectory">Where the program starts. It must exist.</param>
/// <param name="Environment">Variables set on top of those of this process.</param>
internal sealed record ProcessLaunch(
    string FileName,
    IReadOnlyList<string> Arguments,
    string WorkingDirectory,
    IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>The program's full path.</summary>
    /// <exception cref="ProcessLaunchException">There is no such program, or no such working directory.</exception>
    public string ResolveFileName()
    {
        if (!Directory.Exists(WorkingDirectory))
        {
            throw new ProcessLaunchException($"the working directory '{WorkingDirectory}' does not exist");
        }

        if (FileName.Contains(Path.DirectorySeparatorChar) || FileName.Contains(Path.AltDirectorySeparatorChar))
        {
            var path = Path.GetFullPath(FileName, WorkingDirectory);
            return FirstExisting(path) ?? throw new ProcessLaunchException($"the program '{path}' does not exist");
        }

        var searchPath = Environment.GetValueOrDefault("PATH") ?? System.Environment.GetEnvironmentVariable("PATH") ?? "";
        return searchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                   .Select(folder => FirstExisting(Path.Combine(folder, FileName)))
                   .FirstOrDefault(found => found is not null)
               ?? throw new ProcessLaunchException($"the program '{FileName}' is in none of the folders of PATH");
    }

    // Windows leaves the extension out of a command; Process.Start adds only .exe by itself.
    private static string? FirstExisting(string path)
    {
        string[] candidates = OperatingSystem.IsWindows()
            ? [path, .. (System.Environment.GetEnvironmentVariable("PATHEXT") ?? ".EXE;.CMD;.BAT").Split(';').Select(extension => path + extension)]
            : [path];
        return candidates.FirstOrDefault(File.Exists);
    }
}

/// <summary>A program that could not be started; the message says why, in words for the person who wrote the model.</summary>
internal sealed class ProcessLaunchException(string message, Exception? innerException = null) : Exception(message, innerException);
