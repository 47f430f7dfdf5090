using System.Diagnostics;

namespace Aspire.Hosting.Run.Processes;

/// <summary>How a child is kept apart from this process's terminal and reached together with its own children.</summary>
/// <remarks>
/// A terminal's Ctrl-C goes to every process of its foreground group. A child must not get it: it is stopped in its turn, after those
/// that depend on it.
/// On Linux, and wherever else there is a <c>setsid</c> program, a child gets a session of its own, so a signal to its group
/// reaches whatever it started.
/// Where there is none (macOS) the child starts with SIGINT and SIGQUIT ignored, which survives <c>exec</c>, and .NET leaves ignored; its
/// process tree stands for the group.
/// On Windows a new process group and a job object do it. Only Linux is covered by the tests.
/// </remarks>
internal static class ProcessSession
{
    private const string IgnoreInterrupt = """trap "" INT QUIT; exec "$@" """;

    private static readonly string? s_setsid =
        OperatingSystem.IsWindows() ? null : new[] { "/usr/bin/setsid", "/bin/setsid", "/usr/local/bin/setsid" }.FirstOrDefault(File.Exists);

    /// <summary>Whether a child leads a process group of its own.</summary>
    public static bool HasOwnGroup => s_setsid is not null;

    /// <summary>What to start so that <paramref name="fileName"/> runs apart, under the process id that is started.</summary>
    public static ProcessStartInfo Start(string fileName, IEnumerable<string> arguments)
    {
        IEnumerable<string> command = [fileName, .. arguments];
        // setsid forks only for the leader of a group, which a child of ours never is: the process id stays the one that we know.
        var start = s_setsid is not null ? new ProcessStartInfo(s_setsid, command)
            : OperatingSystem.IsWindows() ? new ProcessStartInfo(fileName, arguments) { CreateNewProcessGroup = true }
            : new ProcessStartInfo("/bin/sh", ["-c", IgnoreInterrupt, "sh", .. command]);
        start.UseShellExecute = false;
        return start;
    }
}
