using Aws.CloudFormation;

namespace Hosting.Fargate.Validation;

/// <summary>
/// Two rules of a listener cannot have one priority. Source:
/// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html#listener-rule-priority
/// </summary>
internal static class ListenerPriorities
{
    public static IEnumerable<Fault> Check(Template template)
    {
        Dictionary<Place, string> taken = [];
        foreach (var rule in template.OfType("AWS::ElasticLoadBalancingV2::ListenerRule"))
        {
            var arn = rule.Properties.At("ListenerArn");
            if (
                (arn.RefTarget() ?? arn.AsText()) is { } listener
                && rule.Properties.At("Priority").AsInt() is { } priority
                && !taken.TryAdd(new(listener, priority), rule.Id)
            )
            {
                yield return new Fault(
                    rule.Id,
                    $"has priority {priority} on the listener '{listener}', as '{taken[new(listener, priority)]}' has. "
                        + "Give each rule of a listener a priority of its own, 1 to 50000."
                );
            }
        }
    }

    private sealed record Place(string Listener, int Priority);
}
