using System.Text.Json;
using Amazon.ECS.Model;
using Aspire.Hosting;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Deploying.Rollouts;
using Hosting.Fargate.Stacks;

namespace Hosting.Fargate.Deploying.Tasks;

/// <summary>A task of a deployed application, as an output of its stack says how it is started.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="Input">The input of RunTask, as <see cref="RunComposer"/> wrote it.</param>
internal sealed record RunnableTask(string Name, JsonElement Input)
{
    /// <summary>What it is told besides, by variables.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    public string Definition => Input.GetProperty("taskDefinition").GetString()!;

    /// <summary>All that are deployed, by name.</summary>
    /// <exception cref="DistributedApplicationException">There is no stack.</exception>
    public static async Task<IReadOnlyList<RunnableTask>> AllAsync(StackSession session, CancellationToken cancellationToken) =>
        Of(session.Name, await StackAsync(session, cancellationToken));

    /// <summary>The stack that has them.</summary>
    /// <exception cref="DistributedApplicationException">There is none.</exception>
    public static async Task<LiveStack> StackAsync(StackSession session, CancellationToken cancellationToken) =>
        await session.Stacks.FindAsync(session.Name, cancellationToken) is { HoldsResources: true } stack
            ? stack
            : throw new DistributedApplicationException($"'{session.Name}' is not deployed. Do that first: deploy.");

    /// <summary>Those of a stack, by name.</summary>
    public static IReadOnlyList<RunnableTask> Of(string application, LiveStack stack) =>
        [
            .. stack
                .Outputs.Where(output => output.Key.EndsWith(RunComposer.Ending, StringComparison.Ordinal) && output.Value.StartsWith('{'))
                .Select(output => Parse(application, output.Value))
                .OrderBy(task => task.Name, StringComparer.Ordinal),
        ];

    /// <exception cref="DistributedApplicationException">It is not deployed.</exception>
    public static async Task<RunnableTask> FindAsync(StackSession session, string name, CancellationToken cancellationToken)
    {
        var tasks = await AllAsync(session, cancellationToken);
        return tasks.FirstOrDefault(task => task.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new DistributedApplicationException($"There is no task '{name}' in '{session.Name}'. {Describe(tasks)}");
    }

    public static string Describe(IReadOnlyList<RunnableTask> tasks) =>
        tasks.Count == 0
            ? "None is deployed: a project or container becomes one with PublishAsFargateTask(), and 'deploy' makes its task definition."
            : $"There are: {string.Join(", ", tasks.Select(task => task.Name))}.";

    /// <summary>What starts it.</summary>
    public RunTaskRequest Request()
    {
        var request = new RunTaskRequest
        {
            Cluster = Input.GetProperty("cluster").GetString(),
            TaskDefinition = Definition,
            LaunchType = Text(Input, "launchType"),
            PropagateTags = Text(Input, "propagateTags"),
            EnableECSManagedTags = Input.GetProperty("enableECSManagedTags").GetBoolean(),
        };
        if (Input.TryGetProperty("capacityProviderStrategy", out var strategy))
        {
            request.CapacityProviderStrategy =
            [
                .. strategy
                    .EnumerateArray()
                    .Select(item => new CapacityProviderStrategyItem
                    {
                        CapacityProvider = Text(item, "capacityProvider"),
                        Weight = item.GetProperty("weight").GetInt32(),
                        Base = item.TryGetProperty("base", out var onDemand) ? onDemand.GetInt32() : 0,
                    }),
            ];
        }

        if (Input.TryGetProperty("networkConfiguration", out var network))
        {
            var configuration = network.GetProperty("awsvpcConfiguration");
            request.NetworkConfiguration = new NetworkConfiguration
            {
                AwsvpcConfiguration = new AwsVpcConfiguration
                {
                    Subnets = Texts(configuration, "subnets"),
                    SecurityGroups = Texts(configuration, "securityGroups"),
                    AssignPublicIp = Text(configuration, "assignPublicIp"),
                },
            };
        }

        return request;
    }

    private static RunnableTask Parse(string application, string output)
    {
        var input = JsonElement.Parse(output);
        var revision = TaskFailure.IdOf(input.GetProperty("taskDefinition").GetString()!);
        var family = revision[..revision.LastIndexOf(':')];
        return new RunnableTask(
            family.StartsWith($"{application}-", StringComparison.Ordinal) ? family[(application.Length + 1)..] : family,
            input
        );
    }

    private static string? Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static List<string> Texts(JsonElement item, string name) =>
        [.. item.GetProperty(name).EnumerateArray().Select(value => value.GetString()!)];
}
