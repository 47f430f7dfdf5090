using Amazon;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS;
using Aws.CloudFormation;
using Hosting.Fargate.Deploying.Plans;
using Hosting.Fargate.Publishing;
using Hosting.Fargate.Stacks;
using Hosting.Fargate.Tests.Publishing;
using Testing;

namespace Hosting.Fargate.Tests.Emulated;

/// <summary>Changes of a model whose old and new resources have the same name, which AWS gives once.</summary>
public sealed class ModelChangeTests(EmulatedStacks stacks) : IClassFixture<EmulatedStacks>
{
    [Fact]
    public async Task Logs_that_were_kept_are_taken_up_again()
    {
        await stacks.ResetAsync();
        var kept = await Published.ModelAsync(builder => Model(builder, environment => environment.WithKeptLogs()));
        var plain = await Published.ModelAsync(builder => Model(builder, _ => { }));
        foreach (var publication in new[] { kept, plain, kept })
        {
            using var deployment = new ModelDeployment(stacks.Aws, publication);
            await deployment.DeployAsync();
        }

        var resources = await stacks.ResourcesAsync("shop-foundation");
        Assert.Equal("/ecs/shop-foundation/worker", resources["WorkerLogGroup"]);
        using var last = new ModelDeployment(stacks.Aws, kept);
        await last.DestroyAsync();
        Assert.Empty((await stacks.Aws.AwsCli("logs", "describe-log-groups"))["logGroups"]!.AsArray());
    }

    [Fact]
    public async Task What_CloudFormation_would_refuse_halfway_is_said_before()
    {
        static void Anywhere(FargateService service) => (service.Capacity, service.Telemetry) = (Capacity.External, Telemetry.None);
        var one = await TemplatesAsync(_ => { });
        var nested = await TemplatesAsync(environment => environment.WithNestedStacks());
        var anywhere = await TemplatesAsync(_ => { }, Anywhere);
        var nestedAnywhere = await TemplatesAsync(environment => environment.WithNestedStacks(), Anywhere);
        const string Remedy = "To go over, run 'destroy' (images, secrets and data stay), then 'deploy'";

        Assert.Contains(
            "'shop' is deployed as one stack, and the model makes a stack of each service",
            ImpossibleChange.ProblemOf("shop", one, nested)
        );
        Assert.Contains(
            "'shop' is deployed with a stack for each service, and the model makes one stack",
            ImpossibleChange.ProblemOf("shop", nested, one)
        );
        Assert.Contains(
            "'worker' goes to ECS Anywhere (Capacity.External), or comes from there",
            ImpossibleChange.ProblemOf("shop", one, anywhere)
        );
        Assert.All(
            [(one, nested), (nested, one), (one, anywhere), (anywhere, one), (nested, nestedAnywhere), (nestedAnywhere, nested)],
            pair => Assert.Contains(Remedy, ImpossibleChange.ProblemOf("shop", pair.Item1, pair.Item2))
        );
        Assert.All([one, nested, anywhere, nestedAnywhere], same => Assert.Null(ImpossibleChange.ProblemOf("shop", same, same)));
        Assert.Null(ImpossibleChange.ProblemOf("shop", [], nested));
    }

    [Fact]
    public async Task Of_two_rules_that_exchange_numbers_it_is_said_that_this_takes_two_deploys()
    {
        var before = await RoutesAsync(orders: 10, wishes: 20);
        var after = await RoutesAsync(orders: 20, wishes: 10);
        Assert.Contains(" is to have priority 20 of HttpListener, which 'Api", ImpossibleChange.ProblemOf("shop", before, after));
        Assert.Contains("or deploy twice: first without it.", ImpossibleChange.ProblemOf("shop", before, after));
        Assert.Null(ImpossibleChange.ProblemOf("shop", before, await RoutesAsync(orders: 10, wishes: 30)));

        static async Task<IReadOnlyList<TemplateMap>> RoutesAsync(int orders, int wishes) =>
            [
                TemplateJson.ToMap(
                    (
                        await Published.ModelAsync(builder =>
                            builder
                                .AddWeb("api")
                                .WithExternalHttpEndpoints()
                                .PublishAsFargateService(service =>
                                {
                                    service.WithRoute("/orders/*", priority: orders);
                                    service.WithRoute("/wishes/*", priority: wishes);
                                })
                        )
                    ).Template()
                ),
            ];
    }

    [Fact]
    public async Task So_it_is_of_a_service_that_has_a_stack_of_its_own()
    {
        await stacks.ResetAsync();
        var nested = await Published.ModelAsync(builder => Model(builder, environment => environment.WithNestedStacks()));
        using var deployed = new ModelDeployment(stacks.Aws, nested);
        await deployed.DeployAsync();
        Assert.Null(await deployed.ProblemAsync());

        using var other = new ModelDeployment(
            stacks.Aws,
            await Published.ModelAsync(builder =>
                Model(
                    builder,
                    environment => environment.WithNestedStacks(),
                    service => (service.Capacity, service.Telemetry) = (Capacity.External, Telemetry.None)
                )
            )
        );
        Assert.Contains("'worker' goes to ECS Anywhere (Capacity.External), or comes from there", await other.ProblemAsync());
    }

    [Fact]
    public async Task A_database_is_changed_in_place_or_made_anew_as_CloudFormation_says()
    {
        await stacks.ResetAsync();
        Task<Publication> ShopAsync(Action<RelationalDatabase> configure) =>
            Published.ModelAsync(builder =>
                builder
                    .AddWorker("worker")
                    .WithReference(builder.AddPostgresServer("pg").PublishAsRds(configure).AddDatabase("orders"))
                    .WithReference(builder.AddRabbitMQServer("bus"))
            );
        async Task<PlannedChange> ChangeAsync(Action<RelationalDatabase> configure)
        {
            using var deployment = new ModelDeployment(stacks.Aws, await ShopAsync(configure));
            return (await deployment.PlanAsync()).Single(change => change.Id == "PgDatabase");
        }

        using var first = new ModelDeployment(stacks.Aws, await ShopAsync(_ => { }));
        await first.DeployAsync();

        var status = await first.StatusAsync("worker", "bus", "pg", "other");
        Assert.Equal(["worker", "other"], status.Services.Select(service => service.Name));
        var database = status.Managed.Single(one => one.ModelName == "pg");
        Assert.Equal(
            ("pg", "a database of RDS", "available", "postgres 18, db.t4g.micro, 20 GiB"),
            (database.ModelName, database.What, database.State, database.Detail)
        );
        Assert.StartsWith("shop-pgdatabase-", database.Name, StringComparison.Ordinal);
        var broker = status.Managed.Single(one => one.ModelName == "bus");
        Assert.Equal(("RUNNING", "RABBITMQ 4.2, mq.m7g.medium"), (broker.State, broker.Detail));

        Assert.False(
            DataLoss.IsIn(
                await ChangeAsync(options => (options.BackupDays, options.MultiAz, options.InstanceClass) = (14, true, "db.m7g.large"))
            )
        );
        Assert.True(DataLoss.IsIn(await ChangeAsync(options => options.InitialDatabase = "sales")));
        Assert.True(DataLoss.IsIn(await ChangeAsync(options => options.RestoreFrom = "old")));
        Assert.Matches(
            "^the database 'shop-pgdatabase-[0-9a-f]+', whose deletion protection is lifted, and of which a final snapshot stays$",
            Assert.Single((await first.SnapshotsAsync()).Lines)
        );
        using var unlocked = new ModelDeployment(stacks.Aws, await ShopAsync(options => options.DeletionProtection = false));
        await unlocked.DeployAsync();
        Assert.Matches(
            "^the database 'shop-pgdatabase-[0-9a-f]+', of which a final snapshot stays$",
            Assert.Single((await unlocked.SnapshotsAsync()).Lines)
        );
        await first.DeployAsync();
        await first.DestroyAsync();
    }

    [Fact]
    public async Task A_deploy_that_was_killed_while_a_database_is_made_is_taken_up_by_the_next_one()
    {
        await stacks.ResetAsync();
        var shop = await Published.ModelAsync(builder =>
            builder.AddWorker("worker").WithReference(builder.AddPostgresServer("pg").AddDatabase("orders"))
        );
        await stacks.Aws.HoldResourceAsync("PgDatabase", "create");
        using var killed = new ModelDeployment(stacks.Aws, shop);
        using var kill = new CancellationTokenSource();
        var first = killed.DeployAsync(kill.Token);
        await Eventually.GetAsync(
            async () => !first.IsCompleted && await IsBeingMadeAsync() ? "in progress" : null,
            "the database is being made"
        );
        await kill.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        using var next = new ModelDeployment(stacks.Aws, shop);
        var second = next.DeployAsync();
        await stacks.Aws.ReleaseResourceAsync("PgDatabase");
        await second;
        var database = Assert.Single((await next.StatusAsync("worker", "pg")).Managed);
        Assert.Equal(("pg", "available"), (database.ModelName, database.State));
        await next.DestroyAsync();

        async Task<bool> IsBeingMadeAsync()
        {
            try
            {
                return (await stacks.ResourcesAsync("shop")).ContainsKey("PgDatabase");
            }
            catch (Amazon.CloudFormation.AmazonCloudFormationException)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task A_database_that_comes_back_is_told_of_the_snapshot_that_it_left()
    {
        await stacks.ResetAsync();
        async Task<IReadOnlyList<string>> SaidAsync(Action<RelationalDatabase>? configure = null)
        {
            using var deployment = new ModelDeployment(
                stacks.Aws,
                await Published.ModelAsync(builder =>
                    builder.AddWorker("worker").WithReference(builder.AddPostgresServer("pg").PublishAsRds(configure).AddDatabase("orders"))
                )
            );
            return await deployment.EarlierSnapshotsAsync();
        }

        Assert.Empty(await SaidAsync());
        string[] database = ["--db-instance-class", "db.t4g.micro", "--engine", "postgres", "--db-instance-identifier", "pg"];
        await stacks.Aws.AwsCli([
            "rds",
            "create-db-instance",
            .. database,
            "--master-username",
            "pg",
            "--master-user-password",
            "long-enough",
        ]);
        foreach (var name in new[] { "shop-snapshot-pgdatabase-1a2b3c", "shop-snapshot-pgdatabase2-1a2b3c", "shop2-snapshot-pgdatabase-1" })
        {
            await stacks.Aws.AwsCli("rds", "create-db-snapshot", "--db-instance-identifier", "pg", "--db-snapshot-identifier", name);
        }

        Assert.Matches(
            "^CAREFUL: the database 'pg' begins empty, and a final snapshot of an earlier one is there, of 20[0-9-]+ [0-9:]+ UTC. To begin with it: "
                + "PublishAsRds\\(database => database.RestoreFrom = \"shop-snapshot-pgdatabase-1a2b3c\"\\).$",
            Assert.Single(await SaidAsync())
        );
        Assert.Empty(await SaidAsync(options => options.RestoreFrom = "shop-snapshot-pgdatabase-1a2b3c"));
    }

    [Fact]
    public async Task What_CloudFront_takes_from_us_east_1_has_a_stack_there()
    {
        await stacks.ResetAsync();
        var shop = await Published.ModelAsync(builder =>
        {
            builder
                .AddFargateEnvironment("shop")
                .WithDomain("shop.example.com", "Z0123456789ABCDEFGHIJ")
                .WithManagedWebAcl()
                .WithCloudFront()
                .WithReference(builder.AddAWSSDKConfig().WithRegion(RegionEndpoint.EUWest1));
            builder.AddWeb("api").WithExternalHttpEndpoints();
        });
        using var deployment = new ModelDeployment(stacks.Aws, shop);
        await deployment.DeployAsync();

        var made = await stacks.ResourcesAsync("shop-edge");
        Assert.Equal(["DistributionCertificate", "DistributionErrorsAlarm", "WebAcl"], made.Keys.Order());
        var distribution = (await stacks.Aws.AwsCli("cloudformation", "describe-stacks", "--stack-name", "shop"))["Stacks"]![0]!;
        Assert.Equal(
            made["DistributionCertificate"],
            distribution["Parameters"]!.AsArray().Single(parameter => (string)parameter!["ParameterKey"]! == "DistributionCertificate")![
                "ParameterValue"
            ]!.GetValue<string>()
        );
        await deployment.DestroyAsync();
        Assert.Empty((await stacks.Aws.AwsCli("cloudformation", "describe-stacks"))["Stacks"]!.AsArray());
    }

    [Fact]
    public async Task A_table_is_taken_up_again_and_keeps_its_keys()
    {
        await stacks.ResetAsync();
        static Task<Publication> ShopAsync(Func<IResourceBuilder<DynamoDBTableResource>, IResourceBuilder<DynamoDBTableResource>>? table) =>
            Published.ModelAsync(builder =>
            {
                builder.AddFargateEnvironment("shop");
                var worker = builder.AddWorker("worker");
                if (table is not null)
                {
                    worker.WithReference(table(builder.AddDynamoDBTable("orders", "customer")), TableAccess.ReadWrite);
                }
            });
        foreach (var publication in new[] { await ShopAsync(orders => orders), await ShopAsync(null), await ShopAsync(orders => orders) })
        {
            using var deployment = new ModelDeployment(stacks.Aws, publication);
            await deployment.DeployAsync();
        }

        Assert.Equal("shop-orders", (await stacks.ResourcesAsync("shop-foundation"))["OrdersTable"]);
        using var indexed = new ModelDeployment(stacks.Aws, await ShopAsync(orders => orders.WithIndex("by-product", "product")));
        await indexed.DeployAsync();
        var table = (await stacks.Aws.AwsCli("dynamodb", "describe-table", "--table-name", "shop-orders"))["Table"]!;
        Assert.Equal("by-product", (string?)table["GlobalSecondaryIndexes"]![0]!["IndexName"]);

        using var sorted = new ModelDeployment(stacks.Aws, await ShopAsync(orders => orders.WithSortKey("at")));
        Assert.Contains(
            "'OrdersTable' of 'shop-foundation' cannot change so: its keys are customer, and would be customer and at.",
            (await Assert.ThrowsAsync<DistributedApplicationException>(() => sorted.DeployAsync())).Message,
            StringComparison.Ordinal
        );
        await indexed.DestroyAsync();
        Assert.Empty((await stacks.Aws.AwsCli("dynamodb", "list-tables"))["TableNames"]!.AsArray());
    }

    [Fact]
    public async Task A_table_is_made_where_the_application_runs_here()
    {
        await stacks.ResetAsync();
        var orders = DistributedApplication
            .CreateBuilder()
            .AddDynamoDBTable("orders", "customer")
            .WithSortKey(new DynamoDBKey("at", DynamoDBKeyType.Number))
            .WithIndex("by-product", "product")
            .Resource;
        using var aws = new EmulatedAws(stacks.Aws.Url);
        Assert.False(await orders.ExistsAsync(aws, CancellationToken.None));

        await orders.CreateAsync(aws, CancellationToken.None);
        await orders.CreateAsync(aws, CancellationToken.None);

        Assert.True(await orders.ExistsAsync(aws, CancellationToken.None));
        Assert.Equal("orders", orders.TableName.Current);
        Assert.EndsWith(":table/orders", orders.TableArn.Current, StringComparison.Ordinal);
        var table = (await aws.DynamoDb.DescribeTableAsync("orders")).Table;
        Assert.Equal(["customer HASH", "at RANGE"], table.KeySchema.Select(key => $"{key.AttributeName} {key.KeyType}"));
        Assert.Equal(["by-product"], table.GlobalSecondaryIndexes.Select(index => index.IndexName));
    }

    private static async Task<IReadOnlyList<TemplateMap>> TemplatesAsync(
        Action<IResourceBuilder<FargateEnvironmentResource>> environment,
        Action<FargateService>? service = null
    )
    {
        var templates = (await Published.ModelAsync(builder => Model(builder, environment, service))).Templates;
        return [TemplateJson.ToMap(templates.Application), .. templates.Nested.Select(TemplateJson.ToMap)];
    }

    private static void Model(
        IDistributedApplicationBuilder builder,
        Action<IResourceBuilder<FargateEnvironmentResource>> environment,
        Action<FargateService>? service = null
    )
    {
        environment(builder.AddFargateEnvironment("shop"));
        builder.AddWorker("worker").PublishAsFargateService(service ?? (_ => { }));
    }
}
