using System.Text.Json.Nodes;
using Hosting.Fargate.Policies;
using Hosting.Fargate.Publishing;

namespace Hosting.Fargate.Tests.Policies;

/// <summary>What a call is on, as a simulation wants to know it.</summary>
internal static class SimulatedCalls
{
    /// <summary>A resource of the application that an action is called on; null where the application has none of its kind.</summary>
    public static string? ResourceOf(Publication publication, string action)
    {
        var types = PermissionTables.ResourcesOf(action)!;
        if (types.Count == 0)
        {
            return "*";
        }

        var names = new ApplicationNames(publication.Application, [.. publication.Templates.All]);
        var pattern =
            action == "iam:CreateServiceLinkedRole"
                ? "arn:aws:iam::123456789012:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"
                : types.SelectMany(type => names.Of(action[..action.IndexOf(':')], type)).FirstOrDefault();
        if (
            pattern is null
            || action.StartsWith("ec2:", StringComparison.Ordinal)
            || (action.StartsWith("elastic", StringComparison.Ordinal) && !action.StartsWith("elasticache:", StringComparison.Ordinal))
        )
        {
            // Known by an id alone: any of the kind.
            pattern = pattern is null
                ? null
                : action[..action.IndexOf(':')] switch
                {
                    "ec2" => $"arn:aws:ec2:*:*:{types.First(type => type != "ipam-pool")}/id-0123456789abcdef0",
                    "elasticfilesystem" => $"arn:aws:elasticfilesystem:*:*:{types[0]}/fs-0123456789abcdef0",
                    _ => types[0] switch
                    {
                        "targetgroup" => "arn:aws:elasticloadbalancing:*:*:targetgroup/shop/0123456789abcdef",
                        "listener/app" => "arn:aws:elasticloadbalancing:*:*:listener/app/shop/0123456789abcdef/0123456789abcdef",
                        "listener-rule/app" =>
                            "arn:aws:elasticloadbalancing:*:*:listener-rule/app/shop/0123456789abcdef/0123456789abcdef/0123456789abcdef",
                        _ => "arn:aws:elasticloadbalancing:*:*:loadbalancer/app/shop/0123456789abcdef",
                    },
                };
        }

        // The region and the account of the stack, and some end of the name.
        var parts = pattern?.Split(':', 6);
        return parts is null
            ? null
            : string.Join(
                ':',
                [
                    .. parts[..3],
                    parts[3] == "*" ? PlainPolicy.Region : parts[3],
                    parts[4] == "*" ? PlainPolicy.Account : parts[4],
                    parts[5]
                        .Replace("app/*", "app/shop/0123456789abcdef", StringComparison.Ordinal)
                        .Replace("*", "x", StringComparison.Ordinal),
                ]
            );
    }

    /// <summary>The condition keys that AWS has with a call.</summary>
    public static JsonObject ContextOf(Publication publication, string action)
    {
        var context = new JsonObject();
        if (action == "iam:PassRole")
        {
            context["iam:PassedToService"] = "ecs-tasks.amazonaws.com";
        }

        if (action == "iam:CreateServiceLinkedRole")
        {
            context["iam:AWSServiceName"] = "ecs.amazonaws.com";
        }

        if (action is "iam:AttachRolePolicy" or "iam:DetachRolePolicy")
        {
            context["iam:PolicyARN"] = "arn:aws:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers";
        }

        if (action.StartsWith("iam:", StringComparison.Ordinal) && publication.Application.PermissionsBoundary is { } boundary)
        {
            context["iam:PermissionsBoundary"] = boundary;
        }

        return context;
    }
}
