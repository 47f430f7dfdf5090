namespace Deploy.Tests;

/// <summary>Deploys that find a stack in the middle of something.</summary>
public sealed class StackStateTests(Account account) : IClassFixture<Account>, IAsyncLifetime
{
    private EmulatedAws Aws => account.Aws;

    private Shop Shop => new(Aws, "worker");

    public async ValueTask InitializeAsync() => await Aws.ResetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_stack_that_was_only_planned_is_made()
    {
        const string Template = """{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}""";
        foreach (var stack in new[] { "shop", "shop-foundation" })
        {
            await Aws.AwsCli(
                "cloudformation",
                "create-change-set",
                "--stack-name",
                stack,
                "--change-set-name",
                "by-hand",
                "--change-set-type",
                "CREATE",
                "--template-body",
                Template
            );
        }

        await Shop.DeployedAsync();
        Assert.Equal(
            ["CREATE_COMPLETE", "CREATE_COMPLETE"],
            [await account.StackAsync("shop-foundation"), await account.StackAsync("shop")]
        );
    }

    [Fact]
    public async Task A_rollback_that_got_stuck_is_taken_up_first()
    {
        await StickAsync(times: 1);
        (await (Shop with { Tag = "3.0" }).DeployAsync()).EndedWith(0).Says("an earlier rollback got stuck");
        Assert.Equal("UPDATE_COMPLETE", await account.StackAsync("shop"));
        Assert.StartsWith("worker 1/1 ", Assert.Single(await account.ServicesAsync("worker")));
    }

    [Fact]
    public async Task A_rollback_that_stays_stuck_is_explained_with_the_command_that_mends_it()
    {
        await StickAsync(times: 2);
        (await (Shop with { Tag = "3.0" }).DeployAsync())
            .EndedWith(1)
            .Says(
                "The stack 'shop' is stuck in the rollback of an earlier update",
                "[WorkerService]",
                "aws cloudformation continue-update-rollback --stack-name shop --resources-to-skip LOGICAL_ID"
            );
        Assert.Equal("UPDATE_ROLLBACK_FAILED", await account.StackAsync("shop"));
    }

    [Fact]
    public async Task An_application_that_is_half_deleted_is_deleted_and_made_again()
    {
        await Shop.DeployedAsync();
        await Aws.FailResourceAsync("Cluster", "delete", "Still in use.", times: 2);
        (await Shop.RunAsync("destroy", "--yes")).EndedWith(1).Says("'shop' could not be deleted (DELETE_FAILED)", "Still in use.");
        (await Shop.DeployAsync()).EndedWith(0).Says("is DELETE_FAILED, and so can only be made anew");
        Assert.Equal("CREATE_COMPLETE", await account.StackAsync("shop"));
    }

    [Fact]
    public async Task A_foundation_that_is_half_deleted_is_left_to_destroy()
    {
        var shop = await (Shop with { Parts = "worker queue" }).DeployedAsync();
        await Aws.FailResourceAsync("OrdersQueue", "delete", "Not today.");
        (await shop.RunAsync("destroy", "--data", "--yes")).EndedWith(1).Says("Not today.");
        Assert.Equal("DELETE_FAILED", await account.StackAsync("shop-foundation"));
        (await shop.DeployAsync())
            .EndedWith(1)
            .Says("'shop-foundation' is half deleted (DELETE_FAILED)", "Finish that first with 'destroy --data'");
        (await shop.RunAsync("destroy", "--data", "--yes")).EndedWith(0);
        Assert.Null(await account.StackAsync("shop-foundation"));
    }

    [Fact]
    public async Task Of_two_deploys_at_once_one_proceeds_and_the_other_says_who_is_deploying()
    {
        await Shop.DeployedAsync();
        await Aws.HoldResourceAsync("WorkerService", "update");
        await using var first = (Shop with { Tag = "2.0" }).Start("deploy", "--yes");
        await UpdatingAsync();

        var second = (await (Shop with { Tag = "3.0" }).With("Fargate__User", "bob").DeployAsync()).EndedWith(1);
        second.Says(
            "The stack 'shop' is being changed by alice on ",
            "(UPDATE_IN_PROGRESS). Nothing was begun here.",
            "aws cloudformation wait stack-update-complete --stack-name shop"
        );
        (await Shop.RunAsync("destroy", "--yes")).EndedWith(1).Says("is being changed by alice");
        Assert.False(first.HasEnded);

        await Aws.ReleaseResourceAsync("WorkerService");
        (await first.EndAsync()).EndedWith(0);
        Assert.Equal(["worker 1/1 shop-worker:2"], await account.ServicesAsync("worker"));
    }

    [Fact]
    public async Task An_update_of_another_tool_is_not_taken_for_that_of_an_earlier_deploy()
    {
        await Shop.DeployedAsync();
        await Aws.HoldResourceAsync("WorkerService", "update");
        await Aws.AwsCli(
            "cloudformation",
            "update-stack",
            "--stack-name",
            "shop",
            "--use-previous-template",
            "--capabilities",
            "CAPABILITY_NAMED_IAM",
            "--tags",
            "Key=a,Value=b"
        );
        await UpdatingAsync();

        (await Shop.DeployAsync()).EndedWith(1).Says("The stack 'shop' is being changed by somebody (the console, or another tool)");
        await Aws.ReleaseResourceAsync("WorkerService");
    }

    [Fact]
    public async Task What_a_deploy_of_this_machine_left_going_on_is_waited_for()
    {
        await Shop.DeployedAsync();
        await Aws.HoldResourceAsync("WorkerService", "update");
        await using (var cutOff = (Shop with { Tag = "2.0" }).Start("deploy", "--yes"))
        {
            await UpdatingAsync();
            cutOff.Kill();
        }

        await using var second = (Shop with { Tag = "2.0" }).Start("deploy", "--yes");
        await second.SaysAsync("UPDATE_IN_PROGRESS goes on from a deploy that was cut off; waiting for its end");
        await Aws.ReleaseResourceAsync("WorkerService");
        (await second.EndAsync()).EndedWith(0);
        Assert.Equal(["worker 1/1 shop-worker:2"], await account.ServicesAsync("worker"));
    }

    [Fact]
    public async Task Ctrl_C_ends_the_watching_and_the_update_goes_on()
    {
        await Shop.DeployedAsync();
        await Aws.HoldResourceAsync("WorkerService", "update");
        await using var first = (Shop with { Tag = "2.0" }).Start("deploy", "--yes");
        await UpdatingAsync();
        first.Interrupt();
        Assert.NotEqual(0, (await first.EndAsync()).ExitCode);
        Assert.Equal("UPDATE_IN_PROGRESS", await account.StackAsync("shop"));
        await Aws.ReleaseResourceAsync("WorkerService");
    }

    private Task UpdatingAsync() =>
        Until.TrueAsync(async () => await account.StackAsync("shop") == "UPDATE_IN_PROGRESS", () => "The stack is not updated.");

    /// <summary>Leaves the stack in UPDATE_ROLLBACK_FAILED.</summary>
    private async Task StickAsync(int times)
    {
        await Shop.DeployedAsync();
        var failing = await Aws.FailTasksAsync(
            new
            {
                service = "worker",
                kind = "Exit",
                exitCode = 1,
            }
        );
        await Aws.FailResourceAsync("WorkerService", "rollback", "Not back either.", times);
        (await (Shop with { Tag = "2.0" }).DeployAsync())
            .EndedWith(1)
            .Says("UPDATE_ROLLBACK_FAILED", "run deploy again once the cause is mended");
        await Aws.RemoveRulesAsync(failing);
    }

    /// <summary>https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/818</summary>
    [Theory]
    [InlineData("worker")]
    [InlineData("worker migrate")]
    public async Task In_a_new_account_the_role_that_ECS_makes_for_itself_is_waited_for(string parts)
    {
        await account.Aws.FailResourceAsync(
            "Cluster",
            "create",
            "Unable to assume the service linked role. Please verify that the ECS service linked role exists."
        );
        (await new Shop(account.Aws, parts).DeployAsync()).EndedWith(0).Says("AWS has made that role just now: trying once more");
        Assert.Equal(["worker 1/1 shop-worker:1"], await account.ServicesAsync("worker"));
    }
}
