namespace Hosting.Fargate;

/// <summary>What a service may do with a queue. Deployed, each becomes a statement in the role of the service's tasks.</summary>
[Flags]
public enum QueueAccess
{
    /// <summary>Send messages: sqs:SendMessage, sqs:GetQueueUrl, sqs:GetQueueAttributes.</summary>
    Send = 1,

    /// <summary>
    /// Take messages: sqs:ReceiveMessage, sqs:DeleteMessage, sqs:ChangeMessageVisibility, sqs:GetQueueUrl, sqs:GetQueueAttributes.
    /// </summary>
    Consume = 2,

    /// <summary>The same as <see cref="Consume"/> on the queue's dead-letter queue.</summary>
    ConsumeDeadLetters = 4,
}
