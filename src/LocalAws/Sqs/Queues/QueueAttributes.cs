using System.Text.Json;

namespace LocalAws.Sqs.Queues;

/// <summary>
/// The attributes that a caller may set, with defaults and limits as
/// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html gives them.
/// </summary>
internal static class QueueAttributes
{
    /// <summary>What a queue has where nobody set it.</summary>
    public static IReadOnlyDictionary<string, string> Defaults { get; } =
        new Dictionary<string, string>
        {
            ["VisibilityTimeout"] = "30",
            ["DelaySeconds"] = "0",
            ["MessageRetentionPeriod"] = "345600",
            ["MaximumMessageSize"] = "1048576",
            ["ReceiveMessageWaitTimeSeconds"] = "0",
            ["SqsManagedSseEnabled"] = "true",
        };

    private static readonly Dictionary<string, (long Minimum, long Maximum)> Ranges = new()
    {
        ["VisibilityTimeout"] = (0, 43_200),
        ["DelaySeconds"] = (0, 900),
        ["MessageRetentionPeriod"] = (60, 1_209_600),
        ["MaximumMessageSize"] = (1_024, 1_048_576),
        ["ReceiveMessageWaitTimeSeconds"] = (0, 20),
        ["KmsDataKeyReusePeriodSeconds"] = (60, 86_400),
    };

    private static readonly string[] FifoOnly = ["FifoQueue", "ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit"];

    /// <summary>Kept and returned, without an effect here: access is not checked and nothing is encrypted.</summary>
    private static readonly string[] KeptOnly = ["Policy", "KmsMasterKeyId"];

    /// <summary>Refuses what SQS refuses, or what only a FIFO queue has.</summary>
    public static void Validate(IReadOnlyDictionary<string, string> attributes)
    {
        foreach (var (name, value) in attributes)
        {
            if (FifoOnly.Contains(name))
                throw SqsException.UnsupportedOperation($"FIFO queues are not supported by LocalAws: the attribute {name} belongs to one.");
            if (!IsValid(name, value))
                throw SqsException.InvalidAttributeValue($"Invalid value for the parameter {name}.");
        }
    }

    private static bool IsValid(string name, string value)
    {
        if (Ranges.TryGetValue(name, out var range))
        {
            return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= range.Minimum
                && number <= range.Maximum;
        }
        if (KeptOnly.Contains(name))
            return true;
        return name switch
        {
            "SqsManagedSseEnabled" => bool.TryParse(value, out _),
            "RedriveAllowPolicy" => value.Length == 0 || IsJsonObject(value),
            "RedrivePolicy" => value.Length == 0 || IsRedrivePolicy(value),
            _ => throw SqsException.InvalidAttributeName($"Unknown Attribute {name}."),
        };
    }

    private static bool IsRedrivePolicy(string value)
    {
        try
        {
            RedrivePolicy.Parse(value);
            return true;
        }
        catch (FormatException exception)
        {
            throw SqsException.InvalidParameterValue($"Value {value} for parameter RedrivePolicy is invalid. Reason: {exception.Message}");
        }
    }

    private static bool IsJsonObject(string value)
    {
        try
        {
            using var document = JsonDocument.Parse(value);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
