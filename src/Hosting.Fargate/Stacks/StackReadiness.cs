using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Aspire.Hosting;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Stacks;

/// <summary>
/// Brings a stack into a state in which it can be changed, or says what keeps it from that. Source of the states:
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
/// </summary>
internal sealed class StackReadiness(IAmazonCloudFormation cloudFormation, StackReader stacks, DeployToken token, ILogger logger)
{
    /// <summary>
    /// What would keep it from being changed; null where nothing does, or what does can be mended by <see cref="PrepareAsync"/>.
    /// </summary>
    public async Task<string?> ProblemAsync(LiveStack? stack, bool isDisposable, CancellationToken cancellationToken)
    {
        if (stack is { IsBusy: true } && !await CanBeAwaitedAsync(stack, cancellationToken))
        {
            return (await StackBusyException.CreateAsync(stacks, stack, stack.Name, null, cancellationToken)).Message;
        }

        return stack?.Status == StackStatus.DELETE_FAILED && !isDisposable
            ? $"The stack '{stack.Name}' is half deleted (DELETE_FAILED): {stack.StatusReason} Finish that first with 'destroy --data'."
            : null;
    }

    /// <summary>Waits for what this machine left going on, deletes what was never finished, rolls back what is stuck.</summary>
    /// <param name="name">The stack's name.</param>
    /// <param name="isDisposable">Whether it may be deleted and made again from any state: the application's, whose databases RDS keeps
    /// from that.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="release">What is to be done before a stack is deleted that can only be made anew.</param>
    /// <returns>The stack, ready to be changed; null where there is none.</returns>
    /// <exception cref="DistributedApplicationException">It cannot be changed; the message says why, and with which command that is
    /// mended.</exception>
    public async Task<LiveStack?> PrepareAsync(
        string name,
        bool isDisposable,
        CancellationToken cancellationToken,
        Func<LiveStack, Task>? release = null
    )
    {
        for (var stack = await stacks.FindAsync(name, cancellationToken); ; stack = await stacks.FindAsync(name, cancellationToken))
        {
            if (await ProblemAsync(stack, isDisposable, cancellationToken) is { } problem)
            {
                throw new StackBusyException(problem);
            }

            if (stack is { IsBusy: true })
            {
                logger.LogInformation(
                    "{Stack}: {Status} goes on from a deploy that was cut off; waiting for its end",
                    name,
                    stack.Status.Value
                );
                await WaitAsync(stack, cancellationToken);
            }
            else if (stack is not null && stack.IsDeadEnd(isDisposable))
            {
                await (release?.Invoke(stack) ?? Task.CompletedTask);
                logger.LogInformation("{Stack}: is {Status}, and so can only be made anew; deleting it", name, stack.Status.Value);
                await DeleteAsync(stack, cancellationToken);
            }
            else if (stack?.Status == StackStatus.UPDATE_ROLLBACK_FAILED)
            {
                await ContinueRollbackAsync(stack, cancellationToken);
            }
            else
            {
                return stack;
            }
        }
    }

    /// <summary>Deletes a stack and waits for it.</summary>
    /// <exception cref="DistributedApplicationException">Something in it cannot be deleted.</exception>
    public async Task DeleteAsync(
        LiveStack stack,
        CancellationToken cancellationToken,
        Func<IReadOnlyList<StackEvent>, Task>? observe = null
    )
    {
        var watch = new StackWatch(stacks, stack.Id);
        await watch.SkipPastAsync(cancellationToken);
        await cloudFormation.DeleteStackAsync(
            new DeleteStackRequest { StackName = stack.Id, ClientRequestToken = token.Next() },
            cancellationToken
        );
        string? reason = null;
        var end = await watch.UntilDoneAsync(
            events =>
            {
                reason ??= events.FirstOrDefault(item =>
                    item.ResourceStatus == ResourceStatus.DELETE_FAILED && item.PhysicalResourceId != item.StackId
                )
                    is { } failed
                    ? $"{failed.LogicalResourceId} ({failed.ResourceType}): {failed.ResourceStatusReason}"
                    : null;
                return observe?.Invoke(events) ?? Task.CompletedTask;
            },
            cancellationToken
        );
        if (end is not null)
        {
            throw new DistributedApplicationException(
                $"The stack '{stack.Name}' could not be deleted ({end.Status.Value}): {reason ?? end.StatusReason} Remove what holds it, and run this again."
            );
        }
    }

    /// <summary>
    /// Whether it ends by itself, and nobody else is at it: the tail of an update, or what a process of this machine left behind.
    /// </summary>
    private async Task<bool> CanBeAwaitedAsync(LiveStack stack, CancellationToken cancellationToken) =>
        stack.Status == StackStatus.UPDATE_COMPLETE_CLEANUP_IN_PROGRESS
        || (await stacks.WhoAsync(stack, cancellationToken)).Deploy is { WasCutOff: true };

    private Task WaitAsync(LiveStack stack, CancellationToken cancellationToken) =>
        new StackWatch(stacks, stack.Id).UntilDoneAsync(_ => Task.CompletedTask, cancellationToken);

    private async Task ContinueRollbackAsync(LiveStack stack, CancellationToken cancellationToken)
    {
        logger.LogInformation("{Stack}: an earlier rollback got stuck ({Reason}); trying it again", stack.Name, stack.StatusReason);
        await cloudFormation.ContinueUpdateRollbackAsync(
            new ContinueUpdateRollbackRequest { StackName = stack.Id, ClientRequestToken = token.Next() },
            cancellationToken
        );
        await WaitAsync(stack, cancellationToken);
        if (await stacks.FindAsync(stack.Id, cancellationToken) is { } still && still.Status == StackStatus.UPDATE_ROLLBACK_FAILED)
        {
            throw new DistributedApplicationException(
                $"The stack '{stack.Name}' is stuck in the rollback of an earlier update: {still.StatusReason} Mend what the reason names, or leave it out "
                    + $"and compare it by hand afterwards: aws cloudformation continue-update-rollback --stack-name {stack.Name} --resources-to-skip LOGICAL_ID. Then run deploy again."
            );
        }
    }
}
