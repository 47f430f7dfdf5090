using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SQS;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Profiles;

namespace EndToEnd;

/// <summary>
/// The AppHost, started as Aspire users do in their tests: on Aspire's orchestrator, with an emulator of its own. Api and worker send
/// their telemetry to <see cref="Telemetry"/>, and the worker reaches S3 through <see cref="Downloads"/>.
/// </summary>
internal sealed class ReferenceApplication : IAsyncDisposable
{
    public const string ApiKey = "end-to-end-key";

    /// <summary>How long the queue waits for a worker that was killed.</summary>
    public static readonly TimeSpan VisibilityTimeout = TimeSpan.FromSeconds(3);

    /// <summary>How long a test waits for what has to come: far more than it takes, for the machine may have much else to do.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("end-to-end-");
    private readonly ConcurrentDictionary<string, ResourceEvent> _latest = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopWatching = new();
    private Task _watching = Task.CompletedTask;

    private ReferenceApplication(OtlpReceiver telemetry) => Telemetry = telemetry;

    public DistributedApplication App { get; private set; } = null!;

    /// <summary>The api, with a key that it takes.</summary>
    public HttpClient Api { get; private set; } = null!;

    public OtlpReceiver Telemetry { get; }

    public SourceDownloads Downloads { get; } = new();

    /// <summary>Starts the application and returns once every service is healthy.</summary>
    public static async Task<ReferenceApplication> StartAsync()
    {
        var application = new ReferenceApplication(await OtlpReceiver.StartAsync());
        try
        {
            using var deadline = new CancellationTokenSource(Patience);
            await application.StartAsync(deadline.Token);
            return application;
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    private async Task StartAsync(CancellationToken deadline)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            [$"--Parameters:api-key={ApiKey}", $"--LocalAws:DataPath={_data.FullName}", "--Fargate:RefreshSeconds=0"],
            deadline
        );
        builder.Services.AddLogging(logging =>
            logging.AddFilter(level => level >= LogLevel.Warning).AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None)
        );
        Project(builder, "api").WithEnvironment(Report);
        Project(builder, "worker")
            .WithEnvironment(Report)
            .WithEnvironment("Worker__VisibilityTimeout", VisibilityTimeout.ToString("c", CultureInfo.InvariantCulture))
            .WithEnvironment("Worker__RetryDelay", "00:00:00")
            .WithEnvironment("AWS_ENDPOINT_URL_S3", Downloads.Address);

        App = await builder.BuildAsync(deadline);
        _watching = WatchAsync();
        await App.StartAsync(deadline);
        Downloads.Target = EmulatorAddress;
        await App.ResourceNotifications.WaitForResourceHealthyAsync("api", deadline);
        await App.ResourceNotifications.WaitForResourceHealthyAsync("worker", deadline);
        Api = App.CreateHttpClient("api", "http");
        Api.DefaultRequestHeaders.Add("X-Api-Key", ApiKey);
        Api.Timeout = Patience;

        void Report(EnvironmentCallbackContext context)
        {
            context.EnvironmentVariables["OTEL_EXPORTER_OTLP_ENDPOINT"] = Telemetry.Address;
            context.EnvironmentVariables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
            context.EnvironmentVariables["OTEL_BSP_SCHEDULE_DELAY"] = "200";
            context.EnvironmentVariables["OTEL_TRACES_SAMPLER"] = "always_on";
        }
    }

    private static IResourceBuilder<ProjectResource> Project(IDistributedApplicationTestingBuilder builder, string name) =>
        builder.CreateResourceBuilder(builder.Resources.OfType<ProjectResource>().Single(project => project.Name == name));

    /// <summary>Posts a CSV and returns the address of its profile.</summary>
    public async Task<Uri> PostAsync(HttpContent csv)
    {
        csv.Headers.ContentType ??= new MediaTypeHeaderValue("text/csv");
        using var response = await Api.PostAsync("/profiles", csv);
        Assert.True(
            response.StatusCode is System.Net.HttpStatusCode.Accepted,
            $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}"
        );
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
            if ((string?)node["state"] is "done" or "failed")
                return node;
            if (DateTime.UtcNow > deadline)
                throw new TimeoutException($"Still {node["state"]} after {Patience}: {node}");
        }
    }

    /// <summary>The process of a resource: the project's own, started by the <c>dotnet run</c> that the orchestrator has started.</summary>
    public async Task<int> ProcessOfAsync(string resource)
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            var started = Instance(resource).Snapshot.Properties.SingleOrDefault(property => property.Name == "executable.pid")?.Value;
            if (started is not null && ProcessTree.LeavesOf(Convert.ToInt32(started, CultureInfo.InvariantCulture)) is [var process])
                return process;
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }

    /// <summary>Kills a resource's process without warning, as the kernel does when memory runs out.</summary>
    public async Task KillAsync(string resource)
    {
        using (var process = Process.GetProcessById(await ProcessOfAsync(resource)))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        using var deadline = new CancellationTokenSource(Patience);
        await App.ResourceNotifications.WaitForResourceAsync(resource, KnownResourceStates.TerminalStates, deadline.Token);
    }

    public async Task StopAsync(string resource)
    {
        using var deadline = new CancellationTokenSource(Patience);
        await CommandAsync(resource, KnownResourceCommands.StopCommand, deadline.Token);
        await App.ResourceNotifications.WaitForResourceAsync(resource, KnownResourceStates.TerminalStates, deadline.Token);
    }

    public async Task StartAgainAsync(string resource)
    {
        using var deadline = new CancellationTokenSource(Patience);
        await CommandAsync(resource, KnownResourceCommands.StartCommand, deadline.Token);
        // The end of the process before is still being told.
        await App.ResourceNotifications.WaitForResourceHealthyAsync(resource, WaitBehavior.WaitOnResourceUnavailable, deadline.Token);
    }

    /// <summary>Starts what a test has left stopped.</summary>
    public async Task StartWhatEndedAsync()
    {
        foreach (var resource in new[] { "aws", "worker", "api" })
        {
            if (KnownResourceStates.TerminalStates.Contains(Instance(resource).Snapshot.State?.Text))
                await StartAgainAsync(resource);
        }
    }

    /// <summary>What the application has written down of a profile.</summary>
    public async Task<ProfileState> StateOfAsync(Uri profile)
    {
        using var s3 = S3();
        using var stored = await s3.GetObjectAsync("datasets", $"profiles/{profile.Segments[^1]}/state.json");
        return (await JsonSerializer.DeserializeAsync(stored.ResponseStream, ProfilesJson.Default.ProfileState))!;
    }

    public IAmazonS3 S3() =>
        new AmazonS3Client(
            Credentials,
            new AmazonS3Config
            {
                ServiceURL = EmulatorAddress.ToString(),
                ForcePathStyle = true,
                AuthenticationRegion = "us-east-1",
            }
        );

    public IAmazonSQS Sqs() =>
        new AmazonSQSClient(
            Credentials,
            new AmazonSQSConfig { ServiceURL = EmulatorAddress.ToString(), AuthenticationRegion = "us-east-1" }
        );

    public async ValueTask DisposeAsync()
    {
        await _stopWatching.CancelAsync();
        await _watching;
        _stopWatching.Dispose();
        Api?.Dispose();
        if (App is not null)
            await App.DisposeAsync();
        await Downloads.DisposeAsync();
        await Telemetry.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private static BasicAWSCredentials Credentials => new("local", "local");

    private Uri EmulatorAddress => new UriBuilder(App.GetEndpoint("aws", "http")) { Host = "127.0.0.1" }.Uri;

    /// <summary>The last word on the one instance of a resource.</summary>
    private ResourceEvent Instance(string resource) => _latest.Values.Single(instance => instance.Resource.Name == resource);

    private async Task CommandAsync(string resource, string command, CancellationToken deadline)
    {
        var result = await App.ResourceCommands.ExecuteCommandAsync(Instance(resource).ResourceId, command, deadline);
        Assert.True(result.Success, $"{command} of {resource}: {result.Message}");
    }

    private async Task WatchAsync()
    {
        try
        {
            await foreach (var change in App.ResourceNotifications.WatchAsync(_stopWatching.Token))
                _latest[change.ResourceId] = change;
        }
        catch (OperationCanceledException) when (_stopWatching.IsCancellationRequested)
        {
            // The end.
        }
    }
}
