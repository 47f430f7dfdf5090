using System.Net;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace EndToEnd;

[Collection(AppHostProcess.Collection)]
public sealed partial class AppHostProcessTests
{
    private static readonly (string, string?)[] s_freePorts = [("DcpPublisher__RandomizePorts", "true")];

    [Fact]
    public async Task The_console_shows_the_way_to_the_dashboard_and_to_each_service()
    {
        await using var host = AppHostProcess.Start([], s_freePorts);
        await host.WaitForOutputAsync("api is healthy");
        var login = LoginAddress().Match(host.Output);
        Assert.True(login.Success, host.Output);
        Assert.Matches(@"api is healthy\s+http://localhost:\d+", host.Output);
        Assert.Contains("Distributed application started. Press Ctrl+C to shut down.", host.Output);

        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() });
        var page = await browser.GetStringAsync(login.Value);
        Assert.Contains("<html", page, StringComparison.OrdinalIgnoreCase);
        using var stranger = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var refused = await stranger.GetAsync(new Uri(new Uri(login.Value), "/"));
        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
    }

    [Fact]
    public async Task Ctrl_C_stops_everything_in_order()
    {
        await using var host = AppHostProcess.Start([], s_freePorts);
        await host.WaitForOutputAsync("api is healthy");
        SkipWithoutProc();
        Assert.NotEmpty(host.Descendants());

        host.Signal(PosixSignal.SIGINT);
        Assert.Equal(0, await host.ExitAsync());
        Assert.Empty(host.Descendants());
    }

    [Fact]
    public async Task Killing_the_AppHost_leaves_no_orphan()
    {
        SkipWithoutProc();
        await using var host = AppHostProcess.Start([], s_freePorts);
        await host.WaitForOutputAsync("api is healthy");
        Assert.NotEmpty(host.Descendants());

        host.Kill();
        await host.ExitAsync();
        using var deadline = new CancellationTokenSource(ReferenceApplication.Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (host.Descendants() is { Count: > 0 } alive)
        {
            Assert.True(!deadline.IsCancellationRequested, $"Still alive: {string.Join(", ", alive)}");
            await timer.WaitForNextTickAsync();
        }
    }

    [Fact]
    public async Task A_step_that_is_not_there_is_refused_in_one_clear_message()
    {
        await using var host = AppHostProcess.Start(["--operation", "publish", "--step", "no-such-step"]);
        Assert.NotEqual(0, await host.ExitAsync());
        Assert.Contains("no-such-step", host.Output);
        Assert.DoesNotContain("   at ", host.Output);
    }

    private static void SkipWithoutProc()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("The AppHost's children are found through /proc, which only Linux has.");
    }

    [GeneratedRegex(@"http://localhost:\d+/login\?t=[0-9A-Za-z_-]+")]
    private static partial Regex LoginAddress();
}
