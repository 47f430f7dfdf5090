using System.Globalization;
using System.Text.Json;
using Amazon.SQS;
using Amazon.SQS.Model;
using Profiles;

namespace Worker.Jobs;

/// <summary>A message in hand.</summary>
/// <param name="Message">As SQS gave it.</param>
/// <param name="MaxReceives">How often the queue gives it before it goes to the dead-letter queue; null where there is none.</param>
internal sealed record ReceivedJob(Message Message, int? MaxReceives)
{
    /// <summary>Which receive of the message this is, counted from 1.</summary>
    public int Receive { get; } =
        int.Parse(
            Message.Attributes?.GetValueOrDefault(MessageSystemAttributeName.ApproximateReceiveCount) ?? "1",
            CultureInfo.InvariantCulture
        );

    /// <summary>How often the job had failed when it was handed back, and sent anew for that.</summary>
    public const string FailedTriesAttribute = "profiles.failed_tries";

    /// <summary>Whether a worker that was told to stop sent the message, in place of the one that it had.</summary>
    public bool IsHandedBack { get; } = Message.MessageAttributes?.ContainsKey(FailedTriesAttribute) is true;

    /// <summary>Which try at the job this is, counted from 1: a receive that ended with the worker being told to stop was none.</summary>
    public int Try => Receive + FailedTriesBefore;

    private int FailedTriesBefore { get; } =
        int.TryParse(
            Message.MessageAttributes?.GetValueOrDefault(FailedTriesAttribute)?.StringValue,
            CultureInfo.InvariantCulture,
            out var tries
        )
            ? tries
            : 0;

    /// <summary>When the message was sent, by the clock of SQS.</summary>
    public DateTimeOffset? SentAt { get; } =
        long.TryParse(
            Message.Attributes?.GetValueOrDefault(MessageSystemAttributeName.SentTimestamp),
            CultureInfo.InvariantCulture,
            out var milliseconds
        )
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;

    /// <summary>
    /// The profile's state as its job came with it, if it is most likely what is in the bucket still: nobody had the job before, and it is
    /// so new that it cannot have come back from the dead-letter queue, where receives are counted anew.
    /// </summary>
    public Stored<ProfileState>? StateOf(ProfileJob job, DateTimeOffset now, TimeSpan visibilityTimeout) =>
        Receive is 1 && !IsHandedBack && now - job.Accepted?.Value.UpdatedAt < visibilityTimeout ? job.Accepted : null;

    /// <summary>What the message asks for, or null where it is no job.</summary>
    public ProfileJob? Job()
    {
        try
        {
            return JsonSerializer.Deserialize(Message.Body, ProfilesJson.Default.ProfileJob);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
