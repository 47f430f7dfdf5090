using Amazon.CloudFormation.Model;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Deploying.Tasks;
using Hosting.Fargate.Publishing;
using Hosting.Fargate.Tests.Publishing;

namespace Hosting.Fargate.Tests.Deploying;

/// <summary>The template with which tasks run before any service rolls.</summary>
public sealed class StageTemplateTests
{
    [Fact]
    public async Task AFirstDeployMakesWhatTheTaskNeedsAndNoService()
    {
        var shop = await Published.ModelAsync(Model);
        var (template, values) = Compose(shop, null, [], Images(shop, "a"));

        var ids = ResourcesOf(template);
        Assert.Contains("MigrateTaskDefinition", ids);
        Assert.Contains("MigrateExecutionRole", ids);
        Assert.Contains("MigrateLogGroup", ids);
        Assert.Contains("MigrateSecurityGroup", ids);
        Assert.Contains("Cluster", ids);
        Assert.Contains("ClusterCapacityProviders", ids);
        Assert.Contains("PublicSubnetARoutes", ids);
        Assert.Contains("PublicRoute", ids);
        Assert.DoesNotContain(ids, id =>
            id.StartsWith("Api", StringComparison.Ordinal) || id.StartsWith("LoadBalancer", StringComparison.Ordinal)
        );
        Assert.Equal(["MigrateImage"], values.Select(value => value.ParameterKey));
    }

    [Fact]
    public async Task EveryReferenceOfItLeadsToSomethingInIt()
    {
        var shop = await Published.ModelAsync(Model);
        var (template, _) = Compose(shop, null, [], Images(shop, "a"));

        var known = ResourcesOf(template).Concat(((TemplateMap)template["Parameters"]!).Keys).ToHashSet(StringComparer.Ordinal);
        Assert.All(((TemplateMap)template["Resources"]!).SelectMany(pair => pair.Value.References()), id => Assert.Contains(id, known));
    }

    [Fact]
    public async Task ALaterDeployLeavesEveryServiceAsItIs()
    {
        var before = await Published.ModelAsync(Model);
        var after = await Published.ModelAsync(builder => Model(builder, service => service.Memory = 2048, task => task.Memory = 2048));
        var live = TemplateJson.ToMap(before.Template());
        var liveValues = Images(before, "a").ToDictionary(value => value.ParameterKey, value => value.ParameterValue);
        var (template, values) = Compose(after, live, liveValues, Images(after, "b"));

        Assert.Equal(Text(live, "ApiTaskDefinition"), Text(template, "ApiTaskDefinition"));
        Assert.Equal(Text(live, "ApiService"), Text(template, "ApiService"));
        Assert.NotEqual(Text(live, "MigrateTaskDefinition"), Text(template, "MigrateTaskDefinition"));
        Assert.Equal(ResourcesOf(live).Order(), ResourcesOf(template).Order());
        Assert.True(values.Single(value => value.ParameterKey == "ApiImage").UsePreviousValue);
        Assert.EndsWith(
            new string('b', 64),
            values.Single(value => value.ParameterKey == "MigrateImage").ParameterValue,
            StringComparison.Ordinal
        );
        Assert.Equal(((TemplateMap)live["Outputs"]!).Keys, ((TemplateMap)template["Outputs"]!).Keys);
    }

    [Fact]
    public async Task AChangedParameterThatServicesReadTooReachesTheTaskAlone()
    {
        static void WithMode(IDistributedApplicationBuilder builder)
        {
            var mode = builder.AddParameter("mode", "slow");
            builder.AddWeb("api").WithExternalHttpEndpoints().WithEnvironment("MODE", mode);
            builder
                .AddWorker("migrate")
                .WithEnvironment("MODE", mode)
                .WithEnvironment("TEXT", ReferenceExpression.Create($"{mode}!"))
                .PublishAsFargateTask();
        }

        var shop = await Published.ModelAsync(WithMode);
        var live = TemplateJson.ToMap(shop.Template());
        List<Parameter> old = [.. Images(shop, "a"), new Parameter { ParameterKey = "Mode", ParameterValue = "slow" }];
        List<Parameter> wanted = [.. Images(shop, "a"), new Parameter { ParameterKey = "Mode", ParameterValue = "${fast}" }];
        var (template, values) = Compose(shop, live, old.ToDictionary(value => value.ParameterKey, value => value.ParameterValue), wanted);

        Assert.True(values.Single(value => value.ParameterKey == "Mode").UsePreviousValue);
        Assert.Equal(Text(live, "ApiTaskDefinition"), Text(template, "ApiTaskDefinition"));
        var task = Text(template, "MigrateTaskDefinition");
        Assert.Contains("\"Value\":\"${fast}\"", task, StringComparison.Ordinal);
        Assert.Contains("${!fast}!", task, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATaskThatIsNewComesToTheLiveStack()
    {
        var before = await Published.ModelAsync(builder => builder.AddWeb("api").WithExternalHttpEndpoints());
        var after = await Published.ModelAsync(Model);
        var live = TemplateJson.ToMap(before.Template());
        var (template, values) = Compose(
            after,
            live,
            Images(before, "a").ToDictionary(value => value.ParameterKey, value => value.ParameterValue),
            Images(after, "b")
        );

        Assert.Contains("MigrateTaskDefinition", ResourcesOf(template));
        Assert.Equal(Text(live, "ApiService"), Text(template, "ApiService"));
        Assert.Equal(["ApiDataProtectionKeysSecretArn", "ApiImage", "MigrateImage"], values.Select(value => value.ParameterKey).Order());
    }

    [Fact]
    public async Task WhatATaskCallsOrWaitsForComesWithItAndNoOtherService()
    {
        var shop = await Published.ModelAsync(WithDatabase);
        var (template, _) = Compose(shop, null, [], Images(shop, "a"));

        var ids = ResourcesOf(template);
        Assert.Contains("DbService", ids);
        Assert.Contains("DbDiscovery", ids);
        Assert.Contains("DnsNamespace", ids);
        Assert.Contains("Db5432FromMigrate", ids);
        Assert.Contains("BrokerService", ids);
        Assert.DoesNotContain(ids, id =>
            id.StartsWith("Api", StringComparison.Ordinal) || id.StartsWith("LoadBalancer", StringComparison.Ordinal)
        );
        var known = ids.Concat(((TemplateMap)template["Parameters"]!).Keys).ToHashSet(StringComparer.Ordinal);
        Assert.All(((TemplateMap)template["Resources"]!).SelectMany(pair => pair.Value.References()), id => Assert.Contains(id, known));
    }

    [Fact]
    public async Task ANewVersionOfWhatATaskCallsRollsBeforeIt()
    {
        var before = await Published.ModelAsync(WithDatabase);
        var after = await Published.ModelAsync(builder => WithDatabase(builder, "18.1"));
        var live = TemplateJson.ToMap(before.Template());
        var (template, _) = Compose(
            after,
            live,
            Images(before, "a").ToDictionary(value => value.ParameterKey, value => value.ParameterValue),
            Images(after, "b")
        );

        Assert.Contains("postgres:18.1", Text(template, "DbTaskDefinition"), StringComparison.Ordinal);
        Assert.Equal(Text(live, "ApiTaskDefinition"), Text(template, "ApiTaskDefinition"));
        Assert.Equal(ResourcesOf(live).Order(), ResourcesOf(template).Order());
    }

    [Fact]
    public async Task ATaskThatNeedsAnotherServiceIsAStageOfItsOwn()
    {
        var shop = await Published.ModelAsync(builder =>
        {
            var database = builder.AddPostgres("db");
            var migrate = builder.AddWorker("migrate").WithReference(database);
            var check = builder.AddWorker("check").WithReference(database).WaitForCompletion(migrate);
            var api = builder.AddWeb("api").WithReference(database).WaitForCompletion(check);
            builder.AddWorker("index").WithReference(api.GetEndpoint("http")).PublishAsFargateTask();
        });
        var stages = DeployStage.OfTasks(shop.Application);

        Assert.Equal(["migrate check", "index"], stages.Select(stage => string.Join(' ', stage.Tasks.Select(task => task.Name))));
        Assert.Equal(
            ["migrate check", "migrate check index"],
            stages.Select(stage => string.Join(' ', stage.Prepared.Select(task => task.Name)))
        );
        Assert.Equal(["db", "api db"], stages.Select(stage => string.Join(' ', stage.Services.Order(StringComparer.Ordinal))));
    }

    [Fact]
    public async Task ATaskHasANewPasswordAndSoHaveTheDatabaseAndTheCacheThatItCalls()
    {
        var shop = await Published.ModelAsync(builder =>
        {
            var database = builder.AddPostgresServer("pg").PublishAsRds();
            var cache = builder.AddRedis("basket").PublishAsElastiCache();
            builder.AddWorker("migrate").WithReference(database).WithReference(cache).PublishAsFargateTask();
            builder.AddWorker("api").WithReference(database).WithReference(cache);
        });
        Dictionary<string, string> liveValues = new(StringComparer.Ordinal)
        {
            ["PgPasswordVersion"] = "old-pg",
            ["PgPasswordUriEncodedVersion"] = "old-pg",
            ["BasketPasswordVersion"] = "old-basket",
        };
        List<Parameter> values =
        [
            .. liveValues.Keys.Select(key => new Parameter { ParameterKey = key, ParameterValue = $"new-{key}" }),
            .. Images(shop, "a"),
        ];

        var (template, _) = Compose(shop, TemplateJson.ToMap(shop.Template()), liveValues, values);

        Assert.Contains("new-PgPasswordVersion", Text(template, "PgDatabase"), StringComparison.Ordinal);
        Assert.Contains("new-BasketPasswordVersion", Text(template, "BasketCacheUser"), StringComparison.Ordinal);
        Assert.DoesNotContain("new-", Text(template, "ApiTaskDefinition"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServersThatAreNewAreMadeWithTheirNetworkAndNothingThatCallsThem()
    {
        var shop = await Published.ModelAsync(builder =>
        {
            var database = builder.AddPostgresServer("pg").AddDatabase("orders");
            var (cache, broker) = (builder.AddRedis("basket"), builder.AddRabbitMQServer("messaging"));
            builder.AddWeb("api").WithExternalHttpEndpoints().WithReference(database).WithReference(cache).WithReference(broker);
            builder.AddWorker("report").WithReference(database.AddReadReplica("orders-read"));
        });
        var servers = NewServer.Of(shop.Application, null);
        Assert.Equal(["pg", "orders-read", "basket", "messaging"], servers.Select(server => server.Name));

        var (template, values) = StageTemplate.Compose(
            shop.Application,
            shop.Templates,
            DeployStage.OfServers(servers.Select(server => server.Name)),
            null,
            new Dictionary<string, string>(),
            [new Parameter { ParameterKey = "PgPasswordVersion", ParameterValue = "1" }, .. Images(shop, "a")]
        );

        Assert.Empty(NewServer.Of(shop.Application, template));
        Assert.Empty(NewServer.Of(shop.Application, TemplateJson.ToMap(shop.Template())));
        Assert.Equal(["PgPasswordVersion"], values.Select(value => value.ParameterKey));
        var types = ((TemplateMap)template["Resources"]!).Select(pair => pair.Value.At("Type").AsText()!).Distinct().Order();
        Assert.Equal(
            [
                "AWS::AmazonMQ::Broker",
                "AWS::CloudWatch::Alarm",
                "AWS::EC2::SecurityGroup",
                "AWS::EC2::Subnet",
                "AWS::EC2::VPC",
                "AWS::ElastiCache::ServerlessCache",
                "AWS::ElastiCache::User",
                "AWS::ElastiCache::UserGroup",
                "AWS::RDS::DBInstance",
                "AWS::RDS::DBSubnetGroup",
            ],
            types
        );
        var known = ResourcesOf(template).Concat(((TemplateMap)template["Parameters"]!).Keys).ToHashSet(StringComparer.Ordinal);
        Assert.All(((TemplateMap)template["Resources"]!).SelectMany(pair => pair.Value.References()), id => Assert.Contains(id, known));
    }

    /// <summary>RDS deletes nothing that is protected, and so no rollback takes it back.</summary>
    [Fact]
    public async Task A_database_that_is_new_is_protected_by_the_whole_template_alone()
    {
        var shop = await Published.ModelAsync(builder =>
        {
            var database = builder.AddPostgresServer("pg").AddDatabase("orders");
            builder.AddWorker("api").WithReference(database).WithReference(builder.AddMySqlServer("my").PublishAsAurora());
            builder.AddWorker("report").WithReference(database.AddReadReplica("orders-read"));
        });
        var (template, _) = StageTemplate.Compose(
            shop.Application,
            shop.Templates,
            DeployStage.OfServers(NewServer.Of(shop.Application, null).Select(server => server.Name)),
            null,
            new Dictionary<string, string>(),
            Images(shop, "a")
        );

        Assert.Equal(("false", "false", "false"), Protections(template));
        Assert.Equal(("true", "true", "false"), Protections(TemplateJson.ToMap(shop.Template())));
        Assert.Null(template.At("Resources", "MyAuroraInstance1", "Properties", "DeletionProtection"));

        static (string?, string?, string?) Protections(TemplateMap template) =>
            (
                template.At("Resources", "PgDatabase", "Properties", "DeletionProtection").AsText(),
                template.At("Resources", "MyAurora", "Properties", "DeletionProtection").AsText(),
                template.At("Resources", "OrdersReadReplica", "Properties", "DeletionProtection").AsText()
            );
    }

    [Theory]
    [InlineData(false, true, false, "true")]
    [InlineData(true, false, false, "false")]
    [InlineData(true, null, false, null)]
    [InlineData(true, true, true, "false")]
    public async Task A_database_that_is_there_stays_in_a_stage_as_protected_as_it_is_unless_it_is_made_anew(
        bool isWanted,
        bool? isDeployed,
        bool isMadeAnew,
        string? expected
    )
    {
        Task<Publication> ShopAsync(int backupDays) =>
            Published.ModelAsync(builder =>
                builder
                    .AddWorker("migrate")
                    .WithReference(
                        builder
                            .AddPostgresServer("pg")
                            .PublishAsRds(database => (database.DeletionProtection, database.BackupDays) = (isWanted, backupDays))
                    )
                    .PublishAsFargateTask()
            );
        var (before, shop) = (await ShopAsync(7), await ShopAsync(30));
        var live = TemplateJson.ToMap(before.Template());
        ((TemplateMap)live.At("Resources", "PgDatabase", "Properties")!)["DeletionProtection"] = isDeployed is { } value ? value : null;

        var (template, _) = StageTemplate.Compose(
            shop.Application,
            shop.Templates,
            Assert.Single(DeployStage.OfTasks(shop.Application)),
            live,
            new Dictionary<string, string>(),
            Images(shop, "a"),
            isMadeAnew ? new HashSet<string> { "PgDatabase" } : null
        );

        Assert.Equal("30", template.At("Resources", "PgDatabase", "Properties", "BackupRetentionPeriod").AsText());
        Assert.Equal(expected, template.At("Resources", "PgDatabase", "Properties", "DeletionProtection").AsText());
        Assert.Equal(isWanted ? "true" : "false", shop.Template().Property("PgDatabase", "DeletionProtection"));
    }

    private static void WithDatabase(IDistributedApplicationBuilder builder) => WithDatabase(builder, "17.6");

    private static void WithDatabase(IDistributedApplicationBuilder builder, string version)
    {
        var database = builder.AddPostgres("db").WithImageTag(version);
        var broker = builder.AddContainer("broker", "nats", "2.12");
        var migrate = builder.AddWorker("migrate").WithReference(database).WaitFor(broker);
        builder.AddWeb("api").WithExternalHttpEndpoints().WithReference(database).WaitForCompletion(migrate);
    }

    private static void Model(IDistributedApplicationBuilder builder) => Model(builder, _ => { }, _ => { });

    private static void Model(IDistributedApplicationBuilder builder, Action<FargateService> service, Action<FargateTask> task)
    {
        builder.AddWeb("api").WithExternalHttpEndpoints().PublishAsFargateService(service);
        builder.AddWorker("migrate").PublishAsFargateTask(task);
    }

    private static StageTemplate Compose(
        Publication publication,
        TemplateMap? live,
        Dictionary<string, string> liveValues,
        IReadOnlyList<Parameter> values
    ) =>
        StageTemplate.Compose(
            publication.Application,
            publication.Templates,
            DeployStage.OfTasks(publication.Application)[^1],
            live,
            liveValues,
            values
        );

    private static List<Parameter> Images(Publication publication, string digit) =>
        [
            .. publication
                .Application.Workloads.Where(workload => workload.Main.Image is BuiltImage)
                .Select(workload => new Parameter
                {
                    ParameterKey = ((BuiltImage)workload.Main.Image).ParameterId,
                    ParameterValue = $"registry/{workload.Name}@sha256:{string.Concat(Enumerable.Repeat(digit, 64))}",
                }),
        ];

    private static List<string> ResourcesOf(TemplateMap template) => [.. ((TemplateMap)template["Resources"]!).Keys];

    private static string Text(TemplateMap template, string id) =>
        System.Text.Encoding.UTF8.GetString(TemplateJson.Write(new TemplateMap { ["_"] = template.At("Resources", id)! }));
}
