using System.Net;
using System.Net.Http.Json;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Hosting.Fargate;

/// <summary>A queue of the emulator, for who looks after it in the dashboard.</summary>
internal sealed class EmulatedQueue
{
    /// <summary>
    /// How many messages one call gives:
    /// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html.
    /// </summary>
    private const int AtOnce = 10;

    private readonly EmulatedAws _aws;
    private readonly string _url;

    private EmulatedQueue(EmulatedAws aws, string name, string url)
    {
        (_aws, Name, _url) = (aws, name, url);
    }

    public string Name { get; }

    /// <exception cref="QueueDoesNotExistException">There is none of that name.</exception>
    public static async Task<EmulatedQueue> FindAsync(EmulatedAws aws, string name, CancellationToken cancellationToken) =>
        new(aws, name, (await aws.Sqs.GetQueueUrlAsync(name, cancellationToken)).QueueUrl);

    public async Task<QueueCounts> CountAsync(CancellationToken cancellationToken)
    {
        var answer = await _aws.Sqs.GetQueueAttributesAsync(
            _url,
            [
                QueueAttributeName.ApproximateNumberOfMessages,
                QueueAttributeName.ApproximateNumberOfMessagesNotVisible,
                QueueAttributeName.ApproximateNumberOfMessagesDelayed,
            ],
            cancellationToken
        );
        return new QueueCounts(
            answer.ApproximateNumberOfMessages,
            answer.ApproximateNumberOfMessagesNotVisible,
            answer.ApproximateNumberOfMessagesDelayed
        );
    }

    /// <summary>The oldest messages, received by nobody: to receive them would bring them nearer to the dead-letter queue.</summary>
    /// <returns>Null where the emulator has no way to show them: SQS has none.</returns>
    public async Task<IReadOnlyList<QueuedMessage>?> PreviewAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        using var answer = await http.GetAsync(new Uri($"{_aws.Address}/_localaws/queues/{Name}/messages"), cancellationToken);
        return answer.StatusCode is HttpStatusCode.OK
            ? await answer.Content.ReadFromJsonAsync<List<QueuedMessage>>(cancellationToken)
            : null;
    }

    public Task PurgeAsync(CancellationToken cancellationToken) => _aws.Sqs.PurgeQueueAsync(_url, cancellationToken);

    /// <summary>
    /// Sends what is in the queue to another and deletes it here: each message at least once, whenever this is stopped.
    /// </summary>
    /// <returns>How many were moved.</returns>
    public async Task<int> MoveToAsync(EmulatedQueue other, CancellationToken cancellationToken)
    {
        var moved = 0;
        // As many as there are now: one that fails again while this goes on is a dead letter of its own.
        var most = (await CountAsync(cancellationToken)).Waiting;
        while (moved < most)
        {
            var received = await _aws.Sqs.ReceiveMessageAsync(
                new ReceiveMessageRequest
                {
                    QueueUrl = _url,
                    MaxNumberOfMessages = Math.Min(AtOnce, most - moved),
                    MessageAttributeNames = ["All"],
                    MessageSystemAttributeNames = [MessageSystemAttributeName.AWSTraceHeader],
                },
                cancellationToken
            );
            if (received.Messages is not { Count: > 0 } messages)
            {
                break;
            }

            foreach (var message in messages)
            {
                await _aws.Sqs.SendMessageAsync(Copy(message, other._url), cancellationToken);
                await _aws.Sqs.DeleteMessageAsync(_url, message.ReceiptHandle, cancellationToken);
                moved++;
            }
        }

        return moved;
    }

    /// <summary>The same with the trace that it belongs to.</summary>
    private static SendMessageRequest Copy(Message message, string queue)
    {
        var copy = new SendMessageRequest
        {
            QueueUrl = queue,
            MessageBody = message.Body,
            MessageAttributes = message.MessageAttributes,
        };
        if (message.Attributes?.GetValueOrDefault(MessageSystemAttributeName.AWSTraceHeader) is { } trace)
        {
            copy.MessageSystemAttributes = new Dictionary<string, MessageSystemAttributeValue>
            {
                [MessageSystemAttributeNameForSends.AWSTraceHeader] = new() { DataType = "String", StringValue = trace },
            };
        }

        return copy;
    }
}

/// <summary>How many messages a queue has.</summary>
/// <param name="Waiting">Those that a consumer would get.</param>
/// <param name="InFlight">Those that a consumer has.</param>
/// <param name="Delayed">Those that no consumer may have yet.</param>
internal sealed record QueueCounts(int Waiting, int InFlight, int Delayed)
{
    public int Total => Waiting + InFlight + Delayed;
}

/// <summary>A message in a queue.</summary>
/// <param name="MessageId">Its id.</param>
/// <param name="Body">What was sent.</param>
/// <param name="SentAt">When.</param>
/// <param name="ReceiveCount">How often it was received.</param>
/// <param name="State"><c>Visible</c>, <c>InFlight</c> or <c>Delayed</c>.</param>
internal sealed record QueuedMessage(string MessageId, string Body, DateTimeOffset SentAt, int ReceiveCount, string State);
