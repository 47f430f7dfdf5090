using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Dashboard;

/// <summary>Takes the README's pictures; docs/screenshots.sh runs it.</summary>
[Collection(AppHostProcess.Collection)]
public sealed class Screenshots(RunningAppHost host) : IClassFixture<RunningAppHost>
{
    private static readonly Lazy<string> s_folder = new(Folder);

    [Fact]
    public async Task Are_taken()
    {
        var page = await host.OpenResourcesAsync();
        await Expect(page.Running("profiler")).ToBeVisibleAsync();
        await TakeAsync(page, "resources");

        // The last of them is the one to show: the first compiles what it comes by.
        for (var number = 0; number < 5; number++)
        {
            await host.WaitUntilDoneAsync(await host.PostAsync("name,born\nAda,1815-12-10\nAlan,1912-06-23\n"));
        }

        var trace = await host.OpenTraceAsync();
        await TakeAsync(trace, "trace");

        await page.StopAsync("worker");
        for (var number = 0; number < 3; number++)
        {
            await host.PostAsync("name,born\nGrace,1906-12-09\n");
        }

        await page.CommandAsync("jobs", "Show messages", page.DialogWith("Show messages").GetByText("3 waiting"));
        await TakeAsync(page, "messages");
        await page.Keyboard.PressAsync("Escape");
        await page.StartAsync("worker");

        var dark = await host.OpenResourcesAsync(ColorScheme.Dark);
        await dark.DetailsAsync("profiler", "Stack");
        await TakeAsync(dark, "deployed");
    }

    private static Task TakeAsync(IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(s_folder.Value, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Aspire.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests do not run from inside the repository.");
        }

        return Path.Combine(folder.FullName, "docs", "images");
    }
}
