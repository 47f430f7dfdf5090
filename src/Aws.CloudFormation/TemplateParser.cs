using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Aws.CloudFormation;

/// <summary>Reads a template that is deployed: the compact JSON that deploy sends, or the YAML that somebody deployed by hand.</summary>
public static partial class TemplateParser
{
    /// <summary>The whole template as one map.</summary>
    /// <exception cref="FormatException">It is neither JSON nor YAML, or no map.</exception>
    public static TemplateMap Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.TrimStart('\uFEFF');
        try
        {
            var root = text.AsSpan().TrimStart() is ['{', ..] ? FromJson(text) : FromYaml(text);
            return root as TemplateMap ?? throw Refused("it is no map with Resources in it.");
        }
        catch (JsonException exception)
        {
            // The message has the line at its end, counted from zero.
            throw Refused($"line {exception.LineNumber + 1}: {exception.Message.Split(" LineNumber:", 2)[0]}", exception);
        }
        catch (YamlException exception)
        {
            throw Refused($"line {exception.Start.Line}: {exception.Message}", exception);
        }
    }

    private static FormatException Refused(string why, Exception? exception = null) =>
        new($"This is no CloudFormation template: {why}", exception);

    private static TemplateNode FromJson(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return FromJson(json.RootElement);
        }
        catch (JsonException)
        {
            // YAML may begin with a brace too, with names without quotes.
            if (!JsonStart().IsMatch(text) && TryLoad(text) is { } yaml)
            {
                return FromYaml(yaml);
            }

            throw;
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
            JsonValueKind.Number => new TemplateScalar(element.GetDouble(), element.GetRawText()),
            JsonValueKind.String => element.GetString()!,
            _ => new TemplateScalar(null),
        };

    private static TemplateNode FromYaml(string text)
    {
        try
        {
            return FromYaml(Load(text));
        }
        catch (YamlException)
        {
            // Lines of blanks alone before the first of a block of text say nothing, and not all readers take them.
            if (BlankStart().IsMatch(text) && TryLoad(BlankStart().Replace(text, Emptied)) is { } yaml)
            {
                return FromYaml(yaml);
            }

            throw;
        }

        static string Emptied(Match match) =>
            match.Groups["header"].Value + match.Groups["blank"].Value.Replace(" ", "", StringComparison.Ordinal);
    }

    private static YamlNode? TryLoad(string text)
    {
        try
        {
            return Load(text);
        }
        catch (Exception exception) when (exception is YamlException or FormatException)
        {
            return null;
        }
    }

    private static YamlNode Load(string text)
    {
        var yaml = new YamlStream();
        var parser = new Parser(new StringReader(text));
        try
        {
            yaml.Load(parser);
        }
        catch (InvalidOperationException exception)
        {
            // The reader's own mistake, where a text without quotes goes on where a name has to begin.
            throw Refused($"line {parser.Current?.End.Line ?? 1}: what follows is not YAML.", exception);
        }

        return yaml.Documents switch
        {
            [var document] => document.RootNode,
            [] => throw Refused("it is empty."),
            [_, var second, ..] => throw Refused($"line {second.RootNode.Start.Line}: a second document begins (---)."),
        };
    }

    private static TemplateNode FromYaml(YamlNode node)
    {
        var value = node switch
        {
            YamlMappingNode map => Map(map.Children.Select(pair => (KeyOf(pair.Key), FromYaml(pair.Value)))),
            YamlSequenceNode list => new TemplateList(list.Children.Select(FromYaml)),
            YamlScalarNode scalar => PlainScalars.Read(scalar),
            _ => throw Refused($"line {node.Start.Line}: {node.NodeType} is not understood."),
        };
        if (node.Tag.IsEmpty || node.Tag.Value is not ['!', .. var function] || function is "" or ['!', ..])
        {
            return value;
        }

        return Normal(new TemplateFunction(function is "Ref" or "Condition" ? function : $"Fn::{function}", value));
    }

    private static string KeyOf(YamlNode node) =>
        node is YamlScalarNode key ? key.Value ?? "" : throw Refused($"line {node.Start.Line}: a name is a {node.NodeType}, and not text.");

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

    [GeneratedRegex("""\A\s*\{\s*["}]""")]
    private static partial Regex JsonStart();

    [GeneratedRegex(@"(?<header>[|>][-+0-9]*[ \t]*\r?\n)(?<blank>(?: *\r?\n)+)")]
    private static partial Regex BlankStart();
}
