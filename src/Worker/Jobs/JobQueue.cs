using System.Globalization;
using System.Text.Json;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Options;
using Profiles;

namespace Worker.Jobs;

/// <summary>The queue, as far as a consumer needs it.</summary>
internal sealed class JobQueue(IAmazonSQS sqs, ProfileResources resources, IOptions<WorkerOptions> options)
{
    // The longest that SQS allows: an idle worker asks three times a minute.
    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(15);

    private readonly WorkerOptions _options = options.Value;
    private RedriveLimit? _redriveLimit;

    public string Url => resources.QueueUrl;

    /// <summary>
    /// Waits for one message. A call that is cancelled in the moment in which SQS answers it loses the message to its visibility timeout:
    /// the receipt handle is in the answer alone.
    /// </summary>
    public async Task<ReceivedJob?> ReceiveAsync(CancellationToken cancellationToken)
    {
        _redriveLimit ??= await ReadRedriveLimitAsync(cancellationToken);
        var response = await sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest(Url)
            {
                MaxNumberOfMessages = 1,
                WaitTimeSeconds = (int)LongPoll.TotalSeconds,
                VisibilityTimeout = Seconds(_options.VisibilityTimeout),
                MessageAttributeNames = [ReceivedJob.FailedTriesAttribute],
                MessageSystemAttributeNames =
                [
                    MessageSystemAttributeName.ApproximateReceiveCount,
                    MessageSystemAttributeName.SentTimestamp,
                ],
            },
            cancellationToken
        );
        return response.Messages is [var message, ..] ? new ReceivedJob(message, _redriveLimit.MaxReceives) : null;
    }

    /// <summary>Keeps a message hidden for another visibility timeout.</summary>
    public Task ExtendAsync(ReceivedJob job, CancellationToken cancellationToken) =>
        sqs.ChangeMessageVisibilityAsync(Url, job.Message.ReceiptHandle, Seconds(_options.VisibilityTimeout), cancellationToken);

    /// <summary>
    /// Gives a message back, to be seen again after a delay. One that was received often enough goes to the dead-letter queue.
    /// </summary>
    public Task ReleaseAsync(ReceivedJob job, TimeSpan delay, CancellationToken cancellationToken) =>
        sqs.ChangeMessageVisibilityAsync(Url, job.Message.ReceiptHandle, Seconds(delay), cancellationToken);

    /// <summary>
    /// Gives a message back as if this receive had not been: SQS counts receives, and cannot be told that one was no try. So a copy is
    /// sent, with the failed tries so far in an attribute, and then the message removed. A worker that ends between the two leaves both,
    /// which is a job twice.
    /// </summary>
    public async Task HandBackAsync(ReceivedJob job, CancellationToken cancellationToken)
    {
        var attributes = new Dictionary<string, MessageAttributeValue>(job.Message.MessageAttributes ?? [])
        {
            [ReceivedJob.FailedTriesAttribute] = new()
            {
                DataType = "Number",
                StringValue = (job.Try - 1).ToString(CultureInfo.InvariantCulture),
            },
        };
        await sqs.SendMessageAsync(new SendMessageRequest(Url, job.Message.Body) { MessageAttributes = attributes }, cancellationToken);
        await DeleteAsync(job, cancellationToken);
    }

    /// <summary>Removes a message that is dealt with.</summary>
    public Task DeleteAsync(ReceivedJob job, CancellationToken cancellationToken) =>
        sqs.DeleteMessageAsync(Url, job.Message.ReceiptHandle, cancellationToken);

    /// <summary>How long a job rests after a failed attempt.</summary>
    public TimeSpan RetryDelay(int attempt)
    {
        var delay = _options.RetryDelay * Math.Pow(2, Math.Min(attempt, 16) - 1);
        return delay < LongestDelay ? delay : LongestDelay;
    }

    private async Task<RedriveLimit> ReadRedriveLimitAsync(CancellationToken cancellationToken)
    {
        var response = await sqs.GetQueueAttributesAsync(Url, [QueueAttributeName.RedrivePolicy], cancellationToken);
        if (response.Attributes?.GetValueOrDefault(QueueAttributeName.RedrivePolicy) is not { Length: > 0 } policy)
            return new RedriveLimit(null);

        // SQS gives the number as it was set: as a number or as a string.
        using var document = JsonDocument.Parse(policy);
        var count = document.RootElement.GetProperty("maxReceiveCount").ToString();
        return new RedriveLimit(int.Parse(count, CultureInfo.InvariantCulture));
    }

    private static int Seconds(TimeSpan time) => (int)Math.Ceiling(time.TotalSeconds);

    /// <param name="MaxReceives">Null where the queue has no dead-letter queue.</param>
    private sealed record RedriveLimit(int? MaxReceives);
}
