using System.Text.Json;
using Amazon.S3.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using Profiles;
using Testing;
using Worker.Jobs;

namespace Worker.Tests.Jobs;

/// <summary>Jobs as the API leaves them: a file and a state in the bucket, a message in the queue.</summary>
internal sealed class TestJobs(AwsEmulator aws, AwsResources resources)
{
    public const string Csv = "name,age\nAda,36\nAlan,41\n";

    public ProfileStore Store { get; } = new(aws.S3, new ProfileResources(resources.Bucket, resources.QueueUrl));

    public async Task<ProfileId> AddAsync(string? csv = Csv)
    {
        var id = ProfileId.New(TimeProvider.System);
        if (csv is not null)
            await PutSourceAsync(id, csv);
        var now = DateTimeOffset.UtcNow;
        var state = new ProfileState
        {
            Id = id,
            Status = ProfileStatus.Queued,
            CreatedAt = now,
            UpdatedAt = now,
            Size = csv?.Length ?? 0,
        };
        var accepted = await Store.CreateAsync(state, CancellationToken.None);
        await SendAsync(JsonSerializer.Serialize(new ProfileJob(id, accepted), ProfilesJson.Default.ProfileJob));
        return id;
    }

    public Task SendAsync(ProfileId id) => SendAsync(JsonSerializer.Serialize(new ProfileJob(id), ProfilesJson.Default.ProfileJob));

    /// <summary>Sends a job as a worker does that hands it back.</summary>
    public Task SendAsync(ProfileId id, int failedTries) =>
        aws.Sqs.SendMessageAsync(
            new SendMessageRequest(resources.QueueUrl, JsonSerializer.Serialize(new ProfileJob(id), ProfilesJson.Default.ProfileJob))
            {
                MessageAttributes = new()
                {
                    [ReceivedJob.FailedTriesAttribute] = new() { DataType = "Number", StringValue = $"{failedTries}" },
                },
            }
        );

    public Task SendAsync(string body) => aws.Sqs.SendMessageAsync(resources.QueueUrl, body);

    public Task PutSourceAsync(ProfileId id, string csv) =>
        aws.S3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = resources.Bucket,
                Key = ProfileStore.SourceKey(id),
                ContentBody = csv,
            }
        );

    /// <summary>The state, once it is as it should be.</summary>
    public async Task<ProfileState> StateAsync(ProfileId id, Func<ProfileState, bool> condition, string what)
    {
        ProfileState? last = null;
        return await Eventually.GetAsync(
            async () => (last = (await Store.FindAsync(id, CancellationToken.None))?.Value) is { } state && condition(state) ? state : null,
            () => $"{what}. It is: {last?.ToString() ?? "nowhere"}"
        );
    }

    public Task<ProfileState> StateAsync(ProfileId id, ProfileStatus status) =>
        StateAsync(id, state => state.Status == status, $"the profile is {status}");

    /// <summary>Waits until the queue holds nothing, neither visible nor in hand.</summary>
    public Task EmptyQueueAsync() =>
        Eventually.GetAsync(
            async () =>
            {
                var attributes = await aws.Sqs.GetQueueAttributesAsync(
                    resources.QueueUrl,
                    [
                        QueueAttributeName.ApproximateNumberOfMessages,
                        QueueAttributeName.ApproximateNumberOfMessagesNotVisible,
                        QueueAttributeName.ApproximateNumberOfMessagesDelayed,
                    ]
                );
                return attributes.Attributes.Values.All(count => count == "0") ? attributes : null;
            },
            "the queue is empty"
        );

    /// <summary>The one message in the dead-letter queue.</summary>
    public Task<Message> DeadLetterAsync() =>
        Eventually.GetAsync(
            async () => (await aws.Sqs.ReceiveMessageAsync(resources.DeadLetterQueueUrl)).Messages?.SingleOrDefault(),
            "a message is in the dead-letter queue"
        );

    public async Task<bool> HasDeadLettersAsync() =>
        (await aws.Sqs.ReceiveMessageAsync(resources.DeadLetterQueueUrl)).Messages is { Count: > 0 };

    public async Task<IReadOnlyList<string>> ObjectsAsync(ProfileId id)
    {
        var listing = await aws.S3.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = resources.Bucket, Prefix = $"profiles/{id}/" }
        );
        return [.. (listing.S3Objects ?? []).Select(found => found.Key.Split('/')[^1])];
    }
}
