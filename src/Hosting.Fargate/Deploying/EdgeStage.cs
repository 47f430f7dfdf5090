using Hosting.Fargate.Composing;
using Hosting.Fargate.Stacks;

namespace Hosting.Fargate.Deploying;

/// <summary>What a deploy does in us-east-1, before the application rolls and after it has.</summary>
internal sealed class EdgeStage(DeploySession session) : IDisposable
{
    private static readonly Dictionary<string, string> s_none = [];

    private readonly EdgeRollout _rollout = new(session);
    private LiveStack? _made;

    /// <summary>Whether there is something to do before.</summary>
    public bool ComesFirst => session.Templates.Edge is not null && EdgeStackComposer.ComesFirst(session.Application);

    /// <summary>
    /// Makes what the application takes; alarms where their distributions are there already, so that a later deploy changes the stack once.
    /// </summary>
    /// <param name="before">The application as it is.</param>
    /// <param name="cancellationToken">Ends the watching.</param>
    /// <returns>What it gives.</returns>
    /// <exception cref="Aspire.Hosting.DistributedApplicationException">It could not be made or changed.</exception>
    public async Task<IReadOnlyDictionary<string, string>> BeforeAsync(LiveStack? before, CancellationToken cancellationToken)
    {
        if (ComesFirst)
        {
            _made = await _rollout.ApplyAsync(
                session.Templates.Edge!,
                before is { HoldsResources: true } ? before.Outputs : s_none,
                "No service has changed.",
                cancellationToken
            );
        }

        return _made?.Outputs ?? s_none;
    }

    /// <summary>What is to be done once the application has rolled; null where nothing is.</summary>
    /// <param name="foundation">The foundation, which still says what was there before this deploy.</param>
    /// <param name="before">The application as it was.</param>
    /// <param name="after">The application as it is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Func<Task>?> AfterAsync(
        LiveStack? foundation,
        LiveStack? before,
        LiveStack? after,
        CancellationToken cancellationToken
    )
    {
        if (session.Templates.Edge is { } template)
        {
            var outputs = after?.Outputs ?? s_none;
            return EdgeRollout.IsToldOf(_made, template, outputs)
                ? null
                : () =>
                    _rollout.ApplyAsync(
                        template,
                        outputs,
                        $"'{session.Name}' has changed as planned, and CloudFront's alarms are not as they should be.",
                        cancellationToken
                    );
        }

        return EdgeRollout.MayBeThere(foundation, before) && await _rollout.FindAsync(cancellationToken) is { } stack
            ? () => _rollout.DeleteAsync(stack, cancellationToken)
            : null;
    }

    public void Dispose() => _rollout.Dispose();
}
