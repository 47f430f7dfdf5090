using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace Hosting.Fargate;

/// <summary>What stands in for AWS in run mode: for all an annotation of its resource, or a resource's own.</summary>
internal sealed class AwsEmulator(EndpointReference endpoint) : IResourceAnnotation
{
    internal const string Region = "us-east-1";

    /// <summary>A container is ready as soon as it runs, which may be before what is in it listens.</summary>
    private static readonly ResiliencePipeline s_patience = new ResiliencePipelineBuilder()
        .AddRetry(
            new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<Exception>(exception =>
                    exception is HttpRequestException || exception.InnerException is HttpRequestException
                ),
                MaxRetryAttempts = 60,
                Delay = TimeSpan.FromMilliseconds(500),
                BackoffType = DelayBackoffType.Constant,
            }
        )
        .Build();

    /// <summary>What listens there.</summary>
    public IResource Resource => endpoint.Resource;

    /// <summary>
    /// An address of four numbers: with a name such as localhost the SDK's S3 client would put the bucket before it.
    /// </summary>
    private ReferenceExpression Address { get; } =
        ReferenceExpression.Create($"http://127.0.0.1:{endpoint.Property(EndpointProperty.Port)}");

    /// <exception cref="DistributedApplicationException">The model has none.</exception>
    public static AwsEmulator Find(IEnumerable<IResource> resources, AwsResource resource) =>
        resource.Emulator
        ?? (resource.IsShared ? resources.SelectMany(candidate => candidate.Annotations.OfType<AwsEmulator>()).FirstOrDefault() : null)
        ?? throw new DistributedApplicationException(resource.NowhereToBe);

    /// <summary>Tells a service where to find the emulator, unless its model says something else.</summary>
    public void AddressTo(Dictionary<string, object> environment, AwsResource resource)
    {
        environment.TryAdd($"AWS_ENDPOINT_URL_{resource.ServiceVariable}", Address);
        environment.TryAdd("AWS_REGION", Region);
        environment.TryAdd("AWS_ACCESS_KEY_ID", EmulatedAws.AccessKey);
        environment.TryAdd("AWS_SECRET_ACCESS_KEY", EmulatedAws.SecretKey);
    }

    /// <summary>The emulator, once its address is known.</summary>
    public async Task<EmulatedAws> ConnectAsync(CancellationToken cancellationToken) =>
        new((await Address.GetValueAsync(cancellationToken))!);

    /// <summary>
    /// Creates every AWS resource of the model that lives here: called each time the emulator has become ready, for it may have lost them.
    /// </summary>
    public async Task CreateResourcesAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var model = services.GetRequiredService<DistributedApplicationModel>();
        var notifications = services.GetRequiredService<ResourceNotificationService>();
        var loggers = services.GetRequiredService<ResourceLoggerService>();
        using var aws = await ConnectAsync(cancellationToken);
        await Task.WhenAll(Of(model).Select(CreateAsync));

        async Task CreateAsync(AwsResource resource)
        {
            try
            {
                await s_patience.ExecuteAsync(async token => await resource.CreateAsync(aws, token), cancellationToken);
                await notifications.PublishUpdateAsync(resource, snapshot => AwsResourceSnapshots.Created(snapshot, resource));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                loggers.GetLogger(resource).LogError(exception, "'{Resource}' could not be created in the emulator.", resource.Name);
                await notifications.PublishUpdateAsync(resource, snapshot => snapshot with { State = KnownResourceStates.FailedToStart });
            }
        }
    }

    /// <summary>Says of every AWS resource of the model that lives here that it waits for the emulator.</summary>
    public async Task StopResourcesAsync(ResourceStoppedEvent stopped)
    {
        var notifications = stopped.Services.GetRequiredService<ResourceNotificationService>();
        foreach (var resource in Of(stopped.Services.GetRequiredService<DistributedApplicationModel>()))
        {
            await notifications.PublishUpdateAsync(resource, snapshot =>
                AwsResourceSnapshots.Stopped(snapshot, stopped.ResourceEvent.Snapshot)
            );
        }
    }

    private IEnumerable<AwsResource> Of(DistributedApplicationModel model) =>
        model.Resources.OfType<AwsResource>().Where(resource => !resource.IsReal && Find(model.Resources, resource) == this);
}
