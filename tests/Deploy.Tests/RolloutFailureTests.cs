namespace Deploy.Tests;

/// <summary>An account in which the application runs, for tests whose updates are all rolled back.</summary>
public sealed class RunningShop : IAsyncLifetime
{
    public Account Account { get; } = new();

    internal Shop Shop => new(Account.Aws, "api");

    public async ValueTask InitializeAsync()
    {
        await Account.InitializeAsync();
        await Shop.DeployedAsync();
    }

    public ValueTask DisposeAsync() => Account.DisposeAsync();
}

/// <summary>Updates that do not get through: what deploy says of them, and that everything is as it was.</summary>
public sealed class RolloutFailureTests(RunningShop running) : IClassFixture<RunningShop>
{
    private EmulatedAws Aws => running.Account.Aws;

    [Fact]
    public async Task A_task_that_crashes_is_shown_with_its_reason_exit_code_and_log() =>
        (
            await FailAsync(
                new
                {
                    service = "api",
                    kind = "Exit",
                    exitCode = 139,
                    logs = new[] { "Loading libnative.so", "Segmentation fault" },
                }
            )
        ).Says(
            "Likely cause: 'api' crashed (segmentation fault)",
            "stopped: Essential container in task exited",
            "container api: exit code 139",
            "| Loading libnative.so",
            "| Segmentation fault",
            "'api' did not become stable: 3 of its tasks failed."
        );

    [Fact]
    public async Task Only_the_end_of_a_long_log_is_shown()
    {
        var outcome = await FailAsync(
            new
            {
                service = "api",
                kind = "Exit",
                exitCode = 1,
                logs = Enumerable.Range(1, 30).Select(number => $"line {number}."),
            }
        );
        outcome.Says("the last 20 lines of api", "| line 11.", "| line 30.", "ended by itself with exit code 1");
        Assert.DoesNotContain("line 10.", outcome.Output);
    }

    [Fact]
    public async Task An_image_that_is_missing_is_named_as_the_cause() =>
        (await FailAsync(new { service = "api", kind = "ImageMissing" })).Says(
            "Likely cause: the image is not in its registry.",
            "CannotPullContainerError"
        );

    [Fact]
    public async Task No_route_to_the_registry_is_named_as_the_cause() =>
        (await FailAsync(new { service = "api", kind = "NoRouteToRegistry" })).Says("Likely cause: there is no route to the registry");

    [Fact]
    public async Task A_secret_without_a_value_is_named_as_the_cause() =>
        (await FailAsync(new { service = "api", kind = "SecretWithoutValue" })).Says(
            "Likely cause: a secret of 'api' has no value.",
            "aws secretsmanager put-secret-value"
        );

    [Fact]
    public async Task Too_little_memory_is_named_as_the_cause() =>
        (await FailAsync(new { service = "api", kind = "OutOfMemory" })).Says(
            "Likely cause: 'api' wanted more memory than the ",
            "exit code 137"
        );

    [Fact]
    public async Task A_failing_health_check_is_shown_with_what_was_answered() =>
        (await FailAsync(new { service = "api", kind = "LoadBalancerHealth" })).Says(
            "Likely cause: 'api' answers GET /health on port 8080 with 503, where 200 is healthy."
        );

    private async Task<Outcome> FailAsync(object rule)
    {
        await Aws.RemoveRulesAsync();
        await Aws.FailTasksAsync(rule);

        var outcome = (await (running.Shop with { Tag = "2.0" }).DeployAsync()).EndedWith(1);

        outcome.Says("Rolled back to shop-api:1, which serves as before.", "Circuit Breaker", "Everything is back to what it was before.");
        Assert.Equal(["api 2/2 shop-api:1"], await running.Account.ServicesAsync("api"));
        return outcome;
    }
}

/// <summary>First deploys that do not get through.</summary>
public sealed class FirstDeployFailureTests(Account account) : IClassFixture<Account>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await account.Aws.ResetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_first_deploy_that_fails_says_why_and_the_next_one_mends_it()
    {
        var shop = new Shop(account.Aws, "worker");
        await account.Aws.FailTasksAsync(
            new
            {
                service = "worker",
                kind = "Exit",
                exitCode = 3,
                logs = new[] { "No connection string." },
            }
        );

        var failed = (await shop.DeployAsync()).EndedWith(1);

        failed.Says(
            "'shop' was not changed as planned (ROLLBACK_COMPLETE).",
            "container worker: exit code 3",
            "| No connection string.",
            "the foundation, its images and secrets stay"
        );
        Assert.DoesNotContain("which serves as before", failed.Output);
        Assert.Equal("ROLLBACK_COMPLETE", await account.StackAsync("shop"));

        await account.Aws.RemoveRulesAsync();
        (await shop.DeployAsync()).EndedWith(0).Says("is ROLLBACK_COMPLETE, and so can only be made anew");
        Assert.Equal("CREATE_COMPLETE", await account.StackAsync("shop"));
        Assert.Equal(["worker 1/1 shop-worker:1"], [.. (await account.ServicesAsync("worker")).Select(line => line[..^1] + "1")]);
    }

    [Fact]
    public async Task A_database_stays_where_a_service_fails_and_the_next_deploy_goes_on_from_there()
    {
        var shop = new Shop(account.Aws, "worker postgres");
        await account.Aws.FailTasksAsync(
            new
            {
                service = "worker",
                kind = "Exit",
                exitCode = 3,
            }
        );

        (await shop.DeployAsync())
            .EndedWith(1)
            .Says(
                "✓ what holds data: pg",
                "'shop' was not changed as planned (UPDATE_ROLLBACK_COMPLETE).",
                "'pg', which this deploy has made, stays; all else is back to what it was before.",
                "run deploy again: it goes on from there."
            );
        var made = await account.ResourceAsync("PgDatabase");
        Assert.NotNull(made);
        Assert.Null(await account.ResourceAsync("WorkerService"));
        (await shop.RunAsync("status")).EndedWith(0).Says("UPDATE_ROLLBACK_COMPLETE", "pg");

        await account.Aws.RemoveRulesAsync();
        var mended = (await shop.DeployAsync()).EndedWith(0);

        Assert.DoesNotContain("what holds data", mended.Output);
        Assert.Equal(made, await account.ResourceAsync("PgDatabase"));
        Assert.Equal(["worker 1/1 shop-worker:2"], await account.ServicesAsync("worker"));
    }
}
