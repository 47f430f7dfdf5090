using Aspire.Hosting;
using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Deploying.Plans;
using Hosting.Fargate.Stacks;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Deploying;

/// <summary>The stack in us-east-1 with what CloudFront takes from there alone: made before the application rolls, deleted after it is gone.</summary>
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
            session.Live
        );
    }

    /// <summary>What would happen to the stack, and what it gives now: nothing where it is still to be made.</summary>
    /// <param name="template">What it is to be.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<(IReadOnlyList<PlannedChange> Changes, IReadOnlyDictionary<string, string> Outputs)> PlanAsync(
        Template template,
        CancellationToken cancellationToken
    )
    {
        var live = await _session.Stacks.FindAsync(_session.Name, cancellationToken);
        var before = live is { HoldsResources: true } ? await _session.Stacks.TemplateAsync(live, cancellationToken) : null;
        return (
            TemplateComparison.Changes(_session.Name, before, TemplateJson.ToMap(template)),
            live?.Outputs ?? new Dictionary<string, string>()
        );
    }

    /// <summary>Makes the stack, or changes it, and waits: a certificate is there once its records are seen.</summary>
    /// <returns>What it gives.</returns>
    /// <exception cref="DistributedApplicationException">It could not be made or changed.</exception>
    public async Task<IReadOnlyDictionary<string, string>> ApplyAsync(Template template, CancellationToken cancellationToken)
    {
        var live = await _session.Readiness.PrepareAsync(_session.Name, isDisposable: true, cancellationToken);
        var source = await _session.Store.SourceAsync(TemplateJson.ToMap(template), bucket: null, cancellationToken);
        if (await _session.ChangeSets.CreateAsync(new StackTarget(_session.Name, source, []), live, cancellationToken) is not { } changes)
        {
            return live?.Outputs ?? new Dictionary<string, string>();
        }

        var progress = new StackProgress(_session.Logger, _session.Live);
        var watch = new StackWatch(_session.Stacks, changes.StackId);
        await watch.SkipPastAsync(cancellationToken);
        await _session.ChangeSets.ExecuteAsync(changes, cancellationToken);
        var end = await watch.UntilDoneAsync(
            events =>
            {
                progress.Report(events);
                return Task.CompletedTask;
            },
            cancellationToken
        );
        return end is { HasSucceeded: true }
            ? end.Outputs
            : throw new DistributedApplicationException(
                $"The stack '{_session.Name}' in {CloudFrontDistribution.CertificateRegion} could not be changed ({end?.Status.Value ?? "deleted"}): "
                    + $"{progress.FirstFailure ?? end?.StatusReason}. No service has changed. Mend that and run deploy again."
            );
    }

    /// <summary>The stack, where there is one.</summary>
    public Task<LiveStack?> FindAsync(CancellationToken cancellationToken) => _session.Stacks.FindAsync(_session.Name, cancellationToken);

    /// <summary>Deletes the stack, which nothing uses any more.</summary>
    public async Task DeleteAsync(LiveStack stack, CancellationToken cancellationToken)
    {
        var progress = new StackProgress(_session.Logger, _session.Live);
        await _session.Readiness.DeleteAsync(stack, cancellationToken, events =>
        {
            progress.Report(events);
            return Task.CompletedTask;
        });
    }

    public void Dispose() => _aws.Dispose();
}
