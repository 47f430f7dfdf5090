using System.Collections.Immutable;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>How a service's tasks are replaced: as the model says where ECS can, else by what its volumes allow.</summary>
internal static class DeploymentReader
{
    public static DeploymentStrategy Read(WorkloadDraft draft, ImmutableArray<Route> routes, Ingress ingress, Refusals refusals)
    {
        var resource = draft.Resource;
        var deployment = resource.Service!.Deployment;
        if (deployment is TrafficShiftDeployment && WhyNotShifted(routes, ingress) is { } why)
        {
            refusals.Add(resource.Name, $"'{resource.Name}' shifts traffic as it deploys{why}");
        }

        return deployment ?? (draft.IsAloneOnVolume ? DeploymentStrategy.Rolling(0, 100) : DeploymentStrategy.Rolling());
    }

    private static string? WhyNotShifted(ImmutableArray<Route> routes, Ingress ingress) =>
        routes switch
        {
            [] =>
                " and has no external endpoint whose traffic that would be. Use DeploymentStrategy.Rolling, or WithExternalHttpEndpoints.",
            { Length: > 1 } =>
                " and has several external endpoints, and ECS shifts that of one. Use DeploymentStrategy.Rolling, or keep one of them "
                    + "external.",
            [{ Rules: { Length: > 1 } rules }] => $" and has several routes ({string.Join(", ", rules)}), and ECS shifts that of one rule: "
                + "the others would lead to tasks that are gone. Use DeploymentStrategy.Rolling, or one route.",
            _ => ingress.ServesBoth
                ? ", and the environment serves plain HTTP beside HTTPS by a rule of its own (WithoutHttpsRedirect), which ECS would not "
                    + "shift. "
                    + "Use DeploymentStrategy.Rolling, or let HTTP be sent on to HTTPS."
                : null,
        };
}
