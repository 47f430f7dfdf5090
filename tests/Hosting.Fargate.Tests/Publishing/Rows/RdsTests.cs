using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Publishing;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>Database servers that RDS runs.</summary>
public sealed class RdsTests
{
    private static IResourceBuilder<RelationalResources.PostgresServerResource> AddShop(IDistributedApplicationBuilder builder)
    {
        var server = builder.AddPostgresServer("pg").PublishAsRds();
        var orders = server.AddDatabase("orders");
        builder.AddWeb("site").WithExternalHttpEndpoints().WithReference(orders).WaitFor(orders);
        builder.AddWorker("stranger");
        return server;
    }

    [Fact]
    public async Task It_is_no_task_but_an_instance_with_the_password_of_the_model()
    {
        var template = (await Published.ModelAsync(builder => AddShop(builder))).Template();

        Assert.Equal(
            ["site", "stranger"],
            template.OfType("AWS::ECS::Service").Select(service => service.Properties.At("ServiceName").Show())
        );
        var server = template["PgDatabase"];
        Assert.Equal(("AWS::RDS::DBInstance", "Snapshot", "Snapshot"), (server.Type, server.DeletionPolicy, server.UpdateReplacePolicy));
        var expected = new Dictionary<string, string>
        {
            ["Engine"] = "postgres",
            ["EngineVersion"] = "18",
            ["DBInstanceClass"] = "db.t4g.micro",
            ["StorageType"] = "gp3",
            ["AllocatedStorage"] = "20",
            ["MaxAllocatedStorage"] = "100",
            ["StorageEncrypted"] = "true",
            ["BackupRetentionPeriod"] = "7",
            ["AutoMinorVersionUpgrade"] = "true",
            ["EnablePerformanceInsights"] = "true",
            ["EnableCloudwatchLogsExports"] = "[postgresql, upgrade]",
            ["PubliclyAccessible"] = "false",
            ["CopyTagsToSnapshot"] = "true",
            ["MultiAZ"] = "false",
            ["DeletionProtection"] = "true",
            ["DBName"] = "orders",
            ["MasterUsername"] = "postgres",
            ["MasterUserPassword"] = "Sub {{resolve:secretsmanager:${PgPasswordSecretArn}:SecretString}}",
            ["VPCSecurityGroups"] = "[GetAtt PgDatabaseSecurityGroup.GroupId]",
            ["DBSubnetGroupName"] = "Ref PgDatabaseSubnets",
        };
        Assert.Equal(
            expected.OrderBy(property => property.Key, StringComparer.Ordinal),
            server
                .Properties.Where(property => property.Key != "Tags")
                .Select(property => KeyValuePair.Create(property.Key, property.Value.Show()!))
                .OrderBy(property => property.Key, StringComparer.Ordinal)
        );
        Assert.Equal(
            "Ref PgPasswordVersion",
            server.Properties.At("Tags").Maps().Single(tag => tag.At("Key").Show() == "password-version").At("Value").Show()
        );
        Assert.NotNull(template.Parameters["PgPasswordVersion"]);
    }

    [Fact]
    public async Task Who_refers_to_it_and_nobody_else_has_a_way_to_it()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var server = AddShop(builder);
                builder.AddWorker("migrate").WithReference(server).PublishAsFargateTask();
            })
        ).Template();

        Assert.Equal(
            ["PgDatabaseFromMigrate", "PgDatabaseFromPgShell", "PgDatabaseFromSite"],
            template
                .OfType("AWS::EC2::SecurityGroupIngress")
                .Where(rule => rule.Properties.At("GroupId").Show()!.Contains("PgDatabaseSecurityGroup", StringComparison.Ordinal))
                .Select(rule => rule.Id)
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            ("5432", "5432"),
            (template.Property("PgDatabaseFromSite", "FromPort"), template.Property("PgDatabaseFromSite", "ToPort"))
        );
        Assert.Null(template["PgDatabaseSecurityGroup"].Properties["SecurityGroupIngress"]);
        Assert.DoesNotContain(template.Resources, resource => resource.Id == "Namespace");
    }

    [Theory]
    [InlineData("public")]
    [InlineData("private")]
    public async Task It_is_in_subnets_of_its_own_wherever_tasks_are(string tasks)
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var environment = builder.AddFargateEnvironment("shop");
                _ = tasks == "private" ? environment.WithPrivateTasks(natGateways: 1) : environment;
                AddShop(builder);
            })
        ).Template();

        Assert.Equal("[Ref DataSubnetA, Ref DataSubnetB]", template.Property("PgDatabaseSubnets", "SubnetIds"));
        Assert.Equal(
            ("10.0.192.0/20", "10.0.208.0/20"),
            (template.Property("DataSubnetA", "CidrBlock"), template.Property("DataSubnetB", "CidrBlock"))
        );
        Assert.DoesNotContain(template.OfType("AWS::EC2::SubnetRouteTableAssociation"), routes =>
            routes.Id.StartsWith("Data", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_network_that_exists_has_it_beside_the_tasks_and_in_two_zones()
    {
        void Model(IDistributedApplicationBuilder builder, params string[] subnets)
        {
            builder
                .AddFargateEnvironment("shop")
                .WithExistingVpc("vpc-01234567", "10.1.0.0/16", ["subnet-01234567", "subnet-01234568"], subnets);
            AddShop(builder);
        }

        var template = (await Published.ModelAsync(builder => Model(builder, "subnet-01234569", "subnet-0123456a"))).Template();
        Assert.Equal("[subnet-01234569, subnet-0123456a]", template.Property("PgDatabaseSubnets", "SubnetIds"));
        Assert.Contains(
            "'pg' is a database of RDS, which wants subnets in two zones",
            await Published.RefusalAsync(builder => Model(builder, "subnet-01234569")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_refers_to_it_has_its_address_and_TLS()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var server = builder.AddPostgresServer("pg").PublishAsRds();
                builder
                    .AddWorker("worker")
                    .WithReference(server)
                    .WithReference(server.AddDatabase("orders", "order book"))
                    .WithEnvironment("TLS", server.Resource.PrimaryEndpoint.Property(EndpointProperty.TlsEnabled))
                    .WithEnvironment("POOLED", ReferenceExpression.Create($"{server.Resource.Jdbc("orders")}?socketTimeout=5"))
                    .WithEnvironment("CHECKED", ReferenceExpression.Create($"{server.Resource.Jdbc("orders")}?sslmode=verify-full"));
            })
        ).Template();

        const string host = "${PgDatabase.Endpoint.Address}",
            password = "{{resolve:secretsmanager:${PgPasswordSecretArn}:SecretString}}",
            encoded = "{{resolve:secretsmanager:${PgPasswordUriEncodedSecretArn}:SecretString}}";
        Assert.Equal(
            ("GetAtt PgDatabase.Endpoint.Address", "5432", "postgres", "True"),
            (
                template.Variable("worker", "PG_HOST"),
                template.Variable("worker", "PG_PORT"),
                template.Variable("worker", "PG_USERNAME"),
                template.Variable("worker", "TLS")
            )
        );
        Assert.Equal($"Sub jdbc:postgresql://{host}:5432?sslmode=require", template.Variable("worker", "PG_JDBCCONNECTIONSTRING"));
        Assert.Equal(
            $"Sub jdbc:postgresql://{host}:5432/order%20book?sslmode=require",
            template.Variable("worker", "ORDERS_JDBCCONNECTIONSTRING")
        );
        Assert.Equal($"Sub jdbc:postgresql://{host}:5432/orders?socketTimeout=5&sslmode=require", template.Variable("worker", "POOLED"));
        Assert.Equal($"Sub jdbc:postgresql://{host}:5432/orders?sslmode=verify-full", template.Variable("worker", "CHECKED"));
        Assert.Equal("Ref PgPasswordSecretArn", template.Secret("worker", "ORDERS_PASSWORD"));
        var secrets = template.OfType("AWS::SecretsManager::Secret").Select(secret => secret.Properties.At("SecretString").Show()).ToList();
        Assert.Contains($"Sub Host={host};Port=5432;Username=postgres;Password={password};SSL Mode=Require", secrets);
        Assert.Contains(
            $"Sub Host={host};Port=5432;Username=postgres;Password={password};SSL Mode=Require;Database=\"order book\"",
            secrets
        );
        Assert.Contains($"Sub postgresql://postgres:{encoded}@{host}:5432?sslmode=require", secrets);
        Assert.Contains($"Sub postgresql://postgres:{encoded}@{host}:5432/order%20book?sslmode=require", secrets);
    }

    [Fact]
    public async Task Its_user_is_the_parameter_of_the_model()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder.AddWorker("worker").WithReference(builder.AddPostgresServer("pg", builder.AddParameter("pg-user")).PublishAsRds())
            )
        ).Template();

        Assert.Equal("Ref PgUser", template.Property("PgDatabase", "MasterUsername"));
        Assert.Equal("Ref PgUser", template.Variable("worker", "PG_USERNAME"));
    }

    [Fact]
    public async Task It_is_what_the_options_say()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder
                    .AddWorker("worker")
                    .WithReference(
                        builder
                            .AddPostgresServer("pg")
                            .PublishAsRds(database =>
                            {
                                (database.InstanceClass, database.StorageGigabytes, database.MaximumStorageGigabytes, database.MultiAz) = (
                                    "db.m7g.large",
                                    400,
                                    1000,
                                    true
                                );
                                (
                                    database.EngineVersion,
                                    database.AllowMajorVersionUpgrade,
                                    database.BackupDays,
                                    database.DeletionProtection
                                ) = ("16.8", true, 35, false);
                                database.InitialDatabase = "first";
                            })
                    )
            )
        ).Template();

        var server = template["PgDatabase"].Properties;
        Assert.Equal(
            ["db.m7g.large", "400", "1000", "true", "16.8", "true", "35", "false", "first"],
            new[]
            {
                "DBInstanceClass",
                "AllocatedStorage",
                "MaxAllocatedStorage",
                "MultiAZ",
                "EngineVersion",
                "AllowMajorVersionUpgrade",
                "BackupRetentionPeriod",
                "DeletionProtection",
                "DBName",
            }.Select(name => server.At(name).Show())
        );
    }

    [Fact]
    public async Task One_without_protection_is_told_and_one_with_it_is_what_no_rollback_takes_back_by_hand()
    {
        Task<Publication> ShopAsync(bool isProtected) =>
            Published.ModelAsync(builder =>
                builder
                    .AddWorker("worker")
                    .WithReference(builder.AddPostgresServer("pg").PublishAsRds(database => database.DeletionProtection = isProtected))
            );
        const string Told = "goes with the application's stack, whoever deletes that (DeletionProtection = false)";
        const string ByHand =
            "`pg` is protected against deletion: where making the stack fails, RDS keeps it, and `deploy` makes the stack anew.";
        var (kept, free) = (await ShopAsync(true), await ShopAsync(false));

        Assert.Contains(Told, free.Notices("pg"), StringComparison.Ordinal);
        Assert.DoesNotContain(Told, kept.Notices("pg"), StringComparison.Ordinal);
        Assert.Contains(ByHand, kept.File("README.md"), StringComparison.Ordinal);
        Assert.DoesNotContain(ByHand, free.File("README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_no_option_can_be_is_refused_where_it_is_said()
    {
        Assert.Throws<ArgumentException>(() => new RelationalDatabase().InstanceClass = "t4g.micro");
        Assert.Throws<ArgumentOutOfRangeException>(() => new RelationalDatabase().StorageGigabytes = 19);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RelationalDatabase().MaximumStorageGigabytes = 65_537);
        Assert.Throws<ArgumentException>(() => new RelationalDatabase().EngineVersion = "latest");
        Assert.Throws<ArgumentOutOfRangeException>(() => new RelationalDatabase().BackupDays = 36);
        Assert.Throws<ArgumentException>(() => new RelationalDatabase().InitialDatabase = "my-db");
        Assert.Throws<ArgumentException>(() => new RelationalDatabase().RestoreFrom = "no snapshot");
    }

    [Fact]
    public async Task From_a_snapshot_it_has_what_is_in_that_and_the_password_of_the_model()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var server = AddShop(builder).PublishAsRds(database => database.RestoreFrom = "rds:shop-2026-11-29-03-00");
                server.AddDatabase("users");
            })
        ).Template();

        var server = template["PgDatabase"].Properties;
        Assert.Equal("rds:shop-2026-11-29-03-00", server.At("DBSnapshotIdentifier").Show());
        Assert.All(["DBName", "MasterUsername", "AllocatedStorage", "StorageEncrypted"], name => Assert.Null(server[name]));
        Assert.NotNull(server["MasterUserPassword"]);
        Assert.Equal(
            ("orders", "users"),
            (template.Variable("pg-databases", "DATABASE_1"), template.Variable("pg-databases", "DATABASE_2"))
        );
    }

    [Theory]
    [InlineData("18.3", "18")]
    [InlineData("17-alpine", "17")]
    [InlineData("0.8.0-pg16", "16")]
    [InlineData("latest", "18")]
    public async Task Its_version_is_that_of_the_image(string tag, string version)
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder.AddWorker("worker").WithReference(builder.AddPostgresServer("pg", tag: tag).PublishAsRds())
            )
        ).Template();

        Assert.Equal(version, template.Property("PgDatabase", "EngineVersion"));
        Assert.Null(template["PgDatabase"].Properties["DBParameterGroupName"]);
    }

    [Fact]
    public async Task A_version_that_takes_connections_without_TLS_is_told_not_to()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder.AddWorker("worker").WithReference(builder.AddPostgresServer("pg", tag: "14.18").PublishAsRds())
            )
        ).Template();

        Assert.Equal("Ref PgDatabaseParameters", template.Property("PgDatabase", "DBParameterGroupName"));
        Assert.Equal(
            ("postgres14", "{rds.force_ssl: 1}"),
            (template.Property("PgDatabaseParameters", "Family"), template.Property("PgDatabaseParameters", "Parameters"))
        );
    }

    [Fact]
    public async Task Databases_that_RDS_does_not_make_are_made_by_a_task_before_all_else()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var server = AddShop(builder);
            server.AddDatabase("people", "the people");
            var stock = server.AddDatabase("stock", script: "CREATE DATABASE stock ENCODING 'UTF8';");
            server.AddDatabase("postgres");
            var migrate = builder.AddWorker("migrate").WithReference(stock);
            builder.AddWeb("shelf").WithReference(stock).WaitForCompletion(migrate);
        });
        var template = published.Template();

        Assert.Equal("orders", template.Property("PgDatabase", "DBName"));
        Assert.Equal(["pg-databases", "migrate"], published.Application.Tasks.Select(task => task.Name));
        Assert.Equal(
            ("the people", "stock", null, "CREATE DATABASE stock ENCODING 'UTF8';", null),
            (
                template.Variable("pg-databases", "DATABASE_1"),
                template.Variable("pg-databases", "DATABASE_2"),
                template.Variable("pg-databases", "DATABASE_3"),
                template.Variable("pg-databases", "SCRIPT_2"),
                template.Variable("pg-databases", "SCRIPT_1")
            )
        );
        Assert.Equal(
            ("GetAtt PgDatabase.Endpoint.Address", "postgres", "require", "Ref PgPasswordSecretArn", "docker.io/library/postgres:18.3"),
            (
                template.Variable("pg-databases", "PGHOST"),
                template.Variable("pg-databases", "PGUSER"),
                template.Variable("pg-databases", "PGSSLMODE"),
                template.Secret("pg-databases", "PGPASSWORD"),
                template.Container("pg-databases").At("Image").Show()
            )
        );
        Assert.Contains(template.Resources, resource => resource.Id == "PgDatabaseFromPgDatabases");
        Assert.NotNull(template.Outputs["PgDatabasesRun"]);
    }

    [Fact]
    public async Task One_database_without_a_script_needs_no_task()
    {
        var template = (await Published.ModelAsync(builder => AddShop(builder))).Template();

        Assert.DoesNotContain(template.OfType("AWS::ECS::TaskDefinition"), definition =>
            definition.Id.StartsWith("PgDatabases", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("18.3", null)]
    [InlineData("17.6", "[W3691]")]
    public async Task A_major_version_alone_is_no_finding_of_cfn_lint(string tag, string? ignored)
    {
        var template = (await Published.ModelAsync(builder => builder.AddPostgresServer("pg", tag: tag))).Template();

        Assert.Equal(tag.Split('.')[0], template.Property("PgDatabase", "EngineVersion"));
        Assert.Equal(ignored, template["PgDatabase"].Metadata.At("cfn-lint", "config", "ignore_checks").Show());
    }

    [Fact]
    public async Task What_is_of_the_container_alone_is_told()
    {
        var published = await Published.ModelAsync(builder =>
            AddShop(builder)
                .WithVolume("pg-data", "/var/lib/postgresql")
                .WithArgs("-c", "max_connections=500")
                .WithContainerFiles("/docker-entrypoint-initdb.d", [new ContainerFile { Name = "a.sql", Contents = "a" }])
                .WithImage("pgvector/pgvector", "pg18")
        );

        var notices = published.Notices("pg");
        Assert.Contains("'pg-data' here alone", notices, StringComparison.Ordinal);
        Assert.Contains("has arguments (WithArgs) here alone", notices, StringComparison.Ordinal);
        Assert.Contains("has files in its container (WithInitFiles, WithBindMount) here alone", notices, StringComparison.Ordinal);
        Assert.Contains("'docker.io/pgvector/pgvector:pg18' here, and PostgreSQL 18 of RDS on AWS", notices, StringComparison.Ordinal);
        Assert.DoesNotContain(published.Template().Resources, resource => resource.Type.StartsWith("AWS::EFS::", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_all_at_once()
    {
        var refusal = await Published.RefusalAsync(builder =>
        {
            var server = builder
                .AddPostgresServer("pg")
                .PublishAsRds(database =>
                    (database.StorageGigabytes, database.MaximumStorageGigabytes, database.InitialDatabase) = (100, 109, "order")
                );
            server.WithEndpoint("tcp", endpoint => endpoint.IsExternal = true).AddDatabase("bad", script: "{{resolve:x}}");
            server.AddDatabase("quoted", "it's");
            builder.AddContainer("pg-databases", "example/x", "1");
            builder
                .AddWorker("worker")
                .WithReference(server)
                .PublishAsFargateService(service => (service.Capacity, service.Telemetry) = (Capacity.External, Telemetry.None));
            builder.AddWorker("other").WithReference(builder.AddRedis("basket").PublishAsRds());
        });

        Assert.Contains(
            "'pg' has 100 GiB of storage to begin with, and 109 at the most. RDS wants a tenth more than it begins with: MaximumStorageGigabytes = 110",
            refusal,
            StringComparison.Ordinal
        );
        Assert.Contains("'pg' has InitialDatabase = \"order\"", refusal, StringComparison.Ordinal);
        Assert.Contains("'pg' is a database of RDS and has the external endpoint 'tcp'", refusal, StringComparison.Ordinal);
        Assert.Contains("'pg' has the database 'bad' whose script holds the text '{{resolve:'", refusal, StringComparison.Ordinal);
        Assert.Contains("'pg' has the database 'it's', and a task makes it: without quotes", refusal, StringComparison.Ordinal);
        Assert.Contains("'pg-databases' is the name of the task that makes the databases of 'pg'", refusal, StringComparison.Ordinal);
        Assert.Contains("outside of it (Capacity.External)", refusal, StringComparison.Ordinal);
        Assert.Contains(
            "'basket' is to be a database of RDS (PublishAsRds), which runs PostgreSQL (AddPostgres), MySQL (AddMySql), SQL Server Express (AddSqlServer) here.",
            refusal,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_password_that_is_rotated_is_refused()
    {
        var refusal = await Published.RefusalAsync(builder =>
        {
            var password = builder
                .AddParameter("pg-secret", secret: true)
                .WithRotation("arn:aws:lambda:eu-west-1:123456789012:function:rotate");
            var server = builder
                .AddResource(new RelationalResources.PostgresServerResource("pg", null, password.Resource))
                .WithImage("postgres", "17")
                .WithEndpoint(targetPort: 5432, name: "tcp")
                .PublishAsRds();
            builder.AddWorker("worker").WithEnvironment("HOST", server.Resource.PrimaryEndpoint.Property(EndpointProperty.Host));
        });

        Assert.Contains("whose password 'pg-secret' is rotated (WithRotation)", refusal, StringComparison.Ordinal);
    }
}
