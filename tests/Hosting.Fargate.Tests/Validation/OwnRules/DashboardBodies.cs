using System.Text;
using System.Text.Json;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Validation.OwnRules;

/// <summary>
/// The JSON inside a dashboard, which is text to CloudFormation. Source:
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
/// </summary>
internal static class DashboardBodies
{
    /// <summary>In place of what is not known; no JSON has it outside of its strings.</summary>
    private const char Unknown = '\uFFFC';

    public static IEnumerable<Fault> Check(Template template) =>
        from dashboard in template.OfType("AWS::CloudWatch::Dashboard")
        let body = dashboard.Properties.At("DashboardBody").ComposedText(Replace)
        where body is not null && body != Unknown.ToString()
        from problem in Problems(body)
        select new Fault(dashboard.Id, $"has a DashboardBody {problem}");

    private static string Replace(string? name) =>
        name switch
        {
            "AWS::Region" => "us-east-1",
            "AWS::AccountId" => "123456789012",
            "AWS::Partition" => "aws",
            "AWS::URLSuffix" => "amazonaws.com",
            "AWS::StackName" => "stack",
            _ => Unknown.ToString(),
        };

    private static IEnumerable<string> Problems(string body)
    {
        var (json, isOpen) = Fill(body);
        JsonElement root;
        try
        {
            root = JsonElement.Parse(json);
        }
        catch (JsonException exception)
        {
            // What is put in outside of strings may be any piece of JSON.
            return isOpen ? [] : [$"that is no JSON: {exception.Message} Correct it there."];
        }

        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("widgets", out var widgets))
        {
            return isOpen ? [] : ["""without widgets. Write {"widgets": [ … ]}."""];
        }

        if (widgets.ValueKind != JsonValueKind.Array)
        {
            return isOpen ? [] : ["whose widgets are no array. Write {\"widgets\": [ … ]}."];
        }

        return widgets
            .EnumerateArray()
            .Index()
            .Where(widget => !isOpen || widget.Item.ValueKind == JsonValueKind.Object)
            .SelectMany(widget => WidgetProblems(widget.Index, widget.Item, isOpen));
    }

    private static IEnumerable<string> WidgetProblems(int index, JsonElement widget, bool isOpen)
    {
        if (widget.ValueKind != JsonValueKind.Object)
        {
            yield return $"whose widget {index} is no object. Write an object with type and properties.";
            yield break;
        }

        if (!Has(widget, "type", JsonValueKind.String, isOpen))
        {
            yield return $"whose widget {index} has no type. Write one such as \"metric\", \"log\", \"text\" or \"alarm\".";
        }

        if (!Has(widget, "properties", JsonValueKind.Object, isOpen))
        {
            yield return $"whose widget {index} has no properties. Write an object, as its type wants it.";
        }
    }

    private static bool Has(JsonElement widget, string name, JsonValueKind kind, bool isOpen) =>
        widget.TryGetProperty(name, out var value) && (value.ValueKind == kind || (isOpen && value.ValueKind == JsonValueKind.Number));

    /// <summary>The text with a number for everything unknown outside of strings, and whether there is any.</summary>
    private static (string Json, bool IsOpen) Fill(string body)
    {
        StringBuilder json = new(body);
        var isInString = false;
        var isOpen = false;
        for (var i = 0; i < body.Length; i++)
        {
            switch (body[i])
            {
                case '\\' when isInString:
                    i++;
                    break;
                case '"':
                    isInString = !isInString;
                    break;
                case Unknown when !isInString:
                    json[i] = '1';
                    isOpen = true;
                    break;
            }
        }

        return (json.ToString(), isOpen);
    }
}
