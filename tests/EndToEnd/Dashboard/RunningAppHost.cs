using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.S3;
using Microsoft.Playwright;

namespace EndToEnd.Dashboard;

/// <summary>The AppHost as its user starts it, and a Chromium that came in by the login link.</summary>
public sealed partial class RunningAppHost : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private AppHostProcess? _host;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private Uri _login = null!;

    public HttpClient Api { get; } = new();

    public IAmazonS3 S3 { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium))
        {
            return;
        }

        _host = AppHostProcess.Start(
            [],
            ("DcpPublisher__RandomizePorts", "true"),
            ("Worker__VisibilityTimeout", "00:00:02"),
            ("AWS_ACCESS_KEY_ID", null),
            ("AWS_WEB_IDENTITY_TOKEN_FILE", null),
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", null),
            ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", null),
            ("AWS_PROFILE", null),
            ("AWS_SHARED_CREDENTIALS_FILE", "no-such-file"),
            ("AWS_CONFIG_FILE", "no-such-file"));
        await _host.WaitForOutputAsync("api is healthy");
        await _host.WaitForOutputAsync("worker is");
        _login = new Uri(LoginAddress().Match(_host.Output).Value);
        Api.BaseAddress = new Uri(AddressOf("api"));
        Api.DefaultRequestHeaders.Add("X-Api-Key", ReferenceApplication.ApiKey);
        S3 = new AmazonS3Client(
            new BasicAWSCredentials("local", "local"),
            new AmazonS3Config { ServiceURL = AddressOf("aws").Replace("localhost", "127.0.0.1", StringComparison.Ordinal), ForcePathStyle = true, AuthenticationRegion = "us-east-1" });
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>Opens a page of the dashboard in a profile of its own, and waits until it is live.</summary>
    public async Task<IPage> OpenAsync(string path = "")
    {
        if (_browser is null)
        {
            Assert.Skip($"There is no {Chromium}: install with apt-get install chromium.");
        }

        var context = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 860 } });
        context.SetDefaultTimeout(60_000);
        Assertions.SetDefaultExpectTimeout(60_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{_login}&returnUrl={Uri.EscapeDataString("/" + path)}");
        await page.Locator("main:not([aria-busy])").WaitForAsync();
        return page;
    }

    /// <summary>Posts a CSV and returns its profile's id.</summary>
    public async Task<string> PostAsync(string csv)
    {
        using var content = new StringContent(csv, new MediaTypeHeaderValue("text/csv"));
        using var response = await Api.PostAsync("/profiles", content);
        response.EnsureSuccessStatusCode();
        return response.Headers.Location!.ToString().Split('/')[^1];
    }

    public Task WaitUntilDoneAsync(string id) => Api.GetStringAsync($"/profiles/{id}?wait=30");

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        S3?.Dispose();
        Api.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }

    private string AddressOf(string resource) => Regex.Match(_host!.Output, $@"{resource} is healthy\s+(http://\S+)").Groups[1].Value;

    [GeneratedRegex(@"http://localhost:\d+/login\?t=[0-9A-Za-z_-]+")]
    private static partial Regex LoginAddress();
}
