namespace LocalAws.Sqs.Queues;

/// <summary>A message as one receiver was given it.</summary>
internal sealed record Delivery(Message Message, long Receipt, int ReceiveCount, long FirstReceivedAt)
{
    public string ReceiptHandle => new ReceiptHandle(Message.Sequence, Receipt).ToString();
}
