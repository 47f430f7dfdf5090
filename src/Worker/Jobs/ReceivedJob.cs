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
    public int Receive { get; } = int.Parse(
        Message.Attributes?.GetValueOrDefault(MessageSystemAttributeName.ApproximateReceiveCount) ?? "1", CultureInfo.InvariantCulture);

    /// <summary>When the message was sent, by the clock of SQS.</summary>
    public DateTimeOffset? SentAt { get; } =
        long.TryParse(Message.Attributes?.GetValueOrDefault(MessageSystemAttributeName.SentTimestamp), CultureInfo.InvariantCulture, out var milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;

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
