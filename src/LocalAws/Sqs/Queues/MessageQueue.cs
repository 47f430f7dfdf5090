namespace LocalAws.Sqs.Queues;

/// <summary>
/// One queue: its messages in memory, every change in the journal before it is acknowledged. Times are Unix milliseconds.
/// </summary>
internal sealed class MessageQueue
{
    private const int MaximumInFlight = 120_000;

    private readonly Lock _gate = new();
    private readonly QueueContents _contents = new();
    private readonly LinkedList<Waiter> _waiters = [];
    private readonly MessageJournal _journal;
    private readonly TimeProvider _time;
    private readonly Func<string, MessageQueue?> _find;
    private readonly ITimer _timer;
    private Task _lastMove = Task.CompletedTask;
    private bool _deleted;

    // A redrive policy names its dead-letter queue, which `find` then finds.
    public MessageQueue(long id, QueueDescription description, MessageJournal journal, TimeProvider time, Func<string, MessageQueue?> find)
    {
        (Id, Description, _journal, _time, _find) = (id, description, journal, time, find);
        Settings = QueueSettings.From(description.Attributes);
        _timer = time.CreateTimer(_ => SomethingIsDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public long Id { get; }

    public string Name => Description.Name;

    public QueueDescription Description { get; private set; }

    public QueueSettings Settings { get; private set; }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    public void Describe(QueueDescription description)
    {
        lock (_gate)
        {
            Description = description;
            Settings = QueueSettings.From(description.Attributes);
        }
    }

    /// <summary>Takes up what the journal held when the process started.</summary>
    public void Restore(IEnumerable<Message> messages)
    {
        lock (_gate)
        {
            foreach (var message in messages)
                PutBack(message);
        }
    }

    /// <summary>Adds messages; receivers see them once they are committed.</summary>
    public async Task SendAsync(IReadOnlyList<Message> messages)
    {
        Task committed;
        lock (_gate)
        {
            ThrowIfDeleted();
            foreach (var message in messages)
                _contents.AddPending(message);
            committed = _journal.Add(Id, messages);
        }
        try
        {
            await committed;
        }
        catch
        {
            lock (_gate)
            {
                foreach (var message in messages)
                    _contents.Remove(message);
            }
            throw;
        }
        Publish(messages);
    }

    /// <summary>
    /// Delivers up to <paramref name="maximum"/> messages and hides them for <paramref name="visibilityTimeout"/>. Without any it
    /// waits for the first; the end of the wait or <paramref name="stopped"/> gives none. Where <paramref name="disconnected"/> says
    /// that nobody takes the answer, its messages go back as if never received.
    /// </summary>
    public async Task<IReadOnlyList<Delivery>> ReceiveAsync(
        int maximum,
        long visibilityTimeout,
        TimeSpan wait,
        CancellationToken stopped,
        CancellationToken disconnected
    )
    {
        var waiter = new Waiter(maximum, visibilityTimeout);
        Task moved;
        lock (_gate)
        {
            ThrowIfDeleted();
            Advance();
            if (_contents.InFlightCount >= MaximumInFlight)
                throw SqsException.OverLimit($"Too many messages in flight: a queue can have {MaximumInFlight}.");
            if (!TryServe(waiter) && wait > TimeSpan.Zero)
            {
                _waiters.AddLast(waiter.Node);
                SetTimer();
            }
            moved = _lastMove;
        }
        // Whoever finds this queue empty finds the dead letters in theirs. Those that could not be moved are here again, and tried at the next receive.
        await moved.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopped, disconnected);
        if (wait > TimeSpan.Zero)
            await waiter.WaitAsync(wait, _time, either.Token);
        lock (_gate)
        {
            if (waiter.Node.List is not null)
                _waiters.Remove(waiter.Node);
        }

        if (waiter.Served is not { } served)
        {
            ThrowIfDeleted();
            return [];
        }
        try
        {
            await served.Committed;
        }
        catch
        {
            lock (_gate)
                TakeBack(served.Deliveries);
            throw;
        }
        if (!disconnected.IsCancellationRequested)
            return served.Deliveries;
        await HandBackAsync(served.Deliveries);
        return [];
    }

    /// <summary>Makes deliveries undone that did not reach their receiver.</summary>
    public Task HandBackAsync(IReadOnlyList<Delivery> deliveries)
    {
        lock (_gate)
        {
            var committed = _journal.Update(TakeBack(deliveries));
            ServeWaiters();
            return committed;
        }
    }

    /// <summary>Deletes the message, if the handle is that of its last delivery: as in SQS, an older one has no effect.</summary>
    public async Task DeleteAsync(ReceiptHandle handle)
    {
        Message? message;
        Task committed;
        lock (_gate)
        {
            ThrowIfDeleted();
            message = _contents.Find(handle.Sequence);
            if (message is null || message.Receipt != handle.Receipt)
                return;
            _contents.Remove(message);
            committed = _journal.Remove(message);
        }
        try
        {
            await committed;
        }
        catch
        {
            // Not deleted: were it gone from here, the next try would be told that it is, until a restart brings it back.
            lock (_gate)
            {
                if (!_deleted)
                    PutBack(message);
            }
            throw;
        }
    }

    /// <summary>Hides an in-flight message for so long from now on; 0 makes it visible at once.</summary>
    public Task ChangeVisibilityAsync(ReceiptHandle handle, long visibilityTimeout)
    {
        lock (_gate)
        {
            ThrowIfDeleted();
            Advance();
            if (_contents.Find(handle.Sequence) is not { } message || message.Receipt != handle.Receipt)
            {
                throw SqsException.InvalidParameterValue(
                    $"Value {handle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available "
                        + "for visibility timeout change."
                );
            }
            if (message.State is not MessageState.InFlight)
                throw SqsException.MessageNotInflight();
            _contents.Schedule(message, MessageState.InFlight, Now + visibilityTimeout);
            var committed = _journal.Update(message);
            Advance();
            ServeWaiters();
            return committed;
        }
    }

    public Task PurgeAsync()
    {
        lock (_gate)
        {
            ThrowIfDeleted();
            _contents.Clear();
            return _journal.RemoveAll(Id);
        }
    }

    /// <summary>Refuses all that comes after; who waits for a message is told so.</summary>
    public void Delete()
    {
        lock (_gate)
        {
            _deleted = true;
            _contents.Clear();
            foreach (var waiter in _waiters)
                waiter.Release();
            _timer.Dispose();
        }
    }

    public (int Visible, int InFlight, int Delayed) Count()
    {
        lock (_gate)
        {
            Advance();
            return (_contents.VisibleCount, _contents.InFlightCount, _contents.DelayedCount);
        }
    }

    /// <summary>Up to so many messages, the oldest first, and nothing changes by it.</summary>
    public IReadOnlyList<MessageView> Preview(int maximum)
    {
        lock (_gate)
        {
            Advance();
            return
            [
                .. _contents
                    .ByAge.Take(maximum)
                    .Select(message => new MessageView(
                        message.MessageId,
                        message.Body,
                        message.SentAt,
                        message.ReceiveCount,
                        message.State
                    )),
            ];
        }
    }

    private void Publish(IReadOnlyList<Message> messages)
    {
        lock (_gate)
        {
            foreach (var message in messages)
                _contents.Publish(message, Now);
            ServeWaiters();
        }
    }

    private void ThrowIfDeleted()
    {
        if (_deleted)
            throw SqsException.NonExistentQueue();
    }

    private void SomethingIsDue()
    {
        lock (_gate)
        {
            if (_deleted)
                return;
            Advance();
            ServeWaiters();
        }
    }

    private void Advance()
    {
        var expired = _contents.Advance(Now, Now - Settings.Retention);
        if (expired.Count > 0)
            _ = _journal.Remove(expired);
    }

    private void ServeWaiters()
    {
        while (_waiters.First is { } first && TryServe(first.Value))
            _waiters.Remove(first);
        SetTimer();
    }

    // Nobody needs to be woken while nobody waits: a receive looks for itself what has become due.
    private void SetTimer()
    {
        if (_deleted)
            return;
        var due =
            _waiters.Count > 0 && _contents.NextAvailableAt is { } next
                ? TimeSpan.FromMilliseconds(Math.Max(1, next - Now))
                : Timeout.InfiniteTimeSpan;
        _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    private bool TryServe(Waiter waiter)
    {
        MoveDeadLetters();
        var deliveries = new List<Delivery>();
        while (deliveries.Count < waiter.Maximum && _contents.FirstVisible is { } message)
        {
            deliveries.Add(Deliver(message, waiter.VisibilityTimeout));
            MoveDeadLetters();
        }
        if (deliveries.Count == 0)
            return false;
        waiter.Serve(new(deliveries, _journal.Update(deliveries.Select(delivery => delivery.Message))));
        return true;
    }

    private Delivery Deliver(Message message, long visibilityTimeout)
    {
        var now = Now;
        message.Receipt = Random.Shared.NextInt64(1, long.MaxValue);
        message.ReceivesHere++;
        if (message.ReceiveCount++ == 0)
            message.FirstReceivedAt = now;
        var delivery = new Delivery(message, message.Receipt, message.ReceiveCount, message.FirstReceivedAt);
        _contents.Schedule(message, MessageState.InFlight, now + visibilityTimeout);
        return delivery;
    }

    // A message goes to the dead-letter queue when a receiver would get it once too often, not before: so does SQS.
    private void MoveDeadLetters()
    {
        if (Settings.Redrive is not { } redrive)
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
            _lastMove = MoveAsync(dead, target);
    }

    private async Task MoveAsync(List<Message> dead, MessageQueue target)
    {
        try
        {
            await target.AdoptAsync(dead, Name, _journal.Move(dead, target.Id, Name));
        }
        catch
        {
            lock (_gate)
            {
                foreach (var message in dead.Where(_ => !_deleted))
                    PutBack(message);
            }
            throw;
        }
    }

    // As it was before it was taken out.
    private void PutBack(Message message)
    {
        _contents.AddPending(message);
        _contents.Publish(message, Now);
        if (message is { State: MessageState.Delayed, Receipt: not 0 })
            _contents.Schedule(message, MessageState.InFlight, message.AvailableAt);
    }

    private List<Message> TakeBack(IEnumerable<Delivery> deliveries)
    {
        var returned = deliveries
            .Where(delivery => delivery.Message.Receipt == delivery.Receipt && _contents.Find(delivery.Message.Sequence) is not null)
            .Select(delivery => delivery.Message)
            .ToList();
        foreach (var message in returned)
        {
            message.ReceiveCount--;
            message.ReceivesHere--;
            message.AvailableAt = 0;
            _contents.MakeVisible(message);
        }
        return returned;
    }

    private async Task AdoptAsync(IReadOnlyList<Message> messages, string sourceQueue, Task moved)
    {
        // Never under the lock of the queue that they come from, for two queues may name each other.
        await moved.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        lock (_gate)
        {
            foreach (var message in messages)
            {
                (message.SourceQueue, message.AvailableAt, message.ReceivesHere, message.Receipt) = (sourceQueue, 0, 0, 0);
                _contents.AddPending(message);
            }
        }
        Publish(messages);
    }
}
