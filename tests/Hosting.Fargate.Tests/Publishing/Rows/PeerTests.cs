using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Tests.Publishing.Refusals;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>Silos and others whose tasks call each other by their addresses.</summary>
public sealed class PeerTests
{
    /// <summary>As <c>WithReference(orleans)</c> has it.</summary>
    private static IResourceBuilder<ProjectResource> WithOrleans(
        IResourceBuilder<ProjectResource> project,
        object clusterId,
        string provider = "Redis",
        bool isSilo = true
    )
    {
        project
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["Orleans__ClusterId"] = clusterId;
                context.EnvironmentVariables["Orleans__ServiceId"] = "service";
            })
            .WithEnvironment("Orleans__Clustering__ProviderType", provider);
        return isSilo
            ? project
                .WithEndpoint(scheme: "tcp", name: "orleans-silo", env: "Orleans__Endpoints__SiloPort")
                .WithEndpoint(scheme: "tcp", name: "orleans-gateway", env: "Orleans__Endpoints__GatewayPort")
            : project;
    }

    private static ParameterResource ClusterId(IDistributedApplicationBuilder builder) =>
        ParameterResourceBuilderExtensions.CreateGeneratedParameter(
            builder,
            "orleans-cluster-id",
            secret: false,
            new GenerateParameterDefault { MinLength = 25, Special = false }
        );

    private static IEnumerable<string> Rules(Template template) =>
        template
            .OfType("AWS::EC2::SecurityGroupIngress")
            .Select(rule =>
                $"{rule.Properties.At("GroupId").Show()} {rule.Properties.At("FromPort").Show()} {rule.Properties.At("SourceSecurityGroupId").Show()}"
                    .Replace("GetAtt ", "", StringComparison.Ordinal)
                    .Replace("SecurityGroup.GroupId", "", StringComparison.Ordinal)
            );

    [Fact]
    public async Task Silos_call_each_other_and_clients_call_their_gateways()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var cluster = ClusterId(builder);
            WithOrleans(builder.AddWorker("silo"), cluster).WithReplicas(3);
            WithOrleans(builder.AddWeb("web"), cluster, isSilo: false).WithExternalHttpEndpoints();
            builder.AddWorker("stranger");
        });

        var template = published.Template();
        var (silo, gateway) = (
            template.Variable("silo", "Orleans__Endpoints__SiloPort"),
            template.Variable("silo", "Orleans__Endpoints__GatewayPort")
        );
        Assert.NotEqual(silo, gateway);
        Assert.Equal([$"Silo {silo} Silo", $"Silo {gateway} Web"], Rules(template));
        Assert.Equal([silo, gateway], template.Container("silo").At("PortMappings").Maps().Select(port => port.At("ContainerPort").Show()));
        Assert.Contains(
            "silo.WithReference(orleans): silos of an Orleans cluster call each other",
            template[$"Silo{silo}FromSilo"].Comment,
            StringComparison.Ordinal
        );
        Assert.Equal("{Enabled: false}", template.Service("silo").At("ServiceConnectConfiguration").Show());
        Assert.Empty(published.Notices("silo"));
    }

    [Fact]
    public async Task Silos_of_several_projects_are_one_cluster_and_another_cluster_is_apart()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var cluster = ClusterId(builder);
                WithOrleans(builder.AddWorker("one"), cluster);
                WithOrleans(builder.AddWorker("two"), cluster);
                WithOrleans(builder.AddWorker("apart"), "other");
            })
        ).Template();

        var port = template.Variable("one", "Orleans__Endpoints__SiloPort");
        Assert.Equal([$"One {port} One", $"Two {port} One", $"One {port} Two", $"Two {port} Two", $"Apart {port} Apart"], Rules(template));
    }

    [Fact]
    public async Task Development_clustering_has_one_task_and_is_noticed()
    {
        var published = await Published.ModelAsync(builder =>
        {
            WithOrleans(builder.AddWeb("one"), "cluster", "Development").WithExternalHttpEndpoints();
            WithOrleans(builder.AddWeb("three"), "cluster", "Development").WithReplicas(3);
        });

        Assert.Equal(1, published.Template().Service("one").At("DesiredCount").AsInt());
        Assert.Equal(3, published.Template().Service("three").At("DesiredCount").AsInt());
        Assert.Contains("each task is a cluster of its own", published.Notices("three"), StringComparison.Ordinal);
        Assert.Contains("orleans.WithClustering(redis)", published.Notices("one"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ConnectionStringParameter", true)]
    [InlineData("AzureTableStorage", false)]
    public async Task A_connection_string_is_no_provider_and_is_noticed(string provider, bool isNoticed)
    {
        var published = await Published.ModelAsync(builder =>
        {
            WithOrleans(builder.AddWorker("silo"), "cluster", provider);
            WithOrleans(builder.AddWorker("client"), "cluster", provider, isSilo: false);
        });

        Assert.Equal(
            isNoticed,
            published
                .Notices("silo")
                .Contains(
                    "does not start, nor does 'client': Orleans__Clustering__ProviderType is ConnectionStringParameter",
                    StringComparison.Ordinal
                )
        );
        Assert.DoesNotContain("does not start", published.Notices("client"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("172.31.0.0/16", true)]
    [InlineData("10.1.0.0/16", false)]
    public async Task Where_a_silo_would_tell_a_link_local_address_it_is_noticed(string network, bool isNoticed)
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder
                .AddFargateEnvironment("shop")
                .WithExistingVpc("vpc-0123456789abcdef0", network, ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]);
            WithOrleans(builder.AddWorker("silo"), "cluster");
        });

        Assert.Equal(isNoticed, published.Notices("silo").Contains("EndpointOptions.AdvertisedIPAddress", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tasks_of_any_service_call_each_other_where_it_says_so()
    {
        var published = await Published.ModelAsync(builder =>
            builder
                .AddContainer("cache", "hazelcast", "5.5")
                .WithEndpoint(targetPort: 5701, name: "members", scheme: "tcp")
                .PublishAsFargateService(service => service.WithPeerEndpoint("members"))
        );

        Assert.Equal(["Cache 5701 Cache"], Rules(published.Template()));
        Assert.Contains("its own tasks", published.File("README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public Task An_endpoint_that_there_is_not_is_refused_with_those_there_are() =>
        Refused.ForAsync(
            builder =>
                builder
                    .AddContainer("cache", "hazelcast", "5.5")
                    .WithEndpoint(targetPort: 5701, name: "members", scheme: "tcp")
                    .PublishAsFargateService(service => service.WithPeerEndpoint("gossip")),
            "'cache' has tasks that call each other on the endpoint 'gossip' (WithPeerEndpoint), which it has not. It has: members."
        );
}
