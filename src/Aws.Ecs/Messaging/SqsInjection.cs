using System.Diagnostics;
using Amazon.Runtime;
using Amazon.SQS.Model;

namespace Aws.Ecs.Messaging;

/// <summary>
/// The trace context in a request to send, for as long as the call lasts: a request that the application sends again must carry the
/// context of then.
/// </summary>
internal sealed class SqsInjection : IDisposable
{
    private readonly Action _restore;

    private SqsInjection(Action restore) => _restore = restore;

    /// <summary>Injects into a request that sends messages; null where it sends none or there is nothing to inject.</summary>
    public static SqsInjection? Into(AmazonWebServiceRequest request, ActivityContext context)
    {
        if (context == default)
        {
            return null;
        }

        switch (request)
        {
            case SendMessageRequest message:
                var (attributes, systemAttributes) = (message.MessageAttributes, message.MessageSystemAttributes);
                SqsPropagation.Inject(context, message);
                return new SqsInjection(() =>
                    (message.MessageAttributes, message.MessageSystemAttributes) = (attributes, systemAttributes)
                );
            case SendMessageBatchRequest { Entries: { Count: > 0 } entries }:
                var before = entries.Select(entry => (Entry: entry, entry.MessageAttributes, entry.MessageSystemAttributes)).ToList();
                SqsPropagation.Inject(context, entries);
                return new SqsInjection(() =>
                {
                    foreach (var (entry, messageAttributes, messageSystemAttributes) in before)
                    {
                        (entry.MessageAttributes, entry.MessageSystemAttributes) = (messageAttributes, messageSystemAttributes);
                    }
                });
            default:
                return null;
        }
    }

    public void Dispose() => _restore();
}
