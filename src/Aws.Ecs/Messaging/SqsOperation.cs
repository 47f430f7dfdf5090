using System.Diagnostics;
using Amazon.Runtime;
using Amazon.SQS.Model;

namespace Aws.Ecs.Messaging;

/// <summary>A call to SQS that is a messaging operation, as the conventions name it.</summary>
/// <param name="Name">The operation: the first word of the span's name.</param>
/// <param name="Kind">The kind of its span.</param>
/// <param name="Method">The AWS operation.</param>
/// <param name="QueueUrl">The queue.</param>
/// <param name="BatchCount">How many messages a batch has; null where the call has one.</param>
internal sealed record SqsOperation(string Name, ActivityKind Kind, string Method, string? QueueUrl, int? BatchCount = null)
{
    /// <summary>The operation that a request is, or null where it is none, such as CreateQueue.</summary>
    public static SqsOperation? Of(AmazonWebServiceRequest request) =>
        request switch
        {
            SendMessageRequest send => new("send", ActivityKind.Producer, "SendMessage", send.QueueUrl),
            SendMessageBatchRequest send => new("send", ActivityKind.Producer, "SendMessageBatch", send.QueueUrl, send.Entries?.Count),
            ReceiveMessageRequest receive => new("receive", ActivityKind.Client, "ReceiveMessage", receive.QueueUrl),
            DeleteMessageRequest delete => new("settle", ActivityKind.Client, "DeleteMessage", delete.QueueUrl),
            DeleteMessageBatchRequest delete => new(
                "settle",
                ActivityKind.Client,
                "DeleteMessageBatch",
                delete.QueueUrl,
                delete.Entries?.Count
            ),
            ChangeMessageVisibilityRequest change => new("settle", ActivityKind.Client, "ChangeMessageVisibility", change.QueueUrl),
            ChangeMessageVisibilityBatchRequest change => new(
                "settle",
                ActivityKind.Client,
                "ChangeMessageVisibilityBatch",
                change.QueueUrl,
                change.Entries?.Count
            ),
            _ => null,
        };

    /// <summary>Starts the span.</summary>
    public Activity? Start(string? region, IEnumerable<ActivityLink>? links = null, DateTimeOffset startTime = default)
    {
        var tags = SqsSpan.Tags(Name, Name, QueueUrl);
        SqsSpan.AddCall(tags, QueueUrl, Method, region);
        if (BatchCount is { } count)
        {
            tags[SqsSpan.BatchMessageCount] = count;
        }

        return SqsTelemetry.Source.StartActivity(SqsSpan.Name(Name, QueueUrl), Kind, parentContext: default, tags, links, startTime);
    }
}
