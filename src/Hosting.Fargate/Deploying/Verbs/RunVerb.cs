using Aspire.Hosting;
using Hosting.Fargate.Deploying.Tasks;
using Microsoft.Extensions.Configuration;

namespace Hosting.Fargate.Deploying.Verbs;

/// <summary><c>run TASK [-- ARGUMENT…]</c>: a task of the deployed application, once, now.</summary>
internal sealed class RunVerb(PublishedVerb verb)
{
    public async Task ExecuteAsync()
    {
        var tasks = verb.Deployment.Application.Tasks;
        var names = tasks.Length == 0
            ? "The model has none: a project or container becomes one with PublishAsFargateTask()."
            : $"There are: {string.Join(", ", tasks.Select(task => task.Name))}.";
        var name = verb.Configuration["Fargate:Task"] ?? throw new DistributedApplicationException($"Which task? run TASK [-- ARGUMENT…]. {names}");
        var task = tasks.FirstOrDefault(task => task.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new DistributedApplicationException($"There is no task '{name}' in '{verb.Deployment.Application.Name}'. {names}");
        var arguments = verb.Configuration.GetSection("Fargate:Arguments").GetChildren()
            .OrderBy(child => int.TryParse(child.Key, out var index) ? index : int.MaxValue)
            .Select(child => child.Value ?? "")
            .ToList();
        await verb.PhaseAsync(task.Name, () => new TaskRun(verb.Deployment).RunAsync(task, arguments, verb.CancellationToken), _ => "exit 0");
    }
}
