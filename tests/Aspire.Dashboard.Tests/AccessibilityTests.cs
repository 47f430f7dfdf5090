using System.Text.Json;
using Aspire.Dashboard.Deployed;
using Aspire.Dashboard.Model;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Aspire.Dashboard.Tests;

public sealed class AccessibilityTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly DashboardOptions s_options = new() { BrowserToken = "test-token" };

    /// <summary>axe-core (https://github.com/dequelabs/axe-core), as its makers pack it for .NET.</summary>
    private static readonly string s_axe = new BundledAxeScriptProvider().GetScript();

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing_serious_on_any_page(ColorScheme colours)
    {
        var model = SampleModel.Create();
        model.Resources.AddRange(SampleModel.Deployment());
        await using var dashboard = await DashboardServer.StartAsync(s_options, model, TestContext.Current.CancellationToken);
        SampleTelemetry.Send(dashboard);
        var trace = dashboard.Telemetry.Traces.First(trace => trace.ErrorCount > 0);
        var error = trace.Spans.First(span => span.IsError).SpanId;
        var problems = new List<string>();

        var stranger = await browser.OpenAsync(colours);
        await stranger.GotoAsync(new Uri(dashboard.FrontendUrl, "login?failed=true").ToString());
        await CheckAsync(stranger, "login", colours, problems);

        var page = await browser.EnterAsync(dashboard, colours: colours);
        foreach (var (path, click) in new[]
        {
            ("", null), ("?resource=api", null), ("?view=graph&resource=api", null), ("", "fluent-button[title^='Filter']"), ("", "[data-open=help]"), ("", "fluent-menu-button[title='More of worker-1']"), ("?text=nothing-has-this", null),
            ("?resource=worker-1", ".details fluent-button:has-text('Purge queue')"), ("consolelogs", null), ("consolelogs?resource=api&text=profile", null), ("structuredlogs", null),
            ("structuredlogs", "fluent-button:has-text('Add filter')"), ("structuredlogs", "fluent-dropdown"), ("structuredlogs?level=Error&log=8&filter=Attempts:Equals:3", null), ("traces", null),
            ($"traces/{trace.TraceId}?span={error}", null), ("metrics", null), ("metrics?instrument=job.duration", null), ("metrics?instrument=jobs&view=table&show=Rate", null),
            ("data", null), ("data", "main fluent-button:has-text('Clear all')"), ("deployed", null), ("no-such-page", null),
        })
        {
            await page.GotoAsync(new Uri(dashboard.FrontendUrl, path).ToString());
            await page.Locator("main:not([aria-busy])").WaitForAsync();
            if (click is not null)
            {
                await page.Locator(click).First.ClickAsync();
                await Expect(page.Locator("dialog[open], .choices, fluent-menu-item:visible, fluent-option:visible").First).ToBeVisibleAsync();
            }

            await CheckAsync(page, $"{path} {click}", colours, problems);
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [Fact]
    public async Task The_keyboard_reaches_every_page_and_closes_what_is_open()
    {
        await using var dashboard = await DashboardServer.StartAsync(s_options, SampleModel.Create(), TestContext.Current.CancellationToken);
        var page = await browser.EnterAsync(dashboard);
        foreach (var (key, title) in new[] { ("c", "Console logs"), ("s", "Structured logs"), ("t", "Traces"), ("m", "Metrics"), ("d", "Deployed state"), ("r", "Resources") })
        {
            await page.Keyboard.PressAsync(key);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = title })).ToBeVisibleAsync();
        }

        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("dialog[open]")).ToHaveCountAsync(0);

        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("worker-1");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"\?text=worker-1$"));
        await Expect(page.Locator("tbody tr:has(td)")).ToHaveCountAsync(1);
        // Inside a text field letters are letters.
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Resources" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "worker-1", Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".details")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".details")).ToHaveCountAsync(0);
    }

    /// <summary>Fluent UI's elements have no role in their markup: the browser's own tree, which screen readers are given, must have it.</summary>
    [Theory]
    [InlineData("?resource=api", "button", "Keyboard shortcuts")]
    [InlineData("?resource=api", "button", "More of worker-1")]
    [InlineData("?resource=api", "button", "Stop worker-1")]
    [InlineData("?resource=api", "tab", "Graph")]
    [InlineData("?resource=api", "button", "Show the value of Parameters__api_key")]
    [InlineData("consolelogs", "checkbox", "Timestamps")]
    [InlineData("consolelogs", "combobox", "Resource")]
    [InlineData("consolelogs", "searchbox", "Search the console")]
    public async Task A_screen_reader_is_told_what_a_control_is_and_what_it_does(string path, string role, string name)
    {
        await using var dashboard = await DashboardServer.StartAsync(s_options, SampleModel.Create(), TestContext.Current.CancellationToken);
        var page = await browser.EnterAsync(dashboard, path);
        await Expect(page.GetByLabel(name).Or(page.GetByText(name, new() { Exact = true })).First).ToBeVisibleAsync();
        var client = await page.Context.NewCDPSessionAsync(page);
        var document = (await client.SendAsync("DOM.getDocument"))!.Value.GetProperty("root").GetProperty("nodeId").GetInt32();
        var found = (await client.SendAsync("Accessibility.queryAXTree", new() { ["nodeId"] = document, ["role"] = role, ["accessibleName"] = name }))!.Value;
        Assert.NotEqual(0, found.GetProperty("nodes").GetArrayLength());
    }

    /// <summary>In light, all rules; the dark pages have the same elements in other colours.</summary>
    private static async Task CheckAsync(IPage page, string name, ColorScheme colours, List<string> problems)
    {
        await page.EvaluateAsync(s_axe);
        var rules = colours is ColorScheme.Light ? "" : "runOnly: ['color-contrast'],";
        var found = await page.EvaluateAsync<JsonElement>($$"""
            async () => (await axe.run({ {{rules}} resultTypes: ['violations'], selectors: false })).violations.filter(v => v.impact === 'serious' || v.impact === 'critical')
              .map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 200)).join(' | ')}`)
            """);
        problems.AddRange(found.EnumerateArray().Select(problem => $"{name} {problem}"));
    }
}
