using System.Collections.Immutable;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

#pragma warning disable ASPIREPROBES001 // What probes say that ECS does not take is told.

/// <summary>
/// The first room: an Aspire model becomes a <see cref="FargateApplication"/>. Everything that cannot be mapped is refused here, all at
/// once; nothing is dropped in silence.
/// </summary>
internal sealed class ModelReader(
    DistributedApplicationModel model, FargateEnvironmentResource environment, DistributedApplicationExecutionContext executionContext, StackNames stacks, string hostEnvironment)
{
    private readonly Refusals _refusals = new();
    private readonly List<Notice> _notices = [];
    private readonly ParameterReader _parameters = new();
    private readonly CompletionReader _completion = new(model);
    private CacheReader _caches = null!;

    /// <summary>What has an image from which nothing runs: it is there for its files.</summary>
    private readonly List<string> _filesAlone = [];

    /// <exception cref="DistributedApplicationException">The model cannot be published; the message has every reason.</exception>
    public async Task<FargateApplication> ReadAsync(CancellationToken cancellationToken)
    {
        var stack = stacks.NameOf(environment);
        _caches = new CacheReader(stack, _parameters, _refusals);
        await _parameters.LoadAsync(model.Resources.OfType<ParameterResource>(), cancellationToken);

        var published = ReadResources();
        var routeReader = new RouteReader(environment.Ingress, _refusals);
        var routes = routeReader.Read(published.Values.Where(resource => resource.IsConnected));
        _notices.AddRange(routeReader.Notices);
        var addresses = new PublicAddresses(model, stacks, environment);
        addresses.Add(published.Values, routes);
        var endpoints = new EndpointReader(environment, published, addresses, _caches, new InjectedVariables(model), stacks, _refusals);
        var machine = new MachineValues(environment.AppHostDirectory, _refusals);
        var mounts = new SourceMounts(environment.AppHostDirectory);
        var containers = new ContainerReader(new ValueReader(_parameters, endpoints, _caches, machine, _refusals), executionContext, environment.Safeguards.FileSystems, mounts, _refusals);
        var images = new ImageReader(
            model,
            new DockerfileReader(executionContext, environment.AppHostDirectory, _refusals),
            new BuildArgumentReader(_parameters, _refusals),
            new LayerReader(executionContext, mounts, new SecretsInFiles([.. model.Resources.OfType<ParameterResource>()]), _refusals, _notices),
            environment.AppHostDirectory,
            _refusals);
        ImmutableArray<PullThroughCache> caches = [.. environment.Safeguards.Caches.Values.Select(cache => CacheOf(stack, cache))];
        var workloads = new WorkloadReader(environment, stack, hostEnvironment, caches, containers, images, _refusals);
        List<WorkloadReader.Draft> drafts = [];
        foreach (var resource in published.Values)
        {
            drafts.Add(await workloads.DraftAsync(resource, cancellationToken));
        }

        // Who calls whom is known now; it decides on Service Connect, and that on the size of tasks.
        var order = new ServiceOrder(published, endpoints, _refusals).Read();
        var connections = endpoints.Connections.ToLookup(pair => pair.Client, pair => pair.Connection);
        var called = endpoints.Connections.Where(pair => !pair.Connection.IsByDns).ToLookup(pair => pair.Connection.Server, pair => pair.Connection.ContainerPort);
        var inDns = endpoints.Connections.Where(pair => pair.Connection.IsByDns).Select(pair => pair.Connection.Server).ToHashSet(StringComparer.Ordinal);
        var serviceNames = published.Values.Where(resource => resource.Service is not null).Select(resource => resource.Name).ToHashSet(StringComparer.Ordinal);
        drafts = [.. drafts.Select(draft => draft.Settle(own => OwnAddressOf(own, called[own.Service], endpoints.Connections)))];
        var peers = new PeerReader(environment.Network, _refusals).Read(
            drafts, [.. endpoints.Own.Where(own => endpoints.Connections.Any(pair => (pair.Connection.Server, pair.Connection.ContainerPort) == own))]);
        _notices.AddRange(endpoints.Notices);
        _notices.AddRange(_caches.Notices);
        _notices.AddRange(peers.Notices);
        ImmutableArray<Service> services =
        [
            .. drafts.Where(draft => draft.Resource.Service is not null).Select(draft => workloads.ReadService(
                draft,
                routes.GetValueOrDefault(draft.Resource.Name, []),
                ConnectionsOf(draft),
                [.. called[draft.Resource.Name]],
                [.. peers.Calls[draft.Resource.Name]],
                AfterOf(draft),
                ScalingReader.Read(draft.Resource, _refusals)) with { IsInDns = inDns.Contains(draft.Resource.Name) }),
        ];
        ImmutableArray<RunTask> tasks = [.. ServiceOrder.InOrder(
            [.. drafts.Where(draft => draft.Resource.Task is not null).Select(draft => workloads.ReadTask(draft) with { Connections = ConnectionsOf(draft), After = AfterOf(draft) })], order)];
        ImmutableArray<Connection> ConnectionsOf(WorkloadReader.Draft draft) =>
            [.. connections[draft.Resource.Name].DistinctBy(connection => (connection.Server, connection.ContainerPort))];
        ImmutableArray<string> AfterOf(WorkloadReader.Draft draft) => [.. order[draft.Resource.Name].Where(serviceNames.Contains)];
        var data = new DataReader(model, environment, stack, VolumeNames.From(executionContext), _refusals).Read(services, tasks);

        foreach (var (client, variable) in endpoints.LeftOut)
        {
            _notices.Add(new Notice(client, variable == "HTTPS_PORTS"
                ? $"{variable} is left out: behind the load balancer the service speaks plain HTTP, and has no certificate."
                : $"{variable} is left out: behind the load balancer the service speaks plain HTTP, and the http address is there beside it."));
        }

        var used = services.Cast<Workload>().Concat(tasks).SelectMany(workload => workload.Containers).SelectMany(container => container.Values).SelectMany(value => value.Parts).ToList();
        ImmutableArray<Parameter> parameters =
        [
            .. _parameters.Parameters.Intersect(used.OfType<ParameterValue>().Select(value => value.Parameter).Concat(used.OfType<Choice>().Select(choice => choice.Parameter))),
        ];
        var inUse = used.OfType<SecretValue>().Select(value => value.Secret).Concat(_caches.Caches.Select(cache => cache.Password).OfType<Secret>()).ToHashSet();

        // The encoded form of a generated secret is made from the secret itself, which must stay the same.
        ImmutableArray<Secret> secrets =
        [
            .. _parameters.Secrets.Where(secret => inUse.Contains(secret) || (secret.IsGenerated && inUse.Any(other => other.Name == secret.Name))),
            .. services.Select(service => service.Keys).OfType<Secret>(),
        ];
        foreach (var (workload, composed, secret) in services.Cast<Workload>().Concat(tasks)
            .SelectMany(workload => workload.SecretVariables.Select(variable => variable.Source).OfType<ComposedSecret>().Select(composed => (workload, composed)))
            .SelectMany(pair => pair.composed.Value.Parts.OfType<SecretValue>().Where(value => value.Secret.Rotation is not null).Select(value => (pair.workload, pair.composed, value.Secret))))
        {
            _refusals.Add(workload.Name, $"'{workload.Name}' has the secret '{secret.Name}' inside the text of {composed.Variable}, which would keep the old value when the secret is rotated (WithRotation). "
                + $"Give it the secret alone (WithEnvironment(\"…\", {secret.Name})), and let the program put the text together.");
        }

        NameRules.Check(stack, published.Values, data, _parameters, _refusals);
        NameRules.CheckZone(stack, services, _refusals);
        NameRules.CheckKeys(services, _parameters, _refusals);
        _notices.AddRange(services.SelectMany(service => BrowserRules.Notices(published.Values.First(resource => resource.Name == service.Name), service, environment)));
        _notices.AddRange(drafts.SelectMany(VolumeRules.Notices));
        _notices.AddRange(drafts.SelectMany(DatabaseReader.Notices));
        _notices.AddRange(machine.Notices);
        _parameters.RefuseFaults(_refusals);
        NoticeProbes(published.Values, services);
        NoticeEngineArguments(published.Values);
        NoticeImages(services.Cast<Workload>().Concat(tasks));
        var built = services.Cast<Workload>().Concat(tasks).Select(workload => workload.Main.Image).OfType<BuiltImage>().SelectMany(image => image.Builds).ToList();
        NoticeDefaults(services);
        NoticeUnused([.. parameters.Select(parameter => parameter.Name), .. secrets.Select(secret => secret.Name), .. built.SelectMany(build => build.ParameterNames)]);
        NoticeFilesAlone([.. built.Select(build => build.Resource)]);
        _refusals.ThrowIfAny(environment.Name);
        var application = new FargateApplication
        {
            Name = stack,
            EnvironmentResource = environment.Name,
            Environment = hostEnvironment,
            Region = environment.Aws?.Region?.SystemName,
            Profile = environment.Aws?.Profile,
            Network = environment.Network,
            Ingress = environment.Ingress,
            Insights = environment.Insights ?? (services.Any(service => service.Scaling?.Backlog is not null) ? ContainerInsights.Enabled : null),
            Alarms = environment.Alarms,
            PermissionsBoundary = environment.PermissionsBoundary,
            NestedStacks = environment.NestedStacks,
            Safeguards = environment.Safeguards with { Caches = caches.ToImmutableSortedDictionary(cache => cache.Registry, cache => cache, StringComparer.Ordinal) },
            ManagedInstances = environment.ManagedInstances,
            Services = services,
            Tasks = tasks,
            Secrets = secrets,
            Parameters = parameters,
            Sources = [.. _parameters.Resources],
            Queues = data.Queues,
            Buckets = data.Buckets,
            FileSystems = data.FileSystems,
            Caches = [.. _caches.Caches],
            CacheConnections = [.. _caches.Connections],
            Tags = environment.Tags.ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
        return application with { Notices = [.. _notices, .. OperationNotices.Of(application)] };
    }

    /// <summary>
    /// By its name where others call it by that. Where a task that ends does, by the name in DNS, which all can look up: a broker has one name to tell.
    /// </summary>
    private static Value OwnAddressOf(OwnAddress own, IEnumerable<int> called, IEnumerable<(string Client, Connection Connection)> connections) =>
        connections.Any(pair => pair.Connection.IsByDns && pair.Connection.Server == own.Service && pair.Connection.ContainerPort == own.ContainerPort) ? own.InDns
        : called.Contains(own.ContainerPort) ? own.Named
        : own.Local;

    /// <summary>A cache with its prefix: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreatePullThroughCacheRule.html takes 30 characters.</summary>
    private PullThroughCache CacheOf(string stack, PullThroughCache cache)
    {
        var prefix = cache.Prefix.Length > 0 ? cache.Prefix : PullThroughCache.PrefixOf(stack, cache.Registry);
        if (prefix.Length > 30)
        {
            _refusals.Add(null, $"'{environment.Name}' would have the images of {cache.Registry} under '{prefix}', and ECR takes 30 characters. Name a shorter one: WithPullThroughCache(\"{cache.Registry}\", prefix: …).");
        }

        return cache with { Prefix = prefix };
    }

    /// <summary>Sorts the model's resources: what runs, what is only named by others, and what cannot be.</summary>
    private OrderedDictionary<IResource, PublishedResource> ReadResources()
    {
        OrderedDictionary<IResource, PublishedResource> published = new(ResourceNames.Comparer);
        foreach (var resource in model.Resources)
        {
            if (resource.IsExcludedFromPublish())
            {
                if (resource is IComputeResource or AwsResource)
                {
                    _notices.Add(new Notice(resource.Name, "is left out: the model excludes it (ExcludeFromManifest)."));
                }

                continue;
            }

            if (resource is IComputeResource && resource.GetComputeEnvironment() is { } other && other != environment)
            {
                continue;
            }

            if (resource is IComputeResource or ExecutableResource && LeftOut.ExcludedParentOf(resource) is { } parent)
            {
                _notices.Add(new Notice(resource.Name, $"is left out: the model excludes '{parent.Name}', of which it is a part."));
                continue;
            }

            switch (resource)
            {
                // Of a package that need not be there: https://github.com/microsoft/aspire/blob/main/src/Aspire.Hosting.Dotnet/DotnetProjectResource.cs.
                case ExecutableResource when resource.GetType().Name == "DotnetProjectResource":
                    _refusals.Add(resource.Name, $"'{resource.Name}' is a DotnetProjectResource (AddDotnetProject), which Aspire itself does not publish yet: it runs here only. "
                        + "Add it by AddProject or AddCSharpApp, or leave it out: .ExcludeFromManifest().");
                    break;
                case ExecutableResource:
                    _refusals.Add(resource.Name, $"'{resource.Name}' is an executable, which runs here only. Where its folder has a Dockerfile: .PublishAsDockerFile(). "
                        + "Else make it a project or a container, or leave it out: .ExcludeFromManifest().");
                    break;
                case ContainerResource when CompletionReader.IsMigration(resource) && !resource.IsContainer():
                    _notices.Add(new Notice(resource.Name, "applies the migrations of Entity Framework here only. To have them applied in each deploy: .PublishAsMigrationBundle(publishContainer: true).", IsWarning: true));
                    break;
                case ContainerResource container when CacheReader.IsCache(container):
                    _caches.Add(container);
                    break;
                case ProjectResource or ContainerResource when resource is IComputeResource compute:
                    // One without an image is no compute resource of the model either: it is read, to be refused by name.
                    if (model.GetComputeResources().Contains(resource, ResourceNames.Comparer) || !resource.IsContainer())
                    {
                        var ends = _completion.ReasonOf(resource);
                        published.Add(resource, PublishedResource.Of(compute, ends is not null, DatabaseReader.Of(model, resource), _refusals));
                        if (ends is not null && published[resource].Task is not null && !resource.HasAnnotationOfType<FargateTaskAnnotation>())
                        {
                            _notices.Add(new Notice(resource.Name, $"is a task that runs once in each deploy, and must bear being done again: {ends}."));
                        }
                    }
                    else
                    {
                        _filesAlone.Add(resource.Name);
                    }

                    break;
                case IComputeResource:
                    _refusals.Add(resource.Name, $"'{resource.Name}' is a {resource.GetType().Name}, which has no image to run. Make it a project or a container, or leave it out: .ExcludeFromManifest().");
                    break;
                case ParameterResource or AwsResource or IComputeEnvironmentResource or IResourceWithConnectionString or IResourceWithParent
                    or ExternalServiceResource or IContainerRegistry:
                    break;
                default:
                    _notices.Add(new Notice(resource.Name, LeftOut.IsOfAzure(resource)
                        ? $"is a {resource.GetType().Name} of Azure, and is left out: nothing published here needs it. {LeftOut.InPlaceOf(resource)}"
                        : $"is a {resource.GetType().Name}, which has no counterpart on AWS here, and is left out: nothing published needs a value of it.{WaitedFor(resource)}", IsWarning: true));
                    break;
            }
        }

        return published;
    }

    private string WaitedFor(IResource resource)
    {
        string[] waiting = [.. model.Resources.Where(other => !other.IsExcludedFromPublish() && other.Annotations.OfType<WaitAnnotation>().Any(wait => ResourceNames.Comparer.Equals(wait.Resource, resource))).Select(other => $"'{other.Name}'")];
        return waiting.Length == 0 ? "" : $" {string.Join(" and ", waiting)} {(waiting.Length == 1 ? "does" : "do")} not wait for it on AWS.";
    }

    private void NoticeFilesAlone(HashSet<string> used)
    {
        var taken = model.Resources.SelectMany(resource => resource.Annotations.OfType<ContainerFilesDestinationAnnotation>())
            .Select(annotation => annotation.Source.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var name in _filesAlone)
        {
            if (used.Contains(name))
            {
                _notices.Add(new Notice(name, "is no service of its own: its files become part of other images."));
            }
            else if (!taken.Contains(name))
            {
                _notices.Add(new Notice(name, "is left out: nothing runs from its image, and no other image takes its files (PublishWithContainerFiles).", IsWarning: true));
            }
        }
    }

    /// <summary>How often a probe asks, and how long, means something else to the orchestrators that have probes. Without a load balancer nobody asks at all.</summary>
    private void NoticeProbes(IEnumerable<PublishedResource> published, ImmutableArray<Service> services)
    {
        var routed = services.Where(service => service.Routes.Length > 0).Select(service => service.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var resource in published.Where(resource => routed.Contains(resource.Name) && resource.Resource.Annotations.OfType<ProbeAnnotation>().Any()))
        {
            _notices.Add(new Notice(resource.Name, "has probes, of which the path and the endpoint are used. How often the load balancer asks, and what counts, is said by service.HealthCheck."));
        }

        foreach (var service in services.Where(service => service is { Routes.Length: 0, Health.IsOfModel: true, Main.HealthCheck: null }))
        {
            _notices.Add(new Notice(service.Name, $"has a health check ({service.Health.Path}) that nobody asks here: it has no external endpoint, and so no load balancer. ECS starts a task again where its process ends, and a failing check "
                + "does not. For a check inside of the container: service.ContainerHealthCheck = new(\"CMD\", …)."));
        }
    }

    /// <summary>Whom they are for is not there on Fargate: a graphics processor, a host name, a limit.</summary>
    private void NoticeEngineArguments(IEnumerable<PublishedResource> published)
    {
        foreach (var resource in published.Where(resource => resource.Resource.Annotations.OfType<ContainerRuntimeArgsCallbackAnnotation>().Any()))
        {
            _notices.Add(new Notice(resource.Name, "gives arguments to the container engine (WithContainerRuntimeArgs, WithGPUSupport), which Fargate has not: they are left out. "
                + "What ECS has of them is set by service.Configure; a graphics processor is on instances alone (Capacity.ManagedInstances).", IsWarning: true));
        }
    }

    private void NoticeImages(IEnumerable<Workload> workloads)
    {
        foreach (var workload in workloads)
        {
            foreach (var image in workload.Containers.Select(container => container.Image).OfType<RegistryImage>())
            {
                if (image.IsUnpinned)
                {
                    _notices.Add(new Notice(workload.Name, $"runs '{image.Reference}', which is whatever the registry has under that name when a task starts. Name a version or a digest.", IsWarning: true));
                }

                if (image is { IsInDockerHub: true, CachedAs: null })
                {
                    _notices.Add(new Notice(workload.Name, $"pulls '{image.Reference}' from Docker Hub, which limits anonymous pulls by address. Official images are on public.ecr.aws/docker/library too."));
                }
            }
        }
    }

    private void NoticeDefaults(ImmutableArray<Service> services)
    {
        foreach (var service in services)
        {
            if (service.Routes.Length > 0 && !service.Health.IsOfModel)
            {
                _notices.Add(new Notice(service.Name, "has no health check: any answer below 500 to / counts as healthy. Add WithHttpHealthCheck(\"/health\").", IsWarning: true));
            }

            if (service.Scaling?.Backlog is not null && environment.Insights is null)
            {
                _notices.Add(new Notice(service.Name, "scales by backlog, which turns Container Insights on for the cluster. It is billed by metric."));
            }
        }

        if (environment.Network is OwnNetwork network && network.NatGateways > network.Zones)
        {
            _notices.Add(new Notice(null, $"WithPrivateTasks asks for {network.NatGateways} NAT gateways, and there is one for each of the {network.Zones} zones. For more, say WithZones({network.NatGateways}).", IsWarning: true));
        }

        if (services.Any(service => service.Routes.Length > 0) && !environment.Ingress.IsHttps)
        {
            _notices.Add(new Notice(null, "The load balancer serves plain HTTP, readable by everybody on the way. Give the environment a name and certificate: WithDomain or WithCertificate.", IsWarning: true));
        }
    }

    private void NoticeUnused(HashSet<string> used)
    {
        foreach (var parameter in model.Resources.OfType<ParameterResource>().Where(parameter => !used.Contains(parameter.Name)))
        {
            _notices.Add(new Notice(parameter.Name, "is a parameter that nothing published here uses."));
        }
    }
}
