using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EndToEnd.Dashboard;

/// <summary>What is ours in Aspire's dashboard, in a browser, against the AppHost: resources, their commands, their telemetry.</summary>
[Collection(AppHostProcess.Collection)]
public sealed class DashboardTests(RunningAppHost host) : IClassFixture<RunningAppHost>, IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await host.ClosePagesAsync();

    [Theory]
    [InlineData("jobs", "SqsQueue", "arn:aws:sqs:us-east-1:000000000000:jobs-dead-letters")]
    [InlineData("datasets", "S3Bucket", "arn:aws:s3:::datasets")]
    public async Task Queue_and_bucket_are_children_of_the_emulator_with_a_source_and_health(string name, string type, string arn)
    {
        var page = await host.OpenResourcesAsync();
        // Its name, and its source.
        await Expect(page.Resource(name).GetByText(name, new() { Exact = true })).ToHaveCountAsync(2);

        var details = await page.DetailsAsync(name, type);
        await Expect(details.GetByRole(AriaRole.Row).Filter(new() { HasText = "Health state" })).ToContainTextAsync("Healthy");
        await Expect(details.GetByText(arn, new() { Exact = true })).ToBeVisibleAsync();
        await Expect(details.GetByRole(AriaRole.Row).Filter(new() { HasText = $"{name}_check" }))
            .ToContainTextAsync($"'aws' has '{name}'.");
        await Expect(details.GetByRole(AriaRole.Row).Filter(new() { HasText = "Parent" })).ToContainTextAsync("aws");
    }

    [Fact]
    public async Task A_queue_shows_its_messages_and_is_purged_once_that_is_confirmed()
    {
        var page = await host.OpenResourcesAsync();
        await page.StopAsync("worker");
        var id = await host.PostAsync("n\n1\n");

        for (var look = 0; look < 4; look++)
        {
            // More looks than a message has receives, and it is still there.
            Assert.Contains(id, await page.ReadAsync("jobs", "Show messages"));
        }

        await page.AnswerAsync("jobs", "Purge", "Delete all messages of 'jobs'?", "No");
        Assert.Contains(id, await page.ReadAsync("jobs", "Show messages"));

        await page.AnswerAsync("jobs", "Purge", "Delete all messages of 'jobs'?", "Yes");
        await Expect(page.GetByText("jobs \"Purge\" succeeded")).ToBeVisibleAsync();
        Assert.DoesNotContain(id, await page.ReadAsync("jobs", "Show messages"));
        await page.StartAsync("worker");
    }

    [Fact]
    public async Task Dead_letters_are_shown_and_moved_back_and_done()
    {
        var page = await host.OpenResourcesAsync();
        await page.StopAsync("worker");
        var id = await host.PostAsync("n\n1\n");
        await using (var queue = await LocalQueue.FindAsync(page, "jobs"))
        {
            await queue.MakeDeadLetterAsync(id);
        }

        var before = await page.ReadAsync("jobs", "Show messages");
        Assert.Contains(id, before[before.IndexOf("jobs-dead-letters", StringComparison.Ordinal)..]);

        await page.CommandAsync("jobs", "Move dead letters back", page.GetByText("jobs \"Move dead letters back\" succeeded"));
        var after = await page.ReadAsync("jobs", "Show messages");
        Assert.Contains(id, after[..after.IndexOf("jobs-dead-letters", StringComparison.Ordinal)]);
        await page.StartAsync("worker");
        Assert.Contains("\"done\"", await host.Api.GetStringAsync($"/profiles/{id}?wait=30"));
    }

    [Fact]
    public async Task A_bucket_lists_its_objects_and_deletes_them_once_that_is_confirmed()
    {
        var page = await host.OpenResourcesAsync();
        var id = await host.PostAsync("n\n1\n");
        await host.WaitUntilDoneAsync(id);

        Assert.Contains($"profiles/{id}/source.csv", await page.ReadAsync("datasets", "List objects"));
        await page.AnswerAsync("datasets", "Delete objects", "Delete all objects of 'datasets'?", "Yes");
        await Expect(page.GetByText("datasets \"Delete objects\" succeeded")).ToBeVisibleAsync();
        // Not empty for long: an api that runs records there every so often that it does.
        Assert.DoesNotContain($"profiles/{id}", await page.ReadAsync("datasets", "List objects"));
    }

    [Fact]
    public async Task Queue_and_bucket_stop_and_come_back_with_the_emulator()
    {
        var page = await host.OpenResourcesAsync();
        await page.CommandAsync("aws", "Stop", page.Resource("jobs").GetByText("Waiting", new() { Exact = true }));
        await Expect(page.Resource("datasets").GetByText("Waiting", new() { Exact = true })).ToBeVisibleAsync();
        // Nothing can be done with them now.
        await page.OpenMenuAsync("jobs");
        await Expect(page.MenuItem("Purge")).ToHaveAttributeAsync("disabled", "");
        await page.Keyboard.PressAsync("Escape");

        await page.StartAsync("aws");
        await Expect(page.Running("jobs")).ToBeVisibleAsync();
        await page.ReadAsync("jobs", "Show messages", "jobs-dead-letters");
    }

    [Fact]
    public async Task One_trace_leads_from_the_post_to_the_workers_last_span()
    {
        var resources = await host.OpenResourcesAsync();
        await resources.CloseAsync();
        await host.WaitUntilDoneAsync(await host.PostAsync("shown\n1\n2\n"));
        var page = await host.OpenTraceAsync();
        // The request, the message that was sent, the work on it, and at last that it was deleted.
        foreach (var span in new[] { "POST /profiles", "SQS/SendMessage", "profile csv", "SQS/DeleteMessage" })
        {
            await Expect(page.GetByText(span).First).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task What_is_deployed_shows_its_state_and_address_and_what_status_prints()
    {
        var page = await host.OpenResourcesAsync();
        Assert.SkipWhen(host.MissingAccount is not null, host.MissingAccount ?? "");
        var stack = page.Resource("profiler");
        await Expect(stack.GetByText("Running", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(stack.GetByRole(AriaRole.Link, new() { Name = DeployedProfiler.Url })).ToBeVisibleAsync();

        var status = await page.ReadAsync("profiler", "Status", "profiler-api:1");
        Assert.Contains("profiler: CREATE_COMPLETE", status);
        Assert.Contains("worker: 1 of 1 running", status);

        await page.CommandAsync("profiler", "Refresh", page.GetByText("profiler \"Refresh\" succeeded"));
        var details = await page.DetailsAsync("profiler", "Stack");
        await Expect(details.GetByText("2 of 2 running, profiler-api:1")).ToBeVisibleAsync();
        await Expect(details.GetByRole(AriaRole.Link, new() { Name = "console.aws.amazon.com" }).First).ToBeVisibleAsync();
        await Expect(details.GetByRole(AriaRole.Row).Filter(new() { HasText = "profiler_tasks" })).ToContainTextAsync("Healthy");
    }
}
