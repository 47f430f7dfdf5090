using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Deploying.Plans;
using Hosting.Fargate.Publishing;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>Caches of nodes of ElastiCache, which are no clusters.</summary>
public sealed class CacheNodesTests
{
    private static Task<Publication> ShopAsync(Action<CacheNodes>? configure = null) =>
        Published.ModelAsync(builder =>
        {
            var cache = builder.AddRedis("basket").PublishAsElastiCacheNodes(configure);
            builder
                .AddWorker("worker")
                .WithReference(cache)
                .WithEnvironment("HOST", cache.Resource.PrimaryEndpoint.Property(EndpointProperty.Host))
                .WithEnvironment("TLS", cache.Resource.PrimaryEndpoint.Property(EndpointProperty.TlsEnabled))
                .WithEnvironment(
                    "ADDRESS",
                    ReferenceExpression.Create($"redis://{cache.Resource.PrimaryEndpoint.Property(EndpointProperty.HostAndPort)}/3")
                );
            builder.AddWorker("stranger");
        });

    [Fact]
    public async Task It_is_one_node_over_TLS_with_the_password_of_the_model()
    {
        var published = await ShopAsync();
        var template = published.Template();

        string? Of(string property) => template.Property("BasketCacheNodes", property);
        Assert.Equal("AWS::ElastiCache::ReplicationGroup", template["BasketCacheNodes"].Type);
        Assert.Equal(
            ("shop-basket-nodes", "valkey", "8.2", "cache.t4g.micro", "disabled", "1"),
            (Of("ReplicationGroupId"), Of("Engine"), Of("EngineVersion"), Of("CacheNodeType"), Of("ClusterMode"), Of("NumCacheClusters"))
        );
        Assert.Equal(
            ("true", "required", "true", "[Ref BasketCacheUsers]"),
            (Of("TransitEncryptionEnabled"), Of("TransitEncryptionMode"), Of("AtRestEncryptionEnabled"), Of("UserGroupIds"))
        );
        Assert.Equal(("false", "false", "0"), (Of("AutomaticFailoverEnabled"), Of("MultiAZEnabled"), Of("SnapshotRetentionLimit")));
        Assert.Null(Of("PreferredMaintenanceWindow"));
        Assert.Equal("Ref BasketCacheNodesSubnets", Of("CacheSubnetGroupName"));
        Assert.Equal("[Ref DataSubnetA, Ref DataSubnetB]", template.Property("BasketCacheNodesSubnets", "SubnetIds"));
        Assert.Equal(
            ("6379", "6379"),
            (template.Property("BasketCacheFromWorker", "FromPort"), template.Property("BasketCacheFromWorker", "ToPort"))
        );
        Assert.False(template.Contains("BasketCacheFromStranger"));
        Assert.False(template.Contains("BasketCacheNodesReplicaLagAlarm"));
    }

    [Fact]
    public async Task What_refers_to_it_has_the_address_of_the_node_that_takes_writes()
    {
        var template = (await ShopAsync()).Template();

        Assert.Equal(
            ("GetAtt BasketCacheNodes.PrimaryEndPoint.Address", "True", "Sub rediss://${BasketCacheNodes.PrimaryEndPoint.Address}:6379/3"),
            (template.Variable("worker", "HOST"), template.Variable("worker", "TLS"), template.Variable("worker", "ADDRESS"))
        );
        Assert.Contains(template.OfType("AWS::SecretsManager::Secret"), secret =>
            secret.Properties.At("SecretString").Show()
            == "Sub ${BasketCacheNodes.PrimaryEndPoint.Address}:6379,password={{resolve:secretsmanager:${BasketPasswordSecretArn}:SecretString}},ssl=true"
        );
    }

    [Fact]
    public async Task It_has_replicas_snapshots_and_a_time_for_maintenance_where_the_model_says_so()
    {
        var published = await ShopAsync(cache =>
        {
            (cache.NodeType, cache.Replicas, cache.SnapshotDays, cache.EngineVersion) = ("cache.r6gd.xlarge", 2, 7, "9.0");
            cache.MaintainOn(DayOfWeek.Saturday, hour: 23);
        });
        var template = published.Template();

        string? Of(string property) => template.Property("BasketCacheNodes", property);
        Assert.Equal(
            ("cache.r6gd.xlarge", "true", "3", "true", "true"),
            (Of("CacheNodeType"), Of("DataTieringEnabled"), Of("NumCacheClusters"), Of("AutomaticFailoverEnabled"), Of("MultiAZEnabled"))
        );
        Assert.Equal(
            ("9.0", "7", "sat:23:00-sun:00:00", "shop-basket-disks"),
            (Of("EngineVersion"), Of("SnapshotRetentionLimit"), Of("PreferredMaintenanceWindow"), Of("ReplicationGroupId"))
        );
        Assert.Contains("by the hour: https://aws.amazon.com/elasticache/pricing/", published.File("README.md"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cache.t4g.small", "CPUUtilization", "45")]
    [InlineData("cache.m7g.xlarge", "EngineCPUUtilization", "90")]
    public async Task Its_alarms_look_at_whichever_node_is_the_worst(string nodeType, string metric, string threshold)
    {
        var published = await ShopAsync(cache => (cache.NodeType, cache.Replicas) = (nodeType, 1));
        var template = published.Template();

        string? Metric(string alarm, int index) =>
            template["BasketCacheNodes" + alarm + "Alarm"]
                .Properties.At("Metrics")
                .Maps()
                .ElementAt(index)
                .At("MetricStat", "Metric", "MetricName")
                .Show();
        Assert.Equal((metric, threshold), (Metric("Cpu", 1), template.Property("BasketCacheNodesCpuAlarm", "Threshold")));
        Assert.Equal(
            ("DatabaseMemoryUsagePercentage", "Evictions", "ReplicationLag"),
            (Metric("Memory", 0), Metric("Evictions", 0), Metric("ReplicaLag", 1))
        );
        Assert.Contains(
            "Sub ${BasketCacheNodes}-002",
            template.Property("BasketCacheNodesMemoryAlarm", "Metrics"),
            StringComparison.Ordinal
        );
        Assert.Contains("${BasketCacheNodes}-001", template.Property("Dashboard", "DashboardBody"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_summary_has_it_with_its_cost_and_the_deployer_may_make_it()
    {
        var published = await ShopAsync(cache => (cache.NodeType, cache.Replicas, cache.SnapshotDays) = ("cache.t4g.small", 1, 1));

        Assert.Matches(
            @"\| `basket` +\| cache \(ElastiCache, Valkey 8.2\) +\| over TLS, with the password `basket-password`, `cache.t4g.small` and 1 more in other zones, a snapshot a day for 1 day +\| deleted \(`shop`\) +\|",
            published.File("README.md")
        );
        Assert.Contains(published.Cost.Lines, line =>
            line.What == "basket: cache.t4g.small with Valkey, 2 of them" && line.Minimum is > 37.3m and < 37.4m
        );
        var policies = string.Concat(
            published.Files.Where(file => file.Name.StartsWith("deployer-policy", StringComparison.Ordinal)).Select(file => file.Content)
        );
        Assert.All(
            [
                "replicationgroup:shop-basket-nodes",
                "subnetgroup:shop-basket-nodes",
                "cluster:shop-basket-nodes-*",
                "elasticache:CreateReplicationGroup",
                "elasticache:IncreaseReplicaCount",
                "elasticache:ModifyReplicationGroup",
                "elasticache.amazonaws.com",
            ],
            text => Assert.Contains(text, policies, StringComparison.Ordinal)
        );
        Assert.DoesNotContain("serverlesscache", policies, StringComparison.Ordinal);
        Assert.Contains("elasticache:DescribeReplicationGroups", published.File("reader-policy.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_says_where_a_cache_begins_empty_and_where_connections_break()
    {
        var serverless = await Published.ModelAsync(builder =>
            builder.AddWorker("worker").WithReference(builder.AddRedis("basket").PublishAsElastiCache())
        );
        var (nodes, larger, disks) = (
            await ShopAsync(),
            await ShopAsync(cache => (cache.NodeType, cache.Replicas) = ("cache.t4g.medium", 1)),
            await ShopAsync(cache => cache.NodeType = "cache.r6gd.xlarge")
        );

        Assert.Contains("BasketCacheNodes takes the place of BasketCache, and begins empty.", Lines(serverless, nodes));
        Assert.Contains("BasketCache takes the place of BasketCacheNodes, and begins empty.", Lines(nodes, serverless));
        Assert.Contains("BasketCacheNodes takes 5 to 15 minutes to be made.", Lines(serverless, nodes));
        Assert.Contains(
            "BasketCacheNodes is given new nodes: it takes no writes for some seconds, and clients have to connect again.",
            Lines(nodes, larger)
        );
        Assert.Contains("BasketCacheNodes is replaced by another cache, which begins empty.", Lines(nodes, disks));

        // Its user stays, with its name, of which there is one.
        Assert.DoesNotContain(
            TemplateComparison.Changes("shop", TemplateJson.ToMap(serverless.Template()), TemplateJson.ToMap(nodes.Template())),
            change => change.Id is "BasketCacheUser" or "BasketCacheUsers" or "BasketCacheSecurityGroup"
        );

        static IEnumerable<string> Lines(Publication before, Publication after) =>
            PlanText.Lines(
                new Plan
                {
                    Changes = TemplateComparison.Changes(
                        "shop",
                        TemplateJson.ToMap(before.Template()),
                        TemplateJson.ToMap(after.Template())
                    ),
                }
            );
    }

    [Fact]
    public async Task A_cache_is_serverless_or_of_nodes_and_not_both()
    {
        var refusal = await Published.RefusalAsync(builder =>
            builder.AddWorker("worker").WithReference(builder.AddRedis("basket").PublishAsElastiCache().PublishAsElastiCacheNodes())
        );

        Assert.Contains(
            "'basket' is said to be more than one thing: PublishAsElastiCache and PublishAsElastiCacheNodes. Keep one of them.",
            refusal,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Replicas_want_subnets_in_two_zones()
    {
        var refusal = await Published.RefusalAsync(builder =>
        {
            builder
                .AddFargateEnvironment("shop")
                .WithExistingVpc(
                    "vpc-0123456789abcdef0",
                    "10.0.0.0/16",
                    ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
                    ["subnet-0123456789abcdef2"]
                );
            builder.AddWorker("worker").WithReference(builder.AddRedis("basket").PublishAsElastiCacheNodes(cache => cache.Replicas = 1));
        });

        Assert.Contains("'basket' has replicas, which are in other zones", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_has_here_alone_is_told_with_its_own_method()
    {
        var published = await Published.ModelAsync(builder =>
            builder
                .AddWorker("worker")
                .WithReference(
                    builder.AddRedis("basket").WithVolume("basket-data", "/data").WithArgs("--maxmemory", "1gb").PublishAsElastiCacheNodes()
                )
        );

        var notices = published.Notices("basket");
        Assert.Contains("PublishAsElastiCacheNodes(cache => cache.SnapshotDays = 7)", notices, StringComparison.Ordinal);
        Assert.Contains("Its nodes have the settings that ElastiCache gives Valkey", notices, StringComparison.Ordinal);
    }

    [Fact]
    public void What_ElastiCache_would_refuse_is_refused_at_the_option()
    {
        var nodes = new CacheNodes();

        Assert.Contains(
            "is as cache.t4g.small is",
            Assert.Throws<ArgumentException>(() => nodes.NodeType = "t4g.small").Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no more nodes of the type 'cache.m3.large'",
            Assert.Throws<ArgumentException>(() => nodes.NodeType = "cache.m3.large").Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => nodes.Replicas = 6);
        Assert.Throws<ArgumentOutOfRangeException>(() => nodes.Replicas = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => nodes.SnapshotDays = 36);
        Assert.Throws<ArgumentException>(() => nodes.EngineVersion = "8");

        // As a configuration that has none gives it.
        Assert.Equal("NodeType", Assert.Throws<ArgumentException>(() => nodes.NodeType = null!).ParamName);
        Assert.Equal("EngineVersion", Assert.Throws<ArgumentException>(() => nodes.EngineVersion = null!).ParamName);
        Assert.Throws<ArgumentException>(() => nodes.EngineVersion = "7.0");
        Assert.Throws<ArgumentOutOfRangeException>(() => nodes.MaintainOn(DayOfWeek.Sunday, 24));
        Assert.Throws<ArgumentOutOfRangeException>(() => nodes.MaintainOn((DayOfWeek)7, 0));
        Assert.Equal(("cache.t4g.micro", 0, 0, "8.2"), (nodes.NodeType, nodes.Replicas, nodes.SnapshotDays, nodes.EngineVersion));
    }
}
