using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace Deploy.Faults;

/// <summary>
/// A deploy as a person starts it: a process of its own, watched for what it writes and, where that is wanted, for the command lines it
/// starts.
/// </summary>
internal sealed class DeployProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(10);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly ConcurrentDictionary<string, bool> _commandLines = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _watching;

    private DeployProcess(ProcessStartInfo start, bool isWatched)
    {
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Append(line.Data);
        _process.ErrorDataReceived += (_, line) => Append(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _process.StandardInput.Close();
        _watching = isWatched ? Task.Run(WatchAsync) : Task.CompletedTask;
    }

    /// <summary>What it wrote so far, to both of its outputs.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>The command lines of all processes of this machine that were seen while it ran, where it is watched for them.</summary>
    public IEnumerable<string> CommandLines => _commandLines.Keys;

    /// <param name="assembly">The AppHost.</param>
    /// <param name="folder">Where it is run.</param>
    /// <param name="environment">Added to this process's own.</param>
    /// <param name="isWatched">Whether command lines are wanted: all processes are looked at for them, forty times a second.</param>
    /// <param name="arguments">Its command line.</param>
    public static DeployProcess Start(
        string assembly,
        string folder,
        IEnumerable<KeyValuePair<string, string>> environment,
        bool isWatched,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo("dotnet", ["exec", assembly, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new DeployProcess(start, isWatched);
    }

    /// <summary>Its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> ExitAsync()
    {
        using var deadline = new CancellationTokenSource(s_deadline);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    /// <summary>SIGKILL: it cannot do a thing any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await ExitAsync();
    }

    /// <summary>Waits for a text in its output.</summary>
    public async Task WaitForOutputAsync(string text)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            Assert.False(_process.HasExited, $"The deploy ended before it said \"{text}\":\n{Output}");
            Assert.False(deadline.IsCancellationRequested, $"The deploy did not say \"{text}\":\n{Output}");
            await timer.WaitForNextTickAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        await _stopping.CancelAsync();
        await _watching;
        _process.Dispose();
        _stopping.Dispose();
    }

    /// <summary>Looks at each process for the second after it is seen first: until then it may become another program.</summary>
    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        Dictionary<string, long> seen = [];
        while (!_stopping.IsCancellationRequested && !_process.HasExited)
        {
            string[] folders = [.. Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]))];
            // A number that was free may come again.
            foreach (var gone in seen.Keys.Except(folders).ToList())
            {
                seen.Remove(gone);
            }

            foreach (var folder in folders)
            {
                if (!seen.TryAdd(folder, Stopwatch.GetTimestamp()) && Stopwatch.GetElapsedTime(seen[folder]) > TimeSpan.FromSeconds(1))
                {
                    continue;
                }

                try
                {
                    _commandLines[File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ')] = true;
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    // It ended while we looked.
                }
            }

            await timer.WaitForNextTickAsync();
        }
    }

    private void Append(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
