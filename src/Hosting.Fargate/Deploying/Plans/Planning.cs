using Aspire.Hosting;
using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Deploying.Foundation;
using Hosting.Fargate.Deploying.Removal;
using Hosting.Fargate.Deploying.Secrets;
using Hosting.Fargate.Deploying.Verbs;
using Hosting.Fargate.Images;
using Hosting.Fargate.Stacks;

namespace Hosting.Fargate.Deploying.Plans;

/// <summary>Finds what a deploy would do to both stacks, and changes nothing.</summary>
internal sealed class Planning(PublishedVerb verb, GivenValues given)
{
    private readonly DeploySession _session = verb.Deployment;
    private readonly List<string> _notes = [];

    /// <exception cref="DistributedApplicationException">What is deployed cannot become what is wanted.</exception>
    public async Task<Plan> MakeAsync()
    {
        var foundation = await _session.Stacks.FindAsync(_session.Application.FoundationName, verb.CancellationToken);
        var live = await _session.Stacks.FindAsync(_session.Application.Name, verb.CancellationToken);
        if (live?.IsDeadEnd(isDisposable: true) == true)
        {
            // A deploy deletes it first.
            var kept = new KeptDatabases(_session, verb.Configuration[DataLoss.Key]);
            _notes.AddRange((await kept.ProblemsAsync(live, verb.CancellationToken)).Select(problem => $"CAREFUL: {problem}"));
            live = null;
        }

        var before = live is { HoldsResources: true } ? await _session.Stacks.TemplateAsync(live, verb.CancellationToken) : null;
        if (await _session.ProblemOfChangeAsync(live, before, verb.CancellationToken) is { } problem)
        {
            throw new DistributedApplicationException(problem);
        }

        var left = LeftServers.Of(before, _session.Root, verb.Configuration[DataLoss.Key]);
        var foundationChanges = await FoundationAsync(foundation);
        if (foundationChanges.Any(change => change.Kind is ChangeKind.Replace or ChangeKind.MayReplace) && before is not null)
        {
            _notes.Add(
                $"What refers in '{_session.Application.Name}' to what is replaced in '{_session.Application.FoundationName}' gets its new name in the same deploy."
            );
        }

        List<string> unread = [];
        var secrets = await new SecretValues(_session.Aws.Secrets, _session.Application, given, _session.Time).ChangedAsync(
            unread,
            verb.CancellationToken
        );
        _notes.AddRange(
            unread.Select(path =>
                $"Whether the secret '{path}' differs is not known: whoever plans may not read it (secretsmanager:GetSecretValue)."
            )
        );
        _notes.AddRange(
            _session
                .Application.Brokers.Where(broker =>
                    secrets.Contains(broker.Password.Path) && before?.At("Resources", broker.ResourceId) is not null
                )
                .Select(broker =>
                    $"CAREFUL: the broker '{broker.Name}' keeps its old password, for Amazon MQ changes none, and services get the new one. Give "
                    + "its user the new one first, in RabbitMQ's own management."
                )
        );
        var images = await verb.Images.PlanAsync(_session.Application, verb.Model, name => given[name], verb.CancellationToken);
        var sites = await verb.Sites.PlanAsync(foundation, given, verb.CancellationToken);
        var (edgeChanges, edge) = await EdgeAsync(foundation, live);
        IReadOnlyList<PlannedChange> applicationChanges = await ApplicationAsync(foundation, live, before, left, images, secrets, edge);
        if (applicationChanges.Any(change => change is { Type: "AWS::CloudFront::VpcOrigin", Kind: ChangeKind.Add or ChangeKind.Remove }))
        {
            _notes.Add("CloudFront takes its time: the distribution some 5 minutes, the way to the load balancer up to 15.");
        }
        else if (applicationChanges.Any(change => change is { Type: "AWS::CloudFront::Distribution", Kind: not ChangeKind.Follow }))
        {
            _notes.Add("CloudFront takes some 5 minutes for a distribution.");
        }

        using (var calls = new PlainCalls(_session.Aws, _session.Account))
        {
            _notes.AddRange(
                await DatabaseSnapshots.OfEarlierAsync(calls, _session.Application, applicationChanges, verb.CancellationToken)
            );
        }

        _notes.AddRange(left.Lines);
        await TellUnprotectedAsync(live, before, left);
        return new Plan
        {
            Changes = [.. foundationChanges, .. edgeChanges, .. applicationChanges],
            EdgeStack = _session.Application.EdgeName,
            Secrets = secrets,
            Images = images,
            Sites = [.. sites.Where(site => site.IsSwitched).Select(site => site.ToString())],
            Tasks = [.. _session.Application.Tasks.Where(task => task.Schedule is null).Select(task => task.Name)],
            CostBefore = ApplicationRollout.CostOf(before),
            CostAfter = CostRange.Of(verb.Publication.Cost),
            Protected = DatabaseProtection.In(before).ToHashSet(StringComparer.Ordinal),
            Notes = [.. _notes],
            MadeOf = live is { CanTakeChangeSet: true } ? live.ChangeSetId : null,
        };
    }

    /// <summary>Databases that somebody has taken the protection from which their template has, or a deploy that was cut off.</summary>
    private async Task TellUnprotectedAsync(LiveStack? live, TemplateMap? before, LeftServers left)
    {
        if (live is { HoldsResources: true })
        {
            using var protection = new DeletionProtection(_session);
            var wanted = DatabaseProtection.In(before).Intersect(DatabaseProtection.In(left.Template));
            _notes.AddRange(
                (await protection.MissingAsync(live, wanted, verb.CancellationToken)).Select(database =>
                    $"The database '{database.Name}' is without the deletion protection that its template has: a deploy turns it on."
                )
            );
        }
    }

    private async Task<IReadOnlyList<PlannedChange>> FoundationAsync(LiveStack? foundation)
    {
        var name = _session.Application.FoundationName;
        var before = foundation is { HoldsResources: true }
            ? await _session.Stacks.TemplateAsync(foundation, verb.CancellationToken)
            : null;
        FoundationTemplates.RefuseChanges(name, before, _session.Foundation);
        var kept = await new KeptResources(_session.Aws, _session.Account).FindAsync(before, _session.Foundation, verb.CancellationToken);
        if (before is null || kept.Count > 0 || !foundation!.CanTakeChangeSet)
        {
            var ids = kept.Select(resource => resource.Id).ToHashSet(StringComparer.Ordinal);
            return
            [
                .. TemplateComparison
                    .Changes(name, before, _session.Foundation)
                    .Select(change => ids.Contains(change.Id) ? change with { Kind = ChangeKind.Import } : change),
            ];
        }

        var source = await _session.Store.SourceAsync(_session.Foundation, _session.TemplatesBucket(foundation), verb.CancellationToken);
        return await ByChangeSetAsync(new StackTarget(name, source, []), foundation);
    }

    /// <summary>What happens to the stack in us-east-1, and what it gives.</summary>
    private async Task<(IReadOnlyList<PlannedChange> Changes, IReadOnlyDictionary<string, string> Outputs)> EdgeAsync(
        LiveStack? foundation,
        LiveStack? live
    )
    {
        if (_session.Templates.Edge is null && !EdgeRollout.MayBeThere(foundation, live))
        {
            return ([], new Dictionary<string, string>());
        }

        using var rollout = new EdgeRollout(_session);
        var planned = await rollout.PlanAsync(_session.Templates.Edge, verb.CancellationToken);
        if (
            planned.Changes.Any(change =>
                change is { Type: "AWS::CertificateManager::Certificate", Kind: ChangeKind.Add or ChangeKind.Replace }
            )
        )
        {
            _notes.Add("A certificate is there once its records are seen: minutes.");
        }

        return planned;
    }

    private async Task<IReadOnlyList<PlannedChange>> ApplicationAsync(
        LiveStack? foundation,
        LiveStack? live,
        TemplateMap? before,
        LeftServers left,
        IReadOnlyList<DeployedImage> images,
        IReadOnlyList<string> secrets,
        IReadOnlyDictionary<string, string> ofEdgeStack
    )
    {
        var name = _session.Application.Name;
        var taken = FoundationOutputs
            .ParametersOf(_session.Application, _session.Templates.Application)
            .Concat(
                _session
                    .Templates.Nested.Append(_session.Templates.Application)
                    .SelectMany(template => FoundationImports.Of(_session.Application, template))
            );
        var isReady =
            taken.All(output => foundation?.Outputs.ContainsKey(output) == true)
            && EdgeStackComposer.Parameters(_session.Application).All(ofEdgeStack.ContainsKey);
        if (before is null || !live!.CanTakeChangeSet || !isReady)
        {
            if (before is not null)
            {
                _notes.Add(
                    $"'{name}' is compared by its template alone, since what it takes values from changes first: they are known once it has."
                );
            }

            return TemplateComparison.Changes(name, before, left.Template);
        }

        var missing = ApplicationParameters.Missing(_session.Application, given, live).ToList();
        if (missing.Count > 0)
        {
            _notes.AddRange(missing.Select(given.Missing));
            return TemplateComparison.Changes(name, before, left.Template);
        }

        var versions = await VersionsAsync(live, secrets);
        var edge = await new EdgeParameters(_session, live, verb.CancellationToken).FindAsync();
        var parameters = ApplicationParameters.Of(
            _session,
            given,
            foundation,
            live,
            images.ToDictionary(image => image.ParameterId, ReferenceOf, StringComparer.Ordinal),
            versions,
            edge.Concat(ofEdgeStack).ToDictionary(StringComparer.Ordinal)
        );
        var target = await new ApplicationRollout(_session).TargetAsync(
            foundation,
            verb.Publication.Cost,
            parameters,
            left,
            verb.CancellationToken
        );
        return await ByChangeSetAsync(target, live);
    }

    /// <summary>An image that is not pushed yet has no digest: one that no image has stands in for it.</summary>
    private string ReferenceOf(DeployedImage image) =>
        image.Reference ?? $"{RepositoryComposer.NameOf(_session.Application, image.Resource)}@sha256:{PlanText.UnknownDigest}";

    /// <summary>The versions of secrets that stay, and a stand-in for those that a deploy would put.</summary>
    private async Task<IReadOnlyDictionary<string, string>> VersionsAsync(LiveStack live, IReadOnlyList<string> changed)
    {
        Dictionary<string, string> versions = new(StringComparer.Ordinal);
        var values = new SecretValues(_session.Aws.Secrets, _session.Application, given, _session.Time);
        foreach (var secret in _session.Application.Secrets)
        {
            var isChanged = changed.Contains(secret.Path);
            if (!isChanged && await values.VersionAsync(secret, verb.CancellationToken) is { } version)
            {
                versions[secret.VersionParameterId] = version;
            }
            else if (!live.Parameters.ContainsKey(secret.VersionParameterId))
            {
                versions[secret.VersionParameterId] = "put-by-deploy-00000000000000000000";
            }
        }

        return versions;
    }

    private async Task<IReadOnlyList<PlannedChange>> ByChangeSetAsync(StackTarget target, LiveStack live)
    {
        if (await _session.ChangeSets.CreateAsync(target, live, verb.CancellationToken) is not { } changes)
        {
            return [];
        }

        await _session.ChangeSets.DiscardAsync(changes, CancellationToken.None);
        _notes.AddRange(changes.Warnings.Select(warning => $"CloudFormation warns: {warning}"));
        return PlannedChange.From(changes);
    }
}
