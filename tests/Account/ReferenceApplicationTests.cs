using System.Net;
using System.Net.Http.Headers;

namespace Account;

/// <summary>
/// The reference application, from its source to an account that had nothing of it, and until nothing is left: its images are built by the
/// SDK and really pushed.
/// README.md says what it takes on AWS.
/// </summary>
public sealed class ReferenceApplicationTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Changed = """{ "Proof": "changed" }""";

    private static readonly ProofApplication s_application = ProofApplication.Reference;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("account-");
    private readonly string _key = Guid.NewGuid().ToString("N");
    private ProofAccount _account = null!;
    private Deployed _deployed = null!;

    /// <summary>The digest of the api's first image.</summary>
    private string _first = "";

    /// <summary>It becomes part of the api's image, which reads it.</summary>
    private string AddedFile => Path.Combine(_folder.FullName, $"appsettings.{ProofAccount.Environment}.json");

    public async ValueTask InitializeAsync()
    {
        _account = await ProofAccount.OpenAsync(s_application);
        _deployed = new Deployed(_account, s_application, output)
        {
            Variables =
            {
                ["Parameters__api-key"] = _key,
                ["CustomBeforeMicrosoftCommonTargets"] = Path.Combine(AppContext.BaseDirectory, "AddedFile.targets"),
                ["AddedFile"] = AddedFile,
            },
        };
    }

    public async ValueTask DisposeAsync()
    {
        if (_account is not null)
        {
            await _account.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task From_an_account_without_it_through_updates_and_a_rollback_until_nothing_is_left()
    {
        var left = new Leftovers(_account, s_application.Stack);
        Assert.True(
            await left.StacksAsync() is [],
            $"There is something of '{s_application.Stack}' already. If no other run is going on: dotnet run --project src/AppHost -- destroy --data --environment {ProofAccount.Environment}"
        );
        try
        {
            await FirstDeployAsync();
            await _account.AssertCallsAllowedAsync(s_application.Stack, "api", "worker");
            await ChangedAsync();
            await BrokenAsync();
            await UnchangedAsync();
            await DestroyedAndBackAsync();
            Assert.Superset(
                new HashSet<string>([
                    "stack",
                    "repository",
                    "secret",
                    "queue",
                    "bucket",
                    "cluster",
                    "load balancer",
                    "target group",
                    "log group",
                    "alarm",
                    "role",
                    "VPC",
                ]),
                (await left.NoteAsync()).ToHashSet()
            );
        }
        finally
        {
            (await _deployed.RunAsync("destroy", "--yes", "--data")).EndedWith(0);
        }

        Assert.Empty(await left.FindAsync());
    }

    private async Task FirstDeployAsync()
    {
        var first = (await _deployed.RunAsync("deploy", "--yes")).EndedWith(0);
        first.Says("2 pushed, 0 unchanged", "/health answers 200");
        Assert.DoesNotContain(_key, first.Output);
        _first = (await _deployed.ImageAsync("api")).Split('@')[1];
        Assert.Equal([_first], await _deployed.ImagesAsync("api"));

        await DeletedAsync("Lima");
        var trace = await ProfileAsync("Oslo");
        var line = await _account.UntilAsync(
            async () => (await _deployed.LogAsync("worker", trace)).FirstOrDefault(),
            "the worker's log has the trace of the request"
        );
        Assert.Contains("Profiled 3 rows", line);
        (await _deployed.RunAsync("logs", "worker")).EndedWith(0).Says("Profiled 3 rows");
        (await _deployed.RunAsync("status")).EndedWith(0).Says("CREATE_COMPLETE", "api", "worker");
        if (await _account.TracesMissingAsync() is { } reason)
        {
            output.WriteLine($"Not shown here: that traces arrive in CloudWatch. {reason}");
            return;
        }

        // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Transaction-Search.html
        await _account.UntilAsync(
            async () =>
                (await _account.AwsAsync("logs", "filter-log-events", "--log-group-name", "aws/spans", "--filter-pattern", $"\"{trace}\""))[
                    "events"
                ]!
                    .AsArray()
                    .Select(span => (string?)JsonNode.Parse((string)span!["message"]!)!["resource"]?["attributes"]?["service.name"])
                    .Distinct()
                    .Order()
                    .SequenceEqual(["api", "worker"])
                    ? "both"
                    : null,
            $"spans of api and worker in the trace {trace}"
        );
    }

    /// <summary>One image more: what was added to the api alone.</summary>
    private async Task ChangedAsync()
    {
        var (api, worker) = (await _deployed.ImageAsync("api"), await _deployed.ImageAsync("worker"));
        await File.WriteAllTextAsync(AddedFile, Changed);
        var changed = (await _deployed.RunAsync("deploy", "--yes")).EndedWith(0);
        changed.Says("1 pushed, 1 unchanged", "! ApiTaskDefinition");
        Assert.DoesNotContain("WorkerTaskDefinition", changed.Output);
        Assert.Equal((2, 1), ((await _deployed.ImagesAsync("api")).Count, (await _deployed.ImagesAsync("worker")).Count));
        Assert.NotEqual(api, await _deployed.ImageAsync("api"));
        Assert.Equal(worker, await _deployed.ImageAsync("worker"));

        // What is new is the layer of the application, and nothing of the base image.
        var pushed = System.Text.RegularExpressions.Regex.Match(changed.Output, @"api: pushed .*, ([0-9.]+) MiB new");
        Assert.True(pushed.Success, changed.Output);
        Assert.InRange(double.Parse(pushed.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), 0.01, 40);
        await ProfileAsync("Rome");
    }

    /// <summary>An api that ends as it starts: what serves goes on to serve, and the next deploy is as if nothing had been.</summary>
    private async Task BrokenAsync()
    {
        var (revision, image) = (await _deployed.RevisionAsync("api"), await _deployed.ImageAsync("api"));
        await File.WriteAllTextAsync(AddedFile, """{ "Kestrel": { "Endpoints": { "Broken": { "Url": "no address" } } } }""");
        await using (await _account.BreakAsync("api"))
        {
            (await _deployed.RunAsync("deploy", "--yes"))
                .EndedWith(1)
                .Says(
                    $"Rolled back to {revision}, which serves as before.",
                    "Circuit Breaker",
                    "Everything is back to what it was before."
                );
        }

        Assert.Equal((revision, image), (await _deployed.RevisionAsync("api"), await _deployed.ImageAsync("api")));
        await ProfileAsync("Turku");
        await File.WriteAllTextAsync(AddedFile, Changed);
    }

    /// <summary>
    /// As what runs: a deploy changes nothing. What many deploys have left goes, but for what runs and the ten newest of each.
    /// </summary>
    private async Task UnchangedAsync()
    {
        var (changed, revision, image) = (
            await _deployed.ChangedAsync(),
            await _deployed.RevisionAsync("api"),
            await _deployed.ImageAsync("api")
        );
        var (old, strange) = (await _deployed.PushOldAsync("api", 10), await _deployed.PushStrangeAsync("api"));
        (await _deployed.RunAsync("deploy", "--yes"))
            .EndedWith(0)
            .Says(
                "2 unchanged",
                $"Changed for {s_application.Stack}",
                "nothing",
                "old images and",
                "old revisions of task definitions deleted"
            );
        Assert.Equal(
            (changed, revision, image),
            (await _deployed.ChangedAsync(), await _deployed.RevisionAsync("api"), await _deployed.ImageAsync("api"))
        );
        var left = await _deployed.ImagesAsync("api");
        Assert.Contains(image.Split('@')[1], left);
        Assert.Equal(old.Order(), left.Intersect(old).Order());
        Assert.Contains(strange, left);
        Assert.DoesNotContain(_first, left);
    }

    /// <summary>Destroyed, the images and the data stay; the next deploy pushes nothing and finds what was there.</summary>
    private async Task DestroyedAndBackAsync()
    {
        (await _deployed.RunAsync("destroy", "--yes"))
            .EndedWith(0)
            .Says($"Stays: repository {s_application.Stack}/api with all its images");
        (await _deployed.RunAsync("deploy", "--yes")).EndedWith(0).Says("2 unchanged");
        using var http = await ClientAsync();
        Assert.Equal(3, JsonNode.Parse(await http.GetStringAsync("/profiles"))!["profiles"]!.AsArray().Count);
    }

    /// <summary>Has a file profiled, as a user of the application does.</summary>
    /// <returns>The id of the trace that this is in.</returns>
    private async Task<string> ProfileAsync(string city)
    {
        using var http = await ClientAsync();
        using var stranger = new HttpClient { BaseAddress = http.BaseAddress };
        using var refused = await stranger.GetAsync("/profiles");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        var trace = System.Diagnostics.ActivityTraceId.CreateRandom().ToHexString();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/profiles")
        {
            Content = new StringContent($"city,amount\n{city},1\nOulu,2\n{city},3\n", new MediaTypeHeaderValue("text/csv")),
        };
        request.Headers.Add("traceparent", $"00-{trace}-{System.Diagnostics.ActivitySpanId.CreateRandom().ToHexString()}-01");
        using var accepted = await http.SendAsync(request);
        Assert.True(
            accepted.StatusCode == HttpStatusCode.Accepted,
            $"{(int)accepted.StatusCode} {await accepted.Content.ReadAsStringAsync()}"
        );
        var profile = await _account.UntilAsync(
            async () =>
                JsonNode.Parse(await http.GetStringAsync($"{accepted.Headers.Location}?wait=5")) is { } found
                && (string?)found["state"] is "done" or "failed"
                    ? found
                    : null,
            "the profile is done"
        );
        Assert.Equal("done", (string?)profile["state"]);
        Assert.Contains(city, profile.ToJsonString());
        using var page = new HttpRequestMessage(HttpMethod.Get, accepted.Headers.Location) { Headers = { Accept = { new("text/html") } } };
        using var shown = await http.SendAsync(page);
        Assert.Equal("text/html", shown.Content.Headers.ContentType?.MediaType);
        return trace;
    }

    /// <summary>Has a file profiled, and what is left of it deleted.</summary>
    private async Task DeletedAsync(string city)
    {
        await ProfileAsync(city);
        using var http = await ClientAsync();
        var profile = Assert.Single(JsonNode.Parse(await http.GetStringAsync("/profiles"))!["profiles"]!.AsArray());
        using var deleted = await http.DeleteAsync($"/profiles/{profile!["id"]}");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Empty(JsonNode.Parse(await http.GetStringAsync("/profiles"))!["profiles"]!.AsArray());
    }

    private async Task<HttpClient> ClientAsync()
    {
        var http = new HttpClient { BaseAddress = await _deployed.AddressAsync(), Timeout = TimeSpan.FromMinutes(1) };
        http.DefaultRequestHeaders.Add("X-Api-Key", _key);
        return http;
    }
}
