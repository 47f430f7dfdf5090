namespace Deploy.Tests;

/// <summary>What plan says, how it ends, and that it leaves nothing behind.</summary>
public sealed class PlanTests(Account account) : IClassFixture<Account>, IAsyncLifetime
{
    private EmulatedAws Aws => account.Aws;

    public async ValueTask InitializeAsync() => await Aws.ResetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_first_plan_lists_what_would_be_made_and_makes_nothing()
    {
        var plan = (await new Shop(Aws, "api queue").RunAsync("plan")).EndedWith(2);
        plan.Says("+ ApiService", "AWS::ECS::Service", "+ OrdersQueue", "Cost: about ");
        Assert.Empty((await Aws.AwsCli("cloudformation", "describe-stacks"))["Stacks"]!.AsArray());
        Assert.DoesNotContain(await Aws.CallsAsync(), call =>
            call.Operation.StartsWith("Create", StringComparison.Ordinal) || call.Operation.StartsWith("Put", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Later_plans_show_before_and_after_and_end_with_0_where_nothing_changes()
    {
        var shop = await new Shop(Aws, "worker secret").With("Parameters__db-password", "a-password").DeployedAsync();
        (await shop.RunAsync("plan")).EndedWith(0).Says("Nothing would change");

        var changed = (
            await (shop with { Tag = "2.0", Parts = "worker mailer secret" })
                .With("Parameters__db-password", "another-password")
                .RunAsync("plan")
        ).EndedWith(2);
        changed.Says(
            "! WorkerTaskDefinition",
            "new revision",
            "example/worker:1.0 → example/worker:2.0",
            "+ MailerService",
            "db-password",
            "USD a month, +"
        );
        Assert.DoesNotContain("another-password", changed.Output);
        Assert.Equal(
            "a-password",
            (string)(await Aws.AwsCli("secretsmanager", "get-secret-value", "--secret-id", "shop/db-password"))["SecretString"]!
        );

        (await (shop with { Parts = "worker" }).RunAsync("plan"))
            .EndedWith(2)
            .Says("Kept in the account: DbPassword", "leaves the stack, and its data stays where it is.");
        foreach (var stack in new[] { "shop", "shop-foundation" })
        {
            Assert.DoesNotContain(
                (await Aws.AwsCli("cloudformation", "list-change-sets", "--stack-name", stack))["Summaries"]!.AsArray(),
                item => (string)item!["ExecutionStatus"]! == "AVAILABLE"
            );
        }

        Assert.Equal(["worker 1/1 shop-worker:1"], await account.ServicesAsync("worker"));
    }

    [Fact]
    public async Task Without_values_to_compare_no_secret_is_read()
    {
        var shop = await new Shop(Aws, "worker secret composed").With("Parameters__db-password", "a-password").DeployedAsync();
        await Aws.ForgetCallsAsync();

        (await shop.With("Parameters__db-password", null).RunAsync("plan")).EndedWith(0).Says("Nothing would change.");
        Assert.DoesNotContain(await Aws.CallsAsync(), call => call.Operation == "GetSecretValue");
    }

    /// <summary>https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/validate-stack-deployments.html.</summary>
    [Theory]
    [InlineData("plan")]
    [InlineData("deploy", "--yes")]
    public async Task What_CloudFormation_refuses_before_it_starts_is_said_with_property_and_reason(params string[] verb)
    {
        await new Shop(account.Aws, "worker").DeployedAsync();
        await account.Aws.RefuseResourceAsync(
            "WorkerTaskDefinition",
            "/Resources/WorkerTaskDefinition/Properties/Cpu",
            "#/Cpu: expected type: String, found: Integer"
        );

        (await (new Shop(account.Aws, "worker") with { Tag = "2.0" }).RunAsync(verb))
            .EndedWith(1)
            .Says(
                "CloudFormation cannot change 'shop': The following hook(s)/validation failed",
                "- WorkerTaskDefinition (AWS::ECS::TaskDefinition), Properties/Cpu: #/Cpu: expected type: String, found: Integer"
            );
        Assert.Equal(["worker 1/1 shop-worker:1"], await account.ServicesAsync("worker"));
    }

    [Fact]
    public async Task A_property_that_there_is_not_is_named_in_the_first_deploy()
    {
        (await new Shop(account.Aws, "worker misspelled").DeployAsync())
            .EndedWith(1)
            .Says("- Cluster (AWS::ECS::Cluster), Properties/ClusterNames: #: extraneous key [ClusterNames] is not permitted");
        Assert.Null(await account.StackAsync("shop"));
        await new Shop(account.Aws, "worker").DeployedAsync();
    }

    [Fact]
    public async Task What_CloudFormation_warns_of_is_said_and_ends_nothing()
    {
        await new Shop(account.Aws, "worker").DeployedAsync();
        await account.Aws.RefuseResourceAsync(
            "WorkerTaskDefinition",
            "/Resources/WorkerTaskDefinition",
            "The quota is used up to 90 %",
            "WARN"
        );
        const string Warning = "CloudFormation warns: WorkerTaskDefinition (AWS::ECS::TaskDefinition): The quota is used up to 90 %";
        var shop = new Shop(account.Aws, "worker") with { Tag = "2.0" };
        (await shop.RunAsync("plan")).EndedWith(2).Says(Warning);
        (await shop.DeployAsync()).EndedWith(0).Says(Warning);
    }
}
