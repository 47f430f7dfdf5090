using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Dashboard;

/// <summary>What tests do on the page of the resources: by roles and texts, for the page is Aspire's.</summary>
internal static partial class ResourcesPage
{
    /// <summary>The line of a resource.</summary>
    public static ILocator Resource(this IPage page, string name) =>
        page.GetByRole(AriaRole.Row).Filter(new() { Has = page.GetByText(name, new() { Exact = true }) }).First;

    /// <summary>Chooses a resource, and returns where its details are.</summary>
    public static async Task<ILocator> DetailsAsync(this IPage page, string name, string type)
    {
        await page.Resource(name).GetByText(name, new() { Exact = true }).First.ClickAsync();
        var title = page.GetByText($"{type}: {name}", new() { Exact = true });
        await Expect(title).ToBeVisibleAsync();
        return page.Locator("body");
    }

    /// <summary>
    /// Chooses a command from a resource's menu until it has its effect. The page is loaded anew where it has none: one that executed a
    /// command keeps it disabled for a while, and a menu that changes while it is open loses the click.
    /// </summary>
    /// <param name="effect">What is seen then. The command may be chosen twice.</param>
    public static async Task CommandAsync(this IPage page, string resource, string command, ILocator effect)
    {
        var deadline = DateTime.UtcNow + TimeSpan.FromMinutes(2);
        while (!await TryAsync(page, resource, command, effect))
        {
            Assert.True(DateTime.UtcNow < deadline, $"'{command}' of '{resource}' is disabled or has no effect.");
            await page.ReloadAsync();
        }
    }

    /// <summary>Chooses a command that shows a text, and reads it.</summary>
    /// <param name="part">A part of it, where it is not enough that its title is seen: the command's name.</param>
    public static async Task<string> ReadAsync(this IPage page, string resource, string command, string? part = null)
    {
        part ??= command;
        var dialog = page.DialogWith(part);
        await page.CommandAsync(resource, command, dialog.GetByText(part).First);
        var all = await dialog.InnerTextAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        return all;
    }

    /// <summary>Chooses a command that asks before it does anything, and answers.</summary>
    public static async Task AnswerAsync(this IPage page, string resource, string command, string question, string answer)
    {
        var dialog = page.DialogWith(question);
        var button = dialog.GetByText(answer, new() { Exact = true });
        await page.CommandAsync(resource, command, button);
        await button.ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
    }

    /// <summary>Starts a resource, and returns once it runs.</summary>
    public static Task StartAsync(this IPage page, string resource) => page.CommandAsync(resource, "Start", page.Running(resource));

    /// <summary>Stops a resource, and returns once it has ended.</summary>
    public static Task StopAsync(this IPage page, string resource) => page.CommandAsync(resource, "Stop", page.Ended(resource));

    /// <summary>The state of a resource that runs: not "Running (Unhealthy)", which is what it is at first.</summary>
    public static ILocator Running(this IPage page, string resource) =>
        page.Resource(resource).GetByText("Running", new() { Exact = true });

    /// <summary>The state of a resource that was stopped.</summary>
    public static ILocator Ended(this IPage page, string resource) => page.Resource(resource).GetByText(Ended());

    public static Task OpenMenuAsync(this IPage page, string resource) =>
        page.Resource(resource).GetByRole(AriaRole.Button, new() { Name = "Actions", Exact = true }).ClickAsync();

    /// <summary>A command in the menu that is open.</summary>
    public static ILocator MenuItem(this IPage page, string command) =>
        page.GetByRole(AriaRole.Menuitem, new() { Name = command, Exact = true });

    /// <summary>The dialog that shows a text: by its element, for what has the role is inside of it beside what is shown.</summary>
    public static ILocator DialogWith(this IPage page, string text) => page.Locator("fluent-dialog").Filter(new() { HasText = text });

    private static async Task<bool> TryAsync(IPage page, string resource, string command, ILocator effect)
    {
        await page.OpenMenuAsync(resource);
        // A command that was chosen before may have taken long, and the menu does not have it any more.
        await Expect(page.MenuItem(command).Or(effect).First).ToBeVisibleAsync();
        if (await effect.IsVisibleAsync())
        {
            return true;
        }

        if (await page.MenuItem(command).GetAttributeAsync("disabled") is not null)
        {
            return false;
        }

        try
        {
            await page.MenuItem(command).ClickAsync(new() { Timeout = 10_000 });
            await effect.WaitForAsync(new() { Timeout = 10_000 });
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    [GeneratedRegex("^(Finished|Exited)$")]
    private static partial Regex Ended();
}
