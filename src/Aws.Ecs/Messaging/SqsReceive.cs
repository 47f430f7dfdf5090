using System.Diagnostics;
using Amazon.SQS.Model;

namespace Aws.Ecs.Messaging;

/// <summary>A consumer's side of the trace context: SQS gives only the attributes that are asked for.</summary>
internal static class SqsReceive
{
    public static void AskForContext(ReceiveMessageRequest request)
    {
        // New lists, since a worker may share one request between its loops.
        if (request.MessageAttributeNames is not { } names || !(names.Contains("All") || names.Contains(".*")))
        {
            request.MessageAttributeNames = [.. (request.MessageAttributeNames ?? []).Union(SqsPropagation.AttributeNames)];
        }

        if (request.MessageSystemAttributeNames is not { } systemNames || !systemNames.Contains("All"))
        {
            request.MessageSystemAttributeNames =
            [
                .. (request.MessageSystemAttributeNames ?? []).Append(SqsPropagation.AwsTraceHeader).Distinct(),
            ];
        }
    }

    public static IEnumerable<ActivityLink> LinksTo(IEnumerable<Message> messages) =>
        from message in messages
        let producer = SqsPropagation.Extract(message).ActivityContext
        where producer != default
        select new ActivityLink(producer, new ActivityTagsCollection { [SqsSpan.MessageId] = message.MessageId });
}
