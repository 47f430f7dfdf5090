using Aws.CloudFormation;

namespace Hosting.Fargate.Composing;

/// <summary>Rules of security groups.</summary>
internal static class NetworkRules
{
    public static TemplateList EgressToAll(string what) =>
        new([
            new TemplateMap
            {
                ["IpProtocol"] = "-1",
                ["CidrIp"] = "0.0.0.0/0",
                ["Description"] = what,
            },
        ]);

    /// <summary>A rule that is a resource of its own, so that two groups may name each other.</summary>
    public static TemplateMap Ingress(string to, string from, int port, string description) =>
        Ingress(Fn.GetAtt(to, "GroupId"), from, port, description);

    /// <summary>The same for a group by its id.</summary>
    public static TemplateMap Ingress(TemplateNode to, string from, int port, string description) =>
        new()
        {
            ["GroupId"] = to,
            ["IpProtocol"] = "tcp",
            ["FromPort"] = port,
            ["ToPort"] = port,
            ["SourceSecurityGroupId"] = Fn.GetAtt(from, "GroupId"),
            ["Description"] = description,
        };
}
