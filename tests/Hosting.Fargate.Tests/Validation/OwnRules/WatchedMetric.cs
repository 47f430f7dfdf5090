using System.Text.Json;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Validation.OwnRules;

/// <summary>
/// A metric as an alarm, a scaling policy or a widget names it. Values of dimensions that only CloudFormation knows are written
/// <c>${Id.Attribute}</c>.
/// </summary>
/// <param name="Where">What names it, for a message: nothing, or the widget.</param>
/// <param name="Space">The namespace.</param>
/// <param name="Name">The metric.</param>
/// <param name="Dimensions">Each dimension's name and value; a value is null where it is some function's.</param>
internal sealed record WatchedMetric(string Where, string Space, string Name, IReadOnlyList<(string Name, string? Value)> Dimensions)
{
    /// <summary>Those of an alarm or of target tracking, as far as they are known.</summary>
    public static IEnumerable<WatchedMetric> OfProperties(TemplateNode? properties)
    {
        foreach (var map in properties.Descendants().OfType<TemplateMap>())
        {
            if (
                map.At("Namespace").AsText() is { } space
                && map.At("MetricName").AsText() is { } name
                && map.At("Dimensions").AllMaps() is { } dimensions
            )
            {
                yield return new WatchedMetric(
                    "",
                    space,
                    name,
                    [.. dimensions.Select(dimension => (dimension.At("Name").AsText() ?? "?", ValueOf(dimension.At("Value"))))]
                );
            }
        }
    }

    /// <summary>
    /// Those of a metric widget. <c>"."</c> is what the row before has at that place, <c>"..."</c> all that it has from there on to the
    /// end.
    /// </summary>
    public static IEnumerable<WatchedMetric> OfWidget(string where, JsonElement properties)
    {
        string[] before = [];
        if (!properties.TryGetProperty("metrics", out var rows) || rows.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        foreach (var row in rows.EnumerateArray().Where(row => row.ValueKind == JsonValueKind.Array))
        {
            var words = row.EnumerateArray()
                .Where(item => item.ValueKind == JsonValueKind.String)
                .Select(item => item.GetString()!)
                .ToList();
            if (words.Count == 0)
            {
                // Metric math.
                continue;
            }

            if (words.IndexOf("...") is >= 0 and var dots && before.Length >= words.Count - 1)
            {
                words.RemoveAt(dots);
                words.InsertRange(dots, before[dots..(before.Length - (words.Count - dots))]);
            }

            before = [.. words.Select((word, index) => word == "." && index < before.Length ? before[index] : word)];
            if (before.Length >= 2 && before.Length % 2 == 0)
            {
                yield return new WatchedMetric(
                    where,
                    before[0],
                    before[1],
                    [.. before[2..].Chunk(2).Select(pair => (pair[0], (string?)pair[1]))]
                );
            }
        }
    }

    private static string? ValueOf(TemplateNode? node) =>
        node.AsFunction() is not { } function ? node.AsText()
        : function.AllReferences().ToList() is [var only] && node.RefTarget() is not null ? $"${{{only.Path}}}"
        : null;
}
