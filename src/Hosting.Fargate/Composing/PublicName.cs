using Hosting.Fargate.Templates;

namespace Hosting.Fargate.Composing;

/// <summary>
/// The name that AWS gives an application, under which browsers reach it: the load balancer's, or that of CloudFront before it.
/// </summary>
internal static class PublicName
{
    public static TemplateNode Of(bool isAtEdge) =>
        isAtEdge ? Fn.GetAtt(SharedIds.Distribution, "DomainName") : Fn.GetAtt(SharedIds.LoadBalancer, "DNSName");

    /// <summary>As a text of <c>Fn::Sub</c> has it.</summary>
    public static string InText(bool isAtEdge) =>
        isAtEdge ? $"${{{SharedIds.Distribution}.DomainName}}" : $"${{{SharedIds.LoadBalancer}.DNSName}}";

    /// <summary>The output of the application's stack.</summary>
    public static string Output(bool isAtEdge) => isAtEdge ? "DistributionDomainName" : "LoadBalancerDnsName";

    /// <summary>The name by which other stacks import it.</summary>
    public static string ExportOf(string stack, bool isAtEdge) => $"{stack}:{Output(isAtEdge)}";
}
