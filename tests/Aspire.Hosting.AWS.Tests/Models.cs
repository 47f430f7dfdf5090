using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.AWS.Tests;

/// <summary>Builders, and the variables that a model sets.</summary>
internal static class Models
{
    public static IDistributedApplicationBuilder ToRun() =>
        DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });

    public static IDistributedApplicationBuilder ToPublish() =>
        DistributedApplication.CreateBuilder(["--operation", "publish", "--step", "publish"]);

    /// <summary>The variables of a resource that is nothing but environment and references <paramref name="aws"/>.</summary>
    public static Task<Dictionary<string, object>> EnvironmentAsync(
        this IDistributedApplicationBuilder builder,
        IAWSSDKConfig aws,
        ILogger? logger = null
    ) => builder.AddService().WithReference(aws).EnvironmentAsync(logger);

    public static IResourceBuilder<Service> AddService(this IDistributedApplicationBuilder builder) =>
        builder.AddResource(new Service($"service{builder.Resources.Count}"));

    public static async Task<Dictionary<string, object>> EnvironmentAsync(this IResourceBuilder<Service> service, ILogger? logger = null)
    {
        var context = new EnvironmentCallbackContext(service.ApplicationBuilder.ExecutionContext, service.Resource)
        {
            Logger = logger ?? NullLogger.Instance,
        };
        foreach (var annotation in service.Resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await annotation.Callback(context);
        }

        return context.EnvironmentVariables;
    }

    internal sealed class Service(string name) : Resource(name), IResourceWithEnvironment;
}
