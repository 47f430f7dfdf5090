using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Data;

namespace Hosting.Fargate.Composing;

/// <summary>
/// The task definition of a service or task. Source:
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
/// </summary>
internal static class TaskDefinitionComposer
{
    public static string Id(Workload workload) => $"{workload.Id}TaskDefinition";

    public static string FamilyOf(FargateApplication application, Workload workload) => $"{application.Name}-{workload.Name}";

    public static TemplateResource Compose(FargateApplication application, Workload workload)
    {
        var isExternal = workload.Capacity is ExternalCapacity;
        return new(Id(workload), "AWS::ECS::TaskDefinition")
        {
            Comment =
                $"{workload.Declaration}: what a task of it is; an old revision stays, so that a rollback has something to go back to",
            DeletionPolicy = "Delete",
            UpdateReplacePolicy = "Retain",
            Properties = new()
            {
                ["Family"] = FamilyOf(application, workload),
                ["RequiresCompatibilities"] = new TemplateList([Compatibility(workload.Capacity)]),
                ["NetworkMode"] = isExternal ? "bridge" : "awsvpc",
                ["Cpu"] = $"{workload.Size.Cpu}",
                ["Memory"] = $"{workload.Size.Memory}",
                ["RuntimePlatform"] = isExternal
                    ? null
                    : new TemplateMap
                    {
                        ["CpuArchitecture"] = workload.Architecture == Architecture.Arm64 ? "ARM64" : "X86_64",
                        ["OperatingSystemFamily"] = "LINUX",
                    },
                ["EphemeralStorage"] = workload.EphemeralStorage is { } size ? new TemplateMap { ["SizeInGiB"] = size } : null,
                ["ExecutionRoleArn"] = Fn.GetAtt($"{workload.Id}ExecutionRole", "Arn"),
                ["TaskRoleArn"] = Fn.GetAtt($"{workload.Id}TaskRole", "Arn"),
                ["Volumes"] =
                    workload.Volumes.Length == 0
                        ? null
                        : new TemplateList(workload.Volumes.Select(volume => (TemplateNode)ComposeVolume(application, workload, volume))),
                ["ContainerDefinitions"] = new TemplateList(
                    workload.Containers.Select(container => (TemplateNode)ComposeContainer(application, workload, container))
                ),
            },
        };
    }

    private static string Compatibility(Capacity capacity) =>
        capacity switch
        {
            FargateCapacity => "FARGATE",
            ManagedInstancesCapacity => "MANAGED_INSTANCES",
            Ec2Capacity => "EC2",
            _ => "EXTERNAL",
        };

    private static TemplateMap ComposeVolume(FargateApplication application, Workload workload, Volume volume) =>
        new()
        {
            ["Name"] = volume.Name,
            ["EFSVolumeConfiguration"] = volume.FileSystem is not { } fileSystem
                ? null
                : new TemplateMap
                {
                    ["FilesystemId"] = fileSystem.Attribute("FileSystemId"),
                    ["TransitEncryption"] = "ENABLED",
                    ["AuthorizationConfig"] = new TemplateMap
                    {
                        ["AccessPointId"] = Fn.Ref(FileSystem.AccessPointId(workload, fileSystem)),
                        ["IAM"] = "ENABLED",
                    },
                },
        };

    private static TemplateMap ComposeContainer(FargateApplication application, Workload workload, Container container)
    {
        var isMain = container == workload.Main;
        return new()
        {
            Comment = container.Reason,
            ["Name"] = container.Name,
            ["Image"] = container.Image switch
            {
                BuiltImage built => Fn.Ref(built.ParameterId),
                RegistryImage { CachedAs: { } cached } => Fn.Sub(
                    $"${{AWS::AccountId}}.dkr.ecr.${{AWS::Region}}.${{AWS::URLSuffix}}/{cached}"
                ),
                RegistryImage registry => registry.Reference,
                _ => throw new InvalidOperationException($"{container.Image.GetType().Name} is no kind of image."),
            },
            ["Essential"] = container.Essential,
            ["RestartPolicy"] =
                container.Essential || container.EndsFirst || container.RunsOnce
                    ? null
                    : new TemplateMap { ["Enabled"] = true, ["RestartAttemptPeriod"] = 60 },
            ["Cpu"] = container.Cpu is { } cpu ? cpu : null,
            ["Memory"] = container.Memory,
            ["User"] = container.User,
            ["EntryPoint"] = container.EntryPoint is { } entryPoint ? new TemplateList([entryPoint]) : null,
            ["Command"] = container.Command.Length == 0 ? null : new TemplateList(container.Command.Select(ValueComposer.Compose)),
            ["DockerLabels"] = VersionsOf(container),
            ["StopTimeout"] = container.StopSeconds is { } stop ? stop : null,
            ["LinuxParameters"] = isMain ? new TemplateMap { ["InitProcessEnabled"] = true } : null,
            ["ReadonlyRootFilesystem"] = container.ReadonlyRootFilesystem ? true : null,
            ["DependsOn"] =
                container.StartsAfter.Length == 0
                    ? null
                    : new TemplateList(
                        container.StartsAfter.Select(name =>
                            (TemplateNode)
                                new TemplateMap
                                {
                                    ["ContainerName"] = name,
                                    ["Condition"] = ConditionOf(container, workload.Containers.First(other => other.Name == name)),
                                }
                        )
                    ),
            ["HealthCheck"] = container.HealthCheck is { } check ? ComposeHealthCheck(check) : null,
            ["PortMappings"] =
                container.Ports.Length == 0
                    ? null
                    : new TemplateList(
                        container.Ports.Select(port =>
                            (TemplateNode)
                                new TemplateMap
                                {
                                    ["Name"] = port.Name,
                                    ["ContainerPort"] = port.Number,
                                    ["Protocol"] = "tcp",
                                    ["AppProtocol"] =
                                        port.IsTls || workload.Capacity is ExternalCapacity
                                            ? null
                                            : port.Protocol switch
                                            {
                                                PortProtocol.Http => "http",
                                                PortProtocol.Http2 => "http2",
                                                _ => null,
                                            },
                                }
                        )
                    ),
            ["MountPoints"] =
                container.Mounts.Length == 0
                    ? null
                    : new TemplateList(
                        container.Mounts.Select(mount =>
                            (TemplateNode)
                                new TemplateMap
                                {
                                    ["SourceVolume"] = mount.Volume,
                                    ["ContainerPath"] = mount.Path,
                                    ["ReadOnly"] = mount.IsReadOnly,
                                }
                        )
                    ),
            ["Environment"] =
                container.Environment.Length == 0
                    ? null
                    : new TemplateList(
                        container.Environment.Select(variable =>
                            (TemplateNode)new TemplateMap { ["Name"] = variable.Name, ["Value"] = ValueComposer.Compose(variable.Value) }
                        )
                    ),
            ["Secrets"] =
                container.Secrets.Length == 0
                    ? null
                    : new TemplateList(
                        container.Secrets.Select(variable =>
                            (TemplateNode)
                                new TemplateMap
                                {
                                    ["Name"] = variable.Name,
                                    ["ValueFrom"] = SecretComposer.Arn(application, variable.Source),
                                }
                        )
                    ),
            ["LogConfiguration"] = LogTo(application, workload, container.Name, isMain),
        };
    }

    /// <summary>
    /// The versions of the secrets that its arguments have inside: by them a changed value makes a new revision. CloudFormation resolves a
    /// reference again where another property changes, and never because the value did.
    /// </summary>
    private static TemplateMap? VersionsOf(Container container) =>
        container.SecretsInArguments.ToList() is { Count: > 0 } secrets
            ? new()
            {
                ["secret-versions"] = Fn.Sub(
                    string.Join(", ", secrets.Select(secret => $"{secret.Path} ${{{secret.VersionParameterId}}}"))
                ),
            }
            : null;

    /// <summary>How far a container is before another starts.</summary>
    private static string ConditionOf(Container container, Container first) =>
        first.EndsFirst ? "SUCCESS"
        : container.RunsOnce && first.HealthCheck is not null ? "HEALTHY"
        : "START";

    private static TemplateMap ComposeHealthCheck(ContainerHealthCheck check) =>
        new()
        {
            ["Command"] = new TemplateList(check.Command.Select(part => (TemplateNode)part)),
            ["Interval"] = (int)check.Interval.TotalSeconds,
            ["Timeout"] = (int)check.Timeout.TotalSeconds,
            ["Retries"] = check.Retries,
            ["StartPeriod"] = (int)check.StartPeriod.TotalSeconds,
        };

    /// <summary>
    /// One log group a workload, a stream a container and task. What cannot be written is dropped: a log never stops a service.
    /// </summary>
    internal static TemplateMap LogTo(FargateApplication application, Workload workload, string stream, bool isNonBlocking)
    {
        var options = new TemplateMap
        {
            ["awslogs-group"] = application.Safeguards.KeepsLogs
                ? application.LogGroupOf(workload)
                : Fn.Ref(ServiceComposer.LogGroupId(workload)),
            ["awslogs-region"] = Fn.Region,
            ["awslogs-stream-prefix"] = stream,
            ["mode"] = isNonBlocking ? "non-blocking" : null,
            ["max-buffer-size"] = isNonBlocking ? "10m" : null,
        };
        return new() { ["LogDriver"] = "awslogs", ["Options"] = options };
    }
}
