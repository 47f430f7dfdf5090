using Aspire.Hosting;
using Aws.CloudFormation;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Stacks;

namespace Hosting.Fargate.Deploying.Removal;

/// <summary>
/// A load balancer that refuses to be deleted. CloudFormation would find that out when the services are gone:
/// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html#deletion-protection.
/// </summary>
internal static class ProtectedLoadBalancer
{
    private const string Attribute = "deletion_protection.enabled";

    /// <summary>Ends a removal before it begins.</summary>
    /// <exception cref="DistributedApplicationException">There is one.</exception>
    public static async Task RefuseAsync(StackSession session, LiveStack stack, TemplateMap template, CancellationToken cancellationToken)
    {
        if (
            (template["Resources"] as TemplateMap ?? []).FirstOrDefault(pair => IsProtected(pair.Value)) is { Key: { } id }
            && (await session.Stacks.ResourcesAsync(stack.Id, cancellationToken)).GetValueOrDefault(id)
                is { ResourceStatus.Value: not "DELETE_COMPLETE", PhysicalResourceId: { Length: > 0 } arn }
            && await IsOnAsync(session, arn, cancellationToken)
        )
        {
            throw new DistributedApplicationException(
                $"The load balancer of '{stack.Name}' refuses to be deleted (WithDeletionProtection), so nothing was. Take WithDeletionProtection out of the AppHost "
                    + "and deploy once, or turn it off in the console; then run destroy again."
            );
        }
    }

    private static bool IsProtected(TemplateNode resource) =>
        resource.At("Type").AsText() == "AWS::ElasticLoadBalancingV2::LoadBalancer"
        && resource
            .At("Properties", "LoadBalancerAttributes")
            .Maps()
            .Any(attribute => attribute.At("Key").AsText() == Attribute && attribute.At("Value").AsBool() == true);

    /// <summary>Somebody may have turned it off by other means. Where that may not be asked, the template has it.</summary>
    private static async Task<bool> IsOnAsync(StackSession session, string arn, CancellationToken cancellationToken)
    {
        using var calls = new PlainCalls(session.Aws, session.Account);
        try
        {
            // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancerAttributes.html
            var answer = await calls.QueryAsync(
                "elasticloadbalancing",
                "2015-12-01",
                "DescribeLoadBalancerAttributes",
                [new("LoadBalancerArn", arn)],
                cancellationToken
            );
            return answer
                    .Descendants()
                    .FirstOrDefault(element => element.Name.LocalName == "Key" && element.Value == Attribute)
                    ?.Parent?.Elements()
                    .FirstOrDefault(element => element.Name.LocalName == "Value")
                    ?.Value != "false";
        }
        catch (Exception exception) when (AwsFailure.IsNoAnswer(exception, cancellationToken))
        {
            return true;
        }
    }
}
