using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Deploying.Secrets;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>Caches that ElastiCache runs.</summary>
public sealed class CacheTests
{
    private static IResourceBuilder<RedisResource> AddShop(IDistributedApplicationBuilder builder)
    {
        var cache = builder.AddRedis("basket").PublishAsElastiCache();
        builder.AddWeb("site").WithExternalHttpEndpoints().WithReference(cache).WaitFor(cache);
        builder.AddWorker("stranger");
        return cache;
    }

    [Fact]
    public async Task It_is_no_task_but_a_cache_with_the_password_of_the_model()
    {
        var template = (await Published.ModelAsync(builder => AddShop(builder))).Template();

        Assert.Equal(
            ["site", "stranger"],
            template.OfType("AWS::ECS::Service").Select(service => service.Properties.At("ServiceName").Show())
        );
        var cache = template["BasketCache"];
        Assert.Equal("AWS::ElastiCache::ServerlessCache", cache.Type);
        Assert.Equal(
            ("shop-basket", "valkey", "8", "Ref BasketCacheUsers"),
            (
                cache.Properties.At("ServerlessCacheName").Show(),
                cache.Properties.At("Engine").Show(),
                cache.Properties.At("MajorEngineVersion").Show(),
                cache.Properties.At("UserGroupId").Show()
            )
        );
        Assert.Null(cache.Properties["CacheUsageLimits"]);
        Assert.Equal("default", template.Property("BasketCacheUser", "UserName"));
        Assert.Contains(
            "{{resolve:secretsmanager:${BasketPasswordSecretArn}:SecretString}}",
            template.Property("BasketCacheUser", "AuthenticationMode", "Passwords"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Who_refers_to_it_and_nobody_else_has_a_way_to_it()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var cache = AddShop(builder);
                builder.AddWorker("fill").WithReference(cache).PublishAsFargateTask();
            })
        ).Template();

        Assert.Equal(
            ["BasketCacheFromFill", "BasketCacheFromSite"],
            template
                .OfType("AWS::EC2::SecurityGroupIngress")
                .Where(rule => rule.Properties.At("GroupId").Show()!.Contains("BasketCacheSecurityGroup", StringComparison.Ordinal))
                .Select(rule => rule.Id)
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            ("6379", "6380"),
            (template.Property("BasketCacheFromSite", "FromPort"), template.Property("BasketCacheFromSite", "ToPort"))
        );
        Assert.Null(template["BasketCacheSecurityGroup"].Properties["SecurityGroupIngress"]);
        Assert.DoesNotContain(template.Resources, resource => resource.Id == "Namespace");
    }

    [Fact]
    public async Task What_refers_to_it_has_its_address_and_TLS()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var cache = builder.AddRedis("basket").PublishAsElastiCache();
                builder
                    .AddWorker("worker")
                    .WithReference(cache)
                    .WithEnvironment("HOST", cache.Resource.PrimaryEndpoint.Property(EndpointProperty.Host))
                    .WithEnvironment("PORT", cache.Resource.PrimaryEndpoint.Property(EndpointProperty.Port))
                    .WithEnvironment("TLS", cache.Resource.PrimaryEndpoint.Property(EndpointProperty.TlsEnabled))
                    .WithEnvironment(
                        "ADDRESS",
                        ReferenceExpression.Create($"valkey://{cache.Resource.PrimaryEndpoint.Property(EndpointProperty.HostAndPort)}")
                    );
            })
        ).Template();

        Assert.Equal(
            ("GetAtt BasketCache.Endpoint.Address", "6379", "True"),
            (template.Variable("worker", "HOST"), template.Variable("worker", "PORT"), template.Variable("worker", "TLS"))
        );
        Assert.Equal("Sub valkeys://${BasketCache.Endpoint.Address}:6379", template.Variable("worker", "ADDRESS"));
        var secret = template
            .OfType("AWS::SecretsManager::Secret")
            .Single(secret => secret.Properties.At("Name").Show()!.Contains("ConnectionStrings", StringComparison.Ordinal));
        Assert.Equal(
            "Sub ${BasketCache.Endpoint.Address}:6379,password={{resolve:secretsmanager:${BasketPasswordSecretArn}:SecretString}},ssl=true",
            secret.Properties.At("SecretString").Show()
        );
    }

    [Fact]
    public async Task A_password_that_changes_changes_its_user()
    {
        var template = (await Published.ModelAsync(builder => AddShop(builder))).Template();

        var tags = template["BasketCacheUser"]
            .Properties.At("Tags")
            .Maps()
            .ToDictionary(tag => tag.At("Key").Show()!, tag => tag.At("Value").Show());
        Assert.Equal("Ref BasketPasswordVersion", tags["password-version"]);
        Assert.Equal("basket", tags["aspire:resource"]);
        Assert.NotNull(template.Parameters["BasketPasswordVersion"]);
    }

    [Fact]
    public async Task Its_limits_are_those_of_the_model()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder
                    .AddWorker("worker")
                    .WithReference(
                        builder
                            .AddRedis("basket")
                            .PublishAsElastiCache(cache =>
                            {
                                (cache.MaximumGigabytes, cache.MaximumProcessingUnits, cache.SnapshotDays, cache.EngineVersion) = (
                                    5,
                                    10_000,
                                    7,
                                    "7"
                                );
                            })
                    )
            )
        ).Template();

        Assert.Equal(
            "{DataStorage: {Maximum: 5, Unit: GB}, ECPUPerSecond: {Maximum: 10000}}",
            template.Property("BasketCache", "CacheUsageLimits")
        );
        Assert.Equal(
            ("7", "7"),
            (template.Property("BasketCache", "SnapshotRetentionLimit"), template.Property("BasketCache", "MajorEngineVersion"))
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => new ServerlessCache().MaximumGigabytes = 5_001);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ServerlessCache().MaximumProcessingUnits = 999);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ServerlessCache().SnapshotDays = 36);
    }

    [Fact]
    public async Task Its_alarms_are_on_what_is_refused_thrown_away_and_dear()
    {
        var published = await Published.ModelAsync(builder =>
        {
            AddShop(builder);
            builder.AddWorker("worker").WithReference(builder.AddRedis("small").PublishAsElastiCache(cache => cache.MaximumGigabytes = 5));
        });

        var template = published.Template();
        (string?, string?, string?) Alarm(string id) =>
            (template.Property(id, "MetricName"), template.Property(id, "Statistic"), template.Property(id, "Threshold"));
        Assert.Equal(("ThrottledCmds", "Sum", "0"), Alarm("BasketCacheThrottledAlarm"));
        Assert.Equal(("Evictions", "Sum", "0"), Alarm("BasketCacheEvictionsAlarm"));
        Assert.Equal(("BytesUsedForCache", "Maximum", "5000000000"), Alarm("BasketCacheStorageAlarm"));
        Assert.Equal(("BytesUsedForCache", "Maximum", "4000000000"), Alarm("SmallCacheStorageAlarm"));
        Assert.Equal("[{Name: clusterId, Value: Ref BasketCache}]", template.Property("BasketCacheThrottledAlarm", "Dimensions"));
        Assert.Contains(
            "\"ThrottledCmds\",\"clusterId\",\"${BasketCache}\"",
            template.Property("Dashboard", "DashboardBody"),
            StringComparison.Ordinal
        );
        Assert.Contains("elasticache:DescribeServerlessCaches", published.File("reader-policy.json"), StringComparison.Ordinal);
        Assert.False(
            (await Published.ModelAsync(builder => AddShop(builder.AddFargateEnvironment("shop").WithoutAlarms().ApplicationBuilder)))
                .Template()
                .Contains("BasketCacheThrottledAlarm")
        );
    }

    [Fact]
    public async Task A_long_name_is_shortened_and_stays_its_own()
    {
        string Name(Template template, string id) => template.Property(id, "ServerlessCacheName")!;
        var template = (
            await Published.ModelAsync(builder =>
            {
                var worker = builder.AddWorker("worker");
                worker.WithReference(builder.AddRedis("the-basket-of-each-visitor-of-the-shop-one").PublishAsElastiCache());
                worker.WithReference(builder.AddRedis("the-basket-of-each-visitor-of-the-shop-two").PublishAsElastiCache());
            })
        ).Template();

        var (one, two) = (
            Name(template, "TheBasketOfEachVisitorOfTheShopOneCache"),
            Name(template, "TheBasketOfEachVisitorOfTheShopTwoCache")
        );
        Assert.NotEqual(one, two);
        Assert.All([one, two], name => Assert.Matches("^shop-the-basket[a-z0-9-]{1,25}$", name));
    }

    [Fact]
    public async Task What_runs_here_alone_is_told()
    {
        var published = await Published.ModelAsync(builder => AddShop(builder).WithVolume("basket-data", "/data"));

        Assert.Contains("'basket-data' here alone", published.Notices("basket"), StringComparison.Ordinal);
        Assert.DoesNotContain(published.Template().Resources, resource => resource.Type.StartsWith("AWS::EFS::", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_no_cache_is_refused()
    {
        var refusal = await Published.RefusalAsync(builder =>
            builder.AddWorker("worker").WithReference(builder.AddPostgres("db").PublishAsElastiCache())
        );

        Assert.Contains(
            "'db' is to be a cache of ElastiCache (PublishAsElastiCache), which runs what speaks Redis's protocol",
            refusal,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_password_that_is_rotated_is_refused()
    {
        var refusal = await Published.RefusalAsync(builder =>
        {
            var cache = builder.AddRedis("basket").PublishAsElastiCache();
            builder.CreateResourceBuilder(cache.Resource.Password).WithRotation("arn:aws:lambda:eu-west-1:123456789012:function:rotate");
            builder.AddWorker("worker").WithEnvironment("HOST", cache.Resource.PrimaryEndpoint.Property(EndpointProperty.Host));
        });

        Assert.Contains("whose password 'basket-password' is rotated (WithRotation)", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fifteen-letters", true)]
    [InlineData("sixteen-letters!", false)]
    [InlineData("sixteen-letters@", true)]
    [InlineData("sixteen letters!", true)]
    [InlineData(null, false)]
    public async Task A_password_that_ElastiCache_would_refuse_is_told_before_anything_changes(string? password, bool isProblem)
    {
        var published = await Published.ModelAsync(builder => AddShop(builder));

        var problems = CachePasswords.Problems(published.Application, name => name == "basket-password" ? password : null).ToList();
        Assert.Equal(isProblem ? 1 : 0, problems.Count);
        Assert.All(problems, problem => Assert.DoesNotContain(password!, problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_summary_has_it_with_its_cost_and_the_deployer_may_make_it()
    {
        var published = await Published.ModelAsync(builder => AddShop(builder));

        var summary = published.File("README.md");
        Assert.Matches(
            @"\| `basket` +\| cache \(ElastiCache Serverless, Valkey\) +\| over TLS, with the password `basket-password` +\| deleted \(`shop`\) +\|",
            summary
        );
        Assert.Contains(published.Cost.Lines, line =>
            line.What.StartsWith("Caches", StringComparison.Ordinal) && line.Minimum is > 6 and < 6.2m
        );
        var policies = string.Concat(
            published.Files.Where(file => file.Name.StartsWith("deployer-policy", StringComparison.Ordinal)).Select(file => file.Content)
        );
        Assert.Contains("serverlesscache:shop-basket", policies, StringComparison.Ordinal);
        Assert.Contains("elasticache:CreateServerlessCache", policies, StringComparison.Ordinal);
        Assert.Contains("elasticache.amazonaws.com", policies, StringComparison.Ordinal);
    }
}
