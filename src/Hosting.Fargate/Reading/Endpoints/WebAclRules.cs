using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>A load balancer takes one web ACL.</summary>
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
    }
}
