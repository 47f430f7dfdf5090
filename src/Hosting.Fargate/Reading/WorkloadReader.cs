using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>What a service or task is on ECS, from what the model says of its resource and what was read of its container.</summary>
internal sealed class WorkloadReader(FargateEnvironmentResource environment, string stack, string hostEnvironment, ImmutableArray<PullThroughCache> caches, ContainerReader containers, ImageReader images, Refusals refusals)
{
    /// <summary>What the Service Connect proxy is given of the task's memory, in MiB: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts.html.</summary>
    private const int ConnectProxyMemory = 128;

    private readonly HashSet<int> _retentions =
        [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

    /// <summary>What calling the model's callbacks gave. Kept until it is known who calls whom.</summary>
    internal sealed record Draft(
        PublishedResource Resource,
        Architecture Architecture,
        BuiltImage? Built,
        IReadOnlyList<EnvironmentVariable> Variables,
        ImmutableArray<Value> Command,
        ImmutableArray<Volume> Volumes,
        ImmutableArray<Mount> Mounts)
    {
        /// <summary>The draft with what the service calls itself decided.</summary>
        public Draft Settle(Func<OwnAddress, Value> decide) => this with
        {
            Variables = [.. Variables.Select(variable => variable with { Value = variable.Value.Settle(decide) })],
            Command = [.. Command.Select(argument => argument.Settle(decide))],
        };
    }

    public async Task<Draft> DraftAsync(PublishedResource resource, CancellationToken cancellationToken)
    {
        var (volumes, mounts) = containers.ReadVolumes(resource);
        var architecture = await ArchitectureReader.ReadAsync(resource, containers.ExecutionContext, refusals, cancellationToken);
        return new Draft(
            resource,
            architecture,
            await images.ReadAsync(resource, architecture, cancellationToken),
            await containers.ReadEnvironmentAsync(resource, cancellationToken),
            await containers.ReadCommandAsync(resource, cancellationToken),
            volumes,
            mounts);
    }

    public Service ReadService(Draft draft, ImmutableArray<Route> routes, ImmutableArray<Connection> connections, ImmutableHashSet<int> calledPorts, ImmutableArray<Connection> peers, ImmutableArray<string> after, Scaling? scaling)
    {
        var resource = draft.Resource;
        var options = resource.Service!;
        VolumeRules.Check(draft, refusals);
        var connectEndpoints = ConnectEndpointsOf(resource, calledPorts);
        var usesConnect = connectEndpoints.Length > 0 || connections.Length > 0;
        var keys = BrowserRules.KeysOf(resource, routes.Length > 0, environment, IsReachable(BrowserRules.ImageOf(environment)), refusals);
        if (options.DeregistrationDelay.TotalSeconds is < 0 or > 3600 || options.DeregistrationDelay.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            Refuse(resource, $"sets DeregistrationDelay = {options.DeregistrationDelay.TotalSeconds} s. A load balancer takes whole seconds, up to an hour.");
        }

        if (options.SlowAnswer is { } slow && (slow.TotalSeconds is < 1 or > 4000 || slow.Ticks % TimeSpan.TicksPerSecond != 0))
        {
            Refuse(resource, $"sets SlowAnswer = {slow.TotalSeconds} s. Write whole seconds from 1 to 4000, the longest that a load balancer waits, or null for no alarm.");
        }

        if (options.LongestAnswer is { } longest && (longest.TotalSeconds is < 1 or > Ingress.MaxIdleSeconds - 10 || longest.Ticks % TimeSpan.TicksPerSecond != 0))
        {
            Refuse(resource, $"sets LongestAnswer = {longest.TotalSeconds} s. Write whole seconds from 1 to 3990: a load balancer waits 4000 s at the most.");
        }

        if (routes.Length > 0 && environment.Ingress.IdleSeconds is { } idle)
        {
            if (options.LongestAnswer?.TotalSeconds >= idle)
            {
                Refuse(resource, $"takes {options.LongestAnswer.Value.TotalSeconds} s for its longest answer (LongestAnswer), and the load balancer answers 504 after {idle} s (WithIdleTimeout). Raise the one or lower the other.");
            }

            if (options.SlowAnswer?.TotalSeconds >= idle)
            {
                Refuse(resource, $"has an alarm on answers of more than {options.SlowAnswer.Value.TotalSeconds} s (SlowAnswer), which never goes off: the load balancer answers 504 after {idle} s (WithIdleTimeout). "
                    + "Raise the one or lower the other.");
            }
        }

        if (options.EnableExec && options.ReadonlyRootFilesystem)
        {
            Refuse(resource, "sets EnableExec and ReadonlyRootFilesystem, and ECS Exec does not work with a read-only file system. Keep one of them.");
        }

        return new Service
        {
            Name = resource.Name,
            Declaration = resource.Declaration,
            Size = SizeOf(resource, usesConnect),
            Architecture = draft.Architecture,
            EphemeralStorage = options.EphemeralStorage,
            Capacity = options.Capacity,
            Telemetry = TelemetryOf(resource),
            Containers = ContainersOf(draft, usesConnect, keys),
            Volumes = keys is null ? draft.Volumes : [.. draft.Volumes, BrowserRules.KeysVolume],
            Keys = keys,
            IsSticky = BrowserRules.IsSticky(resource, routes.Length > 0, refusals),
            Grants = GrantReader.Read(draft, refusals),
            LogRetentionDays = RetentionOf(resource),
            Tags = options.Tags.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Customizations = [.. options.Customizations],
            DesiredCount = resource.Resource.TryGetLastAnnotation<ReplicaAnnotation>(out var replicas) ? replicas.Replicas : routes.Length > 0 && !IsAloneOnVolume(draft) && !PeerReader.IsAlone(draft) ? 2 : 1,
            Scaling = scaling,
            Deployment = DeploymentOf(draft, routes),
            RollBackOnAlarm = options.RollBackOnAlarm,
            SlowSeconds = (int?)options.SlowAnswer?.TotalSeconds,
            LongestAnswerSeconds = (int?)options.LongestAnswer?.TotalSeconds,
            Health = HealthReader.Read(resource, refusals),
            EnableExec = options.EnableExec,
            DeregistrationSeconds = (int)options.DeregistrationDelay.TotalSeconds,
            Routes = routes,
            ConnectEndpoints = connectEndpoints,
            Connections = connections,
            Peers = peers,
            After = after,
        };
    }

    public RunTask ReadTask(Draft draft)
    {
        var resource = draft.Resource;
        if (resource.Endpoints.FirstOrDefault(endpoint => endpoint.Endpoint.IsExternal) is { } external)
        {
            Refuse(resource, $"is a task that runs and ends, and has the external endpoint '{external.Name}': the load balancer has services alone. "
                + "Take WithExternalHttpEndpoints away, or what makes it a task (PublishAsFargateTask, WaitForCompletion).");
        }

        if (resource.Resource.TryGetLastAnnotation<ReplicaAnnotation>(out var replicas) && replicas.Replicas != 1)
        {
            Refuse(resource, $"is a task that runs and ends, and is to have {replicas.Replicas} replicas: it is started once. Take WithReplicas away, or what makes it a task (PublishAsFargateTask, WaitForCompletion).");
        }

        return new RunTask
        {
            Name = resource.Name,
            Declaration = resource.Declaration,
            Size = SizeOf(resource, usesConnect: false),
            Architecture = draft.Architecture,
            EphemeralStorage = resource.Options.EphemeralStorage,
            Capacity = resource.Options.Capacity,
            Telemetry = TelemetryOf(resource),
            Containers = ContainersOf(draft, usesConnect: false, keys: null),
            Volumes = draft.Volumes,
            Grants = GrantReader.Read(draft, refusals),
            LogRetentionDays = RetentionOf(resource),
            Tags = resource.Options.Tags.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Customizations = [.. resource.Options.Customizations],
            Schedule = resource.Task!.Schedule,
        };
    }

    private Telemetry TelemetryOf(PublishedResource resource) =>
        PublishesTelemetry.Of(resource.Resource) ? resource.Options.Telemetry ?? environment.Telemetry : Telemetry.None;

    private ImmutableArray<Container> ContainersOf(Draft draft, bool usesConnect, Secret? keys)
    {
        var resource = draft.Resource;
        var options = resource.Options;
        var telemetry = TelemetryOf(resource);
        CapacityRules.Check(resource, environment.Network, telemetry, refusals);
        var (telemetrySidecars, telemetryVariables) = TelemetryReader.Read(telemetry, environment.TelemetryImageOf(telemetry));
        foreach (var image in telemetrySidecars.Select(sidecar => ((RegistryImage)sidecar.Image).Reference).Where(image => !IsReachable(image)))
        {
            Refuse(resource, $"sends its telemetry by a sidecar with the image '{image}', and tasks behind VPC endpoints reach no registry but ECR. "
                + "Copy the image to ECR and name the copy (WithTelemetry(…, image: …)), or use Telemetry.Direct or Telemetry.None.");
        }

        Container[] first = keys is null ? [] : [BrowserRules.KeysContainer(keys, Registry(BrowserRules.ImageOf(environment)))];
        Container[] sidecars = [.. first, .. telemetrySidecars.Select(sidecar => sidecar with { Image = Registry(((RegistryImage)sidecar.Image).Reference), Environment = [.. Region(resource), .. sidecar.Environment] }), .. options.Sidecars.Select(sidecar => SidecarOf(resource, sidecar))];
        var size = SizeOf(resource, usesConnect);
        var memory = size.Memory - sidecars.Sum(sidecar => sidecar.Memory) - (usesConnect ? ConnectProxyMemory : 0);
        if (memory < 64)
        {
            Refuse(resource, $"leaves its container {memory} MiB of the task's {size.Memory}: {string.Join(", ", sidecars.Select(sidecar => $"{sidecar.Name} takes {sidecar.Memory}"))}"
                + $"{(usesConnect ? $", Service Connect {ConnectProxyMemory}" : "")}. Raise Memory, or lower what stands beside it.");
        }

        var stop = options.StopTimeout;
        if (stop.TotalSeconds is < 2 or > 120 || stop.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            Refuse(resource, $"sets StopTimeout = {stop.TotalSeconds} s. Fargate takes whole seconds, 2 to 120.");
        }

        foreach (var twice in sidecars.Select(sidecar => sidecar.Name).Append(resource.Name).GroupBy(name => name).Where(group => group.Count() > 1))
        {
            Refuse(resource, $"has two containers named '{twice.Key}' in one task. Name the sidecar otherwise.");
        }

        ContainerHealthRules.Check(resource, refusals);
        var variables = draft.Variables
            .Concat(Defaults(draft, telemetryVariables).Concat(keys is null ? [] : [BrowserRules.KeysFolderVariable]).Where(added => !draft.Variables.Any(given => given.Name == added.Name)))
            .OrderBy(variable => variable.Name, StringComparer.Ordinal)
            .ToList();
        var main = new Container
        {
            Name = resource.Name,
            Image = draft.Built is { } built ? built : ImageOf(resource),
            EntryPoint = (resource.Resource as ContainerResource)?.Entrypoint,
            Command = draft.Command,
            Environment = [.. variables.Where(variable => !variable.Value.HoldsSecret)],
            Secrets = [.. SecretsOf(resource, variables.Where(variable => variable.Value.HoldsSecret))],
            Ports = [.. resource.Endpoints.Select(endpoint => endpoint.Port).DistinctBy(port => port.Number)],
            Mounts = keys is null ? draft.Mounts : [.. draft.Mounts, BrowserRules.KeysMount],
            Memory = memory,
            StopSeconds = (int)stop.TotalSeconds,
            HealthCheck = options.ContainerHealthCheck ?? (resource.Endpoints.Any(endpoint => endpoint.Port.Number == resource.Known?.Port) ? resource.Known?.HealthCheck : null),
            StartsAfter = [.. first.Select(container => container.Name), .. telemetrySidecars.Select(sidecar => sidecar.Name), .. options.Sidecars.Where(sidecar => sidecar.StartsFirst).Select(sidecar => sidecar.Name)],
            ReadonlyRootFilesystem = options.ReadonlyRootFilesystem,
            User = options.User,
        };
        return [main, .. sidecars];
    }

    /// <summary>
    /// Fargate says in which region a task is; the agent of instances and of ECS Anywhere does from 1.104.0 on alone:
    /// https://github.com/aws/amazon-ecs-agent/blob/master/CHANGELOG.md.
    /// </summary>
    private static IEnumerable<EnvironmentVariable> Region(PublishedResource resource) =>
        resource.Options.Capacity is FargateCapacity ? [] : [new("AWS_REGION", new StackText("${AWS::Region}"))];

    private IEnumerable<EnvironmentVariable> Defaults(Draft draft, ImmutableArray<EnvironmentVariable> telemetry)
    {
        var resource = draft.Resource;
        foreach (var (name, value) in resource.Known?.Environment ?? [])
        {
            yield return new(name, new Text(value));
        }

        foreach (var variable in Region(resource))
        {
            yield return variable;
        }

        foreach (var variable in telemetry)
        {
            yield return variable;
        }

        if (telemetry.Length > 0)
        {
            yield return new("OTEL_SERVICE_NAME", new Text(resource.Name));
            yield return new("OTEL_RESOURCE_ATTRIBUTES", new Text($"service.namespace={stack},deployment.environment.name={hostEnvironment}"));
        }

        if (resource.IsDotnet)
        {
            // Before the kill with time left to flush telemetry: https://learn.microsoft.com/dotnet/core/extensions/generic-host#host-shutdown.
            var stop = (int)resource.Options.StopTimeout.TotalSeconds;
            yield return new("DOTNET_SHUTDOWNTIMEOUTSECONDS", new Text(Math.Max(stop - 15, stop / 2).ToString(CultureInfo.InvariantCulture)));
            yield return new("DOTNET_ENVIRONMENT", new Text(hostEnvironment));
        }
    }

    private Container SidecarOf(PublishedResource resource, Sidecar sidecar)
    {
        if (sidecar.Memory < 6)
        {
            Refuse(resource, $"gives the sidecar '{sidecar.Name}' {sidecar.Memory} MiB. A container has 6 at the least.");
        }

        if (!IsReachable(sidecar.Image))
        {
            Refuse(resource, $"has the sidecar '{sidecar.Name}' with the image '{sidecar.Image}', and tasks behind VPC endpoints reach no registry but ECR. "
                + "Copy the image to ECR, or use WithPrivateTasks.");
        }

        if (sidecar.Environment.Values.Concat(sidecar.Command).Any(text => text.Contains("{{resolve:", StringComparison.Ordinal)))
        {
            Refuse(resource, $"gives the sidecar '{sidecar.Name}' the text '{{{{resolve:', which CloudFormation would replace by a secret's value. Write the text otherwise.");
        }

        return new Container
        {
            Name = sidecar.Name,
            Image = Registry(sidecar.Image),
            Essential = sidecar.Essential,
            Cpu = sidecar.Cpu,
            Memory = sidecar.Memory,
            Command = [.. sidecar.Command.Select(argument => new Text(argument))],
            Environment = [.. sidecar.Environment.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new EnvironmentVariable(pair.Key, new Text(pair.Value)))],
            HealthCheck = sidecar.HealthCheck,
            Reason = $"{resource.Name}: AddSidecar(\"{sidecar.Name}\")",
        };
    }

    /// <summary>Variables that share a value share the secret that is composed for it.</summary>
    private static IEnumerable<SecretVariable> SecretsOf(PublishedResource resource, IEnumerable<EnvironmentVariable> variables)
    {
        Dictionary<string, ComposedSecret> composed = new(StringComparer.Ordinal);
        foreach (var variable in variables)
        {
            if (variable.Value is SecretValue { Secret: var secret })
            {
                yield return new SecretVariable(variable.Name, new WholeSecret(secret));
                continue;
            }

            if (!composed.TryGetValue(variable.SharedName, out var source))
            {
                source = new ComposedSecret(resource.Name, variable.SharedName, variable.Value);
                var isAlone = composed.Values.All(other => other.Id != source.Id);
                composed[variable.SharedName] = source = isAlone ? source : source with { Suffix = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(variable.SharedName)).AsSpan(0, 4)) };
            }

            yield return new SecretVariable(variable.Name, source);
        }
    }

    private RegistryImage ImageOf(PublishedResource resource)
    {
        if (!resource.Resource.TryGetContainerImageName(out var image))
        {
            Refuse(resource, "has no image. Name one: AddContainer(name, image, tag).");
        }
        else if (!IsReachable(image))
        {
            Refuse(resource, $"uses the image '{image}', and tasks behind VPC endpoints reach no registry but ECR. Copy the image to ECR, or use WithPrivateTasks.");
        }

        return Registry(image ?? "");
    }

    /// <summary>An image of a registry: where the environment says so, as it comes through this account's.</summary>
    private RegistryImage Registry(string image) => new(image)
    {
        CachedAs = caches.Select(cache => cache.Has(image, out var name) ? $"{cache.Prefix}/{name}" : null).FirstOrDefault(cached => cached is not null),
    };

    private bool IsReachable(string image) => environment.Network.ReachesInternet || new RegistryImage(image).IsInEcr;

    private TaskSize SizeOf(PublishedResource resource, bool usesConnect) =>
        SizeReader.Read(resource, usesConnect || resource.Options.Sidecars.Count > 0 || TelemetryOf(resource) is Telemetry.CloudWatchAgent or Telemetry.Collector, refusals);

    private int RetentionOf(PublishedResource resource)
    {
        var days = resource.Options.LogRetentionDays;
        if (!_retentions.Contains(days))
        {
            var nearest = _retentions.OrderBy(known => Math.Abs(known - days)).Take(2).Order();
            Refuse(resource, $"keeps its log for {days} days, which CloudWatch Logs has not. Nearest: LogRetentionDays = {string.Join(" or ", nearest)}.");
        }

        return days;
    }

    private Deployment DeploymentOf(Draft draft, ImmutableArray<Route> routes)
    {
        var resource = draft.Resource;
        var deployment = resource.Service!.Deployment;
        if (deployment is TrafficShiftDeployment && routes.Length != 1)
        {
            Refuse(resource, routes.Length == 0
                ? "shifts traffic as it deploys and has no external endpoint whose traffic that would be. Use Deployment.Rolling, or WithExternalHttpEndpoints."
                : "shifts traffic as it deploys and has several external endpoints, and ECS shifts that of one. Use Deployment.Rolling, or keep one of them external.");
        }
        else if (deployment is TrafficShiftDeployment && routes[0].Rules.Length > 1)
        {
            Refuse(resource, $"shifts traffic as it deploys and has several routes ({string.Join(", ", routes[0].Rules)}), and ECS shifts that of one rule: "
                + "the others would lead to tasks that are gone. Use Deployment.Rolling, or one route.");
        }
        else if (deployment is TrafficShiftDeployment && environment.Ingress is { IsHttps: true, Redirect: false })
        {
            Refuse(resource, "shifts traffic as it deploys, and the environment serves plain HTTP beside HTTPS by a rule of its own (WithoutHttpsRedirect), which ECS would not shift. "
                + "Use Deployment.Rolling, or let HTTP be sent on to HTTPS.");
        }

        return deployment ?? (IsAloneOnVolume(draft) ? Deployment.Rolling(0, 100) : Deployment.Rolling());
    }

    /// <summary>Whether two tasks at once would write the same files: there is one then, and the old one ends before the new one starts.</summary>
    private static bool IsAloneOnVolume(Draft draft) => draft.Resource.Resource is ContainerResource
        && VolumeRules.Written(draft).Any();

    private ImmutableArray<ConnectEndpoint> ConnectEndpointsOf(PublishedResource resource, ImmutableHashSet<int> calledPorts)
    {
        var called = resource.Endpoints.Where(endpoint => calledPorts.Contains(endpoint.Port.Number)).DistinctBy(endpoint => endpoint.Port.Number).ToList();
        foreach (var twice in called.GroupBy(endpoint => endpoint.AliasPort).Where(group => group.Count() > 1))
        {
            Refuse(resource, $"has the endpoints {string.Join(" and ", twice.Select(endpoint => $"'{endpoint.Name}'"))} on the same port {twice.Key} of its name. Give one a port of its own (port: …).");
        }

        return [.. called.Select((endpoint, index) => new ConnectEndpoint(
            endpoint.Port,
            index == 0 ? resource.Name.ToLowerInvariant() : $"{resource.Name}--{endpoint.Name}".ToLowerInvariant(), // two hyphens: no resource has such a name
            resource.Name.ToLowerInvariant(),
            endpoint.AliasPort))];
    }

    private void Refuse(PublishedResource resource, string text) => refusals.Add(resource.Name, $"'{resource.Name}' {text}");
}
