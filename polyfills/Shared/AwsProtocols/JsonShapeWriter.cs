#nullable enable

using System.Collections;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Util;
using Amazon.Util;

namespace AwsProtocols;

/// <summary>Writes a shape as JSON: what is null is left out, what is empty is sent.</summary>
internal sealed class JsonShapeWriter(Utf8JsonWriter writer, bool camelCase)
{
    /// <summary>Makes a shape the body of a request.</summary>
    public static void WriteBody(DefaultRequest request, object shape, bool camelCase)
    {
        var content = new PooledContentStream();
        request.ContentStream = content;
        using var writer = new Utf8JsonWriter(content.BufferWriter);
        new JsonShapeWriter(writer, camelCase).Write(shape);
        writer.Flush();
    }

    private void Write(object shape)
    {
        writer.WriteStartObject();
        foreach (var member in ShapeMember.Of(shape.GetType()))
        {
            if (member.ValueToSend(shape) is { } value)
            {
                writer.WritePropertyName(camelCase ? member.CamelCaseName : member.Name);
                WriteValue(value);
            }
        }

        writer.WriteEndObject();
    }

    private void WriteValue(object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case ConstantClass constant:
                writer.WriteStringValue((string)constant);
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case DateTime time:
                writer.WriteNumberValue(AWSSDKUtils.ConvertToUnixEpochSecondsDecimal(time));
                break;
            case IDictionary map:
                WriteMap(map);
                break;
            case IList list:
                WriteList(list);
                break;
            default:
                Write(value);
                break;
        }
    }

    private void WriteMap(IDictionary map)
    {
        writer.WriteStartObject();
        foreach (DictionaryEntry entry in map)
        {
            writer.WritePropertyName((string)entry.Key);
            WriteValue(entry.Value);
        }

        writer.WriteEndObject();
    }

    private void WriteList(IList list)
    {
        writer.WriteStartArray();
        foreach (var item in list)
        {
            WriteValue(item);
        }

        writer.WriteEndArray();
    }
}
