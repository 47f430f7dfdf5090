namespace Deploy.Tests;

/// <summary>What looks at a deployed application, and what keeps a deploy from beginning.</summary>
public sealed class OperationTests(Account account) : IClassFixture<Account>, IAsyncLifetime
{
    private EmulatedAws Aws => account.Aws;

    private Shop Shop => new(Aws, "worker");

    public async ValueTask InitializeAsync() => await Aws.ResetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Status_says_what_is_deployed_by_whom_and_how_it_does()
    {
        (await Shop.RunAsync("status")).EndedWith(0).Says("shop-foundation: not deployed", "shop: not deployed");
        await Shop.DeployedAsync();
        (await Shop.RunAsync("status"))
            .EndedWith(0)
            .Says(
                "shop: CREATE_COMPLETE, last changed ",
                " by alice on ",
                "worker: 1 of 1 running, 0 pending; shop-worker:1; rollout COMPLETED",
                "worker: example/worker:1.0",
                ": RUNNING, shop-worker:1"
            );
    }

    [Fact]
    public async Task Status_says_which_alarms_of_the_application_are_raised_and_why()
    {
        var shop = await new Shop(Aws, "api worker queue nested").DeployedAsync();
        var alarms = (await Aws.AwsCli("cloudwatch", "describe-alarms"))["MetricAlarms"]!.AsArray();
        var errors = alarms
            .Select(alarm => (string)alarm!["AlarmName"]!)
            .Single(name => name.Contains("apiServerErrorsAlarm", StringComparison.OrdinalIgnoreCase));
        await Aws.AwsCli(
            "cloudwatch",
            "set-alarm-state",
            "--alarm-name",
            errors,
            "--state-value",
            "ALARM",
            "--state-reason",
            "it was set so"
        );
        // Another application's, though its name begins as this one's do. Those that scaling makes for itself are not counted either.
        await Aws.AwsCli(
            "cloudwatch",
            "put-metric-alarm",
            "--alarm-name",
            "shop-window-Errors",
            "--namespace",
            "Window",
            "--metric-name",
            "Errors",
            "--statistic",
            "Sum",
            "--period",
            "60",
            "--evaluation-periods",
            "1",
            "--threshold",
            "1",
            "--comparison-operator",
            "GreaterThanThreshold"
        );

        (await shop.RunAsync("status"))
            .EndedWith(0)
            .Says("alarms: 1 in alarm, 5 OK", "  ALARM since ", " UTC: api answers 5xx to more than 5 percent", "(it was set so)");
    }

    [Fact]
    public async Task Logs_shows_what_tasks_print_and_follows_until_it_is_interrupted()
    {
        (await Shop.RunAsync("logs", "worker")).EndedWith(1).Says("'shop' has no log groups: it is not deployed.");
        await Shop.DeployedAsync();
        await Aws.AwsCli(
            "logs",
            "create-log-stream",
            "--log-group-name",
            "/ecs/shop/worker",
            "--log-stream-name",
            "worker/worker/0123456789abcdef"
        );
        await PrintAsync("first order", "second order");
        var logs = (await Shop.RunAsync("logs", "worker")).EndedWith(0);
        logs.Says("worker/01234567  first order", "worker/01234567  second order");

        await using var following = Shop.Start("logs", "--follow");
        await following.SaysAsync("second order");
        await PrintAsync("third order");
        await following.SaysAsync("third order");
        Assert.Single(following.Output.Split('\n'), line => line.EndsWith("first order", StringComparison.Ordinal));
        following.Interrupt();
        var end = await following.EndAsync();
        Assert.DoesNotContain("   at ", end.Output);

        (await Shop.RunAsync("logs", "workr")).EndedWith(1).Says("There is no service or task 'workr' in 'shop'. There are: worker.");
    }

    [Fact]
    public async Task All_that_is_missing_is_said_at_once_and_nothing_is_begun()
    {
        var outcome = (await new Shop(Aws, "worker secret parameter").DeployAsync()).EndedWith(1);
        outcome.Says(
            "2 things are in the way; nothing was changed",
            "Parameter 'stage' has no value",
            "Parameter 'db-password' has no value",
            "Parameters__stage",
            "Parameters__db_password"
        );
        Assert.Equal((0, 0), (await account.CountAsync("CreateChangeSet"), await account.CountAsync("CreateStack")));
    }

    [Fact]
    public async Task A_parameter_keeps_its_deployed_value_where_none_is_given()
    {
        var shop = new Shop(Aws, "worker parameter");
        await shop.With("Parameters__stage", "test").DeployedAsync();
        (await (shop with { Tag = "2.0" }).DeployAsync()).EndedWith(0);
        var definition = await Aws.AwsCli("ecs", "describe-task-definition", "--task-definition", "shop-worker");
        Assert.Contains(
            "test",
            definition["taskDefinition"]!["containerDefinitions"]![0]!["environment"]!
                .AsArray()
                .Where(item => (string)item!["name"]! == "STAGE")
                .Select(item => (string)item!["value"]!)
        );
    }

    [Fact]
    public async Task A_password_that_a_resource_makes_for_itself_is_made_once()
    {
        var shop = new Shop(Aws, "worker made");
        var first = (await shop.DeployAsync()).EndedWith(0);
        var password = await ValueAsync("shop/worker-password");
        Assert.Equal(Uri.EscapeDataString(password), await ValueAsync("shop/worker-password-uri-encoded"));
        Assert.DoesNotContain(password, first.Output, StringComparison.Ordinal);

        (await (shop with { Tag = "2.0" }).DeployAsync()).EndedWith(0);
        Assert.Equal(password, await ValueAsync("shop/worker-password"));

        async Task<string> ValueAsync(string secret) =>
            (string)(await Aws.AwsCli("secretsmanager", "get-secret-value", "--secret-id", secret))["SecretString"]!;
    }

    [Fact]
    public async Task A_missing_parameter_is_said_together_with_a_stack_that_is_in_the_way()
    {
        await Shop.DeployedAsync();
        await Aws.HoldResourceAsync("WorkerService", "update");
        await using var other = (Shop with { Tag = "2.0" }).Start("deploy", "--yes");
        await Until.TrueAsync(async () => await account.StackAsync("shop") == "UPDATE_IN_PROGRESS", () => other.Output);
        (await new Shop(Aws, "worker parameter").DeployAsync())
            .EndedWith(1)
            .Says("2 things are in the way; nothing was changed", "is being changed by alice", "Parameter 'stage' has no value");
        await Aws.ReleaseResourceAsync("WorkerService");
        (await other.EndAsync()).EndedWith(0);
    }

    [Fact]
    public async Task Without_credentials_it_says_how_to_sign_in()
    {
        var shop = Shop.With("AWS_ACCESS_KEY_ID", null).With("AWS_SECRET_ACCESS_KEY", null);
        (await shop.DeployAsync()).EndedWith(1).Says("There are no AWS credentials", "aws sso login");
    }

    [Fact]
    public async Task A_profile_of_IAM_Identity_Center_has_its_credentials_from_there_and_signed_out_it_says_how_to_sign_in()
    {
        using var sso = new SsoProfile();
        var shop = Shop.With("AWS_ACCESS_KEY_ID", null)
            .With("AWS_SECRET_ACCESS_KEY", null)
            .With("HOME", sso.Home)
            .With("AWS_PROFILE", "dev")
            .With("AWS_ENDPOINT_URL_SSO", sso.Portal);
        (await shop.RunAsync("status"))
            .EndedWith(1)
            .Says("Nobody is signed in to AWS for the profile 'dev'. Run 'aws sso login --profile dev'");

        sso.SignIn("the-token");
        (await shop.RunAsync("status")).EndedWith(0).Says("shop: not deployed");
        Assert.Contains("/federation/credentials?account_id=123456789012&role_name=Deployer the-token", sso.Asked);
    }

    [Fact]
    public async Task Without_a_region_it_says_where_one_is_set() =>
        (await Shop.With("AWS_REGION", null).With("AWS_DEFAULT_REGION", null).DeployAsync())
            .EndedWith(1)
            .Says("No AWS region is set. Set AWS_REGION");

    [Fact]
    public async Task A_region_that_there_is_not_is_said()
    {
        var outcome = (await Shop.With("AWS_REGION", "eu-wset-1").DeployAsync()).EndedWith(1);
        Assert.Contains("eu-wset-1", outcome.Output);
    }

    [Fact]
    public async Task A_model_that_publish_refuses_is_looked_at_and_taken_away_all_the_same()
    {
        await Shop.DeployedAsync();
        var refused = new Shop(Aws, "worker refused");
        (await refused.RunAsync("plan")).EndedWith(1).Says("'tool' is an executable");
        (await refused.RunAsync("publish", "--output-path", Aws.Home)).EndedWith(1).Says("'tool' is an executable", "Nothing was written.");

        (await refused.RunAsync("status")).EndedWith(0).Says("worker: 1 of 1 running");
        (await refused.RunAsync("logs", "worker")).EndedWith(0);
        (await refused.RunAsync("destroy", "--yes", "--data")).EndedWith(0);
        Assert.Equal((null, null), (await account.StackAsync("shop"), await account.StackAsync("shop-foundation")));
    }

    private async Task PrintAsync(params string[] lines)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await Aws.AwsCli([
            "logs",
            "put-log-events",
            "--log-group-name",
            "/ecs/shop/worker",
            "--log-stream-name",
            "worker/worker/0123456789abcdef",
            "--log-events",
            .. lines.Select((line, index) => $"timestamp={now + index},message={line}"),
        ]);
    }
}
