using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate;

/// <summary>The project that stands in for AWS in run mode, an annotation of its resource.</summary>
internal sealed class AwsEmulator(EndpointReference endpoint) : IResourceAnnotation
{
    internal const string Region = "us-east-1";

    /// <summary>The project.</summary>
    public IResource Resource => endpoint.Resource;

    /// <summary>
    /// An address of four numbers: with a name such as localhost the SDK's S3 client would put the bucket before it.
    /// </summary>
    private ReferenceExpression Address { get; } =
        ReferenceExpression.Create($"http://127.0.0.1:{endpoint.Property(EndpointProperty.Port)}");

    /// <exception cref="DistributedApplicationException">The model has none.</exception>
    public static AwsEmulator Find(IEnumerable<IResource> resources, AwsResource resource) =>
        resources.SelectMany(candidate => candidate.Annotations.OfType<AwsEmulator>()).FirstOrDefault()
        ?? throw new DistributedApplicationException(
            $"'{resource.Name}' has nowhere to be when the application runs here. "
                + "Add builder.AddAwsEmulator<Projects.LocalAws>(\"aws\") to the AppHost, and the project to its references."
        );

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

    /// <summary>Creates every AWS resource of the model: called each time the emulator has become ready, for it may have lost them.</summary>
    public async Task CreateResourcesAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var model = services.GetRequiredService<DistributedApplicationModel>();
        var notifications = services.GetRequiredService<ResourceNotificationService>();
        var loggers = services.GetRequiredService<ResourceLoggerService>();
        using var aws = await ConnectAsync(cancellationToken);
        await Task.WhenAll(model.Resources.OfType<AwsResource>().Select(CreateAsync));

        async Task CreateAsync(AwsResource resource)
        {
            try
            {
                await resource.CreateAsync(aws, cancellationToken);
                await notifications.PublishUpdateAsync(resource, snapshot => AwsResourceSnapshots.Created(snapshot, resource));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                loggers.GetLogger(resource).LogError(exception, "'{Resource}' could not be created in the emulator.", resource.Name);
                await notifications.PublishUpdateAsync(resource, snapshot => snapshot with { State = KnownResourceStates.FailedToStart });
            }
        }
    }

    /// <summary>Says of every AWS resource of the model that it waits for the emulator.</summary>
    public static async Task StopResourcesAsync(ResourceStoppedEvent stopped)
    {
        var notifications = stopped.Services.GetRequiredService<ResourceNotificationService>();
        foreach (var resource in stopped.Services.GetRequiredService<DistributedApplicationModel>().Resources.OfType<AwsResource>())
        {
            await notifications.PublishUpdateAsync(resource, snapshot =>
                AwsResourceSnapshots.Stopped(snapshot, stopped.ResourceEvent.Snapshot)
            );
        }
    }
}
