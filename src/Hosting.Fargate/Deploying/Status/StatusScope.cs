using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;
using Hosting.Fargate.Reading;

namespace Hosting.Fargate.Deploying.Status;

/// <summary>What to look for: an application by the name of its stack, and the services that the model has.</summary>
internal sealed record StatusScope(string Application, ImmutableArray<string> Services)
{
    /// <summary>The front ends that are files.</summary>
    public ImmutableArray<string> Sites { get; init; } = [];

    /// <summary>The replicas of databases.</summary>
    public ImmutableArray<string> Replicas { get; init; } = [];

    public string Foundation => StackNames.FoundationOf(Application);

    /// <summary>
    /// Of a model without reading it: nothing is resolved and nothing refused. What runs here in place of AWS is no service.
    /// </summary>
    public static StatusScope Of(DistributedApplicationModel model, FargateEnvironmentResource environment, StackNames stacks) =>
        new(
            stacks.NameOf(environment),
            [
                .. model
                    .GetComputeResources()
                    .Where(resource =>
                        resource is ProjectResource or ContainerResource && (resource.GetComputeEnvironment() ?? environment) == environment
                    )
                    .Where(resource =>
                        !resource.HasAnnotationOfType<FargateTaskAnnotation>()
                        && !resource.HasAnnotationOfType<AwsEmulator>()
                        && !resource.HasAnnotationOfType<StaticSiteAnnotation>()
                    )
                    .Select(resource => resource.Name),
            ]
        )
        {
            Replicas =
            [
                .. model
                    .Resources.OfType<ReadReplicaResource>()
                    .Where(replica => (replica.Server.GetComputeEnvironment() ?? environment) == environment)
                    .Select(replica => replica.Name),
            ],
            Sites =
            [
                .. model
                    .Resources.Where(resource =>
                        resource.HasAnnotationOfType<StaticSiteAnnotation>()
                        && !resource.IsExcludedFromPublish()
                        && ((resource as IComputeResource)?.GetComputeEnvironment() ?? environment) == environment
                    )
                    .Select(resource => resource.Name),
            ],
        };
}
