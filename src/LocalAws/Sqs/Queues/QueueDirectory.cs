using System.Collections.Concurrent;
using System.Text.Json;
using LocalAws.Storage;

namespace LocalAws.Sqs.Queues;

/// <summary>The queues, by name.</summary>
internal sealed class QueueDirectory(Database database, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, MessageQueue> _queues = new(StringComparer.Ordinal);
    private readonly MessageJournal _journal = new(database);
    private readonly SemaphoreSlim _changing = new(1);
    private long _lastSequence;

    public IEnumerable<MessageQueue> All => _queues.Values.OrderBy(queue => queue.Name, StringComparer.Ordinal);

    public MessageQueue? Find(string name) => _queues.GetValueOrDefault(name);

    public long NextSequence() => Interlocked.Increment(ref _lastSequence);

    /// <summary>Takes up the queues and messages of the last run.</summary>
    public Task LoadAsync() =>
        database.RunAsync(session =>
        {
            session.Execute("DELETE FROM messages WHERE queue_id NOT IN (SELECT id FROM queues)");
            var stored = session.Query("SELECT id, name, created_at, modified_at, attributes, tags FROM queues", row =>
                (
                    Id: row.GetInt64(0),
                    Description: new QueueDescription(
                        row.GetString(1),
                        row.GetInt64(2),
                        row.GetInt64(3),
                        ReadMap(row.GetString(4)),
                        ReadMap(row.GetString(5))
                    )
                )
            );
            foreach (var (id, description) in stored)
            {
                var messages = MessageJournal.Read(session, id);
                _lastSequence = Math.Max(_lastSequence, messages.Select(message => message.Sequence).LastOrDefault());
                var queue = Open(id, description);
                queue.Restore(messages);
                _queues[queue.Name] = queue;
            }
        });

    /// <summary>Creates a queue, or returns the one that exists if each of these attributes is as asked for.</summary>
    public async Task<MessageQueue> CreateAsync(
        string name,
        IReadOnlyDictionary<string, string> attributes,
        IReadOnlyDictionary<string, string> tags
    )
    {
        using var change = await ChangeAsync();
        if (Find(name) is { } existing)
        {
            foreach (var (attribute, value) in attributes)
            {
                var current = existing.Description.Attributes.GetValueOrDefault(attribute)
                    ?? QueueAttributes.Defaults.GetValueOrDefault(attribute);
                if ((current ?? "") != value)
                    throw SqsException.QueueAlreadyExists(attribute);
            }
            return existing;
        }
        RequireDeadLetterQueue(attributes);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var description = new QueueDescription(name, now, now, WithoutEmpty(attributes), tags);
        var ids = await database.RunAsync(session =>
            session.Query(
                "INSERT INTO queues (name, created_at, modified_at, attributes, tags) VALUES ($1, $2, $2, $3, $4) RETURNING id",
                row => row.GetInt64(0),
                name,
                now,
                JsonSerializer.Serialize(description.Attributes),
                JsonSerializer.Serialize(tags)
            )
        );
        return _queues[name] = Open(ids[0], description);
    }

    /// <summary>Sets attributes; an empty value takes a policy away.</summary>
    public async Task SetAttributesAsync(MessageQueue queue, IReadOnlyDictionary<string, string> attributes)
    {
        using var change = await ChangeAsync();
        RequireDeadLetterQueue(attributes);
        var merged = new Dictionary<string, string>(queue.Description.Attributes);
        foreach (var (attribute, value) in attributes)
            merged[attribute] = value;
        await StoreAsync(
            queue,
            queue.Description with
            {
                Attributes = WithoutEmpty(merged),
                ModifiedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            }
        );
    }

    public async Task SetTagsAsync(
        MessageQueue queue,
        Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> update
    )
    {
        using var change = await ChangeAsync();
        await StoreAsync(queue, queue.Description with { Tags = update(queue.Description.Tags) });
    }

    public async Task DeleteAsync(MessageQueue queue)
    {
        using var change = await ChangeAsync();
        if (Find(queue.Name) != queue)
            throw SqsException.NonExistentQueue();
        // There first: what fails here leaves the queue as it was.
        await database.RunAsync(session =>
        {
            session.Execute("DELETE FROM queues WHERE id = $1", queue.Id);
            session.Execute("DELETE FROM messages WHERE queue_id = $1", queue.Id);
        });
        _queues.TryRemove(new(queue.Name, queue));
        queue.Delete();
    }

    public void Dispose() => _changing.Dispose();

    private async Task StoreAsync(MessageQueue queue, QueueDescription description)
    {
        await database.RunAsync(session =>
            session.Execute(
                "UPDATE queues SET modified_at = $2, attributes = $3, tags = $4 WHERE id = $1",
                queue.Id,
                description.ModifiedAt,
                JsonSerializer.Serialize(description.Attributes),
                JsonSerializer.Serialize(description.Tags)
            )
        );
        queue.Describe(description);
    }

    private MessageQueue Open(long id, QueueDescription description) => new(id, description, _journal, time, Find);

    private void RequireDeadLetterQueue(IReadOnlyDictionary<string, string> attributes)
    {
        if (
            attributes.TryGetValue("RedrivePolicy", out var policy)
            && policy.Length > 0
            && Find(RedrivePolicy.Parse(policy).DeadLetterQueue) is null
        )
        {
            throw SqsException.InvalidParameterValue(
                $"Value {policy} for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist."
            );
        }
    }

    private async Task<IDisposable> ChangeAsync()
    {
        await _changing.WaitAsync();
        return new Change(_changing);
    }

    private static Dictionary<string, string> WithoutEmpty(IReadOnlyDictionary<string, string> attributes) =>
        attributes.Where(attribute => attribute.Value.Length > 0).ToDictionary();

    private static Dictionary<string, string> ReadMap(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];

    private sealed class Change(SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose() => semaphore.Release();
    }
}
