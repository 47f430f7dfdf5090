using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using Aspire.Hosting.Run.Processes;

namespace Aspire.Hosting.Tests.Run;

/// <summary>The AppHost of tests/RunMode as a process of its own: two replicas of a web project behind a proxy, a shell and a job that fails.</summary>
public sealed partial class AppHostTests : IAsyncLifetime
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(2);

    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource<string> _webUrl = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _healthyReplicas;
    private Process? _appHost;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || !ProcessSession.HasOwnGroup, "Needs setsid: install util-linux.");
        var assembly = typeof(AppHostTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "RunModeAppHost").Value!;
        var start = new ProcessStartInfo(Path.ChangeExtension(assembly, null))
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["Parameters__password"] = "hunter2-of-the-test";
        _appHost = Process.Start(start)!;
        _appHost.OutputDataReceived += (_, e) => OnLine(e.Data);
        _appHost.ErrorDataReceived += (_, e) => OnLine(e.Data);
        _appHost.BeginOutputReadLine();
        _appHost.BeginErrorReadLine();
        await _webUrl.Task.WaitAsync(s_deadline);
    }

    [Fact]
    public async Task Replicas_share_an_endpoint_and_the_console_says_what_there_is_to_know()
    {
        using var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero });
        var url = await _webUrl.Task;
        var answers = new HashSet<string>();
        for (var i = 0; i < 10; i++)
        {
            answers.Add(await http.GetStringAsync($"{url}/who"));
        }

        Assert.Equal(2, answers.Count);
        Assert.Equal("hunter2-of-the-test", await http.GetStringAsync($"{url}/variable/PASSWORD"));
        Assert.Equal("", await http.GetStringAsync($"{url}/variable/Parameters__password"));
        Assert.Equal("web", await http.GetStringAsync($"{url}/variable/OTEL_SERVICE_NAME"));
        Assert.StartsWith("http://localhost:", await http.GetStringAsync($"{url}/variable/OTEL_EXPORTER_OTLP_ENDPOINT"));
        Assert.StartsWith("x-otlp-api-key=", await http.GetStringAsync($"{url}/variable/OTEL_EXPORTER_OTLP_HEADERS"));
        Assert.Contains("service.instance.id=", await http.GetStringAsync($"{url}/variable/OTEL_RESOURCE_ATTRIBUTES"));
        Assert.Contains(_output, line => line.StartsWith("Login to the dashboard at http://localhost:") && line.Contains("/login?t="));
        Assert.Contains("Distributed application started. Press Ctrl+C to shut down.", _output);
        Assert.Contains("error: job ended with exit code 4:", _output);
        Assert.Contains("    the job failed", _output);
    }

    [Fact]
    public async Task Ctrl_C_ends_everything_in_order_and_the_AppHost_with_0()
    {
        var children = Descendants();
        Assert.NotEmpty(children);

        UnixSignals.Send(_appHost!.Id, UnixSignals.Interrupt);
        await _appHost.WaitForExitAsync().WaitAsync(s_deadline);

        Assert.Equal(0, _appHost.ExitCode);
        Assert.DoesNotContain(children, IsAlive);
    }

    [Fact]
    public async Task A_killed_AppHost_leaves_no_child_after_five_seconds()
    {
        var children = Descendants();
        Assert.NotEmpty(children);

        UnixSignals.Send(_appHost!.Id, UnixSignals.Kill);
        var killed = Stopwatch.StartNew();

        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (children.Exists(IsAlive) && await timer.WaitForNextTickAsync())
        {
            Assert.True(killed.Elapsed < TimeSpan.FromSeconds(5), $"Alive: {string.Join(", ", children.Where(IsAlive))}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_appHost is not null)
        {
            UnixSignals.Send(_appHost.Id, UnixSignals.Terminate);
            await _appHost.WaitForExitAsync().WaitAsync(s_deadline);
            _appHost.Dispose();
        }
    }

    // Each resource leads a session of its own, so its members are found by their session, not by their parents.
    private List<int> Descendants()
    {
        var leaders = Stats().Where(stat => stat.Parent == _appHost!.Id).Select(stat => stat.Id).ToHashSet();
        return [.. Stats().Where(stat => leaders.Contains(stat.Session)).Select(stat => stat.Id)];
    }

    private static bool IsAlive(int processId) => Stats().Any(stat => stat.Id == processId && stat.State is not ('Z' or 'X'));

    private static List<(int Id, char State, int Parent, int Session)> Stats()
    {
        var stats = new List<(int, char, int, int)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            try
            {
                var fields = File.ReadAllText(Path.Combine(folder, "stat")).Split(") ")[^1].Split(' ');
                stats.Add((int.Parse(Path.GetFileName(folder)), fields[0][0], int.Parse(fields[1]), int.Parse(fields[3])));
            }
            catch (IOException)
            {
                // It ended while we looked.
            }
        }
        return stats;
    }

    private void OnLine(string? line)
    {
        if (line is null)
        {
            return;
        }
        _output.Enqueue(line);
        if (HealthyWeb().Match(line) is { Success: true } match && Interlocked.Increment(ref _healthyReplicas) == 2)
        {
            _webUrl.SetResult(match.Groups[1].Value);
        }
    }

    [GeneratedRegex(@"^web-\d is healthy  (http://\S+)$")]
    private static partial Regex HealthyWeb();
}
