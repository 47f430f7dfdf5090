using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SQS;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace EndToEnd;

/// <summary>The AppHost, started as Aspire users do in their tests, with an emulator of its own.</summary>
internal sealed class ReferenceApplication : IAsyncDisposable
{
    public const string ApiKey = "end-to-end-key";

    /// <summary>How long a test waits for what has to come: far more than it takes, for the machine may have much else to do.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo _data;
    private readonly ConcurrentDictionary<string, ResourceEvent> _latest = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopWatching = new();
    private readonly Task _watching;

    private ReferenceApplication(DistributedApplication app, DirectoryInfo data)
    {
        App = app;
        _data = data;
        Api = app.CreateHttpClient("api", "http");
        Api.DefaultRequestHeaders.Add("X-Api-Key", ApiKey);
        Api.Timeout = Patience;
        _watching = WatchAsync(_stopWatching.Token);
    }

    public DistributedApplication App { get; }

    public HttpClient Api { get; }

    /// <summary>Starts the application and returns once every service is healthy.</summary>
    /// <param name="configure">Changes the model before it is built.</param>
    public static async Task<ReferenceApplication> StartAsync(Action<IDistributedApplicationTestingBuilder>? configure = null)
    {
        using var deadline = new CancellationTokenSource(Patience);
        var data = Directory.CreateTempSubdirectory("end-to-end-");
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            [$"--Parameters:api-key={ApiKey}", "--Fargate:RefreshSeconds=0"], deadline.Token);
        Environment(builder, "aws", "LocalAws__DataPath", data.FullName);
        Environment(builder, "worker", "Worker__VisibilityTimeout", "00:00:05");
        configure?.Invoke(builder);

        var app = await builder.BuildAsync(deadline.Token);
        try
        {
            await app.StartAsync(deadline.Token);
            await app.ResourceNotifications.WaitForResourceHealthyAsync("api", deadline.Token);
            await app.ResourceNotifications.WaitForResourceHealthyAsync("worker", deadline.Token);
            return new ReferenceApplication(app, data);
        }
        catch
        {
            await app.DisposeAsync();
            data.Delete(recursive: true);
            throw;
        }
    }

    public static void Environment(IDistributedApplicationTestingBuilder builder, string project, string name, string value) =>
        builder.CreateResourceBuilder(builder.Resources.OfType<ProjectResource>().Single(r => r.Name == project)).WithEnvironment(name, value);

    /// <summary>Posts a CSV and returns the address of its profile.</summary>
    public async Task<Uri> PostAsync(HttpContent csv)
    {
        csv.Headers.ContentType ??= new MediaTypeHeaderValue("text/csv");
        using var response = await Api.PostAsync("/profiles", csv);
        Assert.True(response.StatusCode is System.Net.HttpStatusCode.Accepted, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return new Uri(Api.BaseAddress!, response.Headers.Location!);
    }

    public Task<Uri> PostAsync(string csv) => PostAsync(new StringContent(csv, new MediaTypeHeaderValue("text/csv")));

    /// <summary>The profile once it is done or failed.</summary>
    /// <exception cref="TimeoutException">It is neither within <see cref="Patience"/>.</exception>
    public async Task<JsonNode> EndOfAsync(Uri profile)
    {
        var deadline = DateTime.UtcNow + Patience;
        while (true)
        {
            JsonNode node;
            try
            {
                node = JsonNode.Parse(await Api.GetStringAsync($"{profile}?wait=10"))!;
            }
            catch (HttpRequestException exception) when ((int?)exception.StatusCode is null or >= 500 && DateTime.UtcNow < deadline)
            {
                await Task.Yield();
                continue;
            }
            if ((string?)node["state"] is "done" or "failed") return node;
            if (DateTime.UtcNow > deadline) throw new TimeoutException($"Still {node["state"]} after {Patience}: {node}");
        }
    }

    /// <summary>The profile once it is in that state.</summary>
    public async Task WaitForStateAsync(Uri profile, string state)
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while ((string?)JsonNode.Parse(await Api.GetStringAsync(profile, deadline.Token))!["state"] != state)
            await timer.WaitForNextTickAsync(deadline.Token);
    }

    /// <summary>The process ids of a resource's running instances.</summary>
    public int[] ProcessesOf(string resource) =>
    [
        .. from instance in Instances(resource)
           from property in instance.Snapshot.Properties
           where property.Name == "executable.pid" && instance.Snapshot.State?.Text == KnownResourceStates.Running
           select Convert.ToInt32(property.Value, System.Globalization.CultureInfo.InvariantCulture),
    ];

    /// <summary>The last word on each instance of a resource: one, or as many as it has replicas.</summary>
    public IEnumerable<ResourceEvent> Instances(string resource) => _latest.Values.Where(instance => instance.Resource.Name == resource);

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        await foreach (var change in App.ResourceNotifications.WatchAsync(cancellationToken)) _latest[change.ResourceId] = change;
    }

    /// <summary>Kills every process of a resource without warning, as the kernel does when memory runs out.</summary>
    public async Task KillAsync(string resource)
    {
        foreach (var id in ProcessesOf(resource))
        {
            using var process = System.Diagnostics.Process.GetProcessById(id);
            process.Kill();
            await process.WaitForExitAsync();
        }
        using var deadline = new CancellationTokenSource(Patience);
        await App.ResourceNotifications.WaitForResourceAsync(resource, KnownResourceStates.TerminalStates, deadline.Token);
    }

    public async Task CommandAsync(string resource, string command)
    {
        using var deadline = new CancellationTokenSource(Patience);
        foreach (var instance in Instances(resource).ToList())
        {
            var result = await App.ResourceCommands.ExecuteCommandAsync(instance.ResourceId, command, deadline.Token);
            Assert.True(result.Success, $"{command} of {instance.ResourceId}: {result.Message}");
        }
    }

    public async Task StartAgainAsync(string resource)
    {
        await CommandAsync(resource, KnownResourceCommands.StartCommand);
        using var deadline = new CancellationTokenSource(Patience);
        await App.ResourceNotifications.WaitForResourceHealthyAsync(resource, deadline.Token);
    }

    public IAmazonS3 S3() => new AmazonS3Client(Credentials, new AmazonS3Config { ServiceURL = EmulatorUrl, ForcePathStyle = true, AuthenticationRegion = "us-east-1" });

    public IAmazonSQS Sqs() => new AmazonSQSClient(Credentials, new AmazonSQSConfig { ServiceURL = EmulatorUrl, AuthenticationRegion = "us-east-1" });

    private static BasicAWSCredentials Credentials => new("local", "local");

    private string EmulatorUrl => App.GetEndpoint("aws", "http").ToString().Replace("localhost", "127.0.0.1", StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await _stopWatching.CancelAsync();
        await _watching.ContinueWith(_ => { }, TaskScheduler.Default);
        _stopWatching.Dispose();
        Api.Dispose();
        await App.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
