using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Deploy.Tests;

/// <summary>
/// An AppHost with a verb, or the Aspire CLI with one, as a person or a script starts it; where there is no terminal, unless it is given
/// one.
/// </summary>
internal sealed partial class VerbProcess : IAsyncDisposable
{
    // Of what hangs: the first deploy from source builds and compiles for minutes, where other tests have the processor too.
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(8);

    private readonly Process _process;
    private readonly Task _reading;
    private readonly StringBuilder _output = new();

    private VerbProcess(ProcessStartInfo start, IEnumerable<KeyValuePair<string, string?>> environment, bool isAtTerminal)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        if (!isAtTerminal)
        {
            _process.StandardInput.Close();
        }

        _reading = Task.WhenAll(ReadAsync(_process.StandardOutput), ReadAsync(_process.StandardError));
    }

    /// <summary>Starts a built AppHost where nothing of the repository's is found by accident.</summary>
    public static VerbProcess Start(
        string appHost,
        IEnumerable<string> arguments,
        IEnumerable<KeyValuePair<string, string?>> environment
    ) =>
        new(
            new ProcessStartInfo("dotnet", [appHost, .. arguments]) { WorkingDirectory = Path.GetDirectoryName(appHost) },
            environment,
            isAtTerminal: false
        );

    /// <summary>Starts a command in a terminal of its own, of 120 columns. Skips the test where there is no <c>script</c>.</summary>
    public static VerbProcess StartAtTerminal(
        IEnumerable<string> command,
        string folder,
        IEnumerable<KeyValuePair<string, string?>> environment
    )
    {
        Assert.SkipUnless(
            File.Exists("/usr/bin/script"),
            "There is no /usr/bin/script, which gives a process a terminal: install with apt-get install bsdutils."
        );
        var line = "stty cols 120; exec " + string.Join(' ', command.Select(word => $"'{word}'"));
        return new(
            new ProcessStartInfo("/usr/bin/script", ["--quiet", "--return", "--command", line, "/dev/null"]) { WorkingDirectory = folder },
            environment,
            isAtTerminal: true
        );
    }

    /// <summary>Starts a command where there is no terminal.</summary>
    public static VerbProcess Start(IReadOnlyList<string> command, string folder, IEnumerable<KeyValuePair<string, string?>> environment) =>
        new(new ProcessStartInfo(command[0], command.Skip(1)) { WorkingDirectory = folder }, environment, isAtTerminal: false);

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

    /// <param name="patience">How long it may take; some minutes where it is not said.</param>
    public async Task<Outcome> EndAsync(TimeSpan? patience = null)
    {
        using var deadline = new CancellationTokenSource(patience ?? s_deadline);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
            await _reading.WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            Assert.Fail($"It did not end:\n{Output}");
        }

        return new Outcome(_process.ExitCode, Output);
    }

    public Task SaysAsync(string text) =>
        Until.TrueAsync(
            () =>
                Task.FromResult(
                    Output.Contains(text, StringComparison.Ordinal)
                        || (
                            _process.HasExited ? throw new InvalidOperationException($"It ended before it said '{text}':\n{Output}") : false
                        )
                ),
            () => $"It did not say '{text}':\n{Output}"
        );

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

    /// <summary>What a question is answered with at a terminal.</summary>
    public async Task TypeAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>By characters: a question has no end of line.</summary>
    private async Task ReadAsync(StreamReader reader)
    {
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer) is > 0 and var count)
        {
            lock (_output)
            {
                _output.Append(buffer, 0, count);
            }

            // A terminal is asked where its cursor is, and what waits for the answer takes what is typed for it.
            for (var asked = buffer.AsSpan(0, count).Count("\e[6n"); asked > 0; asked--)
            {
                await TypeAsync("\e[1;1R");
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
