using Aspire.Hosting;
using Hosting.Fargate.Deploying.Tasks;
using Microsoft.Extensions.Configuration;

namespace Hosting.Fargate.Deploying.Verbs;

/// <summary>
/// <c>run TASK [-- ARGUMENT…]</c>: a task of the deployed application, once, now. <c>run DATABASE -- STATEMENT</c>: a statement on a
/// database of it.
/// </summary>
internal sealed class RunVerb(Verb verb)
{
    public async Task ExecuteAsync()
    {
        var stack = await RunnableTask.StackAsync(verb.Session, verb.CancellationToken);
        var (tasks, shells) = (RunnableTask.Of(verb.Session.Name, stack), DeployedShell.Of(stack));
        var name = verb.Configuration["Fargate:Task"]
            ?? throw new DistributedApplicationException(
                $"Which task? run TASK [-- ARGUMENT…]. {RunnableTask.Describe(tasks)}{DeployedShell.Describe(shells)}"
            );
        var arguments = verb
            .Configuration.GetSection("Fargate:Arguments")
            .GetChildren()
            .OrderBy(child => int.TryParse(child.Key, out var index) ? index : int.MaxValue)
            .Select(child => child.Value ?? "")
            .ToList();
        if (tasks.FirstOrDefault(task => task.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            await RunAsync(found, arguments);
            return;
        }

        var shell = shells.FirstOrDefault(shell => shell.Has(name))
            ?? throw new DistributedApplicationException(
                $"There is no task '{name}' in '{verb.Session.Name}'. {RunnableTask.Describe(tasks)}{DeployedShell.Describe(shells)}"
            );
        try
        {
            await RunAsync(shell.TaskFor(name, string.Join(' ', arguments)), []);
        }
        catch (TaskFailedException failure) when (failure.ExitCode is { } code)
        {
            // What a client ends with says what it could not do: to connect, or to run the statement.
            verb.FailsWith = code;
            throw;
        }
    }

    private Task RunAsync(RunnableTask task, List<string> arguments) =>
        verb.PhaseAsync(task.Name, () => new TaskRun(verb.Session).RunAsync(task, arguments, verb.CancellationToken), _ => "exit 0");
}
