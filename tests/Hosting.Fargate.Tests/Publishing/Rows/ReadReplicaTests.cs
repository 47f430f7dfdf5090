using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Deploying.Plans;
using Hosting.Fargate.Publishing;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>Replicas of databases and caches, for those that only read.</summary>
public sealed class ReadReplicaTests
{
    private static void AddShop(IDistributedApplicationBuilder builder, Action<RelationalDatabase>? configure, bool hasReplica)
    {
        var orders = builder.AddPostgresServer("pg").PublishAsRds(configure).AddDatabase("orders");
        builder.AddWorker("writer").WithReference(orders);
        if (hasReplica)
        {
            builder.AddWorker("reader").WithReference(orders.AddReadReplica("orders-read"));
        }
    }

    private static Task<Publication> ShopAsync(Action<RelationalDatabase>? configure = null, bool hasReplica = true) =>
        Published.ModelAsync(builder => AddShop(builder, configure, hasReplica));

    [Fact]
    public async Task Of_RDS_it_is_an_instance_that_follows_the_database_and_leaves_no_snapshot()
    {
        var template = (await ShopAsync()).Template();

        string? Of(string property) => template.Property("OrdersReadReplica", property);
        Assert.Equal("AWS::RDS::DBInstance", template["OrdersReadReplica"].Type);
        Assert.Equal(
            ("Ref PgDatabase", "db.t4g.micro", "gp3", "100", "false", "false"),
            (
                Of("SourceDBInstanceIdentifier"),
                Of("DBInstanceClass"),
                Of("StorageType"),
                Of("MaxAllocatedStorage"),
                Of("PubliclyAccessible"),
                Of("DeletionProtection")
            )
        );
        Assert.All(
            [
                "MasterUsername",
                "MasterUserPassword",
                "DBName",
                "AllocatedStorage",
                "BackupRetentionPeriod",
                "DBSubnetGroupName",
                "EngineVersion",
            ],
            property => Assert.Null(Of(property))
        );
        Assert.Equal(
            ("Delete", "Delete"),
            (template["OrdersReadReplica"].DeletionPolicy, template["OrdersReadReplica"].UpdateReplacePolicy)
        );
        Assert.Equal(
            ("ReplicaLag", "60"),
            (template.Property("OrdersReadReplicaLagAlarm", "MetricName"), template.Property("OrdersReadReplicaLagAlarm", "Threshold"))
        );
        Assert.Equal(
            "[{Name: DBInstanceIdentifier, Value: Ref OrdersReadReplica}]",
            template.Property("OrdersReadReplicaLagAlarm", "Dimensions")
        );
        Assert.Contains(
            "\"ReplicaLag\",\"DBInstanceIdentifier\"",
            template.Property("Dashboard", "DashboardBody"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_refers_to_it_has_its_address_with_the_user_the_password_and_TLS_of_the_database()
    {
        var template = (await ShopAsync()).Template();

        Assert.Equal("GetAtt OrdersReadReplica.Endpoint.Address", template.Variable("reader", "ORDERS_READ_HOST"));
        Assert.Equal("5432", template.Variable("reader", "ORDERS_READ_PORT"));
        Assert.Equal("orders", template.Variable("reader", "ORDERS_READ_DATABASENAME"));
        Assert.Equal(
            "Sub jdbc:postgresql://${OrdersReadReplica.Endpoint.Address}:5432/orders?sslmode=require",
            template.Variable("reader", "ORDERS_READ_JDBCCONNECTIONSTRING")
        );
        Assert.Equal(template.Variable("writer", "ORDERS_USERNAME"), template.Variable("reader", "ORDERS_READ_USERNAME"));
        string[] secrets =
        [
            .. template.OfType("AWS::SecretsManager::Secret").Select(secret => secret.Properties.At("SecretString").Show()!),
        ];
        const string Password = "{{resolve:secretsmanager:${PgPasswordSecretArn}:SecretString}}";
        Assert.Contains(
            $"Sub Host=${{OrdersReadReplica.Endpoint.Address}};Port=5432;Username=postgres;Password={Password};SSL Mode=Require;Database=orders",
            secrets
        );
        Assert.Contains(secrets, secret =>
            secret.StartsWith("Sub postgresql://postgres:", StringComparison.Ordinal)
            && secret.EndsWith("@${OrdersReadReplica.Endpoint.Address}:5432/orders?sslmode=require", StringComparison.Ordinal)
        );

        // Those that write have the database's own, and nobody both.
        Assert.Contains(
            $"Sub Host=${{PgDatabase.Endpoint.Address}};Port=5432;Username=postgres;Password={Password};SSL Mode=Require;Database=orders",
            secrets
        );
        Assert.Equal(
            ["OrdersReadReplicaFromReader", "PgDatabaseFromPgShell", "PgDatabaseFromWriter"],
            template
                .OfType("AWS::EC2::SecurityGroupIngress")
                .Select(rule => rule.Id)
                .Where(id => id.Contains("From", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal("GetAtt OrdersReadReplicaSecurityGroup.GroupId", template.Property("OrdersReadReplicaFromReader", "GroupId"));
    }

    [Fact]
    public async Task Of_Aurora_it_is_the_endpoint_of_the_instances_that_read()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var server = builder.AddPostgresServer("pg").PublishAsAurora(database => database.Instances = 2);
                builder.AddWorker("reader").WithReference(server.AddReadReplica("pg-read")).WithReference(server);
            })
        ).Template();

        Assert.Equal("GetAtt PgAurora.ReadEndpoint.Address", template.Variable("reader", "PG_READ_HOST"));
        Assert.Equal("GetAtt PgAurora.Endpoint.Address", template.Variable("reader", "PG_HOST"));
        Assert.Contains(template.OfType("AWS::SecretsManager::Secret"), secret =>
            secret
                .Properties.At("SecretString")
                .Show()!
                .StartsWith("Sub Host=${PgAurora.ReadEndpoint.Address};Port=5432;", StringComparison.Ordinal)
            && secret.Properties.At("SecretString").Show()!.EndsWith(";SSL Mode=Require", StringComparison.Ordinal)
        );
        Assert.Equal(2, template.OfType("AWS::RDS::DBInstance").Count());
        Assert.Single(template.OfType("AWS::EC2::SecurityGroupIngress"), rule => rule.Id == "PgAuroraFromReader");
        Assert.Contains("PgAuroraInstance2", template["ReaderService"].DependsOn);
        Assert.Equal("AuroraReplicaLag", template.Property("PgAuroraReaderLagAlarm", "MetricName"));
    }

    [Fact]
    public async Task Of_a_cache_of_nodes_it_is_the_endpoint_for_readers()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var cache = builder.AddRedis("basket").PublishAsElastiCacheNodes(nodes => nodes.Replicas = 1);
                builder.AddWorker("reader").WithReference(cache.AddReadReplica("basket-read"));
            })
        ).Template();

        Assert.Contains(template.OfType("AWS::SecretsManager::Secret"), secret =>
            secret.Properties.At("SecretString").Show()
            == "Sub ${BasketCacheNodes.ReaderEndPoint.Address}:6379,password={{resolve:secretsmanager:${BasketPasswordSecretArn}:SecretString}},ssl=true"
        );
        Assert.True(template.Contains("BasketCacheFromReader"));
    }

    [Fact]
    public async Task Here_it_is_the_same_server()
    {
        var builder = DistributedApplication.CreateBuilder();
        var orders = builder.AddPostgresServer("pg").AddDatabase("orders");
        var replica = orders.AddReadReplica("orders-read").Resource;
        var endpoint = ((IResourceWithEndpoints)replica.Server).GetEndpoint("tcp");
        endpoint.EndpointAnnotation.AllocatedEndpoint = new AllocatedEndpoint(endpoint.EndpointAnnotation, "localhost", 54321);
        var token = TestContext.Current.CancellationToken;

        Assert.Equal(
            await orders.Resource.ConnectionStringExpression.GetValueAsync(token),
            await replica.ConnectionStringExpression.GetValueAsync(token)
        );
        Assert.Contains("Port=54321;", await replica.ConnectionStringExpression.GetValueAsync(token), StringComparison.Ordinal);
        var properties = ((IResourceWithConnectionString)replica).GetConnectionProperties().ToDictionary();
        foreach (
            var (name, expression) in ((IResourceWithConnectionString)orders.Resource)
                .GetConnectionProperties()
                .DistinctBy(property => property.Key)
        )
        {
            Assert.Equal(await expression.GetValueAsync(token), await properties[name].GetValueAsync(token));
        }

        Assert.Same(orders.Resource, ((IResourceWithParent)replica).Parent);
    }

    [Fact]
    public async Task Text_of_an_expression_stays_as_it_is()
    {
        var token = TestContext.Current.CancellationToken;
        var text = ReferenceExpression.Create($"{{{{a}}}};{"b"};{ReferenceExpression.Create($"c{{{{}}}}")}");

        Assert.Equal("{a};b;c{}", await text.GetValueAsync(token));
        Assert.Equal("{a};b;c{}", await new ReplicaExpressions("read").Of(text).GetValueAsync(token));
    }

    [Fact]
    public async Task The_summary_has_it_with_its_cost_and_the_deployer_may_make_it()
    {
        var (published, without) = (await ShopAsync(), await ShopAsync(hasReplica: false));

        Assert.Matches(
            @"\| `orders-read` +\| replica of `pg`, to read from \(RDS\) +\| over TLS, with the password `pg-password`, `db.t4g.micro` +\| deleted \(`shop`\) +\|",
            published.File("README.md")
        );
        Assert.Contains(published.Cost.Lines, line =>
            line.What == "orders-read: db.t4g.micro with PostgreSQL, a replica of pg" && line.Minimum is > 11.6m and < 11.8m
        );
        Assert.Contains("rds:CreateDBInstanceReadReplica", Policies(published), StringComparison.Ordinal);
        Assert.DoesNotContain("rds:CreateDBInstanceReadReplica", Policies(without), StringComparison.Ordinal);

        static string Policies(Publication publication) =>
            string.Concat(
                publication
                    .Files.Where(file => file.Name.StartsWith("deployer-policy", StringComparison.Ordinal))
                    .Select(file => file.Content)
            );
    }

    [Fact]
    public async Task It_holds_nothing_that_its_going_would_lose()
    {
        var (before, after) = (await ShopAsync(), await ShopAsync(hasReplica: false));
        var changes = TemplateComparison.Changes("shop", TemplateJson.ToMap(before.Template()), TemplateJson.ToMap(after.Template()));

        Assert.Contains(changes, change => change is { Id: "OrdersReadReplica", Kind: ChangeKind.Remove });
        DataLoss.Refuse(changes, after.Application, null, "");
        Assert.DoesNotContain("CAREFUL", string.Join('\n', PlanText.Lines(new Plan { Changes = changes })), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("backups", "'pg' has no backups (BackupDays = 0), with which its replica 'read' is made.")]
    [InlineData("one instance", "'pg' has the replica 'read' (AddReadReplica), and its cluster has one instance, which writes.")]
    [InlineData("size of Aurora", "its replica 'read' has InstanceClass. Take that away.")]
    [InlineData("SQL Server", "'pg' is SQL Server Express, which has no replicas, and has 'read' (AddReadReplica).")]
    [InlineData(
        "container",
        "'read' is a replica (AddReadReplica) of 'pg', which is neither a database of RDS or Aurora nor a cache of ElastiCache"
    )]
    [InlineData("existing", "'read' is a replica (AddReadReplica) of 'pg', which exists (UseExisting).")]
    [InlineData("serverless", "'read' is a replica (AddReadReplica) of 'pg', a cache without nodes to read from.")]
    [InlineData("one node", "'read' is a replica (AddReadReplica) of 'pg', a cache of one node, which writes.")]
    public async Task What_has_no_replicas_is_refused_by_name(string of, string refusal) =>
        Assert.Contains(
            refusal,
            await Published.RefusalAsync(builder =>
            {
                IResourceBuilder<ReadReplicaResource> replica = of switch
                {
                    "backups" => builder.AddPostgresServer("pg").PublishAsRds(database => database.BackupDays = 0).AddReadReplica("read"),
                    "one instance" => builder.AddPostgresServer("pg").PublishAsAurora().AddReadReplica("read"),
                    "size of Aurora" => builder
                        .AddPostgresServer("pg")
                        .PublishAsAurora(database => database.Instances = 2)
                        .AddReadReplica("read", options => options.InstanceClass = "db.t4g.large"),
                    "SQL Server" => builder.AddSqlServerServer("pg").AddReadReplica("read"),
                    "container" => builder.AddPostgresServer("pg").PublishAsFargateService(_ => { }).AddReadReplica("read"),
                    "existing" => builder.AddRedis("pg").UseExisting("cache.internal", "sg-01234567").AddReadReplica("read"),
                    "serverless" => builder.AddRedis("pg").AddReadReplica("read"),
                    _ => builder.AddRedis("pg").PublishAsElastiCacheNodes().AddReadReplica("read"),
                };
                builder.AddWorker("reader").WithReference(replica);
            }),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_replica_has_none_itself()
    {
        var builder = DistributedApplication.CreateBuilder();
        var replica = builder.AddPostgresServer("pg").AddReadReplica("read");

        Assert.Throws<ArgumentException>(() => replica.AddReadReplica("more"));
        Assert.Throws<ArgumentException>(() => new ReadReplica().InstanceClass = "t4g.micro");
    }
}
