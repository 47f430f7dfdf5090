namespace LocalAws.Sqs.Queues;

/// <summary>The messages of one queue in the orders that it needs them. The queue's lock guards it.</summary>
internal sealed class QueueContents
{
    private readonly Dictionary<long, Message> _all = [];
    private readonly LinkedList<Message> _visible = [];
    private readonly SortedSet<Message> _scheduled = new(Order.By(message => message.AvailableAt));
    private readonly SortedSet<Message> _byAge = new(Order.By(message => message.SentAt));

    public int VisibleCount => _visible.Count;

    public int InFlightCount { get; private set; }

    public int DelayedCount => _scheduled.Count - InFlightCount;

    /// <summary>When the next delayed or in-flight message becomes visible.</summary>
    public long? NextAvailableAt => _scheduled.Min?.AvailableAt;

    /// <summary>All that are committed, the oldest first.</summary>
    public IEnumerable<Message> ByAge => _byAge;

    public Message? FirstVisible => _visible.First?.Value;

    public Message? Find(long sequence) => _all.GetValueOrDefault(sequence);

    public void AddPending(Message message)
    {
        message.State = MessageState.Pending;
        _all.Add(message.Sequence, message);
    }

    /// <summary>Makes a pending message one of the queue's, unless a purge has taken it away.</summary>
    public void Publish(Message message, long now)
    {
        if (!_all.ContainsKey(message.Sequence))
            return;
        _byAge.Add(message);
        if (message.AvailableAt > now)
            Schedule(message, MessageState.Delayed, message.AvailableAt);
        else
            MakeVisible(message);
    }

    /// <summary>Takes a message out of sight until then.</summary>
    public void Schedule(Message message, MessageState state, long availableAt)
    {
        Detach(message);
        message.State = state;
        message.AvailableAt = availableAt;
        _scheduled.Add(message);
        if (state is MessageState.InFlight)
            InFlightCount++;
    }

    public void MakeVisible(Message message)
    {
        Detach(message);
        message.State = MessageState.Visible;
        message.VisibleNode = _visible.AddLast(message);
    }

    /// <summary>Adds a message as it was when it was taken out, or when the process ended.</summary>
    public void Restore(Message message, long now)
    {
        AddPending(message);
        Publish(message, now);
        if (message is { State: MessageState.Delayed, Receipt: not 0 })
            Schedule(message, MessageState.InFlight, message.AvailableAt);
    }

    /// <summary>Hands a message to a receiver, and hides it from others for so long.</summary>
    public Delivery Deliver(Message message, long now, long visibilityTimeout)
    {
        message.Receipt = Random.Shared.NextInt64(1, long.MaxValue);
        message.ReceivesHere++;
        if (message.ReceiveCount++ == 0)
            message.FirstReceivedAt = now;
        Schedule(message, MessageState.InFlight, now + visibilityTimeout);
        return new(message, message.Receipt, message.ReceiveCount, message.FirstReceivedAt);
    }

    /// <summary>Makes deliveries undone, but of messages that are gone or were delivered again.</summary>
    public List<Message> TakeBack(IEnumerable<Delivery> deliveries)
    {
        var returned = deliveries
            .Where(delivery => delivery.Message.Receipt == delivery.Receipt && Find(delivery.Message.Sequence) is not null)
            .Select(delivery => delivery.Message)
            .ToList();
        foreach (var message in returned)
        {
            message.ReceiveCount--;
            message.ReceivesHere--;
            message.AvailableAt = 0;
            MakeVisible(message);
        }
        return returned;
    }

    public void Remove(Message message)
    {
        if (!_all.Remove(message.Sequence))
            return;
        _byAge.Remove(message);
        Detach(message);
    }

    public void Clear()
    {
        _all.Clear();
        _visible.Clear();
        _scheduled.Clear();
        _byAge.Clear();
        InFlightCount = 0;
    }

    /// <summary>Makes visible what is due, and removes and returns what was sent at or before <paramref name="expired"/>.</summary>
    public IReadOnlyList<Message> Advance(long now, long expired)
    {
        List<Message>? removed = null;
        while (_byAge.Min is { } oldest && oldest.SentAt <= expired)
        {
            Remove(oldest);
            (removed ??= []).Add(oldest);
        }
        while (_scheduled.Min is { } due && due.AvailableAt <= now)
            MakeVisible(due);
        return removed ?? [];
    }

    private void Detach(Message message)
    {
        switch (message.State)
        {
            case MessageState.Visible when message.VisibleNode is { } node:
                _visible.Remove(node);
                message.VisibleNode = null;
                break;
            case MessageState.InFlight or MessageState.Delayed when _scheduled.Remove(message) && message.State is MessageState.InFlight:
                InFlightCount--;
                break;
        }
    }

    private static class Order
    {
        public static IComparer<Message> By(Func<Message, long> time) =>
            Comparer<Message>.Create(
                (left, right) =>
                {
                    var order = time(left).CompareTo(time(right));
                    return order != 0 ? order : left.Sequence.CompareTo(right.Sequence);
                }
            );
    }
}
