using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.Tests.ApplicationModel;

/// <summary>Builders and what the tests ask of a model.</summary>
internal static class Models
{
    public static IDistributedApplicationBuilder ToRun(params string[] args) => Create(args);

    public static IDistributedApplicationBuilder ToPublish(params string[] args) => Create(["--operation", "publish", .. args]);

    /// <summary>The environment of a resource before it is resolved.</summary>
    public static async Task<Dictionary<string, object>> UnresolvedEnvironmentAsync<T>(this IResourceBuilder<T> builder) where T : IResource
    {
        var context = new EnvironmentCallbackContext(builder.ApplicationBuilder.ExecutionContext, builder.Resource);
        foreach (var annotation in builder.Resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await annotation.Callback(context);
        }

        return context.EnvironmentVariables;
    }

    /// <summary>What a resource is started with.</summary>
    public static Task<IExecutionConfigurationResult> ConfigurationAsync<T>(this IResourceBuilder<T> builder) where T : IResource =>
        ExecutionConfigurationBuilder.Create(builder.Resource).WithEnvironmentVariablesConfig().WithArgumentsConfig()
            .BuildAsync(builder.ApplicationBuilder.ExecutionContext, NullLogger.Instance);

    /// <summary>Gives an endpoint an address, as the orchestrator does.</summary>
    public static void Allocate(EndpointReference endpoint, int port, string targetPort) =>
        endpoint.EndpointAnnotation.AllocatedEndpoint = new(endpoint.EndpointAnnotation, "localhost", port, targetPort);

    private static IDistributedApplicationBuilder Create(string[] args) =>
        DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, DisableDashboard = true });
}

/// <summary>A web project with one address in its launch profile.</summary>
internal sealed class WebProject : IProjectMetadata
{
    public string ProjectPath { get; } = Path.Combine(Path.GetTempPath(), "no-such-directory", "Web.csproj");

    public LaunchSettings LaunchSettings { get; } = new()
    {
        Profiles =
        {
            ["container"] = new() { CommandName = "Docker" },
            ["http"] = new()
            {
                CommandName = "Project",
                ApplicationUrl = "http://localhost:5180",
                EnvironmentVariables = { ["ASPNETCORE_ENVIRONMENT"] = "Development" },
            },
            ["both"] = new() { CommandName = "Project", ApplicationUrl = "https://localhost:7180;http://localhost:5180;http://localhost:5181" },
        },
    };
}

/// <summary>A project that listens on nothing.</summary>
internal sealed class WorkerProject : IProjectMetadata
{
    public string ProjectPath { get; } = Path.Combine(Path.GetTempPath(), "no-such-directory", "Worker.csproj");

    public LaunchSettings LaunchSettings { get; } = new() { Profiles = { ["worker"] = new() { CommandName = "Project" } } };
}
