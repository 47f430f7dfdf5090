using System.Text.Json;

namespace LocalAws.Sqs.Queues;

/// <summary>Where a message goes that was received too often.</summary>
/// <param name="DeadLetterQueue">The name of the dead-letter queue.</param>
/// <param name="MaxReceiveCount">How often a message is delivered before it goes there.</param>
internal sealed record RedrivePolicy(string DeadLetterQueue, int MaxReceiveCount)
{
    /// <exception cref="FormatException">The message says what is wrong with the policy.</exception>
    public static RedrivePolicy Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new FormatException("Redrive policy is not a valid JSON map.");
            if (!document.RootElement.TryGetProperty("deadLetterTargetArn", out var arn) || arn.ValueKind != JsonValueKind.String)
                throw new FormatException("Redrive policy does not contain mandatory attribute: deadLetterTargetArn.");
            if (!document.RootElement.TryGetProperty("maxReceiveCount", out var count))
                throw new FormatException("Redrive policy does not contain mandatory attribute: maxReceiveCount.");
            var parts = arn.GetString()!.Split(':');
            if (parts is not ["arn", _, "sqs", _, _, { Length: > 0 } name])
                throw new FormatException("Invalid value for deadLetterTargetArn.");
            // The SDKs for some languages write the number as a string, and SQS takes either.
            var text = count.ValueKind == JsonValueKind.String ? count.GetString() : count.GetRawText();
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var maximum) || maximum is < 1 or > 1000)
                throw new FormatException($"Invalid value for maxReceiveCount: {text}, valid values are from 1 to 1000 both inclusive.");
            return new(name, maximum);
        }
        catch (JsonException)
        {
            throw new FormatException("Redrive policy is not a valid JSON map.");
        }
    }
}
