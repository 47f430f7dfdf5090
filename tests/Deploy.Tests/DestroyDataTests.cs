namespace Deploy.Tests;

/// <summary>
/// Databases and brokers outlive the application that they are of, with the network that they are in, and the next deploy is made around
/// them.
/// </summary>
public sealed class DestroyDataTests(Account account) : IClassFixture<Account>, IAsyncLifetime
{
    private Shop Shop => new(account.Aws, "worker postgres cache");

    public async ValueTask InitializeAsync() => await account.Aws.ResetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_database_stays_with_its_network_and_the_next_deploy_is_made_around_it()
    {
        await Shop.DeployedAsync();
        var (name, network, cache) = (
            (await account.ResourceAsync("PgDatabase"))!,
            (await account.ResourceAsync("Vpc"))!,
            (await account.ResourceAsync("BasketCacheNodes"))!
        );

        (await Shop.RunAsync("destroy"))
            .EndedWith(1)
            .Says(
                "Goes: 'shop' with ",
                $"Goes: the cache '{cache}' with what is in it",
                $"Stays: the database '{name}'",
                "Stays: secret shop/pg-password"
            );
        Assert.Equal("UPDATE_COMPLETE", await account.StackAsync("shop"));

        (await Shop.RunAsync("destroy", "--yes"))
            .EndedWith(0)
            .Says(
                "shop, but for its data",
                $"shop: the database '{name}', with the network, and it goes on costing",
                "shop-foundation: images, secrets and data"
            );
        Assert.Equal((name, network), (await account.ResourceAsync("PgDatabase"), await account.ResourceAsync("Vpc")));
        foreach (var id in new[] { "Cluster", "WorkerService", "InternetGateway", "BasketCacheNodes", "WorkerSecurityGroup" })
        {
            Assert.Null(await account.ResourceAsync(id));
        }

        Assert.Equal([$"{name} True"], await DatabasesAsync());
        Assert.Equal(0, await account.CountAsync("CreateDBSnapshot"));
        (await Shop.RunAsync("status")).EndedWith(0).Says("pg: ", "worker: not deployed");
        (await Shop.RunAsync("destroy", "--yes"))
            .EndedWith(0)
            .Says($"Nothing to destroy: 'shop' is the database '{name}' alone; 'shop-foundation' keeps the data (destroy --data)");

        var plan = (await Shop.RunAsync("plan")).EndedWith(2);
        plan.Says("+ WorkerService");
        Assert.DoesNotContain("+ PgDatabase ", plan.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("begins empty", plan.Output, StringComparison.Ordinal);
        (await Shop.DeployAsync()).EndedWith(0);
        Assert.Equal((name, network), (await account.ResourceAsync("PgDatabase"), await account.ResourceAsync("Vpc")));
        Assert.StartsWith("worker 1/1 ", Assert.Single(await account.ServicesAsync("worker")));
        (await Shop.RunAsync("plan")).EndedWith(0);
    }

    [Fact]
    public async Task With_its_data_a_database_leaves_a_final_snapshot_although_the_application_went_before()
    {
        var shop = await new Shop(account.Aws, "worker postgres aurora").DeployedAsync();
        var name = (await account.ResourceAsync("PgAurora"))!;
        (await shop.RunAsync("destroy", "--yes")).EndedWith(0).Says($"the database '{name}', with the network");
        Assert.NotNull(await account.ResourceAsync("PgAurora"));

        (await shop.RunAsync("destroy", "--data", "--yes"))
            .EndedWith(0)
            .Says(
                $"Goes: the database '{name}', whose deletion protection is lifted, and of which a final snapshot stays",
                "shop-snapshot-pgaurora-"
            );
        Assert.Equal((null, null), (await account.StackAsync("shop"), await account.StackAsync("shop-foundation")));
    }

    [Fact]
    public async Task A_broker_stays_too()
    {
        var shop = await new Shop(account.Aws, "worker broker").DeployedAsync();
        var name = (await account.ResourceAsync("MessagingBroker"))!;

        (await shop.RunAsync("destroy", "--yes")).EndedWith(0).Says($"Stays: the broker '{name}' with its messages");
        await shop.DeployedAsync();

        Assert.Equal(name, await account.ResourceAsync("MessagingBroker"));
        (await shop.RunAsync("destroy", "--data", "--yes")).EndedWith(0).Says($"Goes: the broker '{name}' with its messages");
        Assert.Null(await account.StackAsync("shop"));
    }

    [Fact]
    public async Task What_starts_tasks_goes_in_a_change_before_all_else_and_what_is_left_is_neither_nested_nor_not()
    {
        var shop = await new Shop(account.Aws, "worker postgres nightly nested").DeployedAsync();
        (await shop.RunAsync("destroy", "--yes")).EndedWith(0);

        Assert.NotNull(await account.ResourceAsync("PgDatabase"));
        Assert.Null(await account.ResourceAsync("NightlyStack"));
        var events = (await account.Aws.AwsCli("cloudformation", "describe-stack-events", "--stack-name", "shop"))["StackEvents"]!
            .AsArray()
            .Select(item => $"{item!["LogicalResourceId"]} {item["ResourceStatus"]}")
            .ToList();
        Assert.InRange(
            events.IndexOf("shop UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"),
            events.IndexOf("Cluster DELETE_COMPLETE") + 1,
            events.IndexOf("NightlyStack DELETE_COMPLETE") - 1
        );
        // And without nesting, which would have to go over first were it still there.
        await new Shop(account.Aws, "worker postgres").DeployedAsync();
        Assert.StartsWith("worker 1/1 ", Assert.Single(await account.ServicesAsync("worker")));
    }

    [Fact]
    public async Task What_CloudFormation_could_not_delete_and_has_let_go_of_is_said()
    {
        await Shop.DeployedAsync();
        await account.Aws.FailResourceAsync("Cluster", "delete", "The cluster has tasks that are in progress.", times: 9);

        (await Shop.RunAsync("destroy", "--yes"))
            .EndedWith(1)
            .Says(
                "Part of 'shop' could not be deleted, and is no longer in the stack. Delete it by hand:",
                "- AWS::ECS::Cluster shop: ",
                "The cluster has tasks that are in progress."
            );
    }

    [Fact]
    public async Task A_load_balancer_that_refuses_to_be_deleted_ends_it_before_anything_goes()
    {
        var shop = await new Shop(account.Aws, "api worker guarded").DeployedAsync();

        (await shop.RunAsync("destroy", "--yes"))
            .EndedWith(1)
            .Says("The load balancer of 'shop' refuses to be deleted (WithDeletionProtection), so nothing was.");
        Assert.StartsWith("worker 1/1 ", Assert.Single(await account.ServicesAsync("worker")));

        await account.Aws.AwsCli(
            "elbv2",
            "modify-load-balancer-attributes",
            "--load-balancer-arn",
            (await account.ResourceAsync("LoadBalancer"))!,
            "--attributes",
            "Key=deletion_protection.enabled,Value=false"
        );
        (await shop.RunAsync("destroy", "--yes")).EndedWith(0);
        Assert.Null(await account.StackAsync("shop"));
    }

    /// <summary>What RDS has, each with whether it is protected.</summary>
    private async Task<IReadOnlyList<string>> DatabasesAsync() =>
        [
            .. (await account.Aws.AwsCli("rds", "describe-db-instances"))["DBInstances"]!
                .AsArray()
                .Select(one => $"{one!["DBInstanceIdentifier"]} {(bool)one["DeletionProtection"]!}"),
        ];
}
