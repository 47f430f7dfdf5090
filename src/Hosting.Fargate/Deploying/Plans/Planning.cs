using Aspire.Hosting;
using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Deploying.Foundation;
using Hosting.Fargate.Deploying.Removal;
using Hosting.Fargate.Deploying.Secrets;
using Hosting.Fargate.Deploying.Verbs;
using Hosting.Fargate.Stacks;

namespace Hosting.Fargate.Deploying.Plans;

/// <summary>Finds what a deploy would do to both stacks, and changes nothing. What does not need each other is looked up at once.</summary>
internal sealed class Planning(PublishedVerb verb, GivenValues given)
{
    private readonly DeploySession _session = verb.Deployment;

    private CancellationToken CancellationToken => verb.CancellationToken;

    /// <exception cref="DistributedApplicationException">What is deployed cannot become what is wanted.</exception>
    public async Task<Plan> MakeAsync()
    {
        var (foundation, live) = await _session.FindAsync(CancellationToken);
        List<string> notes = [];
        if (live?.IsDeadEnd(isDisposable: true) == true)
        {
            // A deploy deletes it first.
            var kept = new KeptDatabases(_session, verb.Configuration[DataLoss.Key]);
            notes.AddRange((await kept.ProblemsAsync(live, CancellationToken)).Select(problem => $"CAREFUL: {problem}"));
            live = null;
        }

        var before = live is { HoldsResources: true } ? await _session.Stacks.TemplateAsync(live, CancellationToken) : null;
        if (await _session.ProblemOfChangeAsync(live, before, CancellationToken) is { } problem)
        {
            throw new DistributedApplicationException(problem);
        }

        var foundationBefore = foundation is { HoldsResources: true }
            ? await _session.Stacks.TemplateAsync(foundation, CancellationToken)
            : null;
        FoundationTemplates.RefuseChanges(_session.Application.FoundationName, foundationBefore, _session.Foundation);
        var left = LeftServers.Of(before, _session.Root, verb.Configuration[DataLoss.Key]);

        var (ofFoundation, rest) = await BothAsync(FoundationAsync(foundation, foundationBefore), cancellationToken =>
            RestAsync(foundation, live, before, left, cancellationToken)
        );
        notes.AddRange(ofFoundation.Notes);
        if (ofFoundation.Changes.Any(change => change.Kind is ChangeKind.Replace or ChangeKind.MayReplace) && before is not null)
        {
            notes.Add(
                $"What refers in '{_session.Application.Name}' to what is replaced in '{_session.Application.FoundationName}' gets its new name in the same deploy."
            );
        }

        notes.AddRange(rest.Notes);
        notes.AddRange(left.Lines);
        notes.AddRange(await UnprotectedAsync(live, before, left));
        return rest with
        {
            Changes = [.. ofFoundation.Changes, .. rest.Changes],
            EdgeStack = _session.Application.EdgeName,
            Tasks = [.. _session.Application.Tasks.Where(task => task.Schedule is null).Select(task => task.Name)],
            CostBefore = ApplicationRollout.CostOf(before),
            CostAfter = CostRange.Of(verb.Publication.Cost),
            Protected = DatabaseProtection.In(before).ToHashSet(StringComparer.Ordinal),
            Notes = notes,
            MadeOf = live is { CanTakeChangeSet: true } ? live.ChangeSetId : null,
        };
    }

    /// <summary>
    /// The foundation's to its end, for it takes back the change set that it has made; the rest, which may build for long, until that
    /// fails.
    /// </summary>
    private async Task<(StackPlan Foundation, Plan Others)> BothAsync(
        Task<StackPlan> ofFoundation,
        Func<CancellationToken, Task<Plan>> planRest
    )
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(CancellationToken);
        var ofRest = planRest(stopping.Token);
        try
        {
            return (await ofFoundation, await ofRest);
        }
        catch
        {
            await stopping.CancelAsync();
            await ((Task)ofRest).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private async Task<StackPlan> FoundationAsync(LiveStack? foundation, TemplateMap? before)
    {
        var name = _session.Application.FoundationName;
        var kept = await new KeptResources(_session.Aws, _session.Account).FindAsync(before, _session.Foundation, CancellationToken);
        if (before is null || kept.Count > 0 || !foundation!.CanTakeChangeSet)
        {
            var ids = kept.Select(resource => resource.Id).ToHashSet(StringComparer.Ordinal);
            return new StackPlan([
                .. TemplateComparison
                    .Changes(name, before, _session.Foundation)
                    .Select(change => ids.Contains(change.Id) ? change with { Kind = ChangeKind.Import } : change),
            ]);
        }

        var source = _session.Store.Source(_session.Foundation, _session.TemplatesBucket(foundation));
        return await StackPlan.OfChangeSetAsync(_session, new StackTarget(name, source, []), foundation, CancellationToken);
    }

    /// <summary>Everything but the foundation.</summary>
    private async Task<Plan> RestAsync(
        LiveStack? foundation,
        LiveStack? live,
        TemplateMap? before,
        LeftServers left,
        CancellationToken cancellationToken
    )
    {
        List<string> unread = [];
        var comparing = new SecretValues(_session.Aws.Secrets, _session.Application, given, _session.Time).ChangedAsync(
            unread,
            cancellationToken
        );
        var sending = verb.Sites.PlanAsync(foundation, given, cancellationToken);
        var askingEdge = EdgeAsync(foundation, live, cancellationToken);
        await Task.WhenAll(comparing, sending, askingEdge);
        var (secrets, sites, (edge, ofEdge)) = (await comparing, await sending, await askingEdge);
        var images = await verb.Images.PlanAsync(_session.Application, verb.Model, name => given[name], cancellationToken);
        var application = await new ApplicationPlan(verb, given, foundation, live, left).MakeAsync(
            before,
            images,
            secrets,
            ofEdge,
            cancellationToken
        );
        using var calls = new PlainCalls(_session.Aws, _session.Account);
        return new Plan
        {
            Changes = [.. edge.Changes, .. application.Changes],
            Secrets = secrets,
            Images = images,
            Sites = [.. sites.Where(site => site.IsSwitched).Select(site => site.ToString())],
            Notes =
            [
                .. unread.Select(path =>
                    $"Whether the secret '{path}' differs is not known: whoever plans may not read it (secretsmanager:GetSecretValue)."
                ),
                .. OfBrokers(secrets, before),
                .. edge.Notes,
                .. application.Notes,
                .. await DatabaseSnapshots.OfEarlierAsync(calls, _session.Application, application.Changes, cancellationToken),
            ],
        };
    }

    private IEnumerable<string> OfBrokers(IReadOnlyList<string> secrets, TemplateMap? before) =>
        _session
            .Application.Brokers.Where(broker =>
                secrets.Contains(broker.Password.Path) && before?.At("Resources", broker.ResourceId) is not null
            )
            .Select(broker =>
                $"CAREFUL: the broker '{broker.Name}' keeps its old password, for Amazon MQ changes none, and services get the new one. Give "
                + "its user the new one first, in RabbitMQ's own management."
            );

    /// <summary>What happens to the stack in us-east-1, and what it gives.</summary>
    private async Task<(StackPlan Plan, IReadOnlyDictionary<string, string> Outputs)> EdgeAsync(
        LiveStack? foundation,
        LiveStack? live,
        CancellationToken cancellationToken
    )
    {
        if (_session.Templates.Edge is null && !EdgeRollout.MayBeThere(foundation, live))
        {
            return (new StackPlan([]), new Dictionary<string, string>());
        }

        using var rollout = new EdgeRollout(_session);
        var (changes, outputs) = await rollout.PlanAsync(_session.Templates.Edge, cancellationToken);
        var makesCertificate = changes.Any(change =>
            change is { Type: "AWS::CertificateManager::Certificate", Kind: ChangeKind.Add or ChangeKind.Replace }
        );
        return (
            new StackPlan(changes) { Notes = makesCertificate ? ["A certificate is there once its records are seen: minutes."] : [] },
            outputs
        );
    }

    /// <summary>Databases that somebody has taken the protection from which their template has, or a deploy that was cut off.</summary>
    private async Task<IEnumerable<string>> UnprotectedAsync(LiveStack? live, TemplateMap? before, LeftServers left)
    {
        if (live is not { HoldsResources: true })
        {
            return [];
        }

        using var protection = new DeletionProtection(_session);
        var wanted = DatabaseProtection.In(before).Intersect(DatabaseProtection.In(left.Template));
        return (await protection.MissingAsync(live, wanted, CancellationToken)).Select(database =>
            $"The database '{database.Name}' is without the deletion protection that its template has: a deploy turns it on."
        );
    }
}
