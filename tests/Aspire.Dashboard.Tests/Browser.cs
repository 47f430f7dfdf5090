using Microsoft.Playwright;

namespace Aspire.Dashboard.Tests;

/// <summary>What Playwright cannot find by its role: Fluent UI's elements tell that to the browser alone.</summary>
internal static class FluentElements
{
    public static ILocator Button(this IPage page, string text) => page.Locator("body").Button(text);

    public static ILocator Button(this ILocator within, string text) => within.Locator("fluent-button").Filter(new() { Has = within.Page.GetByText(text, new() { Exact = true }) });
}

/// <summary>One Chromium for the browser tests; each test gets a profile of its own.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Executable = "/usr/bin/chromium";

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Executable))
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Executable,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async Task<IPage> OpenAsync(ColorScheme colours = ColorScheme.Light)
    {
        if (_browser is null)
        {
            Assert.Skip($"There is no {Executable}: install with apt-get install chromium.");
        }

        var context = await _browser.NewContextAsync(new() { ColorScheme = colours, ViewportSize = new() { Width = 1440, Height = 860 } });
        context.SetDefaultTimeout(60_000);
        Assertions.SetDefaultExpectTimeout(60_000);
        return await context.NewPageAsync();
    }

    /// <summary>Opens a page through the login link, and waits until it is live.</summary>
    public async Task<IPage> EnterAsync(DashboardServer dashboard, string path = "", ColorScheme colours = ColorScheme.Light)
    {
        var page = await OpenAsync(colours);
        await page.GotoAsync($"{dashboard.LoginUrl}&returnUrl={Uri.EscapeDataString("/" + path)}");
        await page.Locator("main:not([aria-busy])").WaitForAsync();
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
