using System.Diagnostics;

namespace Testing.Fargate;

/// <summary>
/// A server that the tests started and stop by its process: the line by which it says that it answers, and what it wrote to errors.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    public ServerProcess(string program, IEnumerable<string> arguments, Func<string, bool> isReady)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Keep(line.Data, isReady);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data, isReady);
        _process.Exited += (_, _) =>
            _ready.TrySetException(new InvalidOperationException($"{program} ended while it started. It said:\n{Output}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>All that it wrote so far.</summary>
    public string Output
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    /// <summary>The line that says that it answers.</summary>
    public Task<string> ReadyAsync() => _ready.Task.WaitAsync(s_deadline);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Keep(string? line, Func<string, bool> isReady)
    {
        if (line is null)
        {
            return;
        }

        lock (_lines)
        {
            _lines.Add(line);
        }

        if (isReady(line))
        {
            _ready.TrySetResult(line);
        }
    }
}
