using System.Text.Json;
using LocalAws.Sqs.Protocol;
using LocalAws.Storage;
using Microsoft.Data.Sqlite;

namespace LocalAws.Sqs.Queues;

/// <summary>
/// The durable record of messages. A queue writes to it under its own lock, so that the record has the order in which
/// things happened, and waits for the commit outside of it.
/// </summary>
internal sealed class MessageJournal(Database database)
{
    public Task Add(long queueId, IReadOnlyList<Message> messages) =>
        database.RunAsync(session =>
        {
            foreach (var message in messages)
            {
                session.Execute(
                    """
                    INSERT INTO messages (sequence, queue_id, message_id, body, attributes, trace_header, source_queue, sent_at, available_at,
                        first_received_at, receive_count, receives_here, receipt) VALUES ($1, $2, $3, $4, $5, $6, NULL, $7, $8, 0, 0, 0, 0)
                    """,
                    message.Sequence,
                    queueId,
                    message.MessageId,
                    message.Body,
                    message.Attributes is null ? null : JsonSerializer.Serialize(message.Attributes),
                    message.TraceHeader,
                    message.SentAt,
                    message.AvailableAt
                );
            }
        });

    /// <summary>Records deliveries and visibility as they are now.</summary>
    public Task Update(params IEnumerable<Message> messages)
    {
        var rows = messages
            .Select(message =>
                (
                    message.Sequence,
                    message.AvailableAt,
                    message.FirstReceivedAt,
                    message.ReceiveCount,
                    message.ReceivesHere,
                    message.Receipt
                )
            )
            .ToArray();
        return database.RunAsync(session =>
        {
            foreach (var row in rows)
            {
                session.Execute(
                    """
                    UPDATE messages SET available_at = $2, first_received_at = $3, receive_count = $4, receives_here = $5, receipt = $6
                    WHERE sequence = $1
                    """,
                    row.Sequence,
                    row.AvailableAt,
                    row.FirstReceivedAt,
                    row.ReceiveCount,
                    row.ReceivesHere,
                    row.Receipt
                );
            }
        });
    }

    public Task Move(IReadOnlyList<Message> messages, long targetId, string sourceQueue) =>
        database.RunAsync(session =>
        {
            foreach (var message in messages)
            {
                session.Execute(
                    """
                    UPDATE messages SET queue_id = $2, source_queue = $3, available_at = 0, receives_here = 0, receipt = 0
                    WHERE sequence = $1
                    """,
                    message.Sequence,
                    targetId,
                    sourceQueue
                );
            }
        });

    public Task Remove(params IEnumerable<Message> messages)
    {
        var sequences = messages.Select(message => message.Sequence).ToArray();
        return database.RunAsync(session =>
        {
            foreach (var sequence in sequences)
                session.Execute("DELETE FROM messages WHERE sequence = $1", sequence);
        });
    }

    public Task RemoveAll(long queueId) =>
        database.RunAsync(session => session.Execute("DELETE FROM messages WHERE queue_id = $1", queueId));

    /// <summary>The messages of a queue in the order of their arrival.</summary>
    public static List<Message> Read(DatabaseSession session, long queueId) =>
        session.Query(
            """
            SELECT sequence, message_id, body, attributes, trace_header, source_queue, sent_at, available_at, first_received_at,
                receive_count, receives_here, receipt FROM messages WHERE queue_id = $1 ORDER BY sequence
            """,
            ReadMessage,
            queueId
        );

    private static Message ReadMessage(SqliteDataReader row) =>
        new()
        {
            Sequence = row.GetInt64(0),
            MessageId = row.GetString(1),
            Body = row.GetString(2),
            Attributes = row.IsDBNull(3) ? null : JsonSerializer.Deserialize<Dictionary<string, MessageAttributeValue>>(row.GetString(3)),
            TraceHeader = row.IsDBNull(4) ? null : row.GetString(4),
            SourceQueue = row.IsDBNull(5) ? null : row.GetString(5),
            SentAt = row.GetInt64(6),
            AvailableAt = row.GetInt64(7),
            FirstReceivedAt = row.GetInt64(8),
            ReceiveCount = row.GetInt32(9),
            ReceivesHere = row.GetInt32(10),
            Receipt = row.GetInt64(11),
        };
}
