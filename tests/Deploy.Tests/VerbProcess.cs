using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Deploy.Tests;

/// <summary>An AppHost with a verb, as a person or a script starts it where there is no terminal.</summary>
internal sealed partial class VerbProcess : IAsyncDisposable
{
    // Of what hangs: the first deploy from source builds and compiles for minutes, where other tests have the processor too.
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(8);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    public VerbProcess(string appHost, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string?>> environment)
    {
        // It runs where nothing of the repository's is found by accident.
        var start = new ProcessStartInfo("dotnet", [appHost, .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetDirectoryName(appHost),
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _process.OutputDataReceived += (_, line) => Append(line.Data);
        _process.ErrorDataReceived += (_, line) => Append(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What it printed so far, on either stream.</summary>
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

    public bool HasEnded => _process.HasExited;

    public async Task<Outcome> EndAsync()
    {
        using var deadline = new CancellationTokenSource(s_deadline);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            Assert.Fail($"It did not end:\n{Output}");
        }

        return new Outcome(_process.ExitCode, Output);
    }

    public Task SaysAsync(string text) => Until.TrueAsync(
        () => Task.FromResult(Output.Contains(text, StringComparison.Ordinal) || (_process.HasExited ? throw new InvalidOperationException($"It ended before it said '{text}':\n{Output}") : false)),
        () => $"It did not say '{text}':\n{Output}");

    /// <summary>What Ctrl-C does.</summary>
    public void Interrupt() => Kill(_process.Id, 2);

    public void Kill() => _process.Kill(entireProcessTree: true);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Append(string? line)
    {
        if (line is not null)
        {
            lock (_output)
            {
                _output.AppendLine(line);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}

/// <summary>How a verb ended, and what it printed.</summary>
internal sealed record Outcome(int ExitCode, string Output)
{
    /// <summary>Fails the test with what was printed where the verb did not end as expected.</summary>
    public Outcome EndedWith(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"It ended with {ExitCode}, not with {exitCode}:\n{Output}");
        Assert.DoesNotContain("   at Hosting.", Output);
        return this;
    }

    public Outcome Says(params string[] texts)
    {
        foreach (var text in texts)
        {
            Assert.True(Output.Contains(text, StringComparison.Ordinal), $"It did not say '{text}':\n{Output}");
        }

        return this;
    }
}
