using Aspire.Hosting;

namespace Hosting.Fargate.Stacks;

/// <summary>A stack is changed by somebody else.</summary>
internal sealed class StackBusyException(string message, Exception? inner = null) : DistributedApplicationException(message, inner!)
{
    public static async Task<StackBusyException> CreateAsync(
        StackReader stacks,
        LiveStack? stack,
        string name,
        Exception? inner,
        CancellationToken cancellationToken
    )
    {
        if (stack is null)
        {
            return new StackBusyException(
                $"The stack '{name}' was deleted while this deploy was preparing to change it. Run deploy again.",
                inner
            );
        }

        var (deploy, token) = await stacks.WhoAsync(stack, cancellationToken);
        var who = deploy?.Describe() ?? (token is null ? "somebody (the console, or another tool)" : $"somebody with the token '{token}'");
        return stack.IsBusy
            ? new StackBusyException(
                $"The stack '{name}' is being changed by {who} ({stack.Status.Value}). Nothing was begun here. When that has ended, run this again; "
                    + $"to wait for it: aws cloudformation wait {Waiter(stack)} --stack-name {name}",
                inner
            )
            : new StackBusyException(
                $"The stack '{name}' was changed by {who} while this deploy was preparing to change it, so what it has planned no longer holds. Run it again.",
                inner
            );
    }

    private static string Waiter(LiveStack stack) =>
        stack.Status.Value.StartsWith("DELETE", StringComparison.Ordinal) ? "stack-delete-complete"
        : stack.Status.Value.StartsWith("CREATE", StringComparison.Ordinal) ? "stack-create-complete"
        : stack.Status.Value.Contains("ROLLBACK", StringComparison.Ordinal) ? "stack-rollback-complete"
        : "stack-update-complete";
}
