using System.Globalization;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Aws.CloudFormation;

/// <summary>Reads a template that is deployed: the compact JSON that deploy sends, or the YAML that somebody deployed by hand.</summary>
public static class TemplateParser
{
    /// <summary>The whole template as one map.</summary>
    /// <exception cref="FormatException">It is neither JSON nor YAML.</exception>
    public static TemplateMap Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            if (text.AsSpan().TrimStart() is ['{', ..])
            {
                using var json = JsonDocument.Parse(text);
                return (TemplateMap)FromJson(json.RootElement);
            }

            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            return (TemplateMap)FromYaml(yaml.Documents[0].RootNode);
        }
        catch (Exception exception)
            when (exception is JsonException or YamlException or InvalidCastException or ArgumentOutOfRangeException)
        {
            throw new FormatException($"This is no CloudFormation template: {exception.Message}", exception);
        }
    }

    private static TemplateNode FromJson(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => Map(element.EnumerateObject().Select(property => (property.Name, FromJson(property.Value)))),
            JsonValueKind.Array => new TemplateList(element.EnumerateArray().Select(FromJson)),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number when element.TryGetInt32(out var number) => number,
            JsonValueKind.Number => element.GetDouble(),
            JsonValueKind.String => element.GetString()!,
            _ => "",
        };

    private static TemplateNode FromYaml(YamlNode node)
    {
        TemplateNode value = node switch
        {
            YamlMappingNode map => Map(map.Children.Select(pair => (((YamlScalarNode)pair.Key).Value ?? "", FromYaml(pair.Value)))),
            YamlSequenceNode list => new TemplateList(list.Children.Select(FromYaml)),
            YamlScalarNode scalar => Scalar(scalar),
            _ => throw new InvalidCastException($"{node.NodeType} at line {node.Start.Line} is not understood."),
        };
        if (node.Tag.IsEmpty || node.Tag.Value is not ['!', .. var function] || function is "" or ['!', ..])
        {
            return value;
        }

        return new TemplateFunction(function is "Ref" or "Condition" ? function : $"Fn::{function}", value);
    }

    private static TemplateNode Scalar(YamlScalarNode scalar) =>
        scalar.Value switch
        {
            var text when scalar.Style != ScalarStyle.Plain || !scalar.Tag.IsEmpty => text ?? "",
            "true" => true,
            "false" => false,
            var text
                when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                    && text == number.ToString(CultureInfo.InvariantCulture) => number,
            var text => text ?? "",
        };

    private static TemplateNode Map(IEnumerable<(string Name, TemplateNode Value)> entries)
    {
        var map = new TemplateMap();
        foreach (var (name, value) in entries)
        {
            map[name] = value;
        }

        return map.AsFunction() is { } function ? Normal(function) : map;
    }

    /// <summary>JSON has the attribute in a list, the composer in a path.</summary>
    private static TemplateFunction Normal(TemplateFunction function) =>
        function is { Name: "Fn::GetAtt", Argument: TemplateList parts } && parts.All(part => part is TemplateScalar)
            ? new TemplateFunction(function.Name, string.Join('.', parts))
            : function;
}
