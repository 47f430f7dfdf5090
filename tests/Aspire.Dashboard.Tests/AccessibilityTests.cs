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
        await CheckAsync(stranger, "login", problems);

        var page = await browser.EnterAsync(dashboard, colours: colours);
        foreach (var (path, click) in new[]
        {
            ("", null), ("?resource=api", null), ("?view=graph&resource=api", null), ("", "summary[title^='Filter']"), ("", "[data-open=help]"), ("?text=nothing-has-this", null),
            ("?resource=worker-1", ".details button:has-text('Purge queue')"), ("consolelogs", null), ("consolelogs?resource=api&text=profile", null), ("structuredlogs", null),
            ("structuredlogs", "button:has-text('Add filter')"), ("structuredlogs?level=Error&log=8&filter=Attempts:Equals:3", null), ("traces", null),
            ($"traces/{trace.TraceId}?span={error}", null), ("metrics", null), ("metrics?instrument=job.duration", null), ("metrics?instrument=jobs&view=table&show=Rate", null),
            ("data", null), ("data", "main button:has-text('Clear all')"), ("deployed", null), ("no-such-page", null),
        })
        {
            await page.GotoAsync(new Uri(dashboard.FrontendUrl, path).ToString());
            await page.Locator("main:not([aria-busy])").WaitForAsync();
            if (click is not null)
            {
                await page.Locator(click).First.ClickAsync();
                await Expect(page.Locator("dialog[open], details.menu[open]").First).ToBeVisibleAsync();
            }

            await CheckAsync(page, $"{path} {click}", problems);
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
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        // Inside a text field letters are letters.
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Resources" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "worker-1", Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".details")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".details")).ToHaveCountAsync(0);
    }

    private static async Task CheckAsync(IPage page, string name, List<string> problems)
    {
        await page.EvaluateAsync(s_axe);
        var found = await page.EvaluateAsync<JsonElement>("""
            async () => (await axe.run()).violations.filter(v => v.impact === 'serious' || v.impact === 'critical')
              .map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 200)).join(' | ')}`)
            """);
        problems.AddRange(found.EnumerateArray().Select(problem => $"{name} {problem}"));
    }
}
