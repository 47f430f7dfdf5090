using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>What a service or task is on ECS, from what the model says of its resource and what was read of its container.</summary>
internal sealed class WorkloadReader(
    FargateEnvironmentResource environment,
    ContainerReader callbacks,
    ImageReader builds,
    TaskImages images,
    TaskContainers containers,
    Refusals refusals,
    ICollection<Notice> notices
)
{
    private readonly HashSet<int> _retentions =
    [
        1,
        3,
        5,
        7,
        14,
        30,
        60,
        90,
        120,
        150,
        180,
        365,
        400,
        545,
        731,
        1096,
        1827,
        2192,
        2557,
        2922,
        3288,
        3653,
    ];

    public async Task<WorkloadDraft> DraftAsync(PublishedResource resource, CancellationToken cancellationToken)
    {
        var (volumes, mounts) = callbacks.ReadVolumes(resource);
        var architecture = await ArchitectureReader.ReadAsync(resource, callbacks.ExecutionContext, refusals, cancellationToken);
        var built = await builds.ReadAsync(resource, architecture, cancellationToken);
        callbacks.ReadFiles(resource, built);
        return new WorkloadDraft(
            resource,
            architecture,
            built,
            await callbacks.ReadEnvironmentAsync(resource, cancellationToken),
            await callbacks.ReadCommandAsync(resource, cancellationToken),
            volumes,
            HiddenFiles.Uncover(resource, built, volumes, mounts, refusals, notices)
        );
    }

    public ServiceSpec ReadService(WorkloadDraft draft, ServiceCalls calls, ImmutableArray<Route> routes, Scaling? scaling)
    {
        var resource = draft.Resource;
        var options = resource.Service!;
        var isExternal = routes.Length > 0;
        VolumeRules.Check(draft, refusals);
        AnswerRules.Check(resource, isExternal, environment.Ingress, refusals);
        var connectEndpoints = ConnectEndpointsOf(resource, calls.CalledPorts);
        var usesConnect = connectEndpoints.Length > 0 || calls.Connections.Any(connection => !connection.IsByDns);
        var reachesImage = images.IsReachable(BrowserRules.ImageOf(environment));
        var keys = BrowserRules.KeysOf(resource, isExternal, environment, reachesImage, refusals);
        if (options.EnableExec && options.ReadonlyRootFilesystem)
        {
            Refuse(
                resource,
                "sets EnableExec and ReadonlyRootFilesystem, and ECS Exec does not work with a read-only file system. Keep "
                    + "one of them."
            );
        }

        var size = SizeOf(draft, usesConnect);
        return new ServiceSpec
        {
            Name = resource.Name,
            Declaration = resource.Declaration,
            Size = size,
            Architecture = draft.Architecture,
            EphemeralStorage = options.EphemeralStorage,
            Capacity = options.Capacity,
            Telemetry = containers.TelemetryOf(draft),
            Containers = containers.Read(draft, size, usesConnect, keys, routes),
            Volumes = keys is null ? draft.Volumes : [.. draft.Volumes, BrowserRules.KeysVolume],
            Keys = keys,
            IsSticky = BrowserRules.IsSticky(resource, isExternal, refusals),
            Grants = GrantReader.Read(draft, refusals),
            LogRetentionDays = RetentionOf(resource),
            Tags = options.Tags.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Customizations = [.. options.Customizations],
            DesiredCount = CountOf(draft, isExternal),
            Scaling = scaling,
            Deployment = DeploymentReader.Read(draft, routes, environment.Ingress, refusals),
            RollBackOnAlarm = options.RollBackOnAlarm,
            SlowSeconds = (int?)options.SlowAnswer?.TotalSeconds,
            LongestAnswerSeconds = (int?)options.LongestAnswer?.TotalSeconds,
            Health = HealthReader.Read(resource, refusals),
            EnableExec = options.EnableExec,
            DeregistrationSeconds = (int)options.DeregistrationDelay.TotalSeconds,
            Routes = routes,
            ConnectEndpoints = connectEndpoints,
            Connections = calls.Connections,
            Peers = calls.Peers,
            After = calls.After,
            IsInDns = calls.IsInDns,
        };
    }

    public TaskSpec ReadTask(WorkloadDraft draft, ServiceCalls calls)
    {
        var resource = draft.Resource;
        CheckTask(resource);
        var size = SizeOf(draft, usesConnect: false);
        return new TaskSpec
        {
            Name = resource.Name,
            Declaration = resource.Declaration,
            Size = size,
            Architecture = draft.Architecture,
            EphemeralStorage = resource.Options.EphemeralStorage,
            Capacity = resource.Options.Capacity,
            Telemetry = containers.TelemetryOf(draft),
            Containers = containers.Read(draft, size, usesConnect: false, keys: null, routes: []),
            Volumes = draft.Volumes,
            Grants = GrantReader.Read(draft, refusals),
            LogRetentionDays = RetentionOf(resource),
            Tags = resource.Options.Tags.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Customizations = [.. resource.Options.Customizations],
            Schedule = resource.Task!.Schedule,
            Connections = calls.Connections,
            After = calls.After,
        };
    }

    private void CheckTask(PublishedResource resource)
    {
        if (resource.Endpoints.FirstOrDefault(endpoint => endpoint.IsExternal) is { } external)
        {
            Refuse(
                resource,
                $"is a task that runs and ends, and has the external endpoint '{external.Name}': the load balancer has "
                    + "services alone. Take WithExternalHttpEndpoints away, or what makes it a task (PublishAsFargateTask, "
                    + "WaitForCompletion)."
            );
        }

        if (resource.Resource.TryGetLastAnnotation<ReplicaAnnotation>(out var replicas) && replicas.Replicas != 1)
        {
            Refuse(
                resource,
                $"is a task that runs and ends, and is to have {replicas.Replicas} replicas: it is started once. "
                    + "Take WithReplicas away, or what makes it a task (PublishAsFargateTask, WaitForCompletion)."
            );
        }
    }

    /// <summary>
    /// As many as the model says; else two of what people call, so that one may fail, where two do not disturb each other.
    /// </summary>
    private static int CountOf(WorkloadDraft draft, bool isExternal) =>
        draft.Resource.Resource.TryGetLastAnnotation<ReplicaAnnotation>(out var replicas) ? replicas.Replicas
        : isExternal && !draft.IsAloneOnVolume && !PeerReader.IsAlone(draft) ? 2
        : 1;

    private TaskSize SizeOf(WorkloadDraft draft, bool usesConnect)
    {
        var resource = draft.Resource;
        var hasCompany =
            usesConnect
            || resource.Options.Sidecars.Count > 0
            || containers.TelemetryOf(draft) is Telemetry.CloudWatchAgent or Telemetry.Collector;
        return SizeReader.Read(resource, hasCompany, refusals);
    }

    private int RetentionOf(PublishedResource resource)
    {
        var days = resource.Options.LogRetentionDays;
        if (!_retentions.Contains(days))
        {
            var nearest = _retentions.OrderBy(known => Math.Abs(known - days)).Take(2).Order();
            Refuse(
                resource,
                $"keeps its log for {days} days, which CloudWatch Logs has not. Nearest: LogRetentionDays = "
                    + $"{string.Join(" or ", nearest)}."
            );
        }

        return days;
    }

    private ImmutableArray<ConnectEndpoint> ConnectEndpointsOf(PublishedResource resource, ImmutableHashSet<int> calledPorts)
    {
        var called = resource
            .Endpoints.Where(endpoint => calledPorts.Contains(endpoint.Port.Number))
            .DistinctBy(endpoint => endpoint.Port.Number)
            .ToList();
        foreach (var twice in called.GroupBy(endpoint => endpoint.AliasPort).Where(group => group.Count() > 1))
        {
            Refuse(
                resource,
                $"has the endpoints {string.Join(" and ", twice.Select(endpoint => $"'{endpoint.Name}'"))} on the same port "
                    + $"{twice.Key} of its name. Give one a port of its own (port: …)."
            );
        }

        return
        [
            .. called.Select(
                (endpoint, index) =>
                    new ConnectEndpoint(
                        endpoint.Port,
                        index == 0 ? resource.Name.ToLowerInvariant() : $"{resource.Name}--{endpoint.Name}".ToLowerInvariant(), // two hyphens: no resource has such a name
                        resource.Name.ToLowerInvariant(),
                        endpoint.AliasPort
                    )
            ),
        ];
    }

    private void Refuse(PublishedResource resource, string text) => refusals.Add(resource.Name, $"'{resource.Name}' {text}");
}
