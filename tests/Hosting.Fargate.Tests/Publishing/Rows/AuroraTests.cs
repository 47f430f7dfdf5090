using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Costs;
using Hosting.Fargate.Deploying.Plans;
using Hosting.Fargate.Publishing;
using Hosting.Fargate.Stacks;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>Postgres and MySQL that Aurora runs.</summary>
public sealed class AuroraTests
{
    private static Task<Publication> ShopAsync(Action<AuroraDatabase>? configure = null, string tag = "17", string database = "orders") =>
        Published.ModelAsync(builder =>
        {
            var server = builder.AddPostgresServer("pg", tag: tag).PublishAsAurora(configure);
            builder.AddWeb("api").WithExternalHttpEndpoints().WithReference(server.AddDatabase(database));
            builder.AddWorker("stranger");
        });

    private static Task<Publication> OfRdsAsync() =>
        Published.ModelAsync(builder =>
        {
            var server = builder.AddPostgresServer("pg", tag: "17").PublishAsRds();
            builder.AddWeb("api").WithExternalHttpEndpoints().WithReference(server.AddDatabase("orders"));
            builder.AddWorker("stranger");
        });

    private static IReadOnlyList<PlannedChange> Changes(Publication before, Publication after) =>
        TemplateComparison.Changes("shop", TemplateJson.ToMap(before.Template()), TemplateJson.ToMap(after.Template()));

    private static string Refusal(Publication before, Publication after, string? allowed = null) =>
        Assert
            .Throws<DistributedApplicationException>(() => DataLoss.Refuse(Changes(before, after), after.Application, allowed, ""))
            .Message;

    [Fact]
    public async Task It_is_a_cluster_that_pauses_with_an_instance_and_the_password_of_the_model()
    {
        var published = await ShopAsync();
        var template = published.Template();

        Assert.DoesNotContain(template.OfType("AWS::ECS::Service"), service => service.Id == "PgService");
        Assert.Equal("Snapshot", template["PgAurora"].DeletionPolicy);
        Assert.Equal("Snapshot", template["PgAurora"].UpdateReplacePolicy);
        Assert.Equal(
            "{Engine: aurora-postgresql, EngineVersion: 17, DatabaseName: orders, MasterUsername: postgres, "
                + "MasterUserPassword: Sub {{resolve:secretsmanager:${PgPasswordSecretArn}:SecretString}}, "
                + "ServerlessV2ScalingConfiguration: {MinCapacity: 0, MaxCapacity: 4, SecondsUntilAutoPause: 300}, StorageEncrypted: true, "
                + "BackupRetentionPeriod: 7, CopyTagsToSnapshot: true, DeletionProtection: true, EnableCloudwatchLogsExports: [postgresql], "
                + "DBSubnetGroupName: Ref PgAuroraSubnets, DBClusterParameterGroupName: Ref PgAuroraParameters, "
                + "VpcSecurityGroupIds: [GetAtt PgAuroraSecurityGroup.GroupId]",
            template["PgAurora"].Properties.Show()!.Split(", Tags:")[0]
        );
        Assert.Contains("password-version", template.Property("PgAurora", "Tags"), StringComparison.Ordinal);
        Assert.Equal("Delete", template["PgAuroraInstance1"].DeletionPolicy);
        Assert.Equal(
            "{DBClusterIdentifier: Ref PgAurora, DBInstanceClass: db.serverless, Engine: aurora-postgresql, AutoMinorVersionUpgrade: true, "
                + "EnablePerformanceInsights: false, PubliclyAccessible: false",
            template["PgAuroraInstance1"].Properties.Show()!.Split(", Tags:")[0]
        );
        Assert.False(template.Contains("PgAuroraInstance2"));
        Assert.Equal("[Ref DataSubnetA, Ref DataSubnetB]", template.Property("PgAuroraSubnets", "SubnetIds"));
        Assert.Equal("{rds.force_ssl: 1}", template.Property("PgAuroraParameters", "Parameters"));
        Assert.Equal("aurora-postgresql17", template.Property("PgAuroraParameters", "Family"));
    }

    [Fact]
    public async Task Who_refers_to_it_has_its_address_over_TLS_and_starts_when_an_instance_is_there()
    {
        var template = (await ShopAsync()).Template();

        Assert.Equal("GetAtt PgAurora.Endpoint.Address", template.Variable("api", "ORDERS_HOST"));
        var connectionString = template.Property("ApiConnectionStringsOrdersSecret", "SecretString");
        Assert.Contains("Host=${PgAurora.Endpoint.Address};", connectionString, StringComparison.Ordinal);
        Assert.Contains(";SSL Mode=Require", connectionString, StringComparison.Ordinal);
        Assert.Equal("GetAtt PgAuroraSecurityGroup.GroupId", template.Property("PgAuroraFromApi", "GroupId"));
        Assert.DoesNotContain(template.Resources, resource => resource.Id == "PgAuroraFromStranger");
        Assert.Contains("PgAuroraInstance1", template["ApiService"].DependsOn);
        Assert.DoesNotContain("PgAuroraInstance1", template["StrangerService"].DependsOn);
    }

    [Fact]
    public async Task It_is_what_the_options_say()
    {
        var template = (
            await ShopAsync(database =>
            {
                (database.MinimumCapacity, database.MaximumCapacity, database.Instances) = (2.5m, 32, 3);
                (database.BackupDays, database.DeletionProtection, database.EngineVersion) = (35, false, "16.6");
                database.RestoreFrom = "arn:aws:rds:eu-west-1:123456789012:snapshot:old";
            })
        ).Template();

        Assert.Equal("{MinCapacity: 2.5, MaxCapacity: 32}", template.Property("PgAurora", "ServerlessV2ScalingConfiguration"));
        Assert.Equal(
            ("35", "false", "16.6", "arn:aws:rds:eu-west-1:123456789012:snapshot:old", null, null),
            (
                template.Property("PgAurora", "BackupRetentionPeriod"),
                template.Property("PgAurora", "DeletionProtection"),
                template.Property("PgAurora", "EngineVersion"),
                template.Property("PgAurora", "SnapshotIdentifier"),
                template.Property("PgAurora", "MasterUsername"),
                template.Property("PgAurora", "DatabaseName")
            )
        );
        Assert.Equal("aurora-postgresql16", template.Property("PgAuroraParameters", "Family"));
        Assert.Equal(3, template.Resources.Count(resource => resource.Type == "AWS::RDS::DBInstance"));
        Assert.Equal("true", template.Property("PgAuroraInstance3", "EnablePerformanceInsights"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AuroraDatabase().MinimumCapacity = 0.3m);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AuroraDatabase().MaximumCapacity = 0.5m);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AuroraDatabase().PauseAfter = TimeSpan.FromMinutes(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AuroraDatabase().Instances = 17);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AuroraDatabase().BackupDays = 0);
    }

    [Theory]
    [InlineData("8.0.44", "8.0.mysql_aurora.3.10.4", "aurora-mysql8.0", null)]
    [InlineData("8.4", "8.4.7", "aurora-mysql8.4", null)]
    [InlineData("9.1", "8.4.7", "aurora-mysql8.4", "is version 9.1 here, and 8.4 on AWS: Aurora has 8.0 and 8.4.")]
    public async Task MySQL_is_one_whose_databases_a_task_makes(string tag, string version, string family, string? notice)
    {
        var published = await Published.ModelAsync(builder =>
        {
            var server = builder.AddMySqlServer("shop-db", tag: tag).PublishAsAurora();
            builder.AddWorker("worker").WithReference(server.AddDatabase("orders")).WithReference(server.AddDatabase("stock"));
        });
        var template = published.Template();

        Assert.Equal(
            ("aurora-mysql", version),
            (template.Property("ShopDbAurora", "Engine"), template.Property("ShopDbAurora", "EngineVersion"))
        );
        Assert.Equal("{require_secure_transport: ON}", template.Property("ShopDbAuroraParameters", "Parameters"));
        Assert.Equal("orders", template.Property("ShopDbAurora", "DatabaseName"));
        Assert.Equal("stock", template.Variable("shop-db-databases", "DATABASE_1"));
        Assert.Equal(family, template.Property("ShopDbAuroraParameters", "Family"));
        Assert.Contains(notice ?? "", published.Notices("shop-db"), StringComparison.Ordinal);
        Assert.Equal(notice is not null, published.Notices("shop-db").Contains("on AWS: Aurora has", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_version_that_Aurora_lacks_is_its_newest()
    {
        var published = await ShopAsync(tag: "18");

        Assert.Equal("17", published.Template().Property("PgAurora", "EngineVersion"));
        Assert.Contains(
            "is version 18 here, and 17 on AWS: Aurora has 14, 15, 16 and 17.",
            published.Notices("pg"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_Aurora_cannot_be_is_refused()
    {
        var refusal = (
            await Assert.ThrowsAsync<DistributedApplicationException>(() =>
                Published.ModelAsync(builder =>
                {
                    builder.AddSqlServerServer("ledger").PublishAsAurora();
                    builder.AddPostgresServer("both").PublishAsRds().PublishAsAurora();
                    builder
                        .AddPostgresServer("round")
                        .PublishAsAurora(database => (database.MinimumCapacity, database.MaximumCapacity) = (8, 4));
                    builder
                        .AddPostgresServer("old")
                        .PublishAsRds(database => database.RestoreFrom = "arn:aws:rds:eu-west-1:123456789012:cluster-snapshot:old");
                })
            )
        ).Message;

        Assert.Contains(
            "(PublishAsAurora), which runs PostgreSQL (AddPostgres) and MySQL (AddMySql) here.",
            refusal,
            StringComparison.Ordinal
        );
        Assert.Contains("'both' is said to be more than one thing: PublishAsRds and PublishAsAurora.", refusal, StringComparison.Ordinal);
        Assert.Contains("'round' has 8 ACU at the least and 4 at the most.", refusal, StringComparison.Ordinal);
        Assert.Contains("'old' has RestoreFrom with the snapshot of a cluster", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_would_lose_its_data_is_refused()
    {
        var (before, none) = (await ShopAsync(), await Published.ModelAsync(builder => builder.AddWorker("stranger")));

        Assert.Contains(
            "The database 'PgAurora' is no longer in the model, and would be deleted",
            Refusal(before, none),
            StringComparison.Ordinal
        );
        var renamed = Refusal(before, await ShopAsync(database: "sales"));
        Assert.Contains(
            "The database 'pg' would be made anew, without its data, since DatabaseName of it changes",
            renamed,
            StringComparison.Ordinal
        );
        Assert.Contains("(PublishAsAurora(database => database.InitialDatabase = ", renamed, StringComparison.Ordinal);
        Assert.Contains(
            "The database 'pg' would be a cluster of Aurora, which begins without the data of the instance of RDS that it was",
            Refusal(await OfRdsAsync(), before),
            StringComparison.Ordinal
        );
        DataLoss.Refuse(Changes(await OfRdsAsync(), before), before.Application, "pg", "");

        // What computes holds nothing, and capacity is no replacement.
        DataLoss.Refuse(Changes(await ShopAsync(options => options.Instances = 3), before), before.Application, null, "");
        DataLoss.Refuse(
            Changes(before, await ShopAsync(options => (options.MaximumCapacity, options.BackupDays) = (64, 14))),
            before.Application,
            null,
            ""
        );
    }

    [Fact]
    public async Task Another_major_version_has_to_be_agreed_to()
    {
        async Task<string?> ProblemAsync(Action<AuroraDatabase> configure) =>
            MajorUpgrades.ProblemOf(
                [TemplateJson.ToMap((await ShopAsync(options => options.EngineVersion = "16.4")).Template())],
                [TemplateJson.ToMap((await ShopAsync(configure)).Template())]
            );

        Assert.Null(await ProblemAsync(options => options.EngineVersion = "16.6"));
        Assert.Contains(
            "The database 'PgAurora' is version 16, and would become 17, from which there is no way back. Stay: PublishAsAurora(",
            await ProblemAsync(options => options.EngineVersion = "17.4"),
            StringComparison.Ordinal
        );
        Assert.Null(await ProblemAsync(options => (options.EngineVersion, options.AllowMajorVersionUpgrade) = ("17.4", true)));
    }

    [Fact]
    public async Task Who_runs_it_has_alarms_a_row_of_the_dashboard_and_its_price()
    {
        var published = await ShopAsync(options => (options.MinimumCapacity, options.Instances) = (0.5m, 2));
        var template = published.Template();

        Assert.Equal(
            ("ACUUtilization", "90", "[{Name: DBClusterIdentifier, Value: Ref PgAurora}]"),
            (
                template.Property("PgAuroraCapacityAlarm", "MetricName"),
                template.Property("PgAuroraCapacityAlarm", "Threshold"),
                template.Property("PgAuroraCapacityAlarm", "Dimensions")
            )
        );
        Assert.Equal("540", template.Property("PgAuroraConnectionsAlarm", "Threshold"));
        Assert.Contains("ServerlessDatabaseCapacity", template.Property("Dashboard", "DashboardBody"), StringComparison.Ordinal);
        var estimate = CostEstimate.Of(published.Application, interfaceEndpoints: 0, [.. published.Templates.All]);
        var line = Assert.Single(estimate.Lines, line => line.What == "pg: capacity of Aurora PostgreSQL in ACU");
        Assert.Equal((87.6m, 700.8m), (line.Minimum, line.Maximum));
        Assert.Contains(estimate.NotCounted, cost =>
            cost.What == "Storage of Aurora" && cost.Price.Contains("0.20", StringComparison.Ordinal)
        );
        Assert.Contains(
            "0.5 to 4 ACU, 2 instances, backups of 7 days",
            published.Files.Single(file => file.Name == "README.md").Content,
            StringComparison.Ordinal
        );
    }
}
