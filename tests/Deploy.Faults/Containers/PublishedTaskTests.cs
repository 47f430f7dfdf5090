using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Testing;
using Testing.Docker;

namespace Deploy.Faults.Containers;

/// <summary>What deploy has published runs: its images, started with what its task definitions say and nothing else.</summary>
public sealed class PublishedTaskTests(PublishedTasks published) : IClassFixture<PublishedTasks>
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_CSV_is_profiled_and_a_worker_that_is_stopped_loses_nothing()
    {
        published.SkipWhereMissing();
        var api = await published.StartAsync("api");
        var worker = await published.StartAsync("worker");
        var port = api.Definition.PortMappings.Single().ContainerPort;
        using var http = new HttpClient { BaseAddress = new Uri($"http://{api.Address}:{port}"), Timeout = TimeSpan.FromMinutes(1) };
        http.DefaultRequestHeaders.Add("X-Api-Key", PublishedTasks.ApiKey);
        await UntilAsync(async () => (await http.GetAsync("/health")).IsSuccessStatusCode, api, "the api is healthy");

        var small = await PostAsync(http, "city,amount\nOslo,1\nRome,2\nOslo,3\n");
        var profile = await EndOfAsync(http, small, worker);
        Assert.Equal("done", (string?)profile["state"]);

        // Enough rows to be in hand when the worker is told to stop.
        var large = await PostAsync(http, Rows(2_000_000));
        await UntilAsync(
            async () => (string?)JsonNode.Parse(await http.GetStringAsync(large))!["state"] == "running",
            worker,
            "the job is in hand"
        );
        var clock = Stopwatch.StartNew();
        await worker.StopAsync();
        clock.Stop();

        var log = await worker.LogsAsync();
        Assert.True(
            await worker.ExitCodeAsync() == 0,
            $"The worker ended with {await worker.ExitCodeAsync()} after {clock.Elapsed.TotalSeconds:0.0} s:\n{log}"
        );
        Assert.True(
            clock.Elapsed < TimeSpan.FromSeconds(worker.Definition.StopTimeout!.Value),
            $"It took {clock.Elapsed.TotalSeconds:0.0} s, and had {worker.Definition.StopTimeout} s."
        );
        var next = await published.StartAsync("worker");
        profile = await EndOfAsync(http, large, next);
        Assert.Equal("done", (string?)profile["state"]);
        Assert.Contains("2000000", profile.ToJsonString(), StringComparison.Ordinal);

        await api.StopAsync();
        Assert.True(await api.ExitCodeAsync() == 0, await api.LogsAsync());
    }

    [Fact]
    public async Task The_api_wants_the_key_that_the_deploy_put_into_its_secret()
    {
        published.SkipWhereMissing();
        var api = await published.StartAsync("api");
        using var http = new HttpClient
        {
            BaseAddress = new Uri($"http://{api.Address}:{api.Definition.PortMappings.Single().ContainerPort}"),
        };
        await UntilAsync(async () => (await http.GetAsync("/health")).IsSuccessStatusCode, api, "the api is healthy");

        using var without = await http.GetAsync("/profiles");
        http.DefaultRequestHeaders.Add("X-Api-Key", PublishedTasks.ApiKey);
        using var with = await http.GetAsync("/profiles");

        Assert.Equal(401, (int)without.StatusCode);
        Assert.Equal(200, (int)with.StatusCode);
        Assert.DoesNotContain(api.Definition.Environment, variable =>
            variable.Value.Contains(PublishedTasks.ApiKey, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_builds_of_images_see_no_secret()
    {
        published.SkipWhereMissing();
        var key = Encoding.UTF8.GetBytes(PublishedTasks.ApiKey);
        // While it is held, no deploy of another test builds in there.
        using var buildLock = await Eventually.GetAsync(
            () => Task.FromResult(published.TryTakeBuildLock()),
            "the builds of other deploys have ended"
        );
        var files = published
            .WrittenFolders.SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Where(file => file != buildLock.Name)
            .ToList();

        Assert.DoesNotContain(PublishedTasks.ApiKey, published.Deploy.Output, StringComparison.Ordinal);
        Assert.Contains(published.Deploy.CommandLines, line => line.Contains("msbuild", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(published.Deploy.CommandLines, line => line.Contains(PublishedTasks.ApiKey, StringComparison.Ordinal));
        Assert.Equal(["PutSecretValue"], published.Proxy.Calls.Where(call => call.HeldSecret).Select(call => call.Operation).Distinct());
        Assert.True(files.Count > 50, "There is next to nothing to search.");
        Assert.All(files, file => Assert.False(File.ReadAllBytes(file).AsSpan().IndexOf(key) >= 0, $"The secret is in {file}."));
    }

    private static string Rows(int count)
    {
        var text = new StringBuilder("id,amount,city,note\n");
        for (var row = 0; row < count; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row},{row % 977 / 8.0},city {row % 300},\"a note, number {row % 5000}\"\n");
        }

        return text.ToString();
    }

    private static async Task<Uri> PostAsync(HttpClient http, string csv)
    {
        using var content = new StringContent(csv, new MediaTypeHeaderValue("text/csv"));
        using var response = await http.PostAsync("/profiles", content);
        Assert.True((int)response.StatusCode == 202, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return new Uri(http.BaseAddress!, response.Headers.Location!);
    }

    private static async Task<JsonNode> EndOfAsync(HttpClient http, Uri profile, TaskContainer worker)
    {
        JsonNode? node = null;
        await UntilAsync(
            async () => (string?)(node = JsonNode.Parse(await http.GetStringAsync($"{profile}?wait=5")))!["state"] is "done" or "failed",
            worker,
            "the profile is done"
        );
        return node!;
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo, TaskContainer container, string what)
    {
        using var deadline = new CancellationTokenSource(s_deadline);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            try
            {
                if (await isSo())
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            Assert.True(
                await container.IsRunningAsync(),
                $"The container ended with {await container.ExitCodeAsync()} before {what}:\n{await container.LogsAsync()}"
            );
            Assert.False(
                deadline.IsCancellationRequested,
                $"Not within {s_deadline.TotalMinutes} minutes: {what}\n{await container.LogsAsync()}"
            );
            await timer.WaitForNextTickAsync();
        }
    }
}
