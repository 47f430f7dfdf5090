using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Testing.Fargate;

namespace EndToEnd.Dashboard;

/// <summary>The AppHost as its user starts it, an account that has its stack, and a Chromium that came in by the login link.</summary>
public sealed partial class RunningAppHost : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private AppHostProcess? _host;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private readonly Dictionary<ColorScheme, IBrowserContext> _profiles = [];
    private string _login = "";

    public HttpClient Api { get; } = new();

    /// <summary>Why nothing is deployed, or null: a reason to skip.</summary>
    public string? MissingAccount { get; private set; }

    private EmulatedAws? Account { get; set; }

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium))
        {
            return;
        }

        Account = await EmulatedAws.StartAsync();
        MissingAccount = Account.Missing;
        if (MissingAccount is null)
        {
            await DeployedProfiler.CreateAsync(Account.Url);
        }

        _host = AppHostProcess.Start([], MissingAccount is null ? Credentials(Account) : NoCredentials());
        await _host.WaitForOutputAsync("Login to the dashboard at ");
        _login = LoginAddress().Match(_host.Output).Value;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = Chromium,
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            }
        );
    }

    /// <summary>Opens a page of the dashboard.</summary>
    /// <param name="path">Its address, after the host; the resources where it is empty.</param>
    /// <param name="scheme">Light or dark.</param>
    public async Task<IPage> OpenAsync(string path = "", ColorScheme scheme = ColorScheme.Light)
    {
        if (_browser is null)
        {
            Assert.Skip($"There is no {Chromium}: install with apt-get install chromium.");
        }

        if (!_profiles.TryGetValue(scheme, out var profile))
        {
            profile = await _browser.NewContextAsync(
                new()
                {
                    ViewportSize = new() { Width = 1280, Height = 720 },
                    Locale = "en-GB",
                    ColorScheme = scheme,
                    ReducedMotion = ReducedMotion.Reduce,
                }
            );
            profile.SetDefaultTimeout(60_000);
            Assertions.SetDefaultExpectTimeout(60_000);
            _profiles.Add(scheme, profile);
        }

        var page = await profile.NewPageAsync();
        await page.GotoAsync($"{_login}&returnUrl={Uri.EscapeDataString("/" + path)}");
        return page;
    }

    /// <summary>Opens the resources and waits until all of the application runs: what a failed test left stopped is started.</summary>
    public async Task<IPage> OpenResourcesAsync(ColorScheme scheme = ColorScheme.Light)
    {
        var page = await OpenAsync(scheme: scheme);
        foreach (var resource in new[] { "aws", "datasets", "jobs", "worker", "api" })
        {
            await Assertions.Expect(page.Running(resource).Or(page.Ended(resource))).ToBeVisibleAsync();
            if (await page.Ended(resource).IsVisibleAsync())
            {
                await page.StartAsync(resource);
            }
        }

        if (Api.BaseAddress is null)
        {
            Api.BaseAddress = new Uri((await page.Resource("api").GetByRole(AriaRole.Link).First.GetAttributeAsync("href"))!);
            Api.DefaultRequestHeaders.Add("X-Api-Key", ReferenceApplication.ApiKey);
        }

        return page;
    }

    /// <summary>Opens the last trace in which the worker did what the api was asked for.</summary>
    public async Task<IPage> OpenTraceAsync()
    {
        var page = await OpenAsync("traces/resource/api");
        await page.GetByRole(AriaRole.Row)
            .Filter(new() { HasText = "POST /profiles" })
            .Filter(new() { HasText = "worker" })
            .Last.GetByText("POST /profiles")
            .First.ClickAsync();
        await Assertions.Expect(page.GetByText("profile csv").First).ToBeVisibleAsync();
        return page;
    }

    /// <summary>
    /// Closes the pages of a test: one that stays open draws each change of the application again, while others look at theirs.
    /// </summary>
    public async Task ClosePagesAsync()
    {
        foreach (var page in _profiles.Values.SelectMany(profile => profile.Pages).ToList())
        {
            await page.CloseAsync();
        }
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
        Api.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        if (Account is not null)
        {
            await Account.DisposeAsync();
        }
    }

    private static (string, string?)[] Credentials(EmulatedAws account) =>
        [
            .. NoCredentials(),
            ("Fargate__RefreshSeconds", null),
            // The tool chain of the projects wants the home that it has.
            .. account.Environment.Where(variable => variable.Key != "HOME").Select(variable => (variable.Key, (string?)variable.Value)),
        ];

    private static (string, string?)[] NoCredentials() =>
        [
            ("AWS_ACCESS_KEY_ID", null),
            ("AWS_SESSION_TOKEN", null),
            ("AWS_WEB_IDENTITY_TOKEN_FILE", null),
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", null),
            ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", null),
            ("AWS_PROFILE", null),
            ("AWS_SHARED_CREDENTIALS_FILE", "no-such-file"),
            ("AWS_CONFIG_FILE", "no-such-file"),
        ];

    [GeneratedRegex(@"http://localhost:\d+/login\?t=[0-9A-Za-z_-]+")]
    private static partial Regex LoginAddress();
}
