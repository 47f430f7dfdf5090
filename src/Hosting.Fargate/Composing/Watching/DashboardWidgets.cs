using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// The body of a CloudWatch dashboard, row by row, as text for <see cref="Fn.Sub(string, TemplateMap)"/>. Source:
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
/// </summary>
internal sealed class DashboardWidgets
{
    /// <summary>The columns of a dashboard.</summary>
    private const int Columns = 24;

    private const int Height = 6;
    private const string Region = "${AWS::Region}";

    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<string> _lines = [];
    private int _y;

    /// <summary>Markdown over the whole width.</summary>
    public void AddText(string markdown, int height) => AddRow(height, new Widget("text", new JsonObject { ["markdown"] = markdown }));

    /// <summary>Widgets side by side, of one width.</summary>
    public void AddRow(params IEnumerable<Widget> widgets) => AddRow(Height, [.. widgets]);

    public static Widget Metrics(string title, string statistic, IEnumerable<ChartLine> lines, string region = Region) =>
        new(
            "metric",
            new JsonObject
            {
                ["title"] = title,
                ["region"] = region,
                ["view"] = "timeSeries",
                ["stat"] = statistic,
                ["period"] = 60,
                ["metrics"] = new JsonArray([.. lines.Select(ToJson)]),
            }
        );

    public static Widget Log(string title, string query) =>
        new(
            "log",
            new JsonObject
            {
                ["title"] = title,
                ["region"] = Region,
                ["view"] = "table",
                ["query"] = query,
            }
        );

    private static JsonArray ToJson(ChartLine line)
    {
        var options = new JsonObject { ["label"] = line.Label };
        if (line.Statistic is { } statistic)
        {
            options["stat"] = statistic;
        }

        return new JsonArray([line.Namespace, line.Metric, .. line.Dimensions.Select(part => (JsonNode)part), options]);
    }

    public override string ToString() => new StringBuilder("{\"widgets\":[\n  ").AppendJoin(",\n  ", _lines).Append("\n]}\n").ToString();

    private void AddRow(int height, params Widget[] widgets)
    {
        var width = Columns / widgets.Length;
        foreach (var (index, widget) in widgets.Index())
        {
            var line = new JsonObject
            {
                ["type"] = widget.Type,
                ["x"] = index * width,
                ["y"] = _y,
                ["width"] = width,
                ["height"] = height,
                ["properties"] = widget.Properties,
            }.ToJsonString(s_json);
            // A line each metric, so that a change shows as the line that it is.
            _lines.Add(
                line.Replace("\"metrics\":[[", "\"metrics\":[\n    [", StringComparison.Ordinal)
                    .Replace("],[", "],\n    [", StringComparison.Ordinal)
            );
        }

        _y += height;
    }

    /// <summary>A widget without its place.</summary>
    internal sealed record Widget(string Type, JsonObject Properties);
}
