using Hosting.Fargate.Application;

namespace Hosting.Fargate.Deploying.Tasks;

/// <summary>
/// A part of a deploy that comes before all else rolls. Tasks that run one after the other once the services are there that they need:
/// those that they refer to or wait for, and what those need in turn. Or servers that are made or changed, and no task.
/// </summary>
/// <param name="Tasks">The tasks.</param>
/// <param name="Prepared">These and those of the stages before, with what they are on AWS.</param>
/// <param name="Services">The names of the services that have rolled before them.</param>
internal sealed record DeployStage(IReadOnlyList<TaskSpec> Tasks, IReadOnlyList<TaskSpec> Prepared, IReadOnlySet<string> Services)
{
    /// <summary>The names of the databases, caches and brokers that are made or changed, whoever calls them.</summary>
    public IReadOnlyList<string> Servers { get; private init; } = [];

    /// <summary>Servers that are made before anything calls them, or changed in more than one step.</summary>
    public static DeployStage OfServers(IEnumerable<string> names) =>
        new([], [], new HashSet<string>(StringComparer.Ordinal)) { Servers = [.. names] };

    /// <summary>The tasks that run once in a deploy, in their order: a stage goes on as long as no task needs another service.</summary>
    public static IReadOnlyList<DeployStage> OfTasks(FargateApplication application)
    {
        List<DeployStage> stages = [];
        var services = application.Services.ToDictionary(service => service.Name, StringComparer.Ordinal);
        List<TaskSpec> prepared = [];
        SortedSet<string> needed = new(StringComparer.Ordinal);
        foreach (var task in application.Tasks.Where(task => task.Schedule is null))
        {
            var before = needed.Count;
            Add(task);
            prepared.Add(task);
            if (stages.Count > 0 && needed.Count == before)
            {
                stages[^1] = new DeployStage([.. stages[^1].Tasks, task], [.. prepared], stages[^1].Services);
            }
            else
            {
                stages.Add(new DeployStage([task], [.. prepared], needed.ToHashSet(StringComparer.Ordinal)));
            }
        }

        return stages;

        void Add(Workload workload)
        {
            foreach (var name in workload.After.Where(needed.Add))
            {
                Add(services[name]);
            }
        }
    }
}
