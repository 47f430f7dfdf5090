using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Aspire.Hosting;
using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Costs;
using Hosting.Fargate.Deploying.Plans;
using Hosting.Fargate.Deploying.Removal;
using Hosting.Fargate.Deploying.Rollouts;
using Hosting.Fargate.Stacks;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Deploying;

/// <summary>Changes the application's stack, and says why where it does not get through.</summary>
internal sealed class ApplicationRollout(DeploySession session)
{
    private const string MinimumKey = "MonthlyCostMinimum";
    private const string MaximumKey = "MonthlyCostMaximum";

    private string Name => session.Application.Name;

    /// <summary>The databases, caches and brokers that this deploy has made before, and that no rollback takes away any more.</summary>
    public IReadOnlyList<string> Kept { get; set; } = [];

    /// <summary>What the application's stack is to become.</summary>
    /// <param name="foundation">The foundation's stack.</param>
    /// <param name="cost">What it costs.</param>
    /// <param name="parameters">The values of its parameters.</param>
    /// <param name="left">The template, with what has left the model and stays.</param>
    /// <param name="madeAnew">The logical ids of databases that it makes anew, and that are not protected yet.</param>
    public StackTarget Target(
        LiveStack? foundation,
        CostEstimate cost,
        IReadOnlyList<Parameter> parameters,
        LeftServers left,
        IReadOnlyCollection<string>? madeAnew = null
    )
    {
        var bucket = session.TemplatesBucket(foundation);

        // What it costs goes along, so that the next plan can say what it changes.
        var template = DatabaseProtection.Without(left.Template, madeAnew ?? []);
        template["Metadata"] = new TemplateMap { [MinimumKey] = (double)cost.Minimum, [MaximumKey] = (double)cost.Maximum };
        return new StackTarget(Name, session.Store.Source(template, bucket), [.. parameters, .. left.Parameters])
        {
            HasNestedStacks = session.HasNestedStacks,
            Nested = bucket is null ? [] : [.. session.Templates.Nested.Select(nested => session.Store.Nested(nested, bucket))],
        };
    }

    /// <summary>What the deployed application costs, as its deploy left it in the template.</summary>
    public static CostRange? CostOf(TemplateMap? live) =>
        live.At("Metadata", MinimumKey).AsNumber() is { } minimum && live.At("Metadata", MaximumKey).AsNumber() is { } maximum
            ? new CostRange((decimal)minimum, (decimal)maximum)
            : null;

    /// <summary>
    /// Executes a change set and follows it to its end. Databases that it deletes, which was agreed to, are let go before: CloudFormation
    /// deletes them last, when there is no way back any more. Where it is rolled back they are protected again; where this is cut off, the
    /// next deploy does that.
    /// </summary>
    /// <param name="target">What the change set was made of.</param>
    /// <param name="changes">The change set.</param>
    /// <param name="cancellationToken">Ends the watching.</param>
    /// <exception cref="DistributedApplicationException">It was rolled back; the message has the cause.</exception>
    public async Task<LiveStack> ExecuteAsync(StackTarget target, ChangeSet changes, CancellationToken cancellationToken)
    {
        var lost = DataLoss.DatabasesIn(PlannedChange.From(changes)).Select(change => change.Id).ToHashSet(StringComparer.Ordinal);
        if (lost.Count == 0 || await session.Stacks.FindAsync(changes.StackId, cancellationToken) is not { } stack)
        {
            return await FollowAsync(target, changes, cancellationToken);
        }

        using var protection = new DeletionProtection(session);
        var lifted = (await protection.ProtectedAsync(stack, cancellationToken)).Where(database => lost.Contains(database.Id)).ToList();
        try
        {
            await protection.LiftAsync(lifted, cancellationToken);
            return await FollowAsync(target, changes, cancellationToken);
        }
        catch (DistributedApplicationException) when (!cancellationToken.IsCancellationRequested)
        {
            if (await session.Stacks.FindAsync(changes.StackId, cancellationToken) is { IsBusy: false } left)
            {
                await protection.RestoreAsync(left, lifted.Select(database => database.Id), cancellationToken);
            }

            throw;
        }
    }

    /// <summary>
    /// Executes a change set and follows it to its end. In a new account the first cluster or load balancer makes ECS's or Elastic Load
    /// Balancing's own role, which is not there at once: that is tried once more. Sources:
    /// https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/818,
    /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using-service-linked-roles.html.
    /// </summary>
    private async Task<LiveStack> FollowAsync(StackTarget target, ChangeSet changes, CancellationToken cancellationToken)
    {
        try
        {
            return await ExecuteAsync(changes, cancellationToken);
        }
        catch (ServiceLinkedRoleException exception)
        {
            session.Logger.LogWarning("{Reason}. AWS has made that role just now: trying once more", exception.Reason);
            var live = await session.Readiness.PrepareAsync(Name, isDisposable: true, cancellationToken);
            return await session.ChangeSets.CreateAsync(target, live, cancellationToken) is { } again
                ? await ExecuteAsync(again, cancellationToken)
                : live ?? throw new DistributedApplicationException(exception.Message, exception);
        }
    }

    private async Task<LiveStack> ExecuteAsync(ChangeSet changes, CancellationToken cancellationToken)
    {
        foreach (var warning in changes.Warnings)
        {
            session.Logger.LogWarning("CloudFormation warns: {Warning}", warning);
        }

        var progress = new StackProgress(session.Logger, session.Time, session.Live);
        var services = new ServiceWatch(session);
        await services.StartAsync(cancellationToken);
        var watch = new StackWatch(session.Stacks, changes.StackId);
        await watch.SkipPastAsync(cancellationToken);
        await session.ChangeSets.ExecuteAsync(changes, cancellationToken);
        var end = await watch.UntilDoneAsync(
            async events =>
            {
                progress.Report(events);

                // What has failed just now is looked at once more, before it is gone.
                HashSet<string> rolling = [.. progress.InProgress, .. events.Select(item => item.LogicalResourceId)];
                await services.ObserveAsync(rolling, cancellationToken);
            },
            cancellationToken
        );
        if (end is { HasSucceeded: true })
        {
            return end;
        }

        var failed = progress.FirstFailedEvent;
        List<string> lines = [$"'{Name}' was not changed as planned ({end?.Status.Value ?? "deleted"})."];
        if (failed?.ResourceType == "AWS::ECS::Service")
        {
            lines.AddRange(services.Explain(failed.LogicalResourceId));
        }

        lines.Add(progress.FirstFailure is { } reason ? $"CloudFormation says: {reason}." : $"CloudFormation says: {end?.StatusReason}");
        lines.Add(After(end));
        if (failed?.ResourceStatusReason is { } said && IsServiceLinkedRole(said))
        {
            throw new ServiceLinkedRoleException(progress.FirstFailure!, string.Join('\n', lines));
        }

        throw new DistributedApplicationException(string.Join('\n', lines));
    }

    private static bool IsServiceLinkedRole(string said) =>
        said.Contains("assume the service linked role", StringComparison.OrdinalIgnoreCase)
        || said.Contains("assume the service-linked role", StringComparison.OrdinalIgnoreCase);

    private sealed class ServiceLinkedRoleException(string reason, string message) : DistributedApplicationException(message)
    {
        public string Reason { get; } = reason;
    }

    private string After(LiveStack? end) =>
        end?.Status.Value switch
        {
            "UPDATE_ROLLBACK_COMPLETE" when Kept.Count > 0 =>
                $"{string.Join(" and ", Kept.Select(name => $"'{name}'"))}, which this deploy has made, {(Kept.Count == 1 ? "stays" : "stay")}; "
                    + "all else is back to what it was before. Mend the cause and run deploy again: it goes on from there.",
            "UPDATE_ROLLBACK_COMPLETE" => "Everything is back to what it was before. Mend the cause and run deploy again.",
            "ROLLBACK_COMPLETE" =>
                "What had been made was taken away again; the foundation, its images and secrets stay. Mend the cause and run deploy again.",
            "UPDATE_ROLLBACK_FAILED" =>
                "The way back failed as well: run deploy again once the cause is mended, it takes the rollback up first.",
            _ => $"Look at it with: aws cloudformation describe-stack-events --stack-name {Name}. Then run deploy again.",
        };
}
