namespace LocalAws.Sqs.Queues;

/// <summary>
/// Gives a queue's messages to those who ask for them and to those who wait, and moves what was received too often. The queue's lock guards
/// it.
/// </summary>
internal sealed class Receivers : IDisposable
{
    private readonly LinkedList<Waiter> _waiters = [];
    private readonly MessageQueue _queue;
    private readonly QueueContents _contents;
    private readonly MessageJournal _journal;
    private readonly TimeProvider _time;
    private readonly Func<string, MessageQueue?> _find;
    private readonly ITimer _timer;
    private bool _disposed;

    // `due` is called without the lock, when a message becomes visible for which somebody waits.
    public Receivers(
        MessageQueue queue,
        QueueContents contents,
        MessageJournal journal,
        TimeProvider time,
        Func<string, MessageQueue?> find,
        Action due
    )
    {
        (_queue, _contents, _journal, _time, _find) = (queue, contents, journal, time, find);
        _timer = time.CreateTimer(_ => due(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The last move of dead letters, which fails where they could not be moved.</summary>
    public Task LastMove { get; private set; } = Task.CompletedTask;

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    public void Add(Waiter waiter)
    {
        _waiters.AddLast(waiter.Node);
        SetTimer();
    }

    public void Remove(Waiter waiter)
    {
        if (waiter.Node.List is not null)
            _waiters.Remove(waiter.Node);
    }

    /// <summary>Gives what is visible to those who wait, who came first first.</summary>
    public void Serve()
    {
        while (_waiters.First is { } first && TryServe(first.Value))
            _waiters.Remove(first);
        SetTimer();
    }

    public bool TryServe(Waiter waiter)
    {
        MoveDeadLetters();
        var deliveries = new List<Delivery>();
        while (deliveries.Count < waiter.Maximum && _contents.FirstVisible is { } message)
        {
            deliveries.Add(_contents.Deliver(message, Now, waiter.VisibilityTimeout));
            MoveDeadLetters();
        }
        if (deliveries.Count == 0)
            return false;
        waiter.Serve(new(deliveries, _journal.Update(deliveries.Select(delivery => delivery.Message))));
        return true;
    }

    public void Dispose()
    {
        _disposed = true;
        foreach (var waiter in _waiters)
            waiter.Release();
        _timer.Dispose();
    }

    // Nobody needs to be woken while nobody waits: a receive looks for itself what has become due.
    private void SetTimer()
    {
        if (_disposed)
            return;
        var due =
            _waiters.Count > 0 && _contents.NextAvailableAt is { } next
                ? TimeSpan.FromMilliseconds(Math.Max(1, next - Now))
                : Timeout.InfiniteTimeSpan;
        _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    // A message goes to the dead-letter queue when a receiver would get it once too often, not before: so does SQS.
    private void MoveDeadLetters()
    {
        if (_queue.Settings.Redrive is not { } redrive)
            return;
        MessageQueue? target = null;
        var dead = new List<Message>();
        while (
            _contents.FirstVisible is { } message
            && message.ReceivesHere >= redrive.MaxReceiveCount
            && (target ??= _find(redrive.DeadLetterQueue)) is not null
        )
        {
            _contents.Remove(message);
            dead.Add(message);
        }
        if (target is not null && dead.Count > 0)
            LastMove = MoveAsync(dead, target);
    }

    private async Task MoveAsync(List<Message> dead, MessageQueue target)
    {
        try
        {
            await target.AdoptAsync(dead, _queue.Name, _journal.Move(dead, target.Id, _queue.Name));
        }
        catch
        {
            _queue.Restore(dead);
            throw;
        }
    }
}
