using Aspire.Hosting;
using Hosting.Fargate.Deploying.Foundation;
using Hosting.Fargate.Deploying.Removal;
using Hosting.Fargate.Stacks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Deploying.Verbs;

/// <summary>
/// <c>destroy</c>: the application, but for its databases and brokers and the network that those are in; with <c>--data</c> these, of which
/// a final snapshot of each database stays, and the foundation too.
/// </summary>
internal sealed class DestroyVerb(Verb verb)
{
    private readonly StackSession _session = verb.Session;

    public async Task ExecuteAsync()
    {
        var (name, foundationName) = (_session.Name, _session.FoundationName);
        var withData = verb.Configuration.GetValue<bool>("Fargate:Data");
        var live = await FindAsync(name, isDisposable: true);
        var foundation = await FindAsync(foundationName, isDisposable: withData);
        var ofFoundation = foundation is { HoldsResources: true }
            ? await FoundationRemoval.ReadAsync(_session, foundation, verb.CancellationToken)
            : null;
        using var edgeRollout = new EdgeRollout(_session);
        var edge = EdgeRollout.MayBeThere(foundation, live) ? await edgeRollout.FindAsync(verb.CancellationToken) : null;
        var ofApplication = live is null ? null : await ApplicationRemoval.ReadAsync(_session, live, withData, verb.CancellationToken);
        if (ofApplication is null or { IsDone: true } && edge is null && (ofFoundation is null || !withData))
        {
            _session.Logger.LogInformation(
                "Nothing to destroy: {Application}{Foundation}.",
                ofApplication is null ? $"there is no stack '{name}'" : $"'{name}' is {string.Join(" and ", ofApplication.Stays)} alone",
                ofFoundation is not null ? $"; '{foundationName}' keeps the data (destroy --data)"
                    : ofApplication is not null ? " (destroy --data)"
                    : ""
            );
            return;
        }

        Tell(ofApplication, edge, ofFoundation, withData);
        var place = $"in account {_session.Account.Id}, {_session.Account.Region}?";
        await (
            withData
                ? verb.Questions.ConfirmByNameAsync($"Destroy '{name}' AND ITS DATA {place}", name, verb.CancellationToken)
                : verb.Questions.ConfirmAsync($"Destroy '{name}' {place}", verb.CancellationToken)
        );
        if (ofApplication is { IsDone: false })
        {
            await verb.PhaseAsync("application", () => ofApplication.ExecuteAsync(verb.CancellationToken));
        }

        // A certificate and a web ACL go when no distribution has them any more, alarms when there is nothing to look at.
        if (edge is not null)
        {
            await verb.PhaseAsync("edge", () => edgeRollout.DeleteAsync(edge, verb.CancellationToken));
        }

        if (withData && ofFoundation is not null)
        {
            await verb.PhaseAsync("foundation", () => ofFoundation.ExecuteAsync(verb.CancellationToken));
        }

        if (ofApplication is not null && await ofApplication.SnapshotsAsync(verb.CancellationToken) is { Count: > 0 } snapshots)
        {
            verb.Summary.Add(
                "Snapshots",
                $"{string.Join(", ", snapshots)}: a database begins with one by PublishAsRds(database => database.RestoreFrom = …)"
            );
        }

        verb.Summary.Add(
            "Destroyed",
            $"{name}{(ofApplication?.LeavesData == true ? ", but for its data" : "")}{(edge is null ? "" : withData ? $", {edge.Name}" : $" and {edge.Name}")}{(withData ? $" and {foundationName}" : "")}"
        );
        if (ofApplication is { LeavesData: true, Stays: var stays })
        {
            verb.Summary.Add(
                "Kept",
                $"{name}: {string.Join(" and ", stays)}, with the network, and {(stays.Count == 1 ? "it goes" : "they go")} on costing. 'deploy' makes the rest "
                    + "around it again, 'destroy --data' deletes it"
            );
        }

        if (!withData && ofFoundation is not null)
        {
            verb.Summary.Add(
                "Kept",
                $"{foundationName}: images, secrets and data. 'deploy' takes them up again, 'destroy --data' deletes them"
            );
        }
    }

    private void Tell(ApplicationRemoval? ofApplication, LiveStack? edge, FoundationRemoval? ofFoundation, bool withData)
    {
        foreach (var line in ofApplication is { IsDone: false } ? ofApplication.Goes() : [])
        {
            Log($"Goes: {line}");
        }

        if (ofApplication?.Slow() is { } slow)
        {
            Log(slow);
        }

        if (edge is not null)
        {
            Log($"Goes: '{edge.Name}' in {CloudFrontDistribution.CertificateRegion}, what CloudFront has there");
        }

        foreach (var line in ofApplication?.Stays ?? [])
        {
            Log($"Stays: {line}");
        }

        foreach (var line in ofFoundation?.Lines ?? [])
        {
            Log($"{(withData ? "Goes" : "Stays")}: {line}");
        }
    }

    private async Task<LiveStack?> FindAsync(string name, bool isDisposable)
    {
        var stack = await _session.Stacks.FindAsync(name, verb.CancellationToken);
        if (await _session.Readiness.ProblemAsync(stack, isDisposable, verb.CancellationToken) is { } problem)
        {
            throw new DistributedApplicationException(problem);
        }

        // What this machine has left going on is let end first.
        return stack is { IsBusy: true }
            ? await new StackWatch(_session.Stacks, stack.Id).UntilDoneAsync(_ => Task.CompletedTask, verb.CancellationToken)
            : stack;
    }

    private void Log(string line) => _session.Logger.LogInformation("{Line}", line);
}
