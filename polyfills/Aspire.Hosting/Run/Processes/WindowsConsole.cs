using System.Runtime.InteropServices;

namespace Aspire.Hosting.Run.Processes;

/// <summary>Windows's nearest thing to SIGTERM: Ctrl-Break to a console process group. Not covered by the tests, which run on Linux.</summary>
internal static partial class WindowsConsole
{
    private const uint ControlBreak = 1;

    /// <summary>Sends Ctrl-Break to the group that <paramref name="processId"/> leads; .NET programs take it as a wish to shut down.</summary>
    public static void SendBreak(int processId) => GenerateConsoleCtrlEvent(ControlBreak, (uint)processId);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GenerateConsoleCtrlEvent(uint controlEvent, uint processGroup);
}
