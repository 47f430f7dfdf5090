using LocalAws.Sqs.Operations;
using LocalAws.Sqs.Queues;

namespace LocalAws.Sqs;

internal static class SqsServices
{
    /// <summary>Adds SQS: the operations in this list are all that there are.</summary>
    public static IServiceCollection AddSqs(this IServiceCollection services) =>
        services
            .AddSingleton<QueueDirectory>()
            .AddSingleton<SqsEndpoint>()
            .AddSingleton<MessagePreview>()
            .AddSingleton<SqsOperation, ChangeMessageVisibility>()
            .AddSingleton<SqsOperation, ChangeMessageVisibilityBatch>()
            .AddSingleton<SqsOperation, CreateQueue>()
            .AddSingleton<SqsOperation, DeleteMessage>()
            .AddSingleton<SqsOperation, DeleteMessageBatch>()
            .AddSingleton<SqsOperation, DeleteQueue>()
            .AddSingleton<SqsOperation, GetQueueAttributes>()
            .AddSingleton<SqsOperation, GetQueueUrl>()
            .AddSingleton<SqsOperation, ListDeadLetterSourceQueues>()
            .AddSingleton<SqsOperation, ListQueueTags>()
            .AddSingleton<SqsOperation, ListQueues>()
            .AddSingleton<SqsOperation, PurgeQueue>()
            .AddSingleton<SqsOperation, ReceiveMessage>()
            .AddSingleton<SqsOperation, SendMessage>()
            .AddSingleton<SqsOperation, SendMessageBatch>()
            .AddSingleton<SqsOperation, SetQueueAttributes>()
            .AddSingleton<SqsOperation, TagQueue>()
            .AddSingleton<SqsOperation, UntagQueue>();
}
