using System.Text;

namespace LocalAws.Sqs.Protocol;

/// <summary>What SQS accepts as a message.</summary>
internal static class MessageRules
{
    private const int MaximumAttributes = 10;
    private const int MaximumNameLength = 256;

    /// <summary>Refuses a body or attributes that SQS refuses; returns the message's size in bytes, attributes included.</summary>
    public static int Validate(
        string body,
        IReadOnlyDictionary<string, MessageAttributeValue>? attributes,
        IReadOnlyDictionary<string, MessageAttributeValue>? systemAttributes
    )
    {
        if (body.Length == 0)
            throw SqsException.MissingParameter("MessageBody");
        ValidateCharacters(body);
        var size = Encoding.UTF8.GetByteCount(body);
        if (attributes?.Count > MaximumAttributes)
            throw SqsException.InvalidParameterValue(
                $"Number of message attributes [{attributes.Count}] exceeds the allowed maximum [{MaximumAttributes}]."
            );
        foreach (var (name, value) in attributes ?? new Dictionary<string, MessageAttributeValue>())
            size += ValidateAttribute(name, value);
        foreach (var (name, value) in systemAttributes ?? new Dictionary<string, MessageAttributeValue>())
        {
            if (name != "AWSTraceHeader" || value is not { DataType: "String", StringValue: not null })
                throw SqsException.InvalidParameterValue(
                    $"Message system attribute name '{name}' is invalid: only AWSTraceHeader of type String can be sent."
                );
        }
        return size;
    }

    private static int ValidateAttribute(string name, MessageAttributeValue value)
    {
        var validName =
            name.Length is > 0 and <= MaximumNameLength
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')
            && name[0] != '.'
            && name[^1] != '.'
            && !name.Contains("..", StringComparison.Ordinal)
            && !name.StartsWith("AWS.", StringComparison.OrdinalIgnoreCase)
            && !name.StartsWith("Amazon.", StringComparison.OrdinalIgnoreCase);
        if (!validName)
            throw SqsException.InvalidParameterValue($"Invalid message attribute name '{name}'.");
        if (string.IsNullOrEmpty(value.DataType))
            throw SqsException.InvalidParameterValue($"The message attribute '{name}' must contain non-empty message attribute type.");

        var type = value.DataType.Split('.', 2)[0];
        var length = type switch
        {
            "String" or "Number" when !string.IsNullOrEmpty(value.StringValue) && value.BinaryValue is null => Encoding.UTF8.GetByteCount(
                value.StringValue
            ),
            "Binary" when value.BinaryValue is { Length: > 0 } && value.StringValue is null => value.BinaryValue.Length,
            "String" or "Number" or "Binary" => throw SqsException.InvalidParameterValue(
                $"The message attribute '{name}' must contain non-empty message attribute value for message attribute type " + $"'{type}'."
            ),
            _ => throw SqsException.InvalidParameterValue(
                $"The message attribute '{name}' has an invalid message attribute type, the set of supported type prefixes is "
                    + "Binary, Number, and String."
            ),
        };
        if (type == "Number" && !double.TryParse(value.StringValue, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            throw SqsException.InvalidParameterValue($"Can't cast the value of message attribute '{name}' to a number.");
        if (value.StringValue is { } text)
            ValidateCharacters(text);
        return Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value.DataType) + length;
    }

    // SQS takes the characters of an XML 1.0 document.
    private static void ValidateCharacters(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is not (0x9 or 0xA or 0xD or (>= 0x20 and <= 0xD7FF) or (>= 0xE000 and <= 0xFFFD) or >= 0x10000))
            {
                throw SqsException.InvalidMessageContents(
                    $"Invalid binary character '#x{rune.Value:X}' was found in the message body, the set of allowed characters "
                        + "is #x9 | #xA | #xD | [#x20 to #xD7FF] | [#xE000 to #xFFFD] | [#x10000 to #x10FFFF]"
                );
            }
        }
    }
}
