using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;
using Hosting.Fargate.Reading;

namespace Hosting.Fargate.Deploying.Status;

/// <summary>What to look for: an application by the name of its stack, and the services that the model has.</summary>
internal sealed record StatusScope(string Application, ImmutableArray<string> Services)
{
    public string Foundation => StackNames.FoundationOf(Application);

    public static StatusScope Of(FargateApplication application) => new(application.Name, [.. application.Services.Select(service => service.Name)]);

    /// <summary>
    /// Of a model that runs here, without reading it: nothing is resolved and nothing refused. What runs here in place of AWS is no service.
    /// </summary>
    public static StatusScope Of(DistributedApplicationModel model, FargateEnvironmentResource environment, StackNames stacks) => new(
        stacks.NameOf(environment),
        [
            .. model.GetComputeResources()
                .Where(resource => resource is ProjectResource or ContainerResource && (resource.GetComputeEnvironment() ?? environment) == environment)
                .Where(resource => !resource.HasAnnotationOfType<FargateTaskAnnotation>() && !resource.HasAnnotationOfType<AwsEmulator>())
                .Select(resource => resource.Name),
        ]);
}
