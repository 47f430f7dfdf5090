using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Resources;

namespace Aws.Ecs.Tasks;

/// <summary>
/// The resource attributes of a task on Amazon ECS, by the official detector and, where that lacks or mixes up one, by
/// <see cref="EcsMetadata"/>. Detection begins when this is created and goes on beside the start of the application; who needs the
/// result waits until <see cref="Deadline"/> at most, and goes on with what there is by then.
/// </summary>
internal sealed class EcsDetection : IResourceDetector
{
    /// <summary>
    /// Of the container, within its task. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4.html
    /// </summary>
    public const string EndpointVariable = "ECS_CONTAINER_METADATA_URI_V4";

    /// <summary>The most by which all of detection may hold up the start.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(800);

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Task<Resource> _official;
    private readonly Task<EcsMetadata?> _metadata;

    public EcsDetection(string? endpoint)
    {
        Endpoint = endpoint;
        // A thread of its own, since it may hang for as long as the official detector's HTTP client lets it.
        _official = IsOnEcs
            ? Task.Factory.StartNew(DetectOfficial, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            : Task.FromResult(Resource.Empty);
        _metadata = IsOnEcs ? Task.Run(() => ReadAsync(endpoint!)) : Task.FromResult<EcsMetadata?>(null);
    }

    public string? Endpoint { get; }

    public bool IsOnEcs => !string.IsNullOrEmpty(Endpoint);

    /// <summary>What has been read so far.</summary>
    public EcsMetadata? Metadata => _metadata.IsCompletedSuccessfully ? _metadata.Result : null;

    /// <summary>Why there is nothing where there should be, once that is known.</summary>
    public async Task<Exception?> ProblemAsync()
    {
        await ((Task)_metadata).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return _metadata.IsCanceled
            ? new TimeoutException($"No answer within {Deadline.TotalMilliseconds} ms.")
            : _metadata.Exception?.InnerException;
    }

    public Resource Detect()
    {
        var remaining = Deadline - Stopwatch.GetElapsedTime(_start);
        Task.WhenAll(_official, _metadata)
            .ContinueWith(static both => _ = both.Exception, TaskScheduler.Default)
            .Wait(remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero);
        var official = _official.IsCompletedSuccessfully ? _official.Result : Resource.Empty;
        return new Resource(EcsAttributes.Of(official.Attributes, Metadata));
    }

    private static Resource DetectOfficial() => ResourceBuilder.CreateEmpty().AddAWSECSDetector().Build();

    private static async Task<EcsMetadata?> ReadAsync(string endpoint)
    {
        using var suppressed = SuppressInstrumentationScope.Begin();
        using var expired = new CancellationTokenSource(Deadline);
        using var client = new HttpClient();
        var container = client.GetStringAsync(endpoint, expired.Token);
        var task = client.GetStringAsync($"{endpoint.TrimEnd('/')}/task", expired.Token);
        await Task.WhenAll(container, task).ConfigureAwait(false);
        return EcsMetadata.Parse(await container.ConfigureAwait(false), await task.ConfigureAwait(false));
    }
}
