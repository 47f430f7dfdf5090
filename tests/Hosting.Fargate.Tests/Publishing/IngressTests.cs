using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Publishing;

namespace Hosting.Fargate.Tests.Publishing;

/// <summary>What security groups let in, in every template of the matrix.</summary>
public sealed class IngressTests
{
    private const string FromEdge = "LoadBalancerSecurityGroup:80-443 from CloudFrontPrefixListId";

    [Fact]
    public async Task Nothing_comes_in_but_what_the_model_says()
    {
        foreach (var row in await TemplateMatrix.Models)
        {
            foreach (var publication in row.Publications)
            {
                var rules = publication.Templates.All.SelectMany(template => template.Resources).SelectMany(RulesOf).Order().ToList();
                var expected = ExpectedOf(publication.Application).Order().ToList();
                Assert.True(
                    expected.SequenceEqual(rules),
                    $"{row.Name}\n  not of the model: {string.Join(", ", rules.Except(expected))}\n  missing: {string.Join(", ", expected.Except(rules))}"
                );
            }
        }
    }

    [Fact]
    public async Task The_load_balancer_lets_in_what_its_listeners_hear()
    {
        foreach (var publication in (await TemplateMatrix.Models).SelectMany(row => row.Publications))
        {
            var resources = publication.Templates.All.SelectMany(template => template.Resources).ToList();
            var heard = resources.Where(resource => resource.Type == "AWS::ElasticLoadBalancingV2::Listener").ToList();
            var listeners = heard.Select(listener => $"LoadBalancerSecurityGroup:{listener.Properties.At("Port")} from 0.0.0.0/0");
            if (publication.Application.HasEdge)
            {
                // By one rule: the list of addresses leaves no room for two.
                Assert.Contains(Assert.Single(heard).Properties.At("Port").AsInt()!.Value, (int[])[80, 443]);
                listeners = [FromEdge];
            }

            Assert.Equal(
                listeners.Order(),
                resources.SelectMany(RulesOf).Where(rule => rule.StartsWith("LoadBalancerSecurityGroup:", StringComparison.Ordinal)).Order()
            );
        }
    }

    [Fact]
    public async Task Every_kind_of_rule_is_there()
    {
        var applications = (await TemplateMatrix.Models)
            .SelectMany(row => row.Publications)
            .Select(publication => publication.Application)
            .ToList();
        Assert.Contains(applications, application => application.Services.Any(service => service.Connections.Length > 0));
        Assert.Contains(applications, application =>
            application.Workloads.SelectMany(workload => workload.Volumes).Count(volume => volume.FileSystem is not null) > 1
        );
        Assert.Contains(applications, application => application.Network is OwnNetwork { Tasks: TaskPlacement.PrivateWithEndpoints });
        Assert.Contains(applications, application => application.Services.Any(service => service.Routes.Length > 1));
        Assert.Contains(applications, application =>
            application.Services.Any(service => service.Routes.SelectMany(route => route.Rules).Any(rule => rule.Port is not null))
        );
        Assert.Contains(applications, application => application.Services.Any(service => service.Peers.Length > 0));
        Assert.Contains(applications, application => application.HasEdge);
    }

    /// <summary>Each rule with the reason that the model has for it.</summary>
    private static IEnumerable<string> ExpectedOf(FargateApplication application)
    {
        // WithCloudFront: requests by way of it alone.
        if (application.HasEdge)
        {
            yield return FromEdge;
        }
        // A listener: requests from everywhere.
        else if (application.HasLoadBalancer)
        {
            yield return "LoadBalancerSecurityGroup:80 from 0.0.0.0/0";
            if (application.Ingress.IsHttps)
            {
                yield return "LoadBalancerSecurityGroup:443 from 0.0.0.0/0";
            }
        }

        foreach (var service in application.Services)
        {
            // WithExternalHttpEndpoints: the load balancer passes requests on.
            foreach (var route in service.Routes)
            {
                yield return $"{service.Id}SecurityGroup:{route.Port.Number} from LoadBalancerSecurityGroup";
            }

            // A port of the load balancer of its own.
            foreach (var rule in service.Routes.SelectMany(route => route.Rules).Where(rule => rule.Port is not null))
            {
                yield return $"LoadBalancerSecurityGroup:{rule.Port} from 0.0.0.0/0";
            }

            // WithPeerEndpoint, WithReference(orleans): who calls single tasks.
            foreach (var peer in service.Peers)
            {
                yield return $"{Names.Id(peer.Server)}SecurityGroup:{peer.ContainerPort} from {service.Id}SecurityGroup";
            }

            // WithReference: who calls by name.
            foreach (var connection in service.Connections)
            {
                yield return $"{Names.Id(connection.Server)}SecurityGroup:{connection.ContainerPort} from {service.Id}SecurityGroup";
            }
        }

        // PublishAsElastiCache, PublishAsElastiCacheNodes: who refers to it, writers and readers.
        foreach (var connection in application.CacheConnections)
        {
            yield return connection.Cache.Existing is { } existing
                ? $"{existing.SecurityGroupId}:{existing.Port} from {Names.Id(connection.Workload)}SecurityGroup"
                : $"{connection.Cache.Id}CacheSecurityGroup:{(connection.Cache.Nodes is null ? "6379-6380" : "6379")} from {Names.Id(connection.Workload)}SecurityGroup";
        }

        // PublishAsRds, PublishAsAurora: who refers to it.
        foreach (var connection in application.DatabaseConnections)
        {
            // AddReadReplica: an instance of RDS has a group of its own.
            var group = connection.Server.Existing?.SecurityGroupId
                ?? (
                    connection.Replica is { } replica && connection.Server.Aurora is null
                        ? $"{Names.Id(replica.Name)}ReplicaSecurityGroup"
                        : $"{connection.Server.Id}{(connection.Server.Aurora is null ? "Database" : "Aurora")}SecurityGroup"
                );
            yield return $"{group}:{connection.Server.Port} from {Names.Id(connection.Workload)}SecurityGroup";
        }

        // PublishAsAmazonMq: who refers to it, its management too.
        foreach (var connection in application.BrokerConnections)
        {
            var group = connection.Broker.Existing?.SecurityGroupId ?? $"{connection.Broker.Id}BrokerSecurityGroup";
            yield return $"{group}:{connection.Port} from {Names.Id(connection.Workload)}SecurityGroup";
        }

        // WithVolume: NFS from who mounts it.
        foreach (var workload in application.Workloads)
        {
            foreach (var fileSystem in workload.Volumes.Select(volume => volume.FileSystem).OfType<DataResource>())
            {
                yield return $"{fileSystem.Id}VolumeSecurityGroup:2049 from {workload.Id}SecurityGroup";
            }
        }

        // WithVpcEndpoints: HTTPS to AWS.
        if (application.Network is OwnNetwork { Tasks: TaskPlacement.PrivateWithEndpoints })
        {
            yield return "EndpointSecurityGroup:443 from Vpc.CidrBlock";
        }
    }

    private static IEnumerable<string> RulesOf(TemplateResource resource) =>
        resource.Type switch
        {
            "AWS::EC2::SecurityGroup" => resource.Properties.At("SecurityGroupIngress").Maps().Select(rule => Describe(resource.Id, rule)),
            "AWS::EC2::SecurityGroupIngress" => [Describe(GroupOf(resource.Properties.At("GroupId")!), resource.Properties)],
            _ => [],
        };

    private static string Describe(string group, TemplateMap rule)
    {
        Assert.Equal("tcp", rule.At("IpProtocol").AsText());
        Assert.NotNull(rule.At("Description"));
        var (from, to) = (rule.At("FromPort").AsInt(), rule.At("ToPort").AsInt());
        return $"{group}:{from}{(to == from ? "" : $"-{to}")} from {GroupOf(rule.At("SourceSecurityGroupId") ?? rule.At("SourcePrefixListId") ?? rule.At("CidrIp")!)}";
    }

    /// <summary>A group by its logical id, in a nested stack too, which has it as a parameter named like the attribute.</summary>
    private static string GroupOf(TemplateNode node)
    {
        var text = node.InOneLine();
        text = text.Replace("GetAtt ", "", StringComparison.Ordinal).Replace("Ref ", "", StringComparison.Ordinal);
        return text.EndsWith("GroupId", StringComparison.Ordinal) ? text[..^"GroupId".Length].TrimEnd('.') : text;
    }
}
