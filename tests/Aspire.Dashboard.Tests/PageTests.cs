using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Aspire.Dashboard.Tests;

public sealed class PageTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly DashboardOptions s_options = new() { BrowserToken = "test-token" };

    [Fact]
    public async Task The_login_link_leads_to_the_resources_and_stopping_one_shows_at_once()
    {
        var model = SampleModel.Create();
        await using var dashboard = await DashboardServer.StartAsync(s_options, model, TestContext.Current.CancellationToken);
        var page = await EnterAsync(dashboard);

        await Expect(page.GetByText("Running (Unhealthy)")).ToBeVisibleAsync();
        await page.GetByLabel("Stop worker-1").ClickAsync();
        await Expect(page.GetByText("Exited (0)")).ToBeVisibleAsync();
        Assert.Equal(["worker-1 stop"], model.Executed);
    }

    [Fact]
    public async Task A_command_that_asks_for_confirmation_runs_only_when_confirmed()
    {
        var model = SampleModel.Create();
        await using var dashboard = await DashboardServer.StartAsync(s_options, model, TestContext.Current.CancellationToken);
        var page = await EnterAsync(dashboard, "?resource=worker-1");

        await page.Locator(".details").GetByLabel("Purge queue worker-1", new() { Exact = true }).ClickAsync();
        await page.Button("Cancel").ClickAsync();
        Assert.Empty(model.Executed);
        await page.Locator(".details").GetByLabel("Purge queue worker-1", new() { Exact = true }).ClickAsync();
        await page.Locator("fluent-dialog[type=alert]").Button("Purge queue").ClickAsync();
        await Expect(page.GetByText("Done for worker-1.")).ToBeVisibleAsync();
        Assert.Equal(["worker-1 purge"], model.Executed);
    }

    [Fact]
    public async Task A_secret_reaches_the_browser_only_when_somebody_reveals_it()
    {
        await using var dashboard = await DashboardServer.StartAsync(s_options, SampleModel.Create(), TestContext.Current.CancellationToken);
        var page = await EnterAsync(dashboard, "?resource=api");

        await Expect(page.GetByText("Parameters__api_key")).ToBeVisibleAsync();
        Assert.DoesNotContain(SampleModel.Secret, await page.ContentAsync());
        await page.GetByLabel("Show the value of Parameters__api_key").ClickAsync();
        await Expect(page.GetByText(SampleModel.Secret)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_console_holds_a_hundred_thousand_lines_and_finds_one()
    {
        var model = SampleModel.Create(name => name == "api" ? Enumerable.Range(1, 100_000).Select(i => $"line {i} of many") : []);
        await using var dashboard = await DashboardServer.StartAsync(s_options, model, TestContext.Current.CancellationToken);
        var page = await EnterAsync(dashboard, "consolelogs?resource=api");

        await Expect(page.GetByText("line 100000 of many")).ToBeVisibleAsync();
        Assert.InRange(await page.Locator(".console-line").CountAsync(), 1, 300);
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search the console" }).FillAsync("line 54321 ");
        await Expect(page.GetByText("line 54321 of many")).ToBeVisibleAsync();
        await Expect(page.GetByText("1 line", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_error_in_the_logs_leads_to_its_span_in_the_trace()
    {
        await using var dashboard = await DashboardServer.StartAsync(s_options, SampleModel.Create(), TestContext.Current.CancellationToken);
        SampleTelemetry.Send(dashboard);
        var page = await EnterAsync(dashboard, "structuredlogs?level=Error");

        await page.GetByText("Job 3 failed after 3 attempts").ClickAsync();
        await Expect(page.Locator(".exception")).ToContainTextAsync("InvalidDataException");
        await page.GetByText("Show in its trace").ClickAsync();
        await Expect(page.GetByLabel("Span profile columns")).ToContainTextAsync("Row 41 has 3 fields");
        await Expect(page.Locator(".waterfall-row")).ToHaveCountAsync(7);
    }

    [Fact]
    public async Task A_trace_that_arrives_shows_without_a_reload_and_opens_as_a_waterfall()
    {
        await using var dashboard = await DashboardServer.StartAsync(s_options, SampleModel.Create(), TestContext.Current.CancellationToken);
        var page = await EnterAsync(dashboard, "traces");
        await Expect(page.GetByText("No traces")).ToBeVisibleAsync();

        SampleTelemetry.Send(dashboard, jobs: 4);
        await Expect(page.Locator("tbody tr:has(td)")).ToHaveCountAsync(4);
        await page.GetByText("Only with errors").ClickAsync();
        await Expect(page.Locator("tbody tr:has(td)")).ToHaveCountAsync(1);
        await page.Locator("tbody tr td a").ClickAsync();
        await Expect(page.GetByLabel("Children of process jobs")).ToBeVisibleAsync();
        await page.GetByLabel("Children of process jobs").ClickAsync();
        await Expect(page.Locator(".waterfall-row")).ToHaveCountAsync(4);
    }

    [Fact]
    public async Task A_histogram_is_drawn_as_percentiles()
    {
        await using var dashboard = await DashboardServer.StartAsync(s_options, SampleModel.Create(), TestContext.Current.CancellationToken);
        SampleTelemetry.Send(dashboard);
        var page = await EnterAsync(dashboard, "metrics");

        await page.GetByRole(AriaRole.Link, new() { Name = "job.duration" }).ClickAsync();
        await Expect(page.Locator(".legend").GetByText("P99")).ToBeVisibleAsync();
        await Expect(page.Locator("polyline.line")).ToHaveCountAsync(3);
    }

    /// <summary>Every page. DASHBOARD_SCREENSHOTS names a folder that keeps pictures of them in <c>light</c> or, if DASHBOARD_THEME says so, in <c>dark</c>.</summary>
    [Fact]
    public async Task No_page_is_wider_than_the_window_or_breaks_its_content_policy()
    {
        var colours = Environment.GetEnvironmentVariable("DASHBOARD_THEME") is "dark" ? ColorScheme.Dark : ColorScheme.Light;
        var model = SampleModel.Create();
        model.Resources.AddRange(SampleModel.Deployment());
        await using var dashboard = await DashboardServer.StartAsync(s_options, model, TestContext.Current.CancellationToken);
        SampleTelemetry.Send(dashboard);
        var traceId = dashboard.Telemetry.Traces.First(trace => trace.ErrorCount > 0).TraceId;
        var page = await EnterAsync(dashboard, colours: colours);
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error")
            {
                complaints.Add(message.Text);
            }
        };
        foreach (var (name, path) in new[]
        {
            ("resources", ""), ("resource-details", "?resource=api"), ("console", "consolelogs"), ("structured", "structuredlogs"), ("structured-details", "structuredlogs?log=8"),
            ("traces", "traces"), ("trace", $"traces/{traceId}"), ("trace-span", $"traces/{traceId}?span={dashboard.Telemetry.FindTrace(traceId)!.Spans.First(s => s.IsError).SpanId}"),
            ("metrics", "metrics?instrument=job.duration"), ("metrics-counter", "metrics?instrument=jobs"), ("metrics-table", "metrics?instrument=jobs&view=table&show=Rate"),
            ("graph", "?view=graph&resource=api"), ("data", "data"), ("deployed", "deployed"),
        })
        {
            await page.GotoAsync(new Uri(dashboard.FrontendUrl, path).ToString());
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), name);
            if (Environment.GetEnvironmentVariable("DASHBOARD_SCREENSHOTS") is { Length: > 0 } folder)
            {
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{colours}.png".ToLowerInvariant()) });
            }
        }

        Assert.Empty(complaints);
    }

    private Task<IPage> EnterAsync(DashboardServer dashboard, string path = "", ColorScheme colours = ColorScheme.Light) =>
        browser.EnterAsync(dashboard, path, colours);
}
