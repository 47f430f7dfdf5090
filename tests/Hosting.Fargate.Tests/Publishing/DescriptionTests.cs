using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Publishing;

namespace Hosting.Fargate.Tests.Publishing;

/// <summary>What every resource of every template of the matrix says of itself: a comment for the reader, tags for the account.</summary>
public sealed class DescriptionTests
{
    /// <summary>Types of what the templates make that take tags, by the schemas of CloudFormation, and the property for them.</summary>
    private static readonly Dictionary<string, string> s_taggable = new(StringComparer.Ordinal)
    {
        ["AWS::AmazonMQ::Broker"] = "Tags",
        ["AWS::CertificateManager::Certificate"] = "Tags",
        ["AWS::CloudFormation::Stack"] = "Tags",
        ["AWS::CloudFront::Distribution"] = "Tags",
        ["AWS::CloudFront::Function"] = "Tags",
        ["AWS::CloudFront::VpcOrigin"] = "Tags",
        ["AWS::CloudWatch::Alarm"] = "Tags",
        ["AWS::EC2::EIP"] = "Tags",
        ["AWS::DynamoDB::Table"] = "Tags",
        ["AWS::EC2::FlowLog"] = "Tags",
        ["AWS::EC2::InternetGateway"] = "Tags",
        ["AWS::EC2::NatGateway"] = "Tags",
        ["AWS::EC2::RouteTable"] = "Tags",
        ["AWS::EC2::SecurityGroup"] = "Tags",
        ["AWS::EC2::Subnet"] = "Tags",
        ["AWS::EC2::VPC"] = "Tags",
        ["AWS::EC2::VPCEndpoint"] = "Tags",
        ["AWS::ECR::Repository"] = "Tags",
        ["AWS::ElastiCache::ReplicationGroup"] = "Tags",
        ["AWS::ElastiCache::ServerlessCache"] = "Tags",
        ["AWS::ElastiCache::SubnetGroup"] = "Tags",
        ["AWS::ElastiCache::User"] = "Tags",
        ["AWS::ElastiCache::UserGroup"] = "Tags",
        ["AWS::ECS::CapacityProvider"] = "Tags",
        ["AWS::ECS::Cluster"] = "Tags",
        ["AWS::ECS::Service"] = "Tags",
        ["AWS::ECS::TaskDefinition"] = "Tags",
        ["AWS::EFS::AccessPoint"] = "AccessPointTags",
        ["AWS::EFS::FileSystem"] = "FileSystemTags",
        ["AWS::ElasticLoadBalancingV2::LoadBalancer"] = "Tags",
        ["AWS::ElasticLoadBalancingV2::TargetGroup"] = "Tags",
        ["AWS::IAM::Role"] = "Tags",
        ["AWS::Logs::LogGroup"] = "Tags",
        ["AWS::RDS::DBCluster"] = "Tags",
        ["AWS::RDS::DBClusterParameterGroup"] = "Tags",
        ["AWS::RDS::DBInstance"] = "Tags",
        ["AWS::RDS::DBParameterGroup"] = "Tags",
        ["AWS::RDS::DBSubnetGroup"] = "Tags",
        ["AWS::S3::Bucket"] = "Tags",
        ["AWS::SQS::Queue"] = "Tags",
        ["AWS::SecretsManager::Secret"] = "Tags",
        ["AWS::ServiceDiscovery::HttpNamespace"] = "Tags",
        ["AWS::WAFv2::WebACL"] = "Tags",
    };

    /// <summary>Types that take none. A type that is in neither list has to be looked up.</summary>
    private static readonly HashSet<string> s_untaggable =
    [
        "AWS::ApplicationAutoScaling::ScalableTarget",
        "AWS::ApplicationAutoScaling::ScalingPolicy",
        "AWS::CloudFormation::WaitConditionHandle",
        "AWS::CloudFront::OriginAccessControl",
        "AWS::CloudFront::ResponseHeadersPolicy",
        "AWS::CloudWatch::Dashboard",
        "AWS::EC2::Route",
        "AWS::EC2::SecurityGroupIngress",
        "AWS::EC2::SubnetRouteTableAssociation",
        "AWS::EC2::VPCGatewayAttachment",
        "AWS::ECS::ClusterCapacityProviderAssociations",
        "AWS::EFS::MountTarget",
        "AWS::ElasticLoadBalancingV2::Listener",
        "AWS::ElasticLoadBalancingV2::ListenerCertificate",
        "AWS::ElasticLoadBalancingV2::ListenerRule",
        "AWS::IAM::InstanceProfile",
        "AWS::Route53::RecordSet",
        "AWS::S3::BucketPolicy",
        "AWS::SQS::QueuePolicy",
        "AWS::Scheduler::Schedule",
        "AWS::WAFv2::WebACLAssociation",
        "AWS::SecretsManager::RotationSchedule",
        "AWS::ECR::PullThroughCacheRule",
    ];

    [Fact]
    public async Task Every_resource_has_a_comment() =>
        Assert.All(await ResourcesAsync(), found =>
            Assert.False(
                string.IsNullOrWhiteSpace(found.Resource.Comment),
                $"{found.Resource.Id} of {found.Template.StackName}, {found.Row} has no comment."
            )
        );

    [Fact]
    public async Task Every_permission_has_a_comment()
    {
        foreach (var (row, _, template) in await TemplatesAsync())
        {
            foreach (var documents in PolicyStatement.In(template).GroupBy(statement => (statement.Resource.Id, statement.Document)))
            {
                // What a policy resource is for is what its only statement is for; who may take a role is what the role is for.
                var isSaid = documents.Key.Document == "AssumeRolePolicyDocument" || documents.Count() == 1 && !documents.First().IsOfRole;
                Assert.All(documents, statement =>
                    Assert.True(
                        isSaid || !string.IsNullOrWhiteSpace(statement.Map.Comment),
                        $"{statement.Map.At("Sid")} of {statement.Resource.Id}, {row} has no comment."
                    )
                );
            }
        }
    }

    [Fact]
    public async Task A_comment_is_in_the_YAML()
    {
        foreach (var (row, publication, template) in await TemplatesAsync())
        {
            var yaml = publication.Files.Single(file => Path.GetFileName(file.Name) == $"{template.StackName}.template.yaml").Content;
            var comments = string.Join(
                ' ',
                yaml.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith('#')).Select(line => line.TrimStart('#', ' '))
            );
            var expected = template
                .Resources.Select(resource => resource.Comment)
                .Concat(PolicyStatement.In(template).Select(statement => statement.Map.Comment))
                .OfType<string>();
            Assert.All(expected, comment =>
                Assert.True(
                    comments.Contains(comment.ReplaceLineEndings(" "), StringComparison.Ordinal),
                    $"{template.StackName}, {row}: {comment}"
                )
            );
        }
    }

    [Fact]
    public async Task Everything_that_takes_tags_has_those_of_application_environment_and_resource()
    {
        foreach (var (row, publication, template, resource) in await ResourcesAsync())
        {
            if (!s_taggable.TryGetValue(resource.Type, out var property))
            {
                Assert.True(s_untaggable.Contains(resource.Type), $"Does {resource.Type} take tags? See its schema.");
                continue;
            }

            var tags = resource
                .Properties.At(property)
                .Maps()
                .ToDictionary(tag => tag.At("Key").AsText()!, tag => tag.At("Value").AsText());
            var expected = new Dictionary<string, string?>
            {
                ["aspire:application"] = publication.Application.EnvironmentResource,
                ["aspire:environment"] = publication.Application.Environment,
                ["aspire:resource"] = OwnerOf(publication.Application, resource),
            };
            foreach (var (key, value) in expected)
            {
                Assert.True(
                    tags.GetValueOrDefault(key) == value,
                    $"{resource.Id} of {template.StackName}, {row} has the tag {key}: {tags.GetValueOrDefault(key) ?? "none"}, not {value ?? "none"}."
                );
            }

            // ElastiCache takes no letters with accents.
            Assert.All(publication.Application.Tags, tag =>
                Assert.Equal(
                    resource.Type.StartsWith("AWS::ElastiCache::", StringComparison.Ordinal) ? tag.Value.Replace('ü', '_') : tag.Value,
                    tags[tag.Key]
                )
            );
        }
    }

    /// <summary>The resource of the model whose name a logical id begins with; the longest where there are several.</summary>
    private static string? OwnerOf(FargateApplication application, TemplateResource resource) =>
        application
            .Definitions.Select(workload => (workload.Id, workload.Name))
            .Concat(application.Data.Select(data => (data.Id, data.Name)))
            .Concat(application.Sites.Select(site => (site.Id, site.Name)))
            .Concat(application.Caches.Select(cache => (cache.Id, cache.Name)))
            .Concat(application.Brokers.Select(broker => (broker.Id, broker.Name)))
            .Concat(application.Databases.Select(server => (server.Id, server.Name)))
            .Concat(
                application
                    .Databases.Where(server => server.Aurora is null)
                    .SelectMany(server => server.Replicas.Select(replica => (replica.Id, replica.Name)))
            )
            .Concat(application.Secrets.Select(secret => (Names.Id(secret.Name), secret.Name)))
            .Where(named => resource.Id.StartsWith(named.Item1, StringComparison.Ordinal))
            .OrderByDescending(named => named.Item1.Length)
            .Select(named => named.Name)
            .FirstOrDefault();

    private static async Task<IEnumerable<(string Row, Publication Publication, Template Template)>> TemplatesAsync() =>
        from row in await TemplateMatrix.Models
        from publication in row.Publications
        from template in publication.Templates.All
        select (row.Name, publication, template);

    private static async Task<
        IEnumerable<(string Row, Publication Publication, Template Template, TemplateResource Resource)>
    > ResourcesAsync() =>
        from found in await TemplatesAsync()
        from resource in found.Template.Resources
        select (found.Row, found.Publication, found.Template, resource);
}
