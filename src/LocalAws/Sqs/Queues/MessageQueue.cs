namespace LocalAws.Sqs.Queues;

/// <summary>
/// One queue: its messages in memory, every change in the journal before it is acknowledged. Times are Unix milliseconds.
/// </summary>
internal sealed class MessageQueue
{
    private const int MaximumInFlight = 120_000;

    private readonly Lock _gate = new();
    private readonly QueueContents _contents = new();
    private readonly Receivers _receivers;
    private readonly MessageJournal _journal;
    private readonly TimeProvider _time;
    private bool _deleted;

    // A redrive policy names its dead-letter queue, which `find` then finds.
    public MessageQueue(long id, QueueDescription description, MessageJournal journal, TimeProvider time, Func<string, MessageQueue?> find)
    {
        (Id, Description, _journal, _time) = (id, description, journal, time);
        Settings = QueueSettings.From(description.Attributes);
        _receivers = new(this, _contents, journal, time, find, SomethingIsDue);
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

    /// <summary>Takes up what the journal held when the process started, and what could not be taken out of it, as it was before.</summary>
    public void Restore(params IEnumerable<Message> messages)
    {
        lock (_gate)
        {
            foreach (var message in messages.Where(_ => !_deleted))
                _contents.Restore(message, Now);
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
            if (!_receivers.TryServe(waiter) && wait > TimeSpan.Zero)
                _receivers.Add(waiter);
            moved = _receivers.LastMove;
        }
        // Whoever finds this queue empty finds the dead letters in theirs. Those that could not be moved are here again, and tried at the
        // next receive.
        await moved.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopped, disconnected);
        if (wait > TimeSpan.Zero)
            await waiter.WaitAsync(wait, _time, either.Token);
        lock (_gate)
            _receivers.Remove(waiter);

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
                _contents.TakeBack(served.Deliveries);
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
            var committed = _journal.Update(_contents.TakeBack(deliveries));
            _receivers.Serve();
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
            Restore(message);
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
            _receivers.Serve();
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
            _receivers.Dispose();
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

    /// <summary>Takes the dead letters of another queue, once the journal has moved them.</summary>
    public async Task AdoptAsync(IReadOnlyList<Message> messages, string sourceQueue, Task moved)
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

    private void Publish(IReadOnlyList<Message> messages)
    {
        lock (_gate)
        {
            foreach (var message in messages)
                _contents.Publish(message, Now);
            _receivers.Serve();
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
            _receivers.Serve();
        }
    }

    private void Advance()
    {
        var expired = _contents.Advance(Now, Now - Settings.Retention);
        if (expired.Count > 0)
            _ = _journal.Remove(expired);
    }
}
