using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// What AWS WAF has before the load balancer, or before CloudFront, whose web ACLs are made in us-east-1 alone.
/// Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-wafv2-webacl.html.
/// </summary>
internal static class WebAclComposer
{
    public const string Id = "WebAcl";

    /// <summary>The parameter with its ARN, where it is in a stack of its own.</summary>
    public const string ArnParameter = "WebAclArn";

    public static TemplateSection Compose(FargateApplication application)
    {
        List<TemplateResource> resources = [];
        if (
            application.Ingress.ManagedWebAcl is { } managed
            && (application.HasManagedWebAclAtEdge ? !application.HasEdgeStack : application.HasLoadBalancer)
        )
        {
            resources.Add(WebAcl(application, managed));
        }

        if (OfLoadBalancer(application) is { } webAcl)
        {
            resources.Add(
                new("WebAclAssociation", "AWS::WAFv2::WebACLAssociation")
                {
                    Comment = $"{(application.Ingress.WebAclArn is null ? "WithManagedWebAcl" : "WithWebAcl")}: requests pass it first",
                    Properties = new() { ["ResourceArn"] = Fn.Ref(SharedIds.LoadBalancer), ["WebACLArn"] = webAcl },
                }
            );
        }

        return new TemplateSection("web ACL", resources);
    }

    /// <summary>The web ACL that requests to CloudFront pass; null for none.</summary>
    public static TemplateNode? OfDistribution(FargateApplication application) =>
        application.Ingress.Edge?.WebAclArn is { } given ? given
        : application.HasManagedWebAclAtEdge ? (application.HasEdgeStack ? Fn.Ref(ArnParameter) : Fn.GetAtt(Id, "Arn"))
        : null;

    private static TemplateNode? OfLoadBalancer(FargateApplication application) =>
        !application.HasLoadBalancer ? null
        : application.Ingress.WebAclArn is { } given ? given
        : application.Ingress.ManagedWebAcl is not null && !application.HasManagedWebAclAtEdge ? Fn.GetAtt(Id, "Arn")
        : null;

    public static TemplateResource WebAcl(FargateApplication application, ManagedWebAcl managed) =>
        new(Id, "AWS::WAFv2::WebACL")
        {
            Comment =
                $"WithManagedWebAcl: rules that AWS keeps, before {(application.HasManagedWebAclAtEdge ? "CloudFront" : "the load balancer")}"
                + (managed.OnlyCounts ? "; they only count" : ""),
            Properties = new()
            {
                ["Name"] = application.Name,
                ["Scope"] = application.HasManagedWebAclAtEdge ? "CLOUDFRONT" : "REGIONAL",
                ["DefaultAction"] = new TemplateMap { ["Allow"] = new TemplateMap() },
                ["VisibilityConfig"] = Visibility(application.Name),
                ["Rules"] = new TemplateList(managed.Groups.Select((group, index) => (TemplateNode)Rule(managed, group, index))),
            },
        };

    private static TemplateMap Rule(ManagedWebAcl managed, string group, int index) =>
        new()
        {
            ["Name"] = group,
            ["Priority"] = index,
            // None: what the rules of the group say holds.
            ["OverrideAction"] = new TemplateMap { [managed.OnlyCounts ? "Count" : "None"] = new TemplateMap() },
            ["Statement"] = new TemplateMap
            {
                ["ManagedRuleGroupStatement"] = new TemplateMap
                {
                    ["VendorName"] = "AWS",
                    ["Name"] = group,
                    ["RuleActionOverrides"] =
                        managed.CountedIn(group).Count == 0
                            ? null
                            : new TemplateList(
                                managed
                                    .CountedIn(group)
                                    .Select(rule =>
                                        (TemplateNode)
                                            new TemplateMap
                                            {
                                                ["Name"] = rule,
                                                ["ActionToUse"] = new TemplateMap { ["Count"] = new TemplateMap() },
                                            }
                                    )
                            ),
                },
            },
            ["VisibilityConfig"] = Visibility(group),
        };

    private static TemplateMap Visibility(string metric) =>
        new()
        {
            ["SampledRequestsEnabled"] = true,
            ["CloudWatchMetricsEnabled"] = true,
            ["MetricName"] = metric,
        };
}
