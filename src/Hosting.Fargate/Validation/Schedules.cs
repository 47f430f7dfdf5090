using Aws.CloudFormation;

namespace Hosting.Fargate.Validation;

/// <summary>
/// When tasks are run and ranges move. Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html,
/// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html
/// </summary>
internal static class Schedules
{
    public static IEnumerable<Fault> Check(Template template)
    {
        foreach (var schedule in template.OfType("AWS::Scheduler::Schedule"))
        {
            var properties = schedule.Properties;
            foreach (
                var fault in Check(
                    schedule,
                    properties.At("ScheduleExpression"),
                    properties.At("ScheduleExpressionTimezone"),
                    takesAnyUnit: true
                )
            )
            {
                yield return fault;
            }
        }

        foreach (var target in template.OfType("AWS::ApplicationAutoScaling::ScalableTarget"))
        {
            foreach (var action in target.Properties.At("ScheduledActions").Maps())
            {
                foreach (var fault in Check(target, action.At("Schedule"), action.At("Timezone"), takesAnyUnit: false))
                {
                    yield return fault;
                }
            }
        }
    }

    /// <param name="resource">The resource that has the schedule.</param>
    /// <param name="expression">The schedule.</param>
    /// <param name="timeZone">The time zone that it means.</param>
    /// <param name="takesAnyUnit">
    /// Whether <c>rate(1 hours)</c> and <c>rate(5 minute)</c> will do, as they do for EventBridge Scheduler alone.
    /// </param>
    private static IEnumerable<Fault> Check(TemplateResource resource, TemplateNode? expression, TemplateNode? timeZone, bool takesAnyUnit)
    {
        if (expression.AsText() is { } text && ScheduleExpression.Problem(text, takesAnyUnit) is { } problem)
        {
            yield return new Fault(resource.Id, $"has the schedule '{text}': {problem}");
        }

        if (timeZone.AsText() is { } zone && !IsTimeZone(zone))
        {
            yield return new Fault(
                resource.Id,
                $"has the time zone '{zone}', which is no IANA name of one. Write one such as Europe/Berlin or UTC."
            );
        }
    }

    /// <summary>
    /// Whether AWS may know a time zone. Where this machine has no names of IANA, or only those of today and none of the older ones that
    /// AWS takes too, there is nothing to compare with and any name will do.
    /// </summary>
    private static bool IsTimeZone(string id) =>
        id == "UTC"
        || (
            !id.Contains(' ', StringComparison.Ordinal)
            && (
                TimeZoneInfo.TryFindSystemTimeZoneById(id, out _)
                || !TimeZoneInfo.TryFindSystemTimeZoneById("America/New_York", out _)
                || !TimeZoneInfo.TryFindSystemTimeZoneById("US/Eastern", out _)
            )
        );
}
