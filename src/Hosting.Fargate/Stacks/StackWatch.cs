using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Hosting.Fargate.Aws;

namespace Hosting.Fargate.Stacks;

/// <summary>Follows what CloudFormation does to a stack, and to the stacks inside of it, until it ends.</summary>
internal sealed class StackWatch(StackReader stacks, string stackId)
{
    /// <summary>Looks, some 20 s of them, at a stack in which nothing begins.</summary>
    private const int MostBeforeBeginning = 15;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<string> _watched = [stackId];

    /// <summary>Takes what has happened so far for known: to be called before something is begun.</summary>
    public async Task SkipPastAsync(CancellationToken cancellationToken) => await ReadAsync(cancellationToken);

    /// <summary>Gives events as they come, the oldest first, until nothing is in progress any more.</summary>
    /// <param name="observe">Is told what is new; nothing where nothing is. It is asked after each look.</param>
    /// <param name="cancellationToken">Ends the watching, and never what is watched.</param>
    /// <returns>The stack as it is in the end; null where it was deleted.</returns>
    public async Task<LiveStack?> UntilDoneAsync(Func<IReadOnlyList<StackEvent>, Task> observe, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(stacks.Time);
        var hasBegun = false;
        for (var look = 1; ; look++)
        {
            // The state first: what happened before it is then among the events.
            var stack = await stacks.FindAsync(stackId, cancellationToken);
            var events = await ReadAsync(cancellationToken);
            await observe(events);
            // What was asked for begins a moment after the answer: until then the stack is as an earlier change has left it.
            hasBegun |= stack is not { IsBusy: false } || events.Count > 0;
            if (stack is not { IsBusy: true } && (hasBegun || look == MostBeforeBeginning))
            {
                return stack;
            }

            if (events.Count > 0)
            {
                waiting.Hurry();
            }

            await waiting.PauseAsync(cancellationToken);
        }
    }

    private async Task<IReadOnlyList<StackEvent>> ReadAsync(CancellationToken cancellationToken)
    {
        List<StackEvent> found = [];
        for (var i = 0; i < _watched.Count; i++)
        {
            List<StackEvent> events =
            [
                .. (await stacks.EventsAsync(_watched[i], item => _known.Contains(item.EventId), cancellationToken)).Reverse(),
            ];
            foreach (var item in events)
            {
                _known.Add(item.EventId);
                if (
                    item.ResourceType == "AWS::CloudFormation::Stack"
                    && item.PhysicalResourceId is { Length: > 0 } inner
                    && !_watched.Contains(inner)
                )
                {
                    _watched.Add(inner);
                }
            }

            found.AddRange(events);
        }

        return found;
    }
}
