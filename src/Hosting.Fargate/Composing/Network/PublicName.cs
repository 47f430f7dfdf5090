using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// The name that AWS gives an application, under which browsers reach it: the load balancer's, or that of CloudFront before it.
/// </summary>
internal static class PublicName
{
    public static TemplateNode Of(bool isAtEdge, string? distribution = null) =>
        isAtEdge ? Fn.GetAtt(DistributionId(distribution), "DomainName") : Fn.GetAtt(SharedIds.LoadBalancer, "DNSName");

    /// <summary>As a text of <c>Fn::Sub</c> has it.</summary>
    public static string InText(bool isAtEdge, string? distribution = null) =>
        isAtEdge ? $"${{{DistributionId(distribution)}.DomainName}}" : $"${{{SharedIds.LoadBalancer}.DNSName}}";

    /// <summary>The output of the application's stack.</summary>
    public static string Output(bool isAtEdge, string? distribution = null) =>
        isAtEdge ? $"{DistributionId(distribution)}DomainName" : "LoadBalancerDnsName";

    /// <summary>The name by which other stacks import it.</summary>
    public static string ExportOf(string stack, bool isAtEdge, string? distribution = null) => $"{stack}:{Output(isAtEdge, distribution)}";

    /// <summary>The output with the id of a distribution, and the parameter of the stack in us-east-1 that takes it.</summary>
    public static string IdOutput(string? distribution) => $"{DistributionId(distribution)}Id";

    /// <summary>The logical id of a distribution: of the one that all share, or of an endpoint's own.</summary>
    public static string DistributionId(string? distribution) =>
        $"{(distribution is null ? "" : Names.Id(distribution))}{SharedIds.Distribution}";
}
