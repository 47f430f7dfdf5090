using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate;

namespace Aspire.Hosting;

/// <summary>An emulator of AWS for run mode.</summary>
public static class AwsEmulatorBuilderExtensions
{
    /// <summary>
    /// Adds a project that stands in for SQS and S3 when the application runs here: one that serves both on its http endpoint, and
    /// its health at <c>/health</c>. Published, the model does not have it.
    /// </summary>
    /// <typeparam name="TProject">The project: <c>Projects.LocalAws</c>.</typeparam>
    /// <param name="builder">The application's builder.</param>
    /// <param name="name">Its name in the model.</param>
    /// <param name="dataPath">
    /// Where it keeps queues and buckets, from the AppHost's directory; null for in memory alone, until it ends. The setting
    /// <c>LocalAws:DataPath</c> of the AppHost comes before it: two that run at once need a folder each.
    /// </param>
    [AspireExportIgnore(Reason = "It takes a project by its type: addAwsEmulator takes it by its path.")]
    public static IResourceBuilder<ProjectResource> AddAwsEmulator<TProject>(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string? dataPath = ".localaws"
    )
        where TProject : IProjectMetadata, new()
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Emulate(name, dataPath, options => builder.AddProject<TProject>(name, options));
    }

    /// <summary>Has a project stand in for SQS and S3, however it is added.</summary>
    internal static IResourceBuilder<ProjectResource> Emulate(
        this IDistributedApplicationBuilder builder,
        string name,
        string? dataPath,
        Func<Action<ProjectResourceOptions>, IResourceBuilder<ProjectResource>> add
    )
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            return builder.CreateResourceBuilder(new ProjectResource(name));
        }

        // Plain HTTP on the loopback: no development certificate is looked for on its account.
#pragma warning disable ASPIRECERTIFICATES001
        var emulator = add(options =>
            {
                options.ExcludeLaunchProfile = true;
                options.ExcludeKestrelEndpoints = true;
            })
            .WithHttpEndpoint()
            .WithHttpHealthCheck("/health")
            .WithoutHttpsCertificate()
            .WithEnvironment(context =>
            {
                if ((builder.Configuration["LocalAws:DataPath"] ?? dataPath) is { } path)
                {
                    context.EnvironmentVariables["LocalAws__DataPath"] = Path.GetFullPath(path, builder.AppHostDirectory);
                }
                else
                {
                    context.EnvironmentVariables["LocalAws__InMemory"] = "true";
                }
            });
#pragma warning restore ASPIRECERTIFICATES001
        var annotation = new AwsEmulator(emulator.GetEndpoint("http"));
        return emulator
            .WithAnnotation(annotation)
            .OnResourceReady((_, @event, cancellationToken) => annotation.CreateResourcesAsync(@event.Services, cancellationToken))
            .OnResourceStopped((_, @event, _) => annotation.StopResourcesAsync(@event));
    }

    /// <summary>Has a resource live at an endpoint of its own when the application runs here.</summary>
    /// <exception cref="InvalidOperationException">It has one.</exception>
    internal static void RunIn<T>(this IResourceBuilder<T> builder, EndpointReference endpoint)
        where T : AwsResource
    {
        if (builder.Resource.Emulator is { } there)
        {
            throw new InvalidOperationException(
                $"'{builder.Resource.Name}' is at '{there.Resource.Name}' already when the application runs here."
            );
        }

        var emulator = new AwsEmulator(endpoint);
        builder.Resource.Emulator = emulator;
        builder
            .ApplicationBuilder.CreateResourceBuilder(endpoint.Resource)
            .OnResourceReady((_, @event, cancellationToken) => emulator.CreateResourcesAsync(@event.Services, cancellationToken))
            .OnResourceStopped((_, @event, _) => emulator.StopResourcesAsync(@event));
    }
}
