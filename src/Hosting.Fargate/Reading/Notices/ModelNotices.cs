using System.Collections.Immutable;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

#pragma warning disable ASPIREPROBES001 // What probes say that ECS does not take is told.

/// <summary>What a model says that is not so on AWS, or does not say and better would.</summary>
internal static class ModelNotices
{
    /// <summary>
    /// How often a probe asks, and how long, means something else to the orchestrators that have probes. Without a load balancer nobody
    /// asks at all.
    /// </summary>
    public static IEnumerable<Notice> Probes(IEnumerable<PublishedResource> published, ImmutableArray<ServiceSpec> services)
    {
        var routed = services.Where(service => service.Routes.Length > 0).Select(service => service.Name).ToHashSet(StringComparer.Ordinal);
        foreach (
            var resource in published.Where(resource =>
                routed.Contains(resource.Name) && resource.Resource.HasAnnotationOfType<ProbeAnnotation>()
            )
        )
        {
            yield return new Notice(
                resource.Name,
                "has probes, of which the path and the endpoint are used. How often the load balancer "
                    + "asks, and what counts, is said by service.HealthCheck."
            );
        }

        foreach (var service in services.Where(service => service is { Routes.Length: 0, Health.IsOfModel: true, Main.HealthCheck: null }))
        {
            yield return new Notice(
                service.Name,
                $"has a health check ({service.Health.Path}) that nobody asks here: it has no external "
                    + "endpoint, and so no load balancer. ECS starts a task again where its process ends, and a failing check does not. For a "
                    + "check inside of the container: service.ContainerHealthCheck = new(\"CMD\", …)."
            );
        }
    }

    /// <summary>The model has the port of a development server, and the Dockerfile another.</summary>
    public static IEnumerable<Notice> ExposedPorts(IEnumerable<PublishedResource> published) =>
        from resource in published
        where
            resource.Endpoints is [{ Endpoint.TargetPort: { } port }] && ExposedPort.Of(resource.Resource) is { } exposed && exposed != port
        select new Notice(
            resource.Name,
            $"listens on {resource.Endpoints[0].Port.Number}, as its Dockerfile says (EXPOSE), and not on "
                + $"{resource.Endpoints[0].Endpoint.TargetPort}, where it does here."
        );

    /// <summary>
    /// What listens by its Dockerfile, and has no endpoint in the model: nobody reaches it, whatever else the model says.
    /// </summary>
    public static IEnumerable<Notice> UnreachedPorts(IEnumerable<PublishedResource> published) =>
        from resource in published
        where resource is { Service: not null, Endpoints.Count: 0 }
        let port = ExposedPort.FirstOf(resource.Resource)
        where port is not null
        select new Notice(
            resource.Name,
            $"listens on {port}, as its Dockerfile says (EXPOSE), and has no endpoint in the model, without which nobody reaches it on AWS. Give "
                + $"it one: {resource.Name}.WithHttpEndpoint(targetPort: {port}), before WithExternalHttpEndpoints where people are to call it.",
            IsWarning: true
        );

    /// <summary>What serves whoever develops: it works on AWS as it does here, and is hardly meant to.</summary>
    public static IEnumerable<Notice> Laptop(IEnumerable<PublishedResource> published) =>
        from resource in published
        where PublishedResource.ImageOf(resource.Resource) is not null
        let image = LaptopImages.Find(PublishedResource.ImageOf(resource.Resource)!)
        where image is not null
        select new Notice(
            resource.Name,
            $"{image}. It is left out by .ExcludeFromManifest(), or where it is added in run mode alone "
                + "(builder.ExecutionContext.IsRunMode).",
            IsWarning: true
        );

    /// <summary>What whoever is on the internet may use, where here it is only reached from this machine.</summary>
    public static IEnumerable<Notice> Open(IEnumerable<PublishedResource> published) =>
        from resource in published
        where resource is { IsConnected: true, Known.AsksNobody: true } && resource.Endpoints.Any(endpoint => endpoint.IsExternal)
        select new Notice(
            resource.Name,
            $"is for everybody on the internet, since its endpoint is external, and {resource.Known!.Name} asks nobody who they are. Services call "
                + "it by its name without that: leave IsExternal and WithExternalHttpEndpoints to run mode (builder.ExecutionContext.IsRunMode).",
            IsWarning: true
        );

    /// <summary>Whom they are for is not there on Fargate: a graphics processor, a host name, a limit.</summary>
    public static IEnumerable<Notice> EngineArguments(IEnumerable<PublishedResource> published) =>
        published
            .Where(resource => resource.Resource.HasAnnotationOfType<ContainerRuntimeArgsCallbackAnnotation>())
            .Select(resource => new Notice(
                resource.Name,
                "gives arguments to the container engine (WithContainerRuntimeArgs, "
                    + "WithGPUSupport), which Fargate has not: they are left out. What ECS has of them is set by service.Configure; a graphics "
                    + "processor is on instances alone (Capacity.ManagedInstances).",
                IsWarning: true
            ));

    public static IEnumerable<Notice> Images(IEnumerable<Workload> workloads)
    {
        foreach (var workload in workloads)
        {
            foreach (var image in workload.Containers.Select(container => container.Image).OfType<RegistryImage>())
            {
                if (image.IsUnpinned)
                {
                    yield return Notice.Warning(
                        workload.Name,
                        $"runs '{image.Reference}'",
                        ", which is whatever the registry has under that name when a task starts. Name a version or a digest."
                    );
                }

                if (image is { IsInDockerHub: true, CachedAs: null })
                {
                    yield return Notice.Warning(
                        workload.Name,
                        $"pulls '{image.Reference}' from Docker Hub",
                        ", which limits anonymous pulls by address. "
                            + (
                                image.IsOfficial
                                    ? "Official images are on public.ecr.aws/docker/library too."
                                    : "WithPullThroughCache(\"docker.io\", …) has it come through ECR, with a login."
                            )
                    ) with
                    {
                        IsWarning = false,
                    };
                }
            }
        }
    }

    public static IEnumerable<Notice> Defaults(ImmutableArray<ServiceSpec> services, FargateEnvironmentResource environment)
    {
        foreach (var service in services)
        {
            if (service.Routes.Length > 0 && !service.Health.IsOfModel)
            {
                yield return new Notice(
                    service.Name,
                    "has no health check: any answer below 500 to / counts as healthy. " + "Add WithHttpHealthCheck(\"/health\").",
                    IsWarning: true
                );
            }

            if (service.Scaling?.Backlog is not null && environment.Insights is null)
            {
                yield return new Notice(
                    service.Name,
                    "scales by backlog, which turns Container Insights on for the cluster. It is billed " + "by metric."
                );
            }
        }

        if (environment.Network is OwnNetwork network && network.NatGateways > network.Zones)
        {
            yield return new Notice(
                null,
                $"WithPrivateTasks asks for {network.NatGateways} NAT gateways, and there is one for each of the "
                    + $"{network.Zones} zones. For more, say WithZones({network.NatGateways}).",
                IsWarning: true
            );
        }

        if (services.Any(service => service.Routes.Length > 0) && environment.Ingress.Scheme == "http")
        {
            yield return new Notice(
                null,
                "The load balancer serves plain HTTP, readable by everybody on the way. One line gives HTTPS without "
                    + "a domain: .WithCloudFront(). With a domain: WithDomain or WithCertificate.",
                IsWarning: true
            );
        }
    }

    /// <summary>Who calls whom by a name in DNS, since both call each other.</summary>
    public static IEnumerable<Notice> Circles(IEnumerable<ClientAndServer> calls, string zone) =>
        calls
            .OrderBy(call => call.Client, StringComparer.Ordinal)
            .ThenBy(call => call.Server, StringComparer.Ordinal)
            .Select(call => new Notice(
                call.Client,
                $"calls '{call.Server}' as {call.Server.ToLowerInvariant()}.{zone}, a name in "
                    + "DNS: they refer to each other, and by Service Connect a service sees only what was there before it."
            ));

    /// <summary>The variables with https addresses that are not there, in one notice for all that a service has of them.</summary>
    public static IEnumerable<Notice> LeftOut(IEnumerable<MissingVariable> variables) =>
        from left in variables
        group left.Variable by new { left.Client, IsOwn = left.Variable == "HTTPS_PORTS" } into all
        let names = all.Order(StringComparer.Ordinal).ToList()
        select new Notice(
            all.Key.Client,
            $"{string.Join(", ", names)} {(names.Count == 1 ? "is" : "are")} left out: behind the load balancer the service speaks plain HTTP, "
                + (all.Key.IsOwn ? "and has no certificate." : "and the http address is there beside it.")
        );

    public static IEnumerable<Notice> Unused(DistributedApplicationModel model, HashSet<string> used) =>
        model
            .Resources.OfType<ParameterResource>()
            .Where(parameter => !used.Contains(parameter.Name))
            .Select(parameter => new Notice(parameter.Name, "is a parameter that nothing published here uses."));
}
