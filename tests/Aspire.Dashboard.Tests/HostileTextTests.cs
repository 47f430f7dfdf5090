using System.Diagnostics;
using Aspire.Dashboard.Deployed;
using Aspire.Dashboard.Model;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using OpenTelemetry.Exporter;
using static Microsoft.Playwright.Assertions;

namespace Aspire.Dashboard.Tests;

/// <summary>Whatever a resource or its telemetry is called or says, it is text.</summary>
public sealed class HostileTextTests(Browser browser) : IClassFixture<Browser>
{
    private const string Attack = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
    private const string Address = "javascript:document.title='owned'";

    [Fact]
    public async Task Script_in_a_name_a_log_line_an_attribute_or_an_address_never_runs()
    {
        var model = SampleModel.Create(_ => [Attack]);
        model.Resources.Add(model.Resources[0] with
        {
            Name = Attack,
            DisplayName = Attack,
            State = Attack,
            Source = Attack,
            Urls = [new(Address, "click me", null, false)],
            Environment = [new(Attack, Attack)],
            HealthReports = [new(Attack, "Unhealthy", Attack, Attack)],
            Relationships = [new(Attack, Attack), new("api", "Reference")],
        });
        model.Resources.Add(new DashboardResource { Name = "stack", DisplayName = "stack", Type = DeployedState.StackType, State = Attack, Properties = [new(DeployedState.Region, Attack)], Urls = [new(Address, Attack, null, false)] });
        await using var dashboard = await DashboardServer.StartAsync(new DashboardOptions { BrowserToken = "test-token" }, model, TestContext.Current.CancellationToken);
        string traceId, spanId;
        using (var service = new SampleService(Attack, "x", dashboard, OtlpExportProtocol.Grpc, null))
        {
            using var activity = service.Source.StartActivity(Attack, ActivityKind.Client)!;
            activity.SetTag(Attack, Attack).SetTag("server.address", Attack).SetTag("url.full", Address).AddEvent(new ActivityEvent(Attack));
            activity.SetStatus(ActivityStatusCode.Error, Attack);
            service.Logger(Attack).LogError(new InvalidOperationException(Attack), "{Value}", Attack);
            service.Jobs.Add(1, new KeyValuePair<string, object?>(Attack, Attack));
            (traceId, spanId) = (activity.TraceId.ToHexString(), activity.SpanId.ToHexString());
        }

        var page = await browser.EnterAsync(dashboard);
        foreach (var path in new[]
        {
            "", "?resource=" + Uri.EscapeDataString(Attack), "?view=graph", "consolelogs", "structuredlogs", "structuredlogs?log=1&text=" + Uri.EscapeDataString("<img"),
            "traces", $"traces/{traceId}?span={spanId}", "metrics?instrument=jobs&split=" + Uri.EscapeDataString(Attack), "metrics?instrument=jobs&view=table", "data", "deployed",
            "traces?text=" + Uri.EscapeDataString(Attack),
        })
        {
            await page.GotoAsync(new Uri(dashboard.FrontendUrl, path).ToString());
            await page.Locator("main:not([aria-busy])").WaitForAsync();
            await Expect(page.Locator("main").GetByText("<img").Or(page.Locator("main input[value*='<img']")).First).ToBeAttachedAsync();
            Assert.Equal(0, await page.Locator("img, body script:not([src]), a[href^='javascript' i]").CountAsync());
            Assert.DoesNotContain("owned", (await page.TitleAsync()).Replace(Attack, string.Empty, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_script_that_got_into_the_page_would_be_stopped_by_its_policy()
    {
        await using var dashboard = await DashboardServer.StartAsync(new DashboardOptions { BrowserToken = "test-token" }, SampleModel.Create(), TestContext.Current.CancellationToken);
        var page = await browser.EnterAsync(dashboard);
        await page.EvaluateAsync("""
            () => {
              const script = document.createElement('script');
              script.textContent = "document.title = 'owned'";
              document.body.append(script);
              document.body.insertAdjacentHTML('beforeend', `<img src=x onerror="document.title = 'owned'">`);
              return new Promise(resolve => setTimeout(resolve, 100));
            }
            """);
        Assert.DoesNotContain("owned", await page.TitleAsync());
    }
}
