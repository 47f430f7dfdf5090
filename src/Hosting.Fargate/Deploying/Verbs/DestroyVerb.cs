using Aspire.Hosting;
using Hosting.Fargate.Application;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Deploying.Foundation;
using Hosting.Fargate.Deploying.Tasks;
using Hosting.Fargate.Stacks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Deploying.Verbs;

/// <summary><c>destroy</c>: the application, whose databases leave a final snapshot; with <c>--data</c> the foundation too.</summary>
internal sealed class DestroyVerb(Verb verb)
{
    private readonly StackSession _session = verb.Session;

    public async Task ExecuteAsync()
    {
        var (name, foundationName) = (_session.Name, _session.FoundationName);
        var withData = verb.Configuration.GetValue<bool>("Fargate:Data");
        var live = await FindAsync(name, isDisposable: true);
        var foundation = await FindAsync(foundationName, isDisposable: withData);
        var removal = foundation is { HoldsResources: true }
            ? await FoundationRemoval.ReadAsync(_session, foundation, verb.CancellationToken)
            : null;
        using var edgeRollout = new EdgeRollout(_session);
        var edge = EdgeRollout.MayBeThere(foundation, live) ? await edgeRollout.FindAsync(verb.CancellationToken) : null;
        if (live is null && edge is null && (removal is null || !withData))
        {
            _session.Logger.LogInformation(
                "Nothing to destroy: there is no stack '{Name}'{Foundation}.",
                name,
                removal is null ? "" : $"; '{foundationName}' keeps the data (destroy --data)"
            );
            return;
        }

        var databases = live is null ? null : await FinalSnapshots.OfAsync(_session, live, verb.CancellationToken);
        if (live is not null)
        {
            var resources = await _session.Stacks.ResourcesAsync(live.Id, verb.CancellationToken);
            Log(
                $"Goes: '{name}' with {resources.Count} resources, among them {string.Join(", ", Summary(resources.Values.Select(resource => resource.ResourceType)))}"
            );
            if (resources.Values.Any(resource => resource.ResourceType == "AWS::CloudFront::Distribution"))
            {
                Log(
                    "CloudFront takes its time to end: the distribution some 5 minutes"
                        + (
                            resources.Values.Any(resource => resource.ResourceType == "AWS::CloudFront::VpcOrigin")
                                ? ", the way to the load balancer up to 15"
                                : ""
                        )
                );
            }
        }

        if (edge is not null)
        {
            Log($"Goes: '{edge.Name}' in {CloudFrontDistribution.CertificateRegion}, what CloudFront has there");
        }

        foreach (var line in live is null ? [] : await ServersAsync(live))
        {
            Log($"Goes: {line}");
        }

        foreach (var line in databases?.Lines ?? [])
        {
            Log($"Goes: {line}");
        }

        if (removal is not null)
        {
            foreach (var line in removal.Lines)
            {
                Log($"{(withData ? "Goes" : "Stays")}: {line}");
            }
        }

        var place = $"in account {_session.Account.Id}, {_session.Account.Region}?";
        await (
            withData
                ? verb.Questions.ConfirmByNameAsync($"Destroy '{name}' AND ITS DATA {place}", name, verb.CancellationToken)
                : verb.Questions.ConfirmAsync($"Destroy '{name}' {place}", verb.CancellationToken)
        );
        if (live is not null)
        {
            await verb.PhaseAsync("application", () => DeleteApplicationAsync(live, databases!));
        }

        // A certificate and a web ACL go when no distribution has them any more, alarms when there is nothing to look at.
        if (edge is not null)
        {
            await verb.PhaseAsync("edge", () => edgeRollout.DeleteAsync(edge, verb.CancellationToken));
        }

        if (withData && removal is not null)
        {
            await verb.PhaseAsync("foundation", () => removal.ExecuteAsync(verb.CancellationToken));
        }

        if (databases is not null && await databases.NamesAsync(verb.CancellationToken) is { Count: > 0 } snapshots)
        {
            verb.Summary.Add(
                "Snapshots",
                $"{string.Join(", ", snapshots)}: a database begins with one by PublishAsRds(database => database.RestoreFrom = …)"
            );
        }

        verb.Summary.Add(
            "Destroyed",
            $"{name}{(edge is null ? "" : withData ? $", {edge.Name}" : $" and {edge.Name}")}{(withData ? $" and {foundationName}" : "")}"
        );
        if (!withData && removal is not null)
        {
            verb.Summary.Add(
                "Kept",
                $"{foundationName}: images, secrets and data. 'deploy' takes them up again, 'destroy --data' deletes them"
            );
        }
    }

    /// <summary>A line for each cache and broker that goes.</summary>
    private async Task<IEnumerable<string>> ServersAsync(LiveStack stack) =>
        (await _session.Stacks.ResourcesAsync(stack.Id, verb.CancellationToken))
            .Values.Select(resource =>
                resource.ResourceType switch
                {
                    Cache.ServerlessType or Cache.NodesType => $"the cache '{resource.PhysicalResourceId}' with what is in it",
                    Broker.Type => $"the broker '{resource.PhysicalResourceId}' with its messages",
                    _ => null,
                }
            )
            .OfType<string>()
            .Order(StringComparer.Ordinal);

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

    /// <summary>
    /// Deletes the application's stack; where that fails, once more. A schedule may have started a task since the others were stopped, and instances
    /// that deregister hold their capacity provider for a while: https://github.com/aws/aws-cdk/issues/36071.
    /// </summary>
    private async Task DeleteApplicationAsync(LiveStack stack, FinalSnapshots databases)
    {
        await databases.ReleaseAsync(verb.CancellationToken);
        await new LooseTasks(_session).StopAsync(verb.CancellationToken);
        try
        {
            await DeleteAsync(stack);
        }
        catch (DistributedApplicationException) when (!verb.CancellationToken.IsCancellationRequested)
        {
            await new LooseTasks(_session).StopAsync(verb.CancellationToken);
            if (await _session.Stacks.FindAsync(stack.Id, verb.CancellationToken) is not { } left)
            {
                return;
            }

            Log($"'{stack.Name}' was not deleted as a whole; trying once more");
            await DeleteAsync(left);
        }
    }

    private async Task DeleteAsync(LiveStack stack)
    {
        var progress = new StackProgress(_session.Logger, _session.Time, _session.Live);
        await _session.Readiness.DeleteAsync(stack, verb.CancellationToken, events =>
        {
            progress.Report(events);
            return Task.CompletedTask;
        });
    }

    private static IEnumerable<string> Summary(IEnumerable<string> types) =>
        types
            .Where(type =>
                type
                    is "AWS::ECS::Service"
                        or "AWS::ElasticLoadBalancingV2::LoadBalancer"
                        or "AWS::EC2::VPC"
                        or "AWS::CloudFormation::Stack"
            )
            .GroupBy(type => type, StringComparer.Ordinal)
            .Select(group => $"{group.Count()} {group.Key}");

    private void Log(string line) => _session.Logger.LogInformation("{Line}", line);
}
