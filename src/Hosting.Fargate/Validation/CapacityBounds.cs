using Aws.CloudFormation;

namespace Hosting.Fargate.Validation;

/// <summary>
/// A range of tasks whose beginning is above its end. Source:
/// https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html
/// </summary>
internal static class CapacityBounds
{
    public static IEnumerable<Fault> Check(Template template)
    {
        foreach (var target in template.OfType("AWS::ApplicationAutoScaling::ScalableTarget"))
        {
            foreach (var fault in Check(target, target.Properties, "scales"))
            {
                yield return fault;
            }

            foreach (var action in target.Properties.At("ScheduledActions").Maps())
            {
                var name = action.At("ScheduledActionName").AsText() is { } text ? $" '{text}'" : "";
                foreach (var fault in Check(target, action.At("ScalableTargetAction"), $"has a scheduled action{name} that scales"))
                {
                    yield return fault;
                }
            }
        }
    }

    private static IEnumerable<Fault> Check(TemplateResource target, TemplateNode? range, string what)
    {
        if (range.At("MinCapacity").AsInt() is { } minimum && range.At("MaxCapacity").AsInt() is { } maximum && minimum > maximum)
        {
            yield return new Fault(
                target.Id,
                $"{what} between at least {minimum} and at most {maximum} tasks. Write a MinCapacity that is not above MaxCapacity."
            );
        }
    }
}
