using Amazon.ECS.Model;
using Hosting.Fargate.Application;
using Hosting.Fargate.Deploying.Tasks;

namespace Hosting.Fargate.Deploying.Rollouts;

/// <summary>
/// What must be known of a service or task to say why it failed: by the model, or by what is deployed where there is none.
/// </summary>
internal sealed record WorkloadFacts
{
    /// <summary>The name of the application.</summary>
    public required string Application { get; init; }

    /// <summary>The name of the service or task.</summary>
    public required string Name { get; init; }

    /// <summary>The container that it is there for.</summary>
    public required string Main { get; init; }

    /// <summary>Where its containers print to.</summary>
    public required string LogGroup { get; init; }

    /// <summary>The memory of its containers in MiB, by name.</summary>
    public required IReadOnlyDictionary<string, int?> Memory { get; init; }

    /// <summary>What its tasks run on: <c>arm64</c> or <c>x64</c>.</summary>
    public required string Processor { get; init; }

    /// <summary>The network of the model; null where the model is not known.</summary>
    public NetworkPlan? Network { get; init; }

    /// <summary>The service of the model; null for a task, and where the model is not known.</summary>
    public Hosting.Fargate.Application.ServiceSpec? Service { get; init; }

    public static WorkloadFacts Of(FargateApplication application, Workload workload) =>
        new()
        {
            Application = application.Name,
            Name = workload.Name,
            Main = workload.Main.Name,
            LogGroup = application.LogGroupOf(workload),
            Memory = workload.Containers.ToDictionary(
                container => container.Name,
                container => (int?)container.Memory,
                StringComparer.Ordinal
            ),
            Processor = workload.Architecture == Architecture.Arm64 ? "arm64" : "x64",
            Network = application.Network,
            Service = workload as Hosting.Fargate.Application.ServiceSpec,
        };

    /// <summary>Of a task by its task definition.</summary>
    public static async Task<WorkloadFacts> ReadAsync(StackSession session, RunnableTask task, CancellationToken cancellationToken)
    {
        var answer = await session.Aws.Ecs.DescribeTaskDefinitionAsync(
            new DescribeTaskDefinitionRequest { TaskDefinition = task.Definition },
            cancellationToken
        );
        var containers = answer.TaskDefinition.ContainerDefinitions ?? [];
        var main = containers.Find(container => container.Name == task.Name) ?? containers[0];
        return new()
        {
            Application = session.Name,
            Name = task.Name,
            Main = main.Name,
            LogGroup = main.LogConfiguration?.Options?.GetValueOrDefault("awslogs-group") ?? TaskLog.GroupOf(session.Name, task.Name),
            Memory = containers.ToDictionary(container => container.Name, container => container.Memory, StringComparer.Ordinal),
            Processor = answer.TaskDefinition.RuntimePlatform?.CpuArchitecture?.Value == "ARM64" ? "arm64" : "x64",
        };
    }
}
