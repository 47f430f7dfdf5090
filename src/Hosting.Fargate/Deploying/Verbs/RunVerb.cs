using Aspire.Hosting;
using Hosting.Fargate.Deploying.Tasks;
using Microsoft.Extensions.Configuration;

namespace Hosting.Fargate.Deploying.Verbs;

/// <summary><c>run TASK [-- ARGUMENT…]</c>: a task of the deployed application, once, now.</summary>
internal sealed class RunVerb(Verb verb)
{
    public async Task ExecuteAsync()
    {
        var name = verb.Configuration["Fargate:Task"]
            ?? throw new DistributedApplicationException(
                $"Which task? run TASK [-- ARGUMENT…]. {RunnableTask.Describe(await RunnableTask.AllAsync(verb.Session, verb.CancellationToken))}"
            );
        var task = await RunnableTask.FindAsync(verb.Session, name, verb.CancellationToken);
        var arguments = verb
            .Configuration.GetSection("Fargate:Arguments")
            .GetChildren()
            .OrderBy(child => int.TryParse(child.Key, out var index) ? index : int.MaxValue)
            .Select(child => child.Value ?? "")
            .ToList();
        await verb.PhaseAsync(
            task.Name,
            () => new TaskRun(verb.Session).RunAsync(task.Name, arguments, verb.CancellationToken),
            _ => "exit 0"
        );
    }
}
