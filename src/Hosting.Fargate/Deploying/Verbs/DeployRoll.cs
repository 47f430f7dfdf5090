using Amazon.CloudFormation.Model;
using Aspire.Hosting;
using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Deploying.Foundation;
using Hosting.Fargate.Deploying.Plans;
using Hosting.Fargate.Deploying.Removal;
using Hosting.Fargate.Deploying.Rollouts;
using Hosting.Fargate.Deploying.Secrets;
using Hosting.Fargate.Deploying.Tasks;
using Hosting.Fargate.Images;
using Hosting.Fargate.Stacks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Deploying.Verbs;

/// <summary>
/// The part of <c>deploy</c> that changes what runs: new databases, caches and brokers, tasks that run once, with the services that they
/// need, and then all others.
/// </summary>
internal sealed class DeployRoll(PublishedVerb verb)
{
    private readonly DeploySession _session = verb.Deployment;

    /// <summary>The databases, caches and brokers that this deploy makes.</summary>
    private IReadOnlyList<NewServer> _made = [];

    /// <summary>The names of caches that one change of the stack does not bring to where they are to be.</summary>
    private IReadOnlyList<string> _inTwoSteps = [];

    /// <summary>The logical ids of databases that this deploy makes anew, without what is in them.</summary>
    private IReadOnlySet<string> _madeAnew = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>What is wanted, with what has left the model and stays.</summary>
    private LeftServers _left = new([], [], []);

    private FargateApplication Application => _session.Application;

    /// <summary>Makes what holds data, runs what runs once, and rolls.</summary>
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
        _left = LeftServers.Of(before, _session.Root, verb.Configuration[DataLoss.Key]);
        var target = TargetOf([]);
        var changes = plan.IsEmpty && isAsPlanned ? null : await _session.ChangeSets.CreateAsync(target, live, verb.CancellationToken);
        await RefuseDataLossAsync(changes);
        _made = changes is null ? [] : NewServer.Of(Application, before);
        _inTwoSteps = changes is null ? [] : [.. CacheFailover.Of(Application, before, _session.Root)];
        _madeAnew = MadeAnew(changes);
        if (StagesOf(before, live, parameters) is { Count: > 0 } stages)
        {
            (live, changes) = await RunStagesAsync(stages, before, live, parameters, target, changes);
        }

        if (changes is not null)
        {
            rollout.Kept = [.. _made.Select(server => server.Name)];
            await RollAsync(rollout, plan, live, target, changes, TargetOf);
        }

        await ProtectAsync();

        StackTarget TargetOf(IReadOnlyCollection<string> madeAnew) =>
            rollout.Target(foundation, verb.Publication.Cost, parameters, _left, madeAnew);
    }

    /// <summary>
    /// Executes the change of all. A database that it makes anew begins without protection, for a rollback would have to delete it; the
    /// last change gives it that, and where that does not happen any more, it is what the next deploy finds to change.
    /// </summary>
    private async Task RollAsync(
        ApplicationRollout rollout,
        Plan plan,
        LiveStack? live,
        StackTarget target,
        ChangeSet changes,
        Func<IReadOnlyCollection<string>, StackTarget> targetOf
    )
    {
        var (begun, madeAnew) = (target, MadeAnew(changes));
        if (madeAnew.Count > 0)
        {
            var unprotected = targetOf(madeAnew);
            if (await _session.ChangeSets.CreateAsync(unprotected, await UnchangedAsync(live), verb.CancellationToken) is { } others)
            {
                await _session.ChangeSets.DiscardAsync(changes, verb.CancellationToken);
                (begun, changes) = (unprotected, others);
            }
        }

        var now = await verb.PhaseAsync(
            "application",
            () => rollout.ExecuteAsync(begun, changes, verb.CancellationToken),
            _ => plan.Says(Application.Name)
        );
        if (madeAnew.Count > 0 && await _session.ChangeSets.CreateAsync(target, now, verb.CancellationToken) is { } rest)
        {
            var names = Application.Databases.Where(server => madeAnew.Contains(server.ResourceId)).Select(server => server.Name);
            await verb.PhaseAsync($"deletion protection: {string.Join(", ", names)}", () =>
                rollout.ExecuteAsync(target, rest, verb.CancellationToken)
            );
        }
    }

    /// <summary>Protects what an earlier deploy let go, and was cut off before it changed anything.</summary>
    private async Task ProtectAsync()
    {
        string[] wanted = [.. DatabaseProtection.In(_left.Template)];
        if (
            wanted.Length > 0
            && await _session.Stacks.FindAsync(Application.Name, verb.CancellationToken) is { HoldsResources: true, IsBusy: false } stack
        )
        {
            using var protection = new DeletionProtection(_session);
            await protection.RestoreAsync(stack, wanted, verb.CancellationToken);
        }
    }

    private static IReadOnlySet<string> MadeAnew(ChangeSet? changes) =>
        DataLoss.MadeAnewIn(changes is null ? [] : PlannedChange.From(changes));

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

    /// <summary>
    /// The stages of tasks, and before them one of servers that do not stand yet, or take two changes: unless the tasks that come first
    /// bring all new ones, and no service that might fail.
    /// </summary>
    private IReadOnlyList<DeployStage> StagesOf(TemplateMap? before, LiveStack? live, IReadOnlyList<Parameter> parameters)
    {
        var stages = DeployStage.OfTasks(Application);
        var areBrought =
            _made.Count == 0
            || (
                stages is [{ Services.Count: 0 } first, ..]
                && Compose(first, before, live, parameters) is var prepared
                && _made.All(server => server.IsIn(prepared.Template))
            );
        return areBrought && _inTwoSteps.Count == 0
            ? stages
            : [DeployStage.OfServers([.. _made.Select(server => server.Name), .. _inTwoSteps]), .. stages];
    }

    /// <summary>
    /// Makes new servers, and runs the tasks that come before services roll, with what they need of the new template and nothing else of
    /// it: the services that they call first.
    /// </summary>
    /// <returns>The stack, and the change set for the rest, made anew.</returns>
    private async Task<(LiveStack? Live, ChangeSet? Changes)> RunStagesAsync(
        IReadOnlyList<DeployStage> stages,
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
            return (live, null);
        }

        var now = await UnchangedAsync(live);
        return (now, await _session.ChangeSets.CreateAsync(target, now, verb.CancellationToken));
    }

    /// <summary>The stack as it is now: between two change sets somebody else may have come.</summary>
    /// <exception cref="StackBusyException">Somebody has.</exception>
    private async Task<LiveStack> UnchangedAsync(LiveStack? live)
    {
        var now = await _session.Stacks.FindAsync(Application.Name, verb.CancellationToken);
        return now is null || now.IsBusy || now.ChangeSetId != live?.ChangeSetId
            ? throw await StackBusyException.CreateAsync(_session.Stacks, now, Application.Name, null, verb.CancellationToken)
            : now;
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

    private StageTemplate Compose(DeployStage stage, TemplateMap? before, LiveStack? live, IReadOnlyList<Parameter> parameters) =>
        StageTemplate.Compose(
            Application,
            _session.Templates,
            stage,
            before,
            live?.Parameters ?? new Dictionary<string, string>(),
            parameters,
            _madeAnew
        );

    /// <summary>Takes what a stage needs into the live stack, and waits until its services are stable.</summary>
    /// <returns>The stack, and its template.</returns>
    private async Task<(LiveStack? Live, TemplateMap? Template)> PrepareAsync(
        DeployStage stage,
        TemplateMap? before,
        LiveStack? live,
        IReadOnlyList<Parameter> parameters
    )
    {
        var (template, values) = Compose(stage, before, live, parameters);
        var foundation = await _session.Stacks.FindAsync(Application.FoundationName, verb.CancellationToken);
        var source = _session.Store.Source(template, _session.TemplatesBucket(foundation));
        // The templates of nested stacks are in the bucket: the change set of all was made before.
        var target = new StackTarget(Application.Name, source, values) { HasNestedStacks = _session.HasNestedStacks };
        if (await _session.ChangeSets.CreateAsync(target, live, verb.CancellationToken) is not { } changes)
        {
            return (live, before);
        }

        var rollout = new ApplicationRollout(_session)
        {
            Kept = [.. _made.Where(server => server.IsIn(before)).Select(server => server.Name)],
        };
        var phase =
            stage.Servers.Count > 0 ? $"what holds data: {string.Join(", ", stage.Servers)}"
            : stage.Services.Count == 0 ? "what tasks need"
            : $"what tasks need: {string.Join(", ", stage.Services)}";
        return (await verb.PhaseAsync(phase, () => rollout.ExecuteAsync(target, changes, verb.CancellationToken)), template);
    }
}
