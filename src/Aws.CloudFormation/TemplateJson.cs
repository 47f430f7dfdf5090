using System.Text.Encodings.Web;
using System.Text.Json;

namespace Aws.CloudFormation;

/// <summary>A template for CloudFormation: compact JSON, since what is sent with a call has 51,200 bytes.</summary>
public static class TemplateJson
{
    /// <summary>The template as compact JSON.</summary>
    public static byte[] Write(Template template) => Write(ToMap(template));

    /// <summary>The whole template as one map, as <see cref="TemplateParser"/> reads one.</summary>
    public static TemplateMap ToMap(Template template)
    {
        ArgumentNullException.ThrowIfNull(template);
        var map = new TemplateMap
        {
            ["AWSTemplateFormatVersion"] = "2010-09-09",
            ["Description"] = template.Description,
            ["Parameters"] = template.Parameters.Count == 0 ? null : template.Parameters,
            ["Conditions"] = template.Conditions.Count == 0 ? null : template.Conditions,
        };
        var resources = map.Map("Resources");
        foreach (var resource in template.Resources)
        {
            resources[resource.Id] = resource.ToMap();
        }

        map["Outputs"] = template.Outputs.Count == 0 ? null : template.Outputs;
        return map;
    }

    /// <summary>A template that was read, as compact JSON.</summary>
    public static byte[] Write(TemplateMap template)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(64 * 1024);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(writer, template);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, TemplateNode node)
    {
        switch (node)
        {
            case TemplateScalar { Value: string text }:
                writer.WriteStringValue(text);
                break;
            case TemplateScalar { Value: bool truth }:
                writer.WriteBooleanValue(truth);
                break;
            case TemplateScalar { Value: null }:
                writer.WriteNullValue();
                break;
            case TemplateScalar number:
                writer.WriteRawValue(number.ToString());
                break;
            case TemplateList list:
                writer.WriteStartArray();
                foreach (var item in list)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case TemplateMap map:
                writer.WriteStartObject();
                foreach (var (key, value) in map)
                {
                    writer.WritePropertyName(key);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
            case TemplateFunction function:
                writer.WriteStartObject();
                writer.WritePropertyName(function.Name);
                WriteArgument(writer, function);
                writer.WriteEndObject();
                break;
        }
    }

    private static void WriteArgument(Utf8JsonWriter writer, TemplateFunction function)
    {
        // Id.Attribute is YAML's way to write the two of them.
        if (function is { Name: "Fn::GetAtt", Argument: TemplateScalar { Value: string path } } && path.IndexOf('.') is > 0 and var dot)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(path[..dot]);
            writer.WriteStringValue(path[(dot + 1)..]);
            writer.WriteEndArray();
            return;
        }

        Write(writer, function.Argument);
    }
}
