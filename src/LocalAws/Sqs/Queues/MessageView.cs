namespace LocalAws.Sqs.Queues;

/// <summary>A message as it was at one moment. Times are Unix milliseconds.</summary>
internal sealed record MessageView(string MessageId, string Body, long SentAt, int ReceiveCount, MessageState State);
