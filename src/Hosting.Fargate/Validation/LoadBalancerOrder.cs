using Aws.CloudFormation;

namespace Hosting.Fargate.Validation;

/// <summary>
/// ECS refuses a service whose target group no load balancer uses yet, and a service names its target group, not the listener or rule that
/// makes it used. Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html
/// </summary>
internal static class LoadBalancerOrder
{
    public static IEnumerable<Fault> Check(Template template)
    {
        var dependencies = template.Dependencies();
        var forwarders = template
            .OfType("AWS::ElasticLoadBalancingV2::ListenerRule")
            .Select(rule => new { rule.Id, Targets = Targets(rule, "Actions") })
            .Concat(
                template
                    .OfType("AWS::ElasticLoadBalancingV2::Listener")
                    .Select(listener => new { listener.Id, Targets = Targets(listener, "DefaultActions") })
            )
            .ToArray();
        foreach (var service in template.Services())
        {
            var needed = Needed(service.Id, dependencies);
            foreach (var loadBalancer in service.Properties.At("LoadBalancers").Maps())
            {
                var production = loadBalancer.At("TargetGroupArn").RefTarget();
                var alternate = loadBalancer.At("AdvancedConfiguration", "AlternateTargetGroupArn").RefTarget();
                foreach (var targetGroup in new[] { production, alternate }.OfType<string>().Where(template.Contains))
                {
                    string[] ids =
                    [
                        .. forwarders.Where(forwarder => forwarder.Targets.Contains(targetGroup)).Select(forwarder => forwarder.Id),
                    ];
                    if (ids.Length == 0 && targetGroup == production)
                    {
                        yield return new Fault(
                            service.Id,
                            $"has the target group '{targetGroup}', to which no listener or rule of the template forwards: ECS refuses it. "
                                + "Add an AWS::ElasticLoadBalancingV2::ListenerRule that does, and its logical id to DependsOn."
                        );
                    }
                    else if (ids.Length > 0 && !ids.Any(needed.Contains))
                    {
                        yield return new Fault(
                            service.Id,
                            $"may be created before any listener forwards to its target group '{targetGroup}': ECS refuses it then. "
                                + $"Add {TemplateReading.Listed(ids)} to its DependsOn."
                        );
                    }
                }
            }
        }
    }

    private static HashSet<string> Targets(TemplateResource forwarder, string property) =>
        [.. forwarder.Properties.At(property).References()];

    /// <summary>All that is created before a resource.</summary>
    private static HashSet<string> Needed(string id, OrderedDictionary<string, IReadOnlyList<string>> dependencies)
    {
        HashSet<string> needed = new(StringComparer.Ordinal);
        Stack<string> waiting = new(dependencies[id]);
        while (waiting.TryPop(out var next))
        {
            if (needed.Add(next))
            {
                foreach (var further in dependencies[next])
                {
                    waiting.Push(further);
                }
            }
        }

        return needed;
    }
}
