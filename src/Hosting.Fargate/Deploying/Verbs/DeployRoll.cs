using Amazon.CloudFormation.Model;
using Aspire.Hosting;
using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Deploying.Foundation;
using Hosting.Fargate.Deploying.Plans;
using Hosting.Fargate.Deploying.Rollouts;
using Hosting.Fargate.Deploying.Secrets;
using Hosting.Fargate.Deploying.Tasks;
using Hosting.Fargate.Images;
using Hosting.Fargate.Stacks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Deploying.Verbs;

/// <summary>The part of <c>deploy</c> that changes what runs: tasks that run once, with the services that they need, and then all others.</summary>
internal sealed class DeployRoll(PublishedVerb verb)
{
    private readonly DeploySession _session = verb.Deployment;

    private FargateApplication Application => _session.Application;

    /// <summary>Runs what runs once, and rolls.</summary>
    public async Task ExecuteAsync(Plan plan, LiveStack foundation, LiveStack? live, IReadOnlyList<Parameter> parameters)
    {
        var isAsPlanned = plan.MadeOf is not null && live?.ChangeSetId == plan.MadeOf;
        if (plan.MadeOf is not null && !isAsPlanned)
        {
            // What was agreed to was a change of something else.
            throw await StackBusyException.CreateAsync(_session.Stacks, live, Application.Name, null, verb.CancellationToken);
        }

        var rollout = new ApplicationRollout(_session);
        var before = live is { HoldsResources: true } ? await _session.Stacks.TemplateAsync(live, verb.CancellationToken) : null;
        var target = await rollout.TargetAsync(foundation, verb.Publication.Cost, parameters, verb.CancellationToken);
        var changes = plan.IsEmpty && isAsPlanned ? null : await _session.ChangeSets.CreateAsync(target, live, verb.CancellationToken);
        await RefuseDataLossAsync(changes);
        if (TaskStage.Of(Application) is { Count: > 0 } stages)
        {
            changes = await RunTasksAsync(stages, before, live, parameters, target, changes);
        }

        if (changes is not null)
        {
            await verb.PhaseAsync(
                "application",
                () => rollout.ExecuteAsync(target, changes, verb.CancellationToken),
                _ => plan.Says(Application.Name)
            );
        }
    }

    /// <summary>What CloudFormation itself says: the plan may be of templates alone, which do not tell what a parameter changes.</summary>
    private async Task RefuseDataLossAsync(ChangeSet? changes)
    {
        try
        {
            DataLoss.Refuse(
                changes is null ? [] : PlannedChange.From(changes),
                Application,
                verb.Configuration[DataLoss.Key],
                $"'{Application.Name}' was not changed."
            );
        }
        catch (DistributedApplicationException)
        {
            await _session.ChangeSets.DiscardAsync(changes!, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Runs the tasks that come before services roll, with what they need of the new template and nothing else of it: the services that they call first.</summary>
    /// <returns>The change set for the rest, made anew.</returns>
    private async Task<ChangeSet?> RunTasksAsync(
        IReadOnlyList<TaskStage> stages,
        TemplateMap? before,
        LiveStack? live,
        IReadOnlyList<Parameter> parameters,
        StackTarget target,
        ChangeSet? planned
    )
    {
        foreach (var stage in stages)
        {
            if (planned is not null)
            {
                (live, before) = await PrepareAsync(stage, before, live, parameters);
            }

            foreach (var task in stage.Tasks)
            {
                var run = new TaskRun(_session, NothingElse(planned is null ? [] : stage.Services));
                await verb.PhaseAsync(task.Name, () => run.RunAsync(task.Name, [], verb.CancellationToken), _ => "exit 0");
            }
        }

        if (planned is null)
        {
            return null;
        }

        // Between two change sets somebody else may have come.
        var now = await _session.Stacks.FindAsync(Application.Name, verb.CancellationToken);
        if (now is null || now.IsBusy || now.ChangeSetId != live?.ChangeSetId)
        {
            throw await StackBusyException.CreateAsync(_session.Stacks, now, Application.Name, null, verb.CancellationToken);
        }

        return await _session.ChangeSets.CreateAsync(target, now, verb.CancellationToken);
    }

    /// <summary>What a task's failure means.</summary>
    /// <param name="rolled">The services that have rolled for it.</param>
    private static string NothingElse(IReadOnlyCollection<string> rolled) =>
        "so nothing else of the deploy was done: no service has changed"
        + (
            rolled.Count == 0
                ? "."
                : $" but {string.Join(" and ", rolled.Order(StringComparer.Ordinal).Select(name => $"'{name}'"))}, "
                    + $"which came first since tasks need {(rolled.Count == 1 ? "it" : "them")}."
        );

    /// <summary>Takes what the tasks of a stage need into the live stack, and waits until its services are stable.</summary>
    /// <returns>The stack, and its template.</returns>
    private async Task<(LiveStack? Live, TemplateMap? Template)> PrepareAsync(
        TaskStage stage,
        TemplateMap? before,
        LiveStack? live,
        IReadOnlyList<Parameter> parameters
    )
    {
        var (template, values) = RunOnceTemplate.Compose(
            Application,
            _session.Templates,
            stage,
            before,
            live?.Parameters ?? new Dictionary<string, string>(),
            parameters
        );
        var foundation = await _session.Stacks.FindAsync(Application.FoundationName, verb.CancellationToken);
        var source = await _session.Store.SourceAsync(template, _session.TemplatesBucket(foundation), verb.CancellationToken);
        var target = new StackTarget(Application.Name, source, values) { HasNestedStacks = _session.HasNestedStacks };
        if (await _session.ChangeSets.CreateAsync(target, live, verb.CancellationToken) is not { } changes)
        {
            return (live, before);
        }

        var rollout = new ApplicationRollout(_session);
        var phase = stage.Services.Count == 0 ? "what tasks need" : $"what tasks need: {string.Join(", ", stage.Services)}";
        return (await verb.PhaseAsync(phase, () => rollout.ExecuteAsync(target, changes, verb.CancellationToken)), template);
    }
}
