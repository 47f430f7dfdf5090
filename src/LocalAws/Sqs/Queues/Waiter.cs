namespace LocalAws.Sqs.Queues;

/// <summary>A receive that waits for a message. The queue's lock guards it until it is served.</summary>
internal sealed class Waiter
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Waiter(int maximum, long visibilityTimeout)
    {
        (Maximum, VisibilityTimeout) = (maximum, visibilityTimeout);
        Node = new(this);
    }

    public int Maximum { get; }

    public long VisibilityTimeout { get; }

    /// <summary>Its place in the queue's list of waiters.</summary>
    public LinkedListNode<Waiter> Node { get; }

    /// <summary>What it was given, to be handed on after the commit.</summary>
    public ServedDeliveries? Served { get; private set; }

    public void Serve(ServedDeliveries served)
    {
        Served = served;
        _released.TrySetResult();
    }

    public void Release() => _released.TrySetResult();

    /// <summary>Ends when it is served or released, when the time is over, or when it is cancelled: without an exception.</summary>
    public async Task WaitAsync(TimeSpan timeout, TimeProvider time, CancellationToken cancelled) =>
        await ((Task)_released.Task.WaitAsync(timeout, time, cancelled)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}

internal sealed record ServedDeliveries(IReadOnlyList<Delivery> Deliveries, Task Committed);
