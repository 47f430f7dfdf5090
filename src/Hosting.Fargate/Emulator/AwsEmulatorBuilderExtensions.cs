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
    /// Where it keeps queues and buckets, from the AppHost's directory; null for in memory alone, until it ends.
    /// </param>
    public static IResourceBuilder<ProjectResource> AddAwsEmulator<TProject>(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string? dataPath = ".localaws") where TProject : IProjectMetadata, new()
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.ExecutionContext.IsPublishMode)
        {
            return builder.CreateResourceBuilder(new ProjectResource(name));
        }

        var emulator = builder
            .AddProject<TProject>(name, options =>
            {
                options.ExcludeLaunchProfile = true;
                options.ExcludeKestrelEndpoints = true;
            })
            .WithHttpEndpoint()
            .WithHttpHealthCheck("/health")
            .WithEnvironment(context =>
            {
                if (dataPath is null)
                {
                    context.EnvironmentVariables["LocalAws__InMemory"] = "true";
                }
                else
                {
                    context.EnvironmentVariables["LocalAws__DataPath"] = Path.GetFullPath(dataPath, builder.AppHostDirectory);
                }
            });
        var annotation = new AwsEmulator(emulator.GetEndpoint("http"));
        return emulator
            .WithAnnotation(annotation)
            .OnResourceReady((_, @event, cancellationToken) => annotation.CreateResourcesAsync(@event.Services, cancellationToken));
    }
}
