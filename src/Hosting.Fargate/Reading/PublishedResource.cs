using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>A project or container that is published to this environment, with what the model says of it on ECS.</summary>
internal sealed class PublishedResource
{
    private PublishedResource(IComputeResource resource, FargateWorkload options)
    {
        Resource = resource;
        Options = options;
    }

    public IComputeResource Resource { get; }

    public string Name => Resource.Name;

    /// <summary>The options, with every call of the model applied.</summary>
    public FargateWorkload Options { get; }

    public FargateService? Service => Options as FargateService;

    public FargateTask? Task => Options as FargateTask;

    public bool IsProject => Resource is ProjectResource;

    /// <summary>Whether a .NET program runs in it: a project, whoever builds its image.</summary>
    public bool IsDotnet => Resource.Annotations.OfType<IProjectMetadata>().Any();

    /// <summary>Whether its tasks have a network interface of their own.</summary>
    public bool IsInNetwork => Options.Capacity is not ExternalCapacity;

    /// <summary>Whether it is a service with network interfaces of its own, and so Service Connect and a load balancer.</summary>
    public bool IsConnected => Service is not null && IsInNetwork;

    public IReadOnlyList<PublishedEndpoint> Endpoints { get; private init; } = [];

    /// <summary>What is known of its image; null where it is built, or nobody here knows it.</summary>
    public KnownImage? Known { get; private init; }

    /// <summary>The databases that the model adds to it.</summary>
    public IReadOnlyList<AddedDatabase> Databases { get; private init; } = [];

    /// <summary>As the AppHost has it.</summary>
    public string Declaration =>
        Resource switch
        {
            ProjectResource when Resource.GetType() == typeof(ProjectResource) => $"AddProject(\"{Name}\")",
            ContainerResource when Resource.GetType() == typeof(ContainerResource) =>
                $"{(Resource.HasAnnotationOfType<DockerfileBuildAnnotation>() ? "AddDockerfile" : "AddContainer")}(\"{Name}\")",

            // What stands in the place of an executable or a project is of a type that is nobody else's.
            { } swapped when swapped.GetType().IsNestedPrivate => $"{Name}.PublishAsDockerFile()",
            _ => $"Add{Resource.GetType().Name.Replace("Resource", "", StringComparison.Ordinal)}(\"{Name}\")",
        };

    /// <param name="resource">The resource of the model.</param>
    /// <param name="ends">Whether the model shows in other words than PublishAsFargateTask that it runs once and ends.</param>
    /// <param name="databases">The databases that the model adds to it.</param>
    /// <param name="refusals">Takes what cannot be.</param>
    public static PublishedResource Of(IComputeResource resource, bool ends, IReadOnlyList<AddedDatabase> databases, Refusals refusals)
    {
        var services = resource.Annotations.OfType<FargateServiceAnnotation>().ToList();
        var tasks = resource.Annotations.OfType<FargateTaskAnnotation>().ToList();
        if (services.Count > 0 && tasks.Count > 0)
        {
            refusals.Add(
                resource.Name,
                $"'{resource.Name}' is both a service and a task. Keep PublishAsFargateService for what keeps running, or "
                    + "PublishAsFargateTask for what ends."
            );
        }

        FargateWorkload options;
        if (tasks.Count > 0 || (ends && services.Count == 0))
        {
            var task = new FargateTask();
            Configure(resource, refusals, () => tasks.ForEach(annotation => annotation.Configure(task)));
            options = task;
        }
        else
        {
            var service = new FargateService();
            Configure(resource, refusals, () => services.ForEach(annotation => annotation.Configure(service)));
            options = service;
        }

        var known = (ImageOf(resource) is { } image ? KnownImages.Find(image) : null) ?? KnownServers.Find(resource);
        if (IsCommand(resource))
        {
            known = known?.AsCommand();
        }

        return new PublishedResource(resource, options)
        {
            Endpoints =
                PublishedEndpoint.Of(resource, refusals) is { Count: > 0 } endpoints ? [.. endpoints.Select(ForWhom)]
                : known is { Port: > 0 and var port } && resource is ContainerResource ? [PublishedEndpoint.OfServer(port)]
                : [],
            Known = known,
            Databases = databases,
        };

        PublishedEndpoint ForWhom(PublishedEndpoint endpoint) =>
            known is { IsForLogins: true } && endpoint.Name.Equals(LoginServer.ManagementEndpoint, StringComparison.OrdinalIgnoreCase)
                ? endpoint with
                {
                    IsOfOperators = true,
                }
                : endpoint;
    }

    /// <summary>
    /// Whether a container only takes its image for a program in it, such as a shell that runs a script: it is no server then.
    /// </summary>
    private static bool IsCommand(IResource resource) =>
        resource is ContainerResource { Entrypoint: not null }
        && resource.GetType() == typeof(ContainerResource)
        && !resource.HasAnnotationOfType<EndpointAnnotation>();

    /// <summary>The image that a container takes from a registry; null where one is built.</summary>
    public static string? ImageOf(IResource resource) =>
        resource is ContainerResource
        && !resource.HasAnnotationOfType<DockerfileBuildAnnotation>()
        && resource.TryGetContainerImageName(out var image)
            ? image
            : null;

    /// <summary>Whether the model refers it to another resource, or to a part of that.</summary>
    public bool RefersTo(IResource resource) =>
        Resource
            .Annotations.OfType<ResourceRelationshipAnnotation>()
            .Select(relationship => relationship.Resource)
            .Any(other =>
                ResourceNames.Comparer.Equals(other, resource)
                || (other is IResourceWithParent { Parent: var parent } && ResourceNames.Comparer.Equals(parent, resource))
            );

    /// <summary>An option that refuses its value says so with the others.</summary>
    private static void Configure(IResource resource, Refusals refusals, Action configure)
    {
        try
        {
            configure();
        }
        catch (ArgumentException exception)
        {
            refusals.Add(resource.Name, $"'{resource.Name}' has an option that cannot be: {exception.Message}");
        }
    }
}

/// <summary>An endpoint of the model and the container's port that it is.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Port">The container's port.</param>
/// <param name="AliasPort">The port under which others call it by the service's name.</param>
/// <param name="IsFolded">Whether it is https in the model and plain HTTP behind the load balancer here.</param>
internal sealed record PublishedEndpoint(EndpointAnnotation Endpoint, ContainerPort Port, int AliasPort, bool IsFolded)
{
    /// <summary>Where .NET's images listen: https://learn.microsoft.com/dotnet/core/compatibility/containers/8.0/aspnet-port.</summary>
    internal const int DotnetPort = 8080;

    public string Name => Endpoint.Name;

    /// <summary>Whether whoever is outside calls it.</summary>
    public bool IsExternal => Endpoint.IsExternal && !IsOfOperators;

    /// <summary>Whether it is for those who run a server, whatever WithExternalHttpEndpoints says of all that it has.</summary>
    public bool IsOfOperators { get; init; }

    public string Scheme => IsFolded ? "http" : Endpoint.UriScheme.ToLowerInvariant();

    public static IReadOnlyList<PublishedEndpoint> Of(IComputeResource resource, Refusals refusals)
    {
        List<ResolvedEndpoint> all = [.. resource.ResolveEndpoints()];
        AbsentEndpoints.Check(resource, [.. all.Select(resolved => resolved.Endpoint)], refusals);
        all.RemoveAll(resolved => AbsentEndpoints.IsAbsent(resolved.Endpoint));

        // The one port of an application that has one endpoint.
        var exposed = all is [{ Endpoint: var only }] && (Is(only, "http") || Is(only, "https")) ? ExposedPort.Of(resource) : null;

        // Whichever the model names first: HTTP says more of a port than plain TCP, and decides on the port of the https that is folded
        // into it.
        List<PublishedEndpoint> endpoints = [];
        foreach (
            var resolved in all.OrderBy(resolved =>
                IsFoldedInto(resolved, resource, all) ? 2
                : Is(resolved.Endpoint, "http") || Is(resolved.Endpoint, "https") ? 0
                : 1
            )
        )
        {
            endpoints.Add(Of(resource, resolved, IsFoldedInto(resolved, resource, all), exposed, endpoints));
        }

        return [.. endpoints.OrderBy(endpoint => all.FindIndex(resolved => resolved.Endpoint == endpoint.Endpoint))];
    }

    /// <summary>
    /// The port of a known server to which the model gives no endpoint: on a laptop containers reach each other on any port.
    /// </summary>
    public static PublishedEndpoint OfServer(int port) =>
        new(
            new EndpointAnnotation(System.Net.Sockets.ProtocolType.Tcp, name: "tcp", targetPort: port),
            new ContainerPort("tcp", port, PortProtocol.Tcp, IsTls: false),
            port,
            IsFolded: false
        );

    private static PublishedEndpoint Of(
        IComputeResource resource,
        ResolvedEndpoint resolved,
        bool isFolded,
        int? exposed,
        List<PublishedEndpoint> before
    )
    {
        var endpoint = resolved.Endpoint;

        // WithEndpoint says tcp where nothing is said.
        var isHttp = Is(endpoint, "http") || (Is(endpoint, "tcp") && endpoint.Name == "http");
        var isHttps = Is(endpoint, "https");
        var number = isFolded
            ? PortOfHttp(before) ?? (resource is ProjectResource ? null : endpoint.TargetPort) ?? DotnetPort
            : exposed ?? resolved.TargetPort.Value ?? (resource is ProjectResource ? DotnetPort : 80);

        // A port of a container has one declaration and one name in the network, however many endpoints lead to it.
        var same = before.Find(other => other.Port.Number == number);
        var protocol =
            !isHttp && !isHttps ? PortProtocol.Tcp
            : endpoint.Transport.Equals("http2", StringComparison.OrdinalIgnoreCase) ? PortProtocol.Http2
            : PortProtocol.Http;
        var alias = same?.AliasPort
            ?? (
                isFolded
                    ? 80
                    : resolved.ExposedPort.Value
                        ?? (
                            isHttp ? 80
                            : isHttps ? 443
                            : number
                        )
            );
        var port = same?.Port
            ?? new ContainerPort(isFolded ? "http" : endpoint.Name.ToLowerInvariant(), number, protocol, IsTls: isHttps && !isFolded);
        return new PublishedEndpoint(endpoint, port, alias, isFolded);
    }

    /// <summary>
    /// Whether an https endpoint is plain HTTP behind the load balancer: that of a project, whose image has no certificate, so that Kestrel
    /// would end as it starts; any that has the port of an http endpoint, as a project with a Dockerfile has it, and one beside it whose
    /// port the model does not say: on a laptop Aspire gives the program that port and the developer's certificate, and on AWS nothing
    /// listens there. https://learn.microsoft.com/aspnet/core/fundamentals/servers/kestrel/endpoints
    /// </summary>
    private static bool IsFoldedInto(ResolvedEndpoint resolved, IComputeResource resource, List<ResolvedEndpoint> all) =>
        Is(resolved.Endpoint, "https")
        && (
            resource is ProjectResource
            || all.Exists(other =>
                Is(other.Endpoint, "http") && (resolved.Endpoint.TargetPort is not { } port || other.Endpoint.TargetPort == port)
            )
        );

    private static int? PortOfHttp(List<PublishedEndpoint> endpoints) =>
        endpoints.Find(other => other.Scheme == "http" && other.Port.Protocol != PortProtocol.Tcp)?.Port.Number;

    private static bool Is(EndpointAnnotation endpoint, string scheme) =>
        endpoint.UriScheme.Equals(scheme, StringComparison.OrdinalIgnoreCase);
}
