using System.Diagnostics;
using System.Threading.Channels;

namespace LocalAws.Tests.Emulators;

/// <summary>A server that a test started, and stops.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Channel<string> _output = Channel.CreateUnbounded<string>();

    public ServerProcess(string fileName, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(fileName, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <summary>In bytes.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The first line of output that a test waits for.</summary>
    public async Task<string> FindOutputAsync(Func<string, bool> matches)
    {
        using var deadline = new CancellationTokenSource(StartDeadline);
        var seen = new List<string>();
        try
        {
            await foreach (var line in _output.Reader.ReadAllAsync(deadline.Token))
            {
                if (matches(line))
                    return line;
                seen.Add(line);
            }
        }
        catch (OperationCanceledException)
        {
            // Told below, with what the server said instead.
        }
        throw new InvalidOperationException($"The server did not say that it listens. It said:\n{string.Join('\n', seen)}");
    }

    /// <summary>What it says from here to its end.</summary>
    public async Task<IReadOnlyList<string>> RestOfOutputAsync() => await _output.Reader.ReadAllAsync().ToListAsync();

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop, as Ctrl-C does, and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var signal = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
        return await WaitForExitAsync();
    }

    public async Task<int> WaitForExitAsync()
    {
        using var deadline = new CancellationTokenSource(StartDeadline);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
            _output.Writer.TryComplete();
        else
            _output.Writer.TryWrite(line);
    }
}
