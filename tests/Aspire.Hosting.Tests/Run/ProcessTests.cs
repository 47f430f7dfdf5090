using System.Collections.Concurrent;
using Aspire.Hosting.Run.Logs;
using Aspire.Hosting.Run.Processes;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Tests.Run;

public sealed class ProcessTests
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(2);

    private readonly ConcurrentQueue<OutputLine> _output = new();

    [Fact]
    public async Task Each_line_comes_with_its_stream()
    {
        using var process = Start("echo out; echo error >&2; printf last");

        Assert.Equal(0, await process.Completion.WaitAsync(s_deadline));
        Assert.Equal(["last", "out"], _output.Where(line => !line.IsError).Select(line => line.Text).Order());
        Assert.Equal(["error"], _output.Where(line => line.IsError).Select(line => line.Text));
    }

    [Fact]
    public async Task A_process_that_ends_when_asked_is_not_killed()
    {
        using var process = Start("trap 'echo bye; exit 5' TERM; echo ready; while :; do sleep 0.05; done");
        await UntilAsync(() => _output.Any(line => line.Text == "ready"));

        Assert.True(await process.StopAsync(s_deadline, CancellationToken.None));
        Assert.Equal(5, await process.Completion);
        Assert.Contains(_output, line => line.Text == "bye");
    }

    [Fact]
    public async Task A_process_that_does_not_end_in_its_grace_is_killed_with_all_it_started()
    {
        using var process = Start("trap '' TERM; sleep 1000 & echo $!; wait; wait");
        await UntilAsync(() => !_output.IsEmpty);
        var grandchild = int.Parse(_output.First().Text);

        Assert.False(await process.StopAsync(TimeSpan.FromMilliseconds(200), CancellationToken.None));
        Assert.Equal(128 + UnixSignals.Kill, await process.Completion);
        await UntilAsync(() => !IsAlive(grandchild));
    }

    [Fact]
    public async Task What_a_process_leaves_behind_ends_with_it()
    {
        using var process = Start("sleep 1000 & echo $!");

        await process.Completion.WaitAsync(s_deadline);

        var grandchild = int.Parse(_output.Single().Text);
        await UntilAsync(() => !IsAlive(grandchild));
    }

    [Fact]
    public async Task A_kill_at_the_very_start_is_not_lost()
    {
        for (var i = 0; i < 20; i++)
        {
            using var process = Start("exec sleep 1000");
            process.Kill();
            Assert.Equal(128 + UnixSignals.Kill, await process.Completion.WaitAsync(s_deadline));
        }
    }

    [Fact]
    public async Task A_child_leads_a_session_of_its_own()
    {
        using var process = Start("ps -o sid= -p $$");

        await process.Completion.WaitAsync(s_deadline);

        Assert.Equal(process.Id, int.Parse(_output.Single().Text));
    }

    [Fact]
    public void Parameters_and_addresses_of_the_AppHost_are_not_inherited()
    {
        var environment = new Dictionary<string, string?>
        {
            ["Parameters__password"] = "secret", ["ASPNETCORE_URLS"] = "http://localhost:1", ["PATH"] = "/bin",
        };

        InheritedEnvironment.Clean(environment);

        Assert.Equal(["PATH"], environment.Keys);
    }

    [Theory]
    [InlineData("info: Api.Startup[0]", LogLevel.Information)]
    [InlineData("\u001b[41m\u001b[30mfail\u001b[39m\u001b[22m\u001b[49m: Api[1]", LogLevel.Error)]
    [InlineData("2026-11-23T10:00:00.0000000 warn: Api[0]", LogLevel.Warning)]
    [InlineData("""{"Timestamp":"10:00","LogLevel":"Critical","Category":"Api"}""", LogLevel.Critical)]
    [InlineData("{ not JSON", null)]
    [InlineData("hello", null)]
    public void The_level_is_read_off_what_the_console_loggers_write(string line, LogLevel? level) =>
        Assert.Equal(level, new OutputLevel().Read(line));

    [Fact]
    public void An_indented_line_has_the_level_of_its_entry()
    {
        var level = new OutputLevel();
        level.Read("warn: Api[0]");

        Assert.Equal(LogLevel.Warning, level.Read("      It is late."));
        Assert.Null(level.Read("plain"));
    }

    private static bool IsAlive(int processId) =>
        File.Exists($"/proc/{processId}/stat") && File.ReadAllText($"/proc/{processId}/stat").Split(") ")[^1][0] is not ('Z' or 'X');

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(s_deadline);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!condition())
        {
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }

    private static void SkipOnWindows() =>
        Assert.SkipWhen(OperatingSystem.IsWindows() || !ProcessSession.HasOwnGroup, "Needs setsid: install util-linux.");

    private ChildProcess Start(string script)
    {
        SkipOnWindows();
        return ChildProcess.Start(
            new ProcessLaunch("/bin/sh", ["-c", script], Path.GetTempPath(), new Dictionary<string, string>()),
            _output.Enqueue, guardian: null, TimeProvider.System);
    }
}
