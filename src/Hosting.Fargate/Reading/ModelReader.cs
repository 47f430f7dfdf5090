using System.Collections.Immutable;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// The first room: an Aspire model becomes a <see cref="FargateApplication"/>. Everything that cannot be mapped is refused here, all at
/// once; nothing is dropped in silence.
/// </summary>
internal sealed class ModelReader(
    DistributedApplicationModel model,
    FargateEnvironmentResource environment,
    DistributedApplicationExecutionContext executionContext,
    StackNames stacks,
    string hostEnvironment
)
{
    private readonly Refusals _refusals = new();
    private readonly List<Notice> _notices = [];
    private readonly ParameterReader _parameters = new();

    /// <exception cref="DistributedApplicationException">The model cannot be published; the message has every reason.</exception>
    public async Task<FargateApplication> ReadAsync(CancellationToken cancellationToken)
    {
        var stack = stacks.NameOf(environment);
        await _parameters.LoadAsync(model.Resources.OfType<ParameterResource>(), cancellationToken);
        var managed = new ManagedServers(
            new CacheReader(stack, environment.Network, _parameters, _refusals),
            new DatabaseServerReader(model, environment.Network, _parameters, _refusals),
            new BrokerReader(model, stack, environment.Network, _parameters, _refusals),
            _refusals
        );
        await managed.LoadAsync(model.Resources, executionContext, cancellationToken);
        var resources = new PublishedResources(model, environment, managed, _refusals);
        var published = resources.Read();
        _notices.AddRange(resources.Notices);
        await Executables.RefuseImagesAsync(model, published.Values, _refusals, cancellationToken);
        var places = SitePlaces.Of(resources.Sites, published.Values, environment.Ingress);
        var routeReader = new RouteReader(environment.Ingress, places, _refusals);
        var routes = routeReader.Read(published.Values.Where(resource => resource.IsConnected));
        _notices.AddRange(routeReader.Notices);
        var addresses = new PublicAddresses(model, stacks, environment);
        addresses.Add(published.Values, routes, places);
        var injected = new InjectedVariables(model);
        var endpoints = new EndpointReader(environment, published, addresses, managed, injected, stacks, _refusals);
        var machine = new MachineValues(environment.AppHostDirectory, new LaptopPorts(model), _refusals);
        var caches = RegistryCacheReader.Read(environment, stack, _refusals);
        var mounts = new SourceMounts(environment.AppHostDirectory, published.Values.Select(resource => resource.Resource));
        var images = NewImageReader(mounts);
        var hosts = new HostNames(published.Values, managed, endpoints);
        var files = new NamesInFiles(hosts);
        using var asked = new AskedAddresses(model, published.Values, managed, environment);
        var secrets = await AskedSecrets.ReadAsync(model, _parameters, cancellationToken);
        var encoded = new EncodedSecrets(secrets, _refusals);
        var texts = new ModelTexts(_parameters, endpoints, asked, secrets, encoded, hosts, managed);
        var values = new ValueReader(_parameters, endpoints, texts, files, managed, machine, _refusals);
        var workloads = NewWorkloadReader(stack, caches, mounts, images, addresses, values);
        List<WorkloadDraft> drafts = [];
        foreach (var resource in published.Values)
        {
            drafts.Add(await workloads.DraftAsync(resource, cancellationToken));
        }

        // Who calls whom is known now; it decides on Service Connect, and that on the size of tasks.
        var order = new ServiceOrder(published, endpoints, _refusals).Read();
        var calls = new CallMap(
            endpoints,
            published.Values.Where(resource => resource.Service is not null).Select(resource => resource.Name),
            order
        );
        drafts = [.. drafts.Select(draft => draft.Settle(calls.AddressOf))];
        var peers = new PeerReader(environment.Network, _refusals).Read(
            drafts,
            [.. endpoints.Own.Where(own => calls.IsCalled(own.Service, own.ContainerPort))]
        );
        _notices.AddRange(endpoints.Notices);
        _notices.AddRange(hosts.Notices);
        _notices.AddRange(encoded.Notices);
        _notices.AddRange(values.Notices);
        _notices.AddRange(files.Notices(calls.AddressOf));
        _notices.AddRange(managed.Notices);
        _notices.AddRange(peers.Notices);
        ImmutableArray<ServiceSpec> services =
        [
            .. drafts
                .Where(draft => draft.Resource.Service is not null)
                .Select(draft =>
                    workloads.ReadService(
                        draft,
                        calls.Of(draft.Resource.Name, peers.Calls),
                        routes.GetValueOrDefault(draft.Resource.Name, []),
                        ScalingReader.Read(draft.Resource, _refusals)
                    )
                ),
        ];
        ImmutableArray<TaskSpec> tasks =
        [
            .. new DatabaseTasks(managed, new TaskImages(environment.Network, caches), _refusals).Read(model),
            .. ServiceOrder.InOrder(
                [
                    .. drafts
                        .Where(draft => draft.Resource.Task is not null)
                        .Select(draft => workloads.ReadTask(draft, calls.Of(draft.Resource.Name, peers.Calls))),
                ],
                order.Before
            ),
        ];
        var shells = new DatabaseShells(managed, new TaskImages(environment.Network, caches), _notices).Read(model);
        var siteReader = new SiteReader(
            environment,
            executionContext,
            places,
            images,
            new SiteAddresses(environment.Ingress, places, published, routes, injected),
            _parameters,
            _refusals
        );
        var sites = await siteReader.ReadAsync(resources.Sites, stack, cancellationToken);
        _notices.AddRange(siteReader.Notices);
        var dataReader = new DataReader(model, environment, stack, VolumeNames.From(executionContext), _refusals);
        var data = dataReader.Read(services, tasks);
        IReadOnlyList<Workload> all = [.. services, .. tasks];
        var originKey =
            environment.Ingress.Edge is { PublicLoadBalancer: true } && services.Any(service => service.Routes.Length > 0)
                ? EdgeRules.OriginKey(_parameters)
                : null;
        var used = UsedParameters.Of(
            _parameters,
            all,
            originKey is null ? managed.Values : managed.Values.Append(new SecretValue(originKey))
        );
        UsedParameters.CheckRotation(all, _refusals);
        NameRules.Check(stack, published.Values, data, sites, _parameters, _refusals);
        NameRules.CheckZone(stack, services, _refusals);
        NameRules.CheckKeys(services, _parameters, _refusals);
        _parameters.RefuseFaults(_refusals);
        var built = all.Select(workload => workload.Main.Image).OfType<BuiltImage>().SelectMany(image => image.Builds).ToList();
        List<string> called = [.. Called(endpoints, managed, drafts)];
        _notices.AddRange([
            .. ModelNotices.LeftOut(endpoints.LeftOut),
            .. ModelNotices.Circles(order.ByDns, StackNames.DnsZoneOf(stack)),
            .. services.SelectMany(service =>
                BrowserRules.Notices(published.Values.First(resource => resource.Name == service.Name), service, environment)
            ),
            .. drafts.SelectMany(VolumeRules.Notices),
            .. drafts.SelectMany(DatabaseReader.Notices),
            .. drafts.SelectMany(ListeningPorts.Notices),
            .. drafts.SelectMany(LoginServer.Notices),
            .. drafts.SelectMany(PlainSecrets.Notices),
            .. drafts.SelectMany(OwnTelemetry.Notices),
            .. machine.Notices,
            .. ModelNotices.Probes(published.Values, services),
            .. AbsentEndpoints.Notices(published.Values),
            .. ModelNotices.EngineArguments(published.Values),
            .. ModelNotices.ExposedPorts(published.Values),
            .. ModelNotices.UnreachedPorts(published.Values),
            .. new ServersWithoutCallers(called, machine.Notices).Of(published.Values, managed.Taken),
            .. ModelNotices.Laptop(published.Values),
            .. ModelNotices.Open(published.Values),
            .. RunModeNotices.Of(model, published.Values),
            .. EndingNotices.Of(published.Values, called),
            .. LoginServer.Notices(published.Values, environment.Ingress),
            .. ModelNotices.Images(all),
            .. ModelNotices.Defaults(services, environment),
            .. ModelNotices.Unused(
                model,
                [.. used.Names, .. built.SelectMany(build => build.ParameterNames), .. sites.SelectMany(site => site.ParameterNames)]
            ),
            .. resources.FilesAlone([.. built.Select(build => build.Resource)]),
        ]);
        var application = NewApplication(stack, caches, services, tasks) with
        {
            Secrets = used.Secrets,
            Parameters = used.Parameters,
            Caches = [.. managed.Caches.Caches],
            CacheConnections = [.. managed.Caches.Connections],
            Databases = [.. managed.Databases.Servers],
            Shells = shells,
            DatabaseConnections = [.. managed.Databases.Connections],
            Brokers = [.. managed.Brokers.Brokers],
            BrokerConnections = [.. managed.Brokers.Connections],
            Sites = sites,
            Existing = [.. managed.Existing],
            OriginKey = originKey,
        };
        dataReader.RefuseUnused([.. application.FileSystems]);
        application = application with { Data = [.. data, .. application.FileSystems] };
        EdgeRules.Check(application, _refusals);
        WebAclRules.Check(application, _refusals);
        _refusals.ThrowIfAny(environment.Name);
        return application with { Notices = [.. _notices, .. OperationNotices.Of(application), .. EdgeRules.Of(application)] };
    }

    /// <summary>
    /// What something of the model calls, whoever runs it. What is made beside a database for it alone is not of the model.
    /// </summary>
    private static IEnumerable<string> Called(EndpointReader endpoints, ManagedServers managed, IEnumerable<WorkloadDraft> drafts) =>
        endpoints
            .Connections.Select(call => new ClientAndServer(call.Client, call.Connection.Server))
            .Concat(managed.Databases.Connections.Select(connection => new ClientAndServer(connection.Workload, connection.Server.Name)))
            .Concat(managed.Caches.Connections.Select(connection => new ClientAndServer(connection.Workload, connection.Cache.Name)))
            .Concat(managed.Brokers.Connections.Select(connection => new ClientAndServer(connection.Workload, connection.Broker.Name)))
            .Where(call => drafts.Any(draft => draft.Resource.Name == call.Client))
            .Select(call => call.Server);

    private WorkloadReader NewWorkloadReader(
        string stack,
        ImmutableArray<PullThroughCache> caches,
        SourceMounts mounts,
        ImageReader builds,
        PublicAddresses addresses,
        ValueReader values
    )
    {
        var callbacks = new ContainerReader(values, executionContext, environment.Safeguards.FileSystems, mounts, _refusals, _notices);
        var images = new TaskImages(environment.Network, caches);
        var containers = new TaskContainers(environment, images, new TaskVariables(stack, hostEnvironment), addresses, _refusals);
        return new WorkloadReader(environment, callbacks, builds, images, containers, _refusals, _notices);
    }

    private ImageReader NewImageReader(SourceMounts mounts) =>
        new(
            model,
            new DockerfileReader(executionContext, environment.AppHostDirectory, _refusals),
            new BuildArgumentReader(_parameters, _refusals),
            new LayerReader(
                executionContext,
                mounts,
                new SecretsInFiles([.. model.Resources.OfType<ParameterResource>()]),
                _refusals,
                _notices
            ),
            environment.AppHostDirectory,
            _refusals
        );

    private FargateApplication NewApplication(
        string stack,
        ImmutableArray<PullThroughCache> caches,
        ImmutableArray<ServiceSpec> services,
        ImmutableArray<TaskSpec> tasks
    ) =>
        new()
        {
            Name = stack,
            EnvironmentResource = environment.Name,
            Environment = hostEnvironment,
            Region = environment.Aws?.Region?.SystemName,
            Profile = environment.Aws?.Profile,
            Network = environment.Network,
            Ingress = environment.Ingress,
            Insights = environment.Insights
                ?? (services.Any(service => service.Scaling?.Backlog is not null) ? ContainerInsights.Enabled : null),
            Alarms = environment.Alarms,
            PermissionsBoundary = environment.PermissionsBoundary,
            NestedStacks = environment.NestedStacks,
            Safeguards = environment.Safeguards with
            {
                Caches = caches.ToImmutableSortedDictionary(cache => cache.Registry, cache => cache, StringComparer.Ordinal),
            },
            ManagedInstances = environment.ManagedInstances,
            Services = services,
            Tasks = tasks,
            Sources = [.. _parameters.Resources],
            Tags = environment.Tags.ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
}
