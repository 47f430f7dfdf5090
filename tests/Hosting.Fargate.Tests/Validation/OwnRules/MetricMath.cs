using System.Text.RegularExpressions;
using Aws.CloudFormation;
using Hosting.Fargate.Validation;

namespace Hosting.Fargate.Tests.Validation.OwnRules;

/// <summary>
/// Metric math of alarms and of target tracking. Source:
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html,
/// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingMetricDataQuery.html,
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
/// </summary>
internal static partial class MetricMath
{
    public static IEnumerable<Fault> Check(Template template)
    {
        foreach (var alarm in template.OfType("AWS::CloudWatch::Alarm"))
        {
            // An alarm on an anomaly band returns the band beside what is watched.
            var returnsOne = alarm.Properties.At("ThresholdMetricId") is null;
            foreach (var fault in Check(alarm, alarm.Properties.At("Metrics"), returnsOne))
            {
                yield return fault;
            }
        }

        foreach (var policy in template.OfType("AWS::ApplicationAutoScaling::ScalingPolicy"))
        {
            var specification = policy.Properties.At("TargetTrackingScalingPolicyConfiguration", "CustomizedMetricSpecification");
            foreach (var fault in Check(policy, specification.At("Metrics"), returnsOne: true))
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<Fault> Check(TemplateResource resource, TemplateNode? node, bool returnsOne)
    {
        if (node.AllMaps() is not { Count: > 0 } metrics)
        {
            return [];
        }

        var faults = returnsOne ? Returned(resource, metrics) : [];
        return metrics.AllNames("Id") is { } ids ? [.. faults, .. Ids(resource, ids), .. Expressions(resource, metrics, ids)] : faults;
    }

    private static IEnumerable<Fault> Returned(TemplateResource resource, IReadOnlyList<TemplateMap> metrics)
    {
        // Not said is true, and a function may be either.
        var returned = metrics.Where(metric => metric.At("ReturnData") is null || metric.At("ReturnData").AsBool() == true).ToArray();
        var isOpen = metrics.Any(metric => metric.At("ReturnData") is { } data && data.AsBool() is null);
        if (returned.Length == 0 && !isOpen)
        {
            yield return new Fault(resource.Id, "returns none of its metrics. Write ReturnData: true for the one that counts.");
        }
        else if (returned.Length > 1)
        {
            var names = TemplateReading.Listed(returned.Select(metric => metric.At("Id").AsText() ?? "?"));
            yield return new Fault(
                resource.Id,
                $"returns {returned.Length} of its metrics ({names}). Write ReturnData: false for all but the one that counts; without it, it is true."
            );
        }
    }

    private static IEnumerable<Fault> Ids(TemplateResource resource, IReadOnlyList<string> ids)
    {
        foreach (var id in ids.Where(id => !MetricId().IsMatch(id)))
        {
            yield return new Fault(
                resource.Id,
                $"has a metric with the id '{id}'. Begin it with a lower-case letter, with letters, digits and _ after that."
            );
        }

        foreach (var (id, _) in ids.CountBy(id => id, StringComparer.Ordinal).Where(id => id.Value > 1))
        {
            yield return new Fault(resource.Id, $"has more than one metric with the id '{id}'. Give each an id of its own.");
        }
    }

    private static IEnumerable<Fault> Expressions(TemplateResource resource, IReadOnlyList<TemplateMap> metrics, IReadOnlyList<string> ids)
    {
        foreach (var expression in metrics.Select(metric => metric.At("Expression").AsText()).OfType<string>())
        {
            // A query in SQL has names of its own, and so has what stands in quotes.
            if (Query().IsMatch(expression))
            {
                continue;
            }

            foreach (var word in Word().Matches(Quoted().Replace(expression, "")).DistinctBy(match => match.Value))
            {
                var name = word.Groups["name"].Value;
                if (word.Groups["call"].Success)
                {
                    yield return new Fault(
                        resource.Id,
                        $"calls '{name}' in the expression '{expression}', and functions are upper-case. Write {name.ToUpperInvariant()}."
                    );
                }
                else if (!ids.Contains(name))
                {
                    yield return new Fault(
                        resource.Id,
                        $"has '{name}' in the expression '{expression}', and no metric of that id (its ids: {TemplateReading.Listed(ids)}). "
                            + "Correct the name, or add the metric."
                    );
                }
            }
        }
    }

    [GeneratedRegex(@"\A[a-z][A-Za-z0-9_]*\z")]
    private static partial Regex MetricId();

    [GeneratedRegex(@"\A\s*SELECT\b", RegexOptions.IgnoreCase)]
    private static partial Regex Query();

    [GeneratedRegex("\"[^\"]*\"|'[^']*'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<![\w.])(?<name>[a-z]\w*)(?<call>\s*\()?")]
    private static partial Regex Word();
}
