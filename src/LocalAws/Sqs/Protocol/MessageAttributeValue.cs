namespace LocalAws.Sqs.Protocol;

/// <summary>An attribute's value as SQS's API carries it.</summary>
internal sealed record MessageAttributeValue
{
    public string? DataType { get; init; }

    public string? StringValue { get; init; }

    public byte[]? BinaryValue { get; init; }
}
