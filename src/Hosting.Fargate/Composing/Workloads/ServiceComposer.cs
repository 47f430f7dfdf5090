using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>Everything that one service or task brings, under one heading.</summary>
internal static class ServiceComposer
{
    public static string SecurityGroupId(Workload workload) => $"{workload.Id}SecurityGroup";

    public static string Id(ServiceSpec service) => $"{service.Id}Service";

    /// <summary>The services that are there before a workload.</summary>
    public static IEnumerable<string> IdsOfAfter(Workload workload) => workload.After.Select(other => $"{Names.Id(other)}Service");

    public static TemplateSection Compose(FargateApplication application, ServiceSpec service)
    {
        List<TemplateResource> resources =
        [
            .. Common(application, service),
            .. WorkloadNetwork.WaysToOthers(service),
            .. WorkloadNetwork.WaysToManaged(application, service),
        ];
        resources.Add(TaskDefinitionComposer.Compose(application, service));
        if (service.IsInDns)
        {
            resources.Add(DiscoveryComposer.Compose(application, service));
        }

        resources.AddRange(TargetComposer.Compose(application, service));
        resources.Add(ComposeService(application, service));
        resources.AddRange(ScalingComposer.Compose(service, application));
        resources.AddRange(AlarmComposer.Compose(application, service));
        resources.AddRange(RotationComposer.Restarts(application, service));
        return Owned(service, resources);
    }

    public static TemplateSection Compose(FargateApplication application, TaskSpec task)
    {
        List<TemplateResource> resources =
        [
            .. Common(application, task),
            .. WorkloadNetwork.WaysToOthers(task),
            .. WorkloadNetwork.WaysToManaged(application, task),
            TaskDefinitionComposer.Compose(application, task),
        ];
        if (task.Schedule is not null)
        {
            resources.AddRange(ScheduleComposer.Compose(application, task, task.Schedule));
        }

        return Owned(task, resources);
    }

    private static TemplateSection Owned(Workload workload, List<TemplateResource> resources)
    {
        resources.ForEach(resource => resource.Owner = workload.Name);
        foreach (var customize in workload.Customizations)
        {
            customize(resources);
        }

        return new TemplateSection(
            workload.Declaration
                + (
                    workload is TaskSpec { Schedule: var schedule, RunsByHand: false }
                        ? schedule is not null
                            ? ": runs on a schedule"
                            : workload.After.Length == 0
                                ? ": runs once in each deploy, before services roll"
                                : $": runs once in each deploy, after {string.Join(" and ", workload.After)} and before other services roll"
                        : ""
                ),
            resources
        );
    }

    private static IEnumerable<TemplateResource> Common(FargateApplication application, Workload workload)
    {
        foreach (var secret in SecretComposer.Compose(application, workload))
        {
            yield return secret;
        }

        if (!application.Safeguards.KeepsLogs)
        {
            yield return LogGroup(application, workload);
        }

        foreach (var role in IdentityComposer.Compose(application, workload))
        {
            yield return role;
        }

        if (workload.Capacity is not ExternalCapacity)
        {
            yield return WorkloadNetwork.SecurityGroup(application, workload);
        }

        foreach (var resource in VolumeComposer.Compose(application, workload))
        {
            yield return resource;
        }
    }

    /// <summary>What the containers of a workload print: the application's, or the foundation's where it is kept beyond it.</summary>
    internal static TemplateResource LogGroup(FargateApplication application, Workload workload) =>
        new(LogGroupId(workload), "AWS::Logs::LogGroup")
        {
            Comment = $"{workload.Declaration}: what its containers print",
            Owner = workload.Name,
            DeletionPolicy = "Delete",
            UpdateReplacePolicy = "Retain",
            Properties = new() { ["LogGroupName"] = application.LogGroupOf(workload), ["RetentionInDays"] = workload.LogRetentionDays },
        };

    internal static string LogGroupId(Workload workload) => $"{workload.Id}LogGroup";

    /// <summary>
    /// The service. What it does not use is said to be off, wherever ECS lets it be said: UpdateService leaves alone what it is not told,
    /// so that a route, a shell or an alarm that leaves the model would stay on the service. Source:
    /// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html. On ECS Anywhere there is none
    /// of it, and no way from there to Fargate but a new service.
    /// </summary>
    private static TemplateResource ComposeService(FargateApplication application, ServiceSpec service)
    {
        var isExternal = service.Capacity is ExternalCapacity;
        var hasLoadBalancer = service.Routes.Length > 0;
        List<string> dependsOn =
        [
            .. ListenerRules.Ids(service, application.Ingress),
            .. IdsOfAfter(service),
            .. isExternal ? [] : (string[])[SharedIds.CapacityProviders, .. application.Network.RoutesOfTasks()],
            .. VolumeComposer.MountTargetIds(application, service),
            .. DatabaseComposer.InstancesOf(application, service),
        ];
        return new(Id(service), "AWS::ECS::Service")
        {
            Comment =
                $"{service.Declaration}: the tasks, kept running; "
                + (
                    hasLoadBalancer
                        ? "a target group on no listener is refused, hence the rule first"
                        : "no task pulls its image before there is a route"
                )
                + (service.After.Length > 0 ? $"; {string.Join(" and ", service.After)} first: by reference or WaitFor" : ""),
            DependsOn = dependsOn,
            Properties = new()
            {
                ["ServiceName"] = service.Name,
                ["Cluster"] = Fn.Ref(SharedIds.Cluster),
                ["TaskDefinition"] = Fn.Ref(TaskDefinitionComposer.Id(service)),
                ["LaunchType"] = isExternal ? "EXTERNAL" : null,
                ["CapacityProviderStrategy"] = CapacityStrategy(service.Capacity),
                ["DesiredCount"] = service.Scaling is null ? service.DesiredCount : null,
                ["HealthCheckGracePeriodSeconds"] = hasLoadBalancer ? service.Health.GraceSeconds : null,
                ["AvailabilityZoneRebalancing"] =
                    isExternal ? null
                    : service.Deployment is RollingDeployment { MaximumPercent: <= 100 } ? "DISABLED"
                    : "ENABLED",
                ["EnableExecuteCommand"] = service.EnableExec,
                ["PropagateTags"] = "SERVICE",
                ["EnableECSManagedTags"] = true,
                ["DeploymentConfiguration"] = ComposeDeployment(application, service),
                ["NetworkConfiguration"] = isExternal
                    ? null
                    : application.Network.Configuration(SecurityGroupId(service), service.Capacity),
                ["LoadBalancers"] =
                    hasLoadBalancer ? TargetComposer.LoadBalancers(service, application.Ingress)
                    : isExternal ? null
                    : new TemplateList([]),
                ["ServiceRegistries"] = isExternal
                    ? null
                    : new TemplateList(
                        service.IsInDns ? [new TemplateMap { ["RegistryArn"] = Fn.GetAtt(DiscoveryComposer.Id(service), "Arn") }] : []
                    ),
                ["ServiceConnectConfiguration"] =
                    service.UsesServiceConnect ? ComposeServiceConnect(application, service)
                    : isExternal ? null
                    : new TemplateMap { ["Enabled"] = false },
            },
        };
    }

    /// <summary>Always a strategy where there can be one: a service made with a launch type could never take a Spot share.</summary>
    internal static TemplateList? CapacityStrategy(Capacity capacity)
    {
        TemplateMap Item(TemplateNode provider, int weight, int onDemand = 0) =>
            new()
            {
                ["CapacityProvider"] = provider,
                ["Weight"] = weight,
                ["Base"] = onDemand > 0 ? onDemand : null,
            };
        switch (capacity)
        {
            case FargateCapacity { SpotPercent: 0 }:
                return [Item("FARGATE", 1)];
            case FargateCapacity { SpotPercent: 100, OnDemand: 0 }:
                return [Item("FARGATE_SPOT", 1)];
            case FargateCapacity spot:
                var divisor = (int)System.Numerics.BigInteger.GreatestCommonDivisor(spot.SpotPercent, 100);
                return
                [
                    Item("FARGATE", (100 - spot.SpotPercent) / divisor, spot.OnDemand),
                    Item("FARGATE_SPOT", spot.SpotPercent / divisor),
                ];
            case ManagedInstancesCapacity:
                return [Item(Fn.Ref(SharedIds.ManagedInstances), 1)];
            case Ec2Capacity ec2:
                return [Item(ec2.CapacityProvider, 1)];
            default:
                return null;
        }
    }

    private static TemplateMap ComposeDeployment(FargateApplication application, ServiceSpec service)
    {
        var alarms = AlarmComposer.DeploymentAlarms(application, service);
        var rolling = service.Deployment as RollingDeployment;
        return new()
        {
            ["Strategy"] = service.Deployment switch
            {
                BlueGreenDeployment => "BLUE_GREEN",
                CanaryDeployment => "CANARY",
                LinearDeployment => "LINEAR",
                _ => "ROLLING",
            },
            ["MinimumHealthyPercent"] = rolling?.MinimumHealthyPercent ?? 100,
            ["MaximumPercent"] = rolling?.MaximumPercent ?? 200,
            ["DeploymentCircuitBreaker"] = rolling is null ? null : new TemplateMap { ["Enable"] = true, ["Rollback"] = true },
            ["BakeTimeInMinutes"] = service.Deployment is TrafficShiftDeployment shift ? shift.BakeMinutes : null,
            ["CanaryConfiguration"] = service.Deployment is not CanaryDeployment canary
                ? null
                : new TemplateMap { ["CanaryPercent"] = canary.Percent, ["CanaryBakeTimeInMinutes"] = canary.CanaryBakeMinutes },
            ["LinearConfiguration"] = service.Deployment is not LinearDeployment linear
                ? null
                : new TemplateMap { ["StepPercent"] = linear.StepPercent, ["StepBakeTimeInMinutes"] = linear.StepBakeMinutes },
            ["Alarms"] = new TemplateMap
            {
                ["Enable"] = alarms.Count > 0,
                ["Rollback"] = alarms.Count > 0,
                ["AlarmNames"] = new TemplateList(alarms.Select(Fn.Ref)),
            },
        };
    }

    /// <summary>Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html.</summary>
    private static TemplateMap ComposeServiceConnect(FargateApplication application, ServiceSpec service) =>
        new()
        {
            ["Enabled"] = true,
            ["Namespace"] = Fn.GetAtt(SharedIds.Namespace, "Arn"),
            ["Services"] =
                service.ConnectEndpoints.Length == 0
                    ? null
                    : new TemplateList(
                        service.ConnectEndpoints.Select(endpoint =>
                            (TemplateNode)
                                new TemplateMap
                                {
                                    ["PortName"] = endpoint.Port.Name,
                                    ["DiscoveryName"] = endpoint.DiscoveryName,
                                    ["ClientAliases"] = new TemplateList([
                                        new TemplateMap { ["DnsName"] = endpoint.DnsName, ["Port"] = endpoint.AliasPort },
                                    ]),
                                    ["Timeout"] = endpoint.Port is { Protocol: PortProtocol.Tcp } or { IsTls: true }
                                        ? null
                                        : new TemplateMap
                                        {
                                            Comment = "without these, a request over 15 s is cut, a long poll too",
                                            ["PerRequestTimeoutSeconds"] = 0,
                                            ["IdleTimeoutSeconds"] = 300,
                                        },
                                }
                        )
                    ),
            ["LogConfiguration"] = TaskDefinitionComposer.LogTo(application, service, "service-connect", isNonBlocking: false),
        };
}
