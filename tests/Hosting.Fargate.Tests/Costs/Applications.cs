using System.Collections.Immutable;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Tests.Costs;

/// <summary>Applications as reading would make them, by hand: each test sets what it is about.</summary>
internal static class Applications
{
    public static FargateApplication Of(params ServiceSpec[] services) =>
        new()
        {
            Name = "profiler",
            EnvironmentResource = "profiler",
            Environment = "Production",
            Network = new OwnNetwork(),
            Ingress = new Ingress(),
            Services = [.. services],
        };

    public static ServiceSpec Service(
        string name,
        int tasks = 1,
        int cpu = 512,
        int memory = 1024,
        Architecture architecture = Architecture.Arm64,
        Capacity? capacity = null,
        Scaling? scaling = null
    ) =>
        new()
        {
            Name = name,
            Declaration = $"AddProject(\"{name}\")",
            Size = new TaskSize(cpu, memory),
            Architecture = architecture,
            Capacity = capacity ?? Capacity.Fargate,
            Telemetry = Telemetry.None,
            Containers = [Container(name)],
            DesiredCount = tasks,
            Scaling = scaling,
            Deployment = DeploymentStrategy.Rolling(),
            Health = new TargetHealth("/health", "200", 10, 5, 2, 3, 60, IsOfModel: true),
        };

    public static TaskSpec Task(string name, TaskSchedule? schedule = null) =>
        new()
        {
            Name = name,
            Declaration = $"AddProject(\"{name}\")",
            Size = new TaskSize(256, 512),
            Architecture = Architecture.X64,
            Capacity = Capacity.Fargate,
            Telemetry = Telemetry.None,
            Containers = [Container(name)],
            Schedule = schedule,
        };

    public static Container Container(string name) =>
        new()
        {
            Name = name,
            Image = new BuiltImage(name, Dockerfile: null),
            Memory = 512,
        };

    public static Scaling Scaling(int minimum, int maximum, params ScalingSchedule[] schedules) =>
        new(minimum, maximum, CpuPercent: 60, MemoryPercent: null, RequestsPerTarget: null, Backlog: null, [.. schedules]);

    public static ServiceSpec External(this ServiceSpec service, params RouteRule[] rules) =>
        service with
        {
            Routes =
            [
                new Route(
                    new ContainerPort("http", 8080, PortProtocol.Http),
                    rules.Length == 0 ? [new RouteRule(null, null, 50_000)] : [.. rules]
                ),
            ],
        };

    public static T WithSecrets<T>(this T workload, params SecretVariable[] secrets)
        where T : Workload =>
        workload with
        {
            Containers = [workload.Main with { Secrets = [.. secrets] }, .. workload.Containers.Skip(1)],
        };

    public static SecretSpec Secret(string name, bool isGenerated = false) => new(name, ValueFormat.AsIs, Description: null, isGenerated);
}
