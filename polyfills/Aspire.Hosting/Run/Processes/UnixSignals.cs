using System.Runtime.InteropServices;

namespace Aspire.Hosting.Run.Processes;

/// <summary>Signals to a process group, which .NET itself has no way to send.</summary>
internal static partial class UnixSignals
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>Sends a signal; a negative <paramref name="target"/> is a process group. Says whether anybody was there to get it.</summary>
    public static bool Send(int target, int signal) => SendSignal(target, signal) == 0;

    /// <summary>Whether the process, or anybody in the group, is still there.</summary>
    public static bool Exists(int target) => SendSignal(target, 0) == 0;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int target, int signal);
}
