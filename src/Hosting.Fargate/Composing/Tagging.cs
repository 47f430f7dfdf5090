using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Data;

namespace Hosting.Fargate.Composing;

/// <summary>Everything that can be tagged says which application, environment and resource of the model it belongs to.</summary>
internal static class Tagging
{
    private static readonly Dictionary<string, string> s_properties = new(StringComparer.Ordinal)
    {
        ["AWS::EFS::AccessPoint"] = "AccessPointTags",
    };

    private static readonly HashSet<string> s_taggable =
    [
        "AWS::AmazonMQ::Broker",
        "AWS::CertificateManager::Certificate",
        "AWS::CloudFormation::Stack",
        "AWS::CloudFront::Distribution",
        "AWS::CloudFront::Function",
        "AWS::CloudFront::VpcOrigin",
        "AWS::CloudWatch::Alarm",
        "AWS::EC2::EIP",
        "AWS::EC2::FlowLog",
        "AWS::EC2::InternetGateway",
        "AWS::EC2::NatGateway",
        "AWS::EC2::RouteTable",
        "AWS::EC2::SecurityGroup",
        "AWS::EC2::Subnet",
        "AWS::EC2::VPC",
        "AWS::EC2::VPCEndpoint",
        "AWS::ECS::CapacityProvider",
        "AWS::ECS::Cluster",
        "AWS::ECS::Service",
        "AWS::ECS::TaskDefinition",
        "AWS::EFS::AccessPoint",
        "AWS::ElastiCache::ReplicationGroup",
        "AWS::ElastiCache::ServerlessCache",
        "AWS::ElastiCache::SubnetGroup",
        "AWS::ElastiCache::User",
        "AWS::ElastiCache::UserGroup",
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "AWS::ElasticLoadBalancingV2::TargetGroup",
        "AWS::IAM::Role",
        "AWS::RDS::DBCluster",
        "AWS::RDS::DBClusterParameterGroup",
        "AWS::RDS::DBInstance",
        "AWS::RDS::DBParameterGroup",
        "AWS::RDS::DBSubnetGroup",
        "AWS::ServiceDiscovery::HttpNamespace",
        "AWS::ServiceDiscovery::PrivateDnsNamespace",
        "AWS::ServiceDiscovery::Service",
        "AWS::WAFv2::WebACL",
    ];

    /// <summary>In the console, the network is a list of ids for whoever gives it no names.</summary>
    private static readonly HashSet<string> s_named =
    [
        "AWS::EC2::VPC",
        "AWS::EC2::InternetGateway",
        "AWS::EC2::Subnet",
        "AWS::EC2::RouteTable",
        "AWS::EC2::NatGateway",
        "AWS::EC2::EIP",
    ];

    /// <summary>
    /// ElastiCache takes fewer characters than other services: letters without accents, digits and some signs. Others are <c>_</c> there.
    /// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-elasticache-serverlesscache-tag.html
    /// </summary>
    private static string InElastiCache(string text) =>
        string.Concat(text.Select(character => char.IsAsciiLetterOrDigit(character) || " _./=+:-@".Contains(character) ? character : '_'));

    public static void Apply(Template template, FargateApplication application)
    {
        var ofWorkloads = application.Workloads.ToDictionary(workload => workload.Name, workload => workload.Tags);
        foreach (
            var resource in template.Resources.Where(resource =>
                s_taggable.Contains(resource.Type) || KeptTypes.Of(resource.Type) is not null
            )
        )
        {
            var tags = new Dictionary<string, TemplateNode>(StringComparer.Ordinal)
            {
                ["aspire:application"] = application.EnvironmentResource,
                ["aspire:environment"] = application.Environment,
            };
            if (resource.Owner is { } owner)
            {
                tags["aspire:resource"] = owner;
            }

            if (s_named.Contains(resource.Type))
            {
                tags["Name"] = $"{application.Name} {resource.Id}";
            }

            var takesAll = !resource.Type.StartsWith("AWS::ElastiCache::", StringComparison.Ordinal);
            var own = resource.Owner is { } workload ? ofWorkloads.GetValueOrDefault(workload) : null;
            foreach (var given in own is null ? [application.Tags] : new[] { application.Tags, own })
            {
                foreach (var (key, value) in given)
                {
                    var (name, text) = takesAll ? (key, value) : (InElastiCache(key), InElastiCache(value));
                    tags[name] = text;
                }
            }

            var property = KeptTypes.Of(resource.Type)?.TagProperty ?? s_properties.GetValueOrDefault(resource.Type, "Tags");
            foreach (var given in (resource.Properties[property] as TemplateList ?? []).OfType<TemplateMap>())
            {
                tags[given["Key"]!.ToString()!] = given["Value"]!;
            }

            resource.Properties[property] = new TemplateList(
                tags.Keys.Order(StringComparer.Ordinal)
                    .Select(key => (TemplateNode)new TemplateMap { ["Key"] = key, ["Value"] = tags[key] })
            );
        }
    }
}
