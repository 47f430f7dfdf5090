using Amazon.CloudFormation.Model;
using Aspire.Hosting;
using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Deploying.Plans;
using Hosting.Fargate.Stacks;

namespace Hosting.Fargate.Deploying;

/// <summary>
/// The stack in us-east-1 with what CloudFront has there alone. What the application takes of it is there before the application rolls;
/// alarms are told the ids of distributions once those are there; all of it is deleted after the application, or once that takes nothing of
/// it any more.
/// </summary>
internal sealed class EdgeRollout : IDisposable
{
    private readonly AwsClients _aws;
    private readonly StackSession _session;

    /// <param name="session">The application's, which may be in another region.</param>
    public EdgeRollout(StackSession session)
    {
        _aws = session.Aws.In(CloudFrontDistribution.CertificateRegion);
        _session = new StackSession(
            StackNames.EdgeOf(session.Name),
            _aws,
            session.Account with
            {
                Region = CloudFrontDistribution.CertificateRegion,
            },
            session.Token,
            session.Logger,
            session.Live,
            session.Time
        );
    }

    /// <summary>
    /// Whether there may be such a stack: as the foundation says, or, where that was pruned of it before the stack was deleted, the
    /// application that takes something of it.
    /// </summary>
    public static bool MayBeThere(LiveStack? foundation, LiveStack? application) =>
        foundation?.Outputs.ContainsKey(EdgeStackComposer.Marker) == true
        || (application is not null && EdgeStackComposer.Outputs.Any(application.Parameters.ContainsKey));

    /// <summary>What would happen to the stack, and what it gives now: nothing where it is still to be made.</summary>
    /// <param name="template">What it is to be; null where it is to go.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<(IReadOnlyList<PlannedChange> Changes, IReadOnlyDictionary<string, string> Outputs)> PlanAsync(
        Template? template,
        CancellationToken cancellationToken
    )
    {
        var live = await FindAsync(cancellationToken);
        var before = live is { HoldsResources: true }
            ? ThatIsThere(await _session.Stacks.TemplateAsync(live, cancellationToken), live)
            : null;
        return (
            TemplateComparison.Changes(_session.Name, before, template is null ? [] : TemplateJson.ToMap(template)),
            live?.Outputs ?? new Dictionary<string, string>()
        );
    }

    /// <summary>A template without the alarms on distributions that it was not told of yet, where a deploy was cut off before.</summary>
    private static TemplateMap ThatIsThere(TemplateMap template, LiveStack live)
    {
        var missing = live
            .Parameters.Where(parameter => parameter.Value.Length == 0)
            .Select(parameter => EdgeAlarms.ConditionOf(parameter.Key))
            .ToHashSet(StringComparer.Ordinal);
        var resources = new TemplateMap();
        foreach (var (id, resource) in (TemplateMap)template["Resources"]!)
        {
            resources[id] = missing.Contains(resource.At("Condition").AsText() ?? "") ? null : resource;
        }

        return new TemplateMap { ["Resources"] = resources };
    }

    /// <summary>Makes the stack, or changes it, and waits: a certificate is there once its records are seen.</summary>
    /// <param name="template">What it is to be.</param>
    /// <param name="application">The outputs of the application's stack, which have the ids of the distributions that are there.</param>
    /// <param name="whereItFails">What of the deploy is done, and what is not, where this fails.</param>
    /// <param name="cancellationToken">Ends the watching.</param>
    /// <returns>The stack.</returns>
    /// <exception cref="DistributedApplicationException">It could not be made or changed.</exception>
    public async Task<LiveStack?> ApplyAsync(
        Template template,
        IReadOnlyDictionary<string, string> application,
        string whereItFails,
        CancellationToken cancellationToken
    )
    {
        var live = await _session.Readiness.PrepareAsync(_session.Name, isDisposable: true, cancellationToken);
        var source = _session.Store.Source(TemplateJson.ToMap(template), bucket: null);
        var target = new StackTarget(
            _session.Name,
            source,
            [.. ParametersOf(template, application).Select(pair => new Parameter { ParameterKey = pair.Key, ParameterValue = pair.Value })]
        );
        if (await _session.ChangeSets.CreateAsync(target, live, cancellationToken) is not { } changes)
        {
            return live;
        }

        var (end, failure) = await _session.ExecuteAsync(changes, cancellationToken);
        return end is { HasSucceeded: true }
            ? end
            : throw new DistributedApplicationException(
                $"The stack '{_session.Name}' in {CloudFrontDistribution.CertificateRegion} could not be changed ({end?.Status.Value ?? "deleted"}): "
                    + $"{failure}. {whereItFails} Mend that and run deploy again."
            );
    }

    /// <summary>Whether the stack, as it is, has the ids of all distributions.</summary>
    public static bool IsToldOf(LiveStack? live, Template template, IReadOnlyDictionary<string, string> application) =>
        live is not null && ParametersOf(template, application).All(pair => live.Parameters.GetValueOrDefault(pair.Key) == pair.Value);

    private static IEnumerable<KeyValuePair<string, string>> ParametersOf(
        Template template,
        IReadOnlyDictionary<string, string> application
    ) => template.Parameters.Keys.Select(id => KeyValuePair.Create(id, application.GetValueOrDefault(id, "")));

    /// <summary>The stack, where there is one.</summary>
    public Task<LiveStack?> FindAsync(CancellationToken cancellationToken) => _session.Stacks.FindAsync(_session.Name, cancellationToken);

    /// <summary>Deletes the stack, which nothing uses any more.</summary>
    public async Task DeleteAsync(LiveStack stack, CancellationToken cancellationToken)
    {
        var progress = new StackProgress(_session.Logger, _session.Time, _session.Live);
        await _session.Readiness.DeleteAsync(stack, cancellationToken, events =>
        {
            progress.Report(events);
            return Task.CompletedTask;
        });
    }

    public void Dispose() => _aws.Dispose();
}
