using System.Diagnostics;

namespace Aspire.Hosting.Run.Processes;

/// <summary>Sees to it that children end even when this process is killed outright.</summary>
/// <remarks>
/// On Unix it is a small shell program (<c>guardian.sh</c>) in a session of its own. It holds the reading end of a pipe whose writing end is here alone,
/// so it notices at once when this process is gone, however it went. On Windows a job object that dies with this process does the same.
/// </remarks>
internal sealed class ProcessGuardian : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Process? _shell;
    private readonly WindowsJob? _job;

    private ProcessGuardian(Process? shell, WindowsJob? job)
    {
        _shell = shell;
        _job = job;
    }

    /// <summary>Starts a guardian.</summary>
    public static ProcessGuardian Start()
    {
        if (OperatingSystem.IsWindows())
        {
            return new ProcessGuardian(shell: null, WindowsJob.Create());
        }

        var start = ProcessSession.Start("/bin/sh", ["-c", Script(), "aspire-guardian"]);
        start.RedirectStandardInput = true;
        // Its own output goes nowhere, but it must not keep this process's open.
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        return new ProcessGuardian(Process.Start(start), job: null);
    }

    /// <summary>Takes a child into its care.</summary>
    public void Add(Process child)
    {
        _job?.Add(child);
        Tell($"add {Target(child.Id)}");
    }

    /// <summary>Forgets a child that is gone.</summary>
    public void Remove(int childId) => Tell($"remove {Target(childId)}");

    /// <summary>Takes the containers with a label into its care.</summary>
    /// <param name="program">The container runtime's program.</param>
    /// <param name="label">A label, <c>name=value</c>.</param>
    public void AddContainers(string program, string label) => Tell($"containers {program} {label}");

    /// <summary>Lets the guardian go: whatever it watched over has ended in order.</summary>
    public async ValueTask DisposeAsync()
    {
        _job?.Dispose();
        if (_shell is null)
        {
            return;
        }
        Tell("done");
        await _shell.WaitForExitAsync().ConfigureAwait(false);
        _shell.Dispose();
    }

    private static string Target(int processId) => ProcessSession.HasOwnGroup ? $"-{processId}" : $"{processId}";

    private static string Script()
    {
        using var stream = typeof(ProcessGuardian).Assembly.GetManifestResourceStream("guardian.sh")
            ?? throw new InvalidOperationException("This assembly was built without guardian.sh.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private void Tell(string line)
    {
        lock (_gate)
        {
            if (_shell is not { HasExited: false })
            {
                return;
            }
            try
            {
                _shell.StandardInput.Write(line + "\n");
                _shell.StandardInput.Flush();
            }
            catch (IOException)
            {
                // Somebody killed the guardian. The children are still stopped in order, only not after a kill of this process.
            }
        }
    }
}
