using System.Globalization;
using Amazon.S3.Model;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Dashboard;

/// <summary>Each page's main task, in a browser, against the real AppHost and what its services really send.</summary>
[Collection(AppHostProcess.Collection)]
public sealed class DashboardTests(RunningAppHost host) : IClassFixture<RunningAppHost>
{
    [Fact]
    public async Task The_worker_is_stopped_and_started_from_the_resources()
    {
        var page = await host.OpenAsync();
        var worker = Row(page, "worker");
        await Expect(worker).ToContainTextAsync("Running");

        await StopWorkerAsync(page);
        await worker.GetByLabel("Start worker", new() { Exact = true }).ClickAsync();
        await Expect(worker.Locator(".state")).ToHaveTextAsync("Running");

        // It runs in deed, and not only by its word.
        await host.WaitUntilDoneAsync(await host.PostAsync("n\n1\n"));
    }

    [Fact]
    public async Task The_trace_of_a_failing_job_is_four_clicks_from_the_resources()
    {
        var page = await host.OpenAsync();
        await StopWorkerAsync(page);
        var id = await host.PostAsync("n\n1\n");
        var objects = await host.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = (await host.S3.ListBucketsAsync()).Buckets[0].BucketName, Prefix = $"profiles/{id}/" });
        var source = objects.S3Objects.Single(o => o.Key.EndsWith("source.csv", StringComparison.Ordinal));
        await host.S3.DeleteObjectAsync(source.BucketName ?? (await host.S3.ListBucketsAsync()).Buckets[0].BucketName, source.Key);
        await Row(page, "worker").GetByLabel("Start worker", new() { Exact = true }).ClickAsync();
        await host.WaitUntilDoneAsync(id);

        await page.GetByTitle("More of worker").ClickAsync();
        await page.Locator("fluent-menu-item:visible").Filter(new() { HasText = "Traces" }).ClickAsync();
        await page.GetByText("Only with errors").ClickAsync();
        await page.Locator("tbody tr").Filter(new() { HasText = "POST /profiles/" }).First.GetByRole(AriaRole.Link).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("POST /profiles/");
        await Expect(page.Locator(".waterfall-row").Filter(new() { HasText = "worker" }).Filter(new() { HasText = "error" }).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task One_waterfall_shows_both_processes_and_what_a_span_logged()
    {
        await host.WaitUntilDoneAsync(await host.PostAsync("shown\n1\n2\n"));
        var page = await host.OpenAsync("structuredlogs?resource=worker&text=Profiled");
        await page.Locator("tbody tr:has(td)").First.ClickAsync();
        await page.GetByText("Show in its trace").ClickAsync();

        await Expect(page.Locator(".waterfall-row").Filter(new() { HasText = "api" }).First).ToBeVisibleAsync();
        await Expect(page.Locator(".details .span-log")).ToContainTextAsync(["Profiled"]);
        await page.Locator(".details").GetByText("send jobs").ClickAsync();
        // The link leads to what sent the job, and from there back.
        await Expect(page.Locator(".details h2")).ToHaveTextAsync("send jobs");
        await page.Locator(".details").GetByText("process jobs").ClickAsync();
        await Expect(page.Locator(".details h2")).ToHaveTextAsync("process jobs");
    }

    [Fact]
    public async Task A_secret_is_masked_until_it_is_revealed()
    {
        var page = await host.OpenAsync("?resource=api");
        var details = page.Locator(".details");
        await Expect(details.GetByText("Api__Key")).ToBeVisibleAsync();
        Assert.DoesNotContain(ReferenceApplication.ApiKey, await page.ContentAsync());

        await details.GetByLabel("Show the value of Api__Key").ClickAsync();
        await Expect(details.GetByText(ReferenceApplication.ApiKey)).ToBeVisibleAsync();
        await details.GetByLabel("Hide the value of Api__Key").ClickAsync();
        await Expect(details.GetByText(ReferenceApplication.ApiKey)).ToHaveCountAsync(0);
        // What only its name says to be a secret is masked as well.
        await Expect(details.GetByLabel("Show the value of AWS_SECRET_ACCESS_KEY")).ToBeVisibleAsync();
        await details.GetByLabel("Show all values of Environment variables").ClickAsync();
        await Expect(details.GetByText(ReferenceApplication.ApiKey)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_metric_moves_while_somebody_watches()
    {
        await host.PostAsync("n\n1\n");
        var page = await host.OpenAsync("metrics?resource=api");
        await page.GetByRole(AriaRole.Link, new() { Name = "profiles.jobs.accepted" }).ClickAsync();
        var value = page.Locator(".legend strong").First;
        await Expect(value).ToBeVisibleAsync();
        var before = Number(await value.InnerTextAsync());

        await host.PostAsync("n\n2\n");

        var deadline = DateTime.UtcNow + ReferenceApplication.Patience;
        while (Number(await value.InnerTextAsync()) <= before)
        {
            Assert.True(DateTime.UtcNow < deadline, $"The value stayed {before}.");
            await page.WaitForTimeoutAsync(200);
        }

        await page.GetByRole(AriaRole.Tab, new() { Name = "Table" }).ClickAsync();
        await Expect(page.Locator(".metric-table tbody tr:has(td)").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_console_of_a_resource_is_searched_and_downloaded()
    {
        await host.WaitUntilDoneAsync(await host.PostAsync("n\n1\n"));
        var page = await host.OpenAsync("consolelogs?resource=worker");
        await Expect(page.Locator(".console-line").Filter(new() { HasText = "Profiled" }).First).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search the console" }).FillAsync("Profiled");
        await Expect(page.Locator(".console-line").Filter(new() { HasNotText = "Profiled" })).ToHaveCountAsync(0);
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("fluent-button").Filter(new() { HasText = "Download" }).ClickAsync());
        using var reader = new StreamReader(await download.CreateReadStreamAsync());
        var lines = (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("worker.log", download.SuggestedFilename);
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Contains("Profiled", line));
    }

    [Fact]
    public async Task A_link_shows_somebody_else_the_same()
    {
        await host.WaitUntilDoneAsync(await host.PostAsync("n\n1\n"));
        var page = await host.OpenAsync("structuredlogs");
        await ChooseAsync(page.Locator("fluent-dropdown[aria-label=Resource]"), "worker");
        await page.Locator("fluent-button").Filter(new() { HasText = "Add filter" }).ClickAsync();
        var dialog = page.Locator("fluent-dialog[aria-label='Add filter']");
        await dialog.Locator("fluent-text-input input").First.FillAsync("Rows");
        await ChooseAsync(dialog.Locator("fluent-dropdown"), "is more than");
        await dialog.Locator("fluent-text-input input").Last.FillAsync("0");
        await dialog.Locator("fluent-button").Filter(new() { HasText = "Apply" }).ClickAsync();
        await Expect(page.Locator(".chip")).ToContainTextAsync("Rows is more than 0");
        await page.Locator("tbody tr:has(td)").First.ClickAsync();
        await Expect(page.Locator(".details .message")).ToContainTextAsync("Profiled");
        var message = await page.Locator(".details .message").InnerTextAsync();

        var other = await host.OpenAsync(new Uri(page.Url).PathAndQuery[1..]);
        await Expect(other.Locator(".details .message")).ToHaveTextAsync(message);
        await Expect(other.Locator(".chip")).ToContainTextAsync("Rows is more than 0");
        await Expect(other.Locator("fluent-dropdown[aria-label=Resource] button")).ToHaveTextAsync("worker");
    }

    [Fact]
    public async Task The_graph_shows_who_needs_whom_and_leads_to_the_details()
    {
        var page = await host.OpenAsync();
        await page.GetByRole(AriaRole.Tab, new() { Name = "Graph" }).ClickAsync();
        var worker = page.GetByLabel("worker Running · Project, Reference and WaitFor datasets, Reference and WaitFor jobs");
        await Expect(worker).ToBeVisibleAsync();
        await worker.ClickAsync();
        await Expect(page.Locator(".details")).ToContainTextAsync("References and waits");
    }

    [Fact]
    public async Task The_deployed_page_says_how_to_sign_in_where_there_are_no_credentials()
    {
        var page = await host.OpenAsync("deployed");
        await Expect(page.Locator("main .empty")).ToContainTextAsync("Nobody has looked yet");
        await page.GetByRole(AriaRole.Button, new() { Name = "Refresh profiler" }).ClickAsync();
        await Expect(page.Locator("main .empty")).ToContainTextAsync("aws sso login");
    }

    private static async Task StopWorkerAsync(IPage page)
    {
        await Row(page, "worker").GetByLabel("Stop worker", new() { Exact = true }).ClickAsync();
        await Expect(Row(page, "worker").Locator(".state")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"Exited|Finished"));
    }

    private static async Task ChooseAsync(ILocator list, string option)
    {
        await list.ClickAsync();
        await list.Locator("fluent-option").Filter(new() { HasText = option }).ClickAsync();
    }

    private static ILocator Row(IPage page, string name) =>
        page.Locator("tbody tr").Filter(new() { Has = page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }) });

    private static double Number(string text) => double.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture);
}
