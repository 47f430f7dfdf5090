using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Aspire.Dashboard.Otlp;
using Aspire.Dashboard.Resources;
using Aspire.Dashboard.Telemetry;
using Aspire.Dashboard.Transfer;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Aspire.Dashboard.Tests;

public sealed class TransferTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task What_was_exported_can_be_imported_and_is_the_same()
    {
        await using var dashboard = await DashboardServer.StartAsync(new DashboardOptions(), SampleModel.Create(), TestContext.Current.CancellationToken);
        SampleTelemetry.Send(dashboard);
        var source = dashboard.Telemetry;
        using var client = new HttpClient();
        var zip = await client.GetByteArrayAsync(new Uri(dashboard.FrontendUrl, "telemetry.zip"), TestContext.Current.CancellationToken);

        var copy = new TelemetryStore(new DashboardOptions());
        var result = await new TelemetryImport(new OtlpReceiver(copy)).ReadAsync(new MemoryStream(zip), TestContext.Current.CancellationToken);

        Assert.True(result.Succeeded, result.Message);
        Assert.Equal(Describe(source), Describe(copy));
        Assert.Equal(source.Logs.Select(log => (log.Message, log.Severity, log.TraceId)).Order(), copy.Logs.Select(log => (log.Message, log.Severity, log.TraceId)).Order());
        var counter = source.Metrics.Instruments.Single(instrument => instrument.Key.Name == "jobs");
        var copied = copy.Metrics.Find(copy.Metrics.Instruments.Single(instrument => instrument.Key.Name == "jobs").Key)!;
        Assert.Equal(counter.Description, copied.Description);
        Assert.Equal(
            source.Metrics.Find(counter.Key)!.Dimensions.SelectMany(d => d.Points.Select(p => (d.Name, p.Timestamp, p.Value))),
            copied.Dimensions.SelectMany(d => d.Points.Select(p => (d.Name, p.Timestamp, p.Value))));
    }

    [Fact]
    public async Task Each_file_of_an_export_is_otlp_json_and_holds_one_resource()
    {
        await using var dashboard = await DashboardServer.StartAsync(new DashboardOptions(), SampleModel.Create(), TestContext.Current.CancellationToken);
        SampleTelemetry.Send(dashboard);
        using var client = new HttpClient();
        await using var stream = await client.GetStreamAsync(new Uri(dashboard.FrontendUrl, "telemetry.zip?resource=api"), TestContext.Current.CancellationToken);
        using var zip = new ZipArchive(stream);

        Assert.Equal(["structuredlogs/api.json", "traces/api.json"], zip.Entries.Select(entry => entry.FullName));
        using var traces = JsonDocument.Parse(zip.GetEntry("traces/api.json")!.Open());
        var resource = Assert.Single(traces.RootElement.GetProperty("resourceSpans").EnumerateArray());
        Assert.Equal(36, resource.GetProperty("scopeSpans").EnumerateArray().Sum(scope => scope.GetProperty("spans").GetArrayLength()));
    }

    [Theory]
    [InlineData("not json", "not OTLP JSON")]
    [InlineData("{\"other\":1}", "no OTLP JSON")]
    [InlineData("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"zz\"}]}]}]}", "not OTLP JSON")]
    [InlineData("PK not a zip", "not OTLP JSON")]
    public async Task A_file_that_is_no_telemetry_says_so(string content, string expected)
    {
        var result = await new TelemetryImport(new OtlpReceiver(new TelemetryStore(new DashboardOptions())))
            .ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(content)), TestContext.Current.CancellationToken);
        Assert.False(result.Succeeded);
        Assert.Contains(expected, result.Message);
    }

    [Fact]
    public async Task A_file_that_unpacks_without_end_is_stopped()
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            await using var entry = zip.CreateEntry("bomb.json").Open();
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < 20; i++)
            {
                await entry.WriteAsync(zeros, TestContext.Current.CancellationToken);
            }
        }

        packed.Position = 0;
        var result = await new TelemetryImport(new OtlpReceiver(new TelemetryStore(new DashboardOptions()))).ReadAsync(packed, TestContext.Current.CancellationToken);
        Assert.False(result.Succeeded);
        Assert.Contains("more than", result.Message);
    }

    [Fact]
    public async Task Telemetry_of_one_resource_is_cleared_and_imported_again_from_the_page()
    {
        await using var dashboard = await DashboardServer.StartAsync(new DashboardOptions { BrowserToken = "t" }, SampleModel.Create(), TestContext.Current.CancellationToken);
        SampleTelemetry.Send(dashboard);
        var page = await browser.EnterAsync(dashboard, "data");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByLabel("Export what api sent").ClickAsync());
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.zip");
        await download.SaveAsAsync(file);
        try
        {
            await page.GetByLabel("Clear what api sent").ClickAsync();
            await page.Locator("fluent-dialog[type=alert]").Button("Clear").ClickAsync();
            await Expect(page.Locator("tbody tr:has(td)")).ToHaveCountAsync(1);
            Assert.DoesNotContain(dashboard.Telemetry.Logs, log => log.Resource.ServiceName == "api");
            Assert.Contains(dashboard.Telemetry.Logs, log => log.Resource.ServiceName == "worker");

            await page.Locator("input[type=file]").SetInputFilesAsync(file);
            await Expect(page.GetByText("2 files were imported.")).ToBeVisibleAsync();
            await Expect(page.Locator("tbody tr:has(td)")).ToHaveCountAsync(2);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Describe(TelemetryStore store) => string.Join('\n', store.Traces.SelectMany(trace => trace.Spans)
        .Select(span => $"{span.TraceId} {span.SpanId} {span.ParentSpanId} {span.Resource.ServiceName} {span.Name} {span.Kind} {span.Start:O} {span.Duration} {span.IsError} {span.StatusMessage} {span.Scope} "
            + $"{string.Join(';', span.Attributes)} {string.Join(';', span.Events.Select(e => $"{e.Name} {e.Timestamp:O} {string.Join(',', e.Attributes)}"))} {string.Join(';', span.Links.Select(l => l.SpanId))}")
        .Order(StringComparer.Ordinal));
}
