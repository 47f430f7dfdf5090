using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Dashboard;

/// <summary>What tests do on the page of the resources: by roles and texts, for the page is Aspire's.</summary>
internal static class ResourcesPage
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
    /// Chooses a command from a resource's menu, once it is to be had. The page is loaded anew for it: one that executed a command keeps it
    /// disabled for a while, and a menu that changes while it is open loses the click.
    /// </summary>
    public static async Task CommandAsync(this IPage page, string resource, string command)
    {
        var deadline = DateTime.UtcNow + TimeSpan.FromMinutes(1);
        do
        {
            Assert.True(DateTime.UtcNow < deadline, $"'{command}' of '{resource}' is disabled.");
            await page.ReloadAsync();
            await page.OpenMenuAsync(resource);
            await Expect(page.MenuItem(command)).ToBeVisibleAsync();
        } while (await page.MenuItem(command).GetAttributeAsync("disabled") is not null);
        await page.MenuItem(command).ClickAsync();
    }

    public static Task OpenMenuAsync(this IPage page, string resource) =>
        page.Resource(resource).GetByRole(AriaRole.Button, new() { Name = "Actions", Exact = true }).ClickAsync();

    /// <summary>A command in the menu that is open.</summary>
    public static ILocator MenuItem(this IPage page, string command) =>
        page.GetByRole(AriaRole.Menuitem, new() { Name = command, Exact = true });

    /// <summary>The dialog that shows a text: by its element, for what has the role is inside of it beside what is shown.</summary>
    public static ILocator DialogWith(this IPage page, string text) => page.Locator("fluent-dialog").Filter(new() { HasText = text });

    /// <summary>Answers the question that a command asks first.</summary>
    public static async Task AnswerAsync(this IPage page, string question, string answer)
    {
        var dialog = page.DialogWith(question);
        await dialog.GetByText(answer, new() { Exact = true }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
    }

    /// <summary>What a command shows, once it is read.</summary>
    public static async Task<string> ReadAsync(this IPage page, string text)
    {
        var dialog = page.DialogWith(text);
        await Expect(dialog.GetByText(text).First).ToBeVisibleAsync();
        var all = await dialog.InnerTextAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        return all;
    }
}
