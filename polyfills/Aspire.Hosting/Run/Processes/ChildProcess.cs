using System.Diagnostics;

namespace Aspire.Hosting.Run.Processes;

/// <summary>A line that a child wrote.</summary>
internal readonly record struct OutputLine(DateTimeOffset Timestamp, string Text, bool IsError);

/// <summary>A process that runs apart from this one's terminal, whose output comes line by line, and that ends with all that it started.</summary>
internal sealed class ChildProcess : IDisposable
{
    // Whoever still holds the output pipe after the process is gone (a grandchild that left its group) must not hold up its end.
    private static readonly TimeSpan s_outputGrace = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(20);

    private readonly Process _process;
    private readonly ProcessGuardian? _guardian;

    private ChildProcess(Process process, ProcessGuardian? guardian, Action<OutputLine> onOutput, TimeProvider time)
    {
        _process = process;
        _guardian = guardian;
        Id = process.Id;
        Completion = CompleteAsync(
            OutputLines.ReadAsync(process.StandardOutput.BaseStream, text => onOutput(new(time.GetUtcNow(), text, IsError: false))),
            OutputLines.ReadAsync(process.StandardError.BaseStream, text => onOutput(new(time.GetUtcNow(), text, IsError: true))));
    }

    /// <summary>The process id; where the child leads its own group it is the group's too.</summary>
    public int Id { get; }

    /// <summary>Ends with the process's exit code once it, and what it started, is gone and its output was read. Never faults.</summary>
    /// <remarks>A process that a signal ended has 128 plus the signal's number.</remarks>
    public Task<int> Completion { get; }

    /// <summary>Starts a process.</summary>
    /// <param name="launch">What to run.</param>
    /// <param name="onOutput">Gets each line; may be called from two threads at once, one for each stream.</param>
    /// <param name="guardian">Who ends the process should this one be killed.</param>
    /// <param name="time">Where the lines' times come from.</param>
    /// <exception cref="ProcessLaunchException">The program or its working directory does not exist, or may not be run.</exception>
    public static ChildProcess Start(ProcessLaunch launch, Action<OutputLine> onOutput, ProcessGuardian? guardian, TimeProvider time)
    {
        var fileName = launch.ResolveFileName();
        var start = ProcessSession.Start(fileName, launch.Arguments);
        start.WorkingDirectory = launch.WorkingDirectory;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        InheritedEnvironment.Clean(start.Environment);
        foreach (var (name, value) in launch.Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            var process = Process.Start(start) ?? throw new ProcessLaunchException($"'{fileName}' did not start");
            guardian?.Add(process);
            // Nobody types into a resource; whoever reads its input sees the end at once.
            process.StandardInput.Close();
            return new ChildProcess(process, guardian, onOutput, time);
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or UnauthorizedAccessException)
        {
            throw new ProcessLaunchException($"'{fileName}' could not be started: {exception.Message}", exception);
        }
    }

    /// <summary>Asks the process to end, waits for as long as its grace lasts, then ends it and all that it started.</summary>
    /// <param name="grace">How long it may take to end by itself.</param>
    /// <param name="killNow">Ends the grace early.</param>
    /// <returns>Whether it ended by itself.</returns>
    public async Task<bool> StopAsync(TimeSpan grace, CancellationToken killNow)
    {
        if (!killNow.IsCancellationRequested && !Completion.IsCompleted)
        {
            Terminate();
            await ((Task)Completion).WaitAsync(grace, killNow).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (Completion.IsCompleted)
        {
            return true;
        }

        Kill();
        await Completion.ConfigureAwait(false);
        return false;
    }

    /// <summary>Ends the process and all that it started, at once.</summary>
    public void Kill()
    {
        if (ProcessSession.HasOwnGroup)
        {
            SendToGroup(UnixSignals.Kill);
            return;
        }
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself in the meantime.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    private void Terminate()
    {
        if (OperatingSystem.IsWindows())
        {
            WindowsConsole.SendBreak(Id);
        }
        else if (ProcessSession.HasOwnGroup)
        {
            SendToGroup(UnixSignals.Terminate);
        }
        else
        {
            UnixSignals.Send(Id, UnixSignals.Terminate);
        }
    }

    // In its first moments the child is not yet the leader of a group: then it is alone, and gets the signal itself.
    private void SendToGroup(int signal)
    {
        if (!UnixSignals.Send(-Id, signal) && !_process.HasExited)
        {
            UnixSignals.Send(Id, signal);
        }
    }

    private async Task<int> CompleteAsync(Task standardOutput, Task standardError)
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        var exitCode = _process.ExitCode;
        await EndLeftoversAsync().ConfigureAwait(false);
        await Task.WhenAll(standardOutput, standardError).WaitAsync(s_outputGrace)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _guardian?.Remove(Id);
        return exitCode;
    }

    // A shell that ends may leave its children behind, and they would hold on to the resource's ports.
    private async Task EndLeftoversAsync()
    {
        if (!ProcessSession.HasOwnGroup || !UnixSignals.Send(-Id, UnixSignals.Terminate))
        {
            return;
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        using var timer = new PeriodicTimer(s_pollInterval);
        try
        {
            while (UnixSignals.Exists(-Id))
            {
                await timer.WaitForNextTickAsync(patience.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            UnixSignals.Send(-Id, UnixSignals.Kill);
        }
    }
}
