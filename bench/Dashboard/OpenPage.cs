using Microsoft.Playwright;

namespace Bench;

/// <summary>A page of the dashboard that stays open, as its user leaves it.</summary>
internal sealed class OpenPage(IPlaywright playwright, IBrowser browser, IPage page) : IAsyncDisposable
{
    private const string Chromium = "/usr/bin/chromium";

    public static async Task<OpenPage?> TryOpenAsync(Uri address)
    {
        if (!File.Exists(Chromium))
        {
            return null;
        }

        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-gpu"] });
        var page = await browser.NewPageAsync();
        await page.GotoAsync(address.ToString());
        await page.Locator("main:not([aria-busy])").WaitForAsync();
        return new OpenPage(playwright, browser, page);
    }

    public Task<string> StatusAsync() => page.Locator("[role=status]").First.InnerTextAsync();

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
