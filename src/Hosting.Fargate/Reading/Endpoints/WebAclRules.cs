using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>What a web ACL that publishing makes needs to stand before.</summary>
internal static class WebAclRules
{
    public static void Check(FargateApplication application, Refusals refusals)
    {
        var ingress = application.Ingress;
        if (ingress.ManagedWebAcl is null)
        {
            return;
        }

        if (ingress.WebAclArn is not null)
        {
            refusals.Add(
                null,
                $"'{application.EnvironmentResource}' has a web ACL that exists (WithWebAcl) and one that publish makes "
                    + "(WithManagedWebAcl), and a load balancer takes one. Leave one of them out."
            );
        }

        if (application is { HasDistribution: true, HasLoadBalancer: false, HasManagedWebAclAtEdge: false })
        {
            refusals.Add(
                null,
                $"'{application.EnvironmentResource}' serves files by CloudFront alone, whose web ACLs are made in us-east-1. Leave "
                    + "WithManagedWebAcl out and name one that exists there: .WithCloudFront(edge => edge.WebAclArn = \"arn:aws:wafv2:us-east-1:…\"). "
                    + "Where the application itself is in us-east-1, .WithReference(builder.AddAWSSDKConfig().WithRegion(RegionEndpoint.USEast1)) lets "
                    + "publish know."
            );
        }
    }
}
