using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EndToEnd;

[Collection(AppHostProcess.Collection)]
public sealed partial class AppHostProcessTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("apphost-data-");

    public AppHostProcessTests() => ProcessTree.SkipWhereUnreadable();

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task The_console_shows_the_way_to_the_dashboard_and_asks_for_no_certificate()
    {
        await using var host = AppHostProcess.StartOn(_data);
        await host.WaitForOutputAsync("Distributed application started. Press Ctrl+C to shut down.");
        var login = LoginAddress().Match(host.Output);
        Assert.True(login.Success, host.Output);
        Assert.DoesNotContain("certificate", host.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("warn:", host.Output);

        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() });
        Assert.Contains("<html", await browser.GetStringAsync(login.Value), StringComparison.OrdinalIgnoreCase);
        using var stranger = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var refused = await stranger.GetAsync(new Uri(new Uri(login.Value), "/"));
        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
    }

    [Fact]
    public async Task Ctrl_C_stops_everything()
    {
        await using var host = AppHostProcess.StartOn(_data);
        await host.WaitUntilHealthyAsync("Api");
        Assert.NotEmpty(host.Descendants());

        host.Signal(PosixSignal.SIGINT);
        Assert.Equal(0, await host.ExitAsync());
        await host.WaitUntilNothingIsLeftAsync();
    }

    [Fact]
    public async Task Killing_the_AppHost_leaves_no_orphan_and_loses_nothing()
    {
        string profile;
        await using (var host = AppHostProcess.StartOn(_data))
        {
            profile = await PostAsync(await host.WaitUntilHealthyAsync("Api"));

            host.Kill();
            await host.ExitAsync();
            await host.WaitUntilNothingIsLeftAsync();
        }

        await using var again = AppHostProcess.StartOn(_data);
        await AssertDoneAsync(await again.WaitUntilHealthyAsync("Api"), profile);
    }

    [Fact]
    public async Task A_step_that_is_not_there_is_refused_in_one_clear_message()
    {
        await using var host = AppHostProcess.Start(["--operation", "publish", "--step", "no-such-step"]);
        Assert.NotEqual(0, await host.ExitAsync());
        Assert.Contains("no-such-step", host.Output);
        Assert.DoesNotContain("   at ", host.Output);
    }

    private static async Task<string> PostAsync(Uri api)
    {
        using var http = Client(api);
        using var accepted = await http.PostAsync("/profiles", new StringContent("n\n1\n", new MediaTypeHeaderValue("text/csv")));
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        return accepted.Headers.Location!.ToString();
    }

    private static async Task AssertDoneAsync(Uri api, string profile)
    {
        using var http = Client(api);
        Assert.Equal("done", (string?)(await http.GetFromJsonAsync<JsonNode>($"{profile}?wait=60"))!["state"]);
    }

    private static HttpClient Client(Uri api) =>
        new() { BaseAddress = api, DefaultRequestHeaders = { { "X-Api-Key", ReferenceApplication.ApiKey } } };

    [GeneratedRegex(@"http://localhost:\d+/login\?t=[0-9A-Za-z_-]+")]
    private static partial Regex LoginAddress();
}
