namespace Deploy.Tests;

/// <summary>Tasks that run once, before services roll or when they are asked for.</summary>
public sealed class TaskTests(Account account) : IClassFixture<Account>, IAsyncLifetime
{
    private const string Parts = "worker migrate";

    private Shop Shop => new(account.Aws, Parts);

    public async ValueTask InitializeAsync() => await account.Aws.ResetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task It_runs_before_a_service_rolls_and_again_in_each_deploy()
    {
        var first = (await Shop.DeployAsync()).EndedWith(0).Says("✓ migrate               exit 0");
        Assert.True(
            first.Output.IndexOf("✓ migrate               exit 0", StringComparison.Ordinal)
                < first.Output.IndexOf("✓ WorkerService", StringComparison.Ordinal),
            first.Output
        );

        await account.Aws.ForgetCallsAsync();
        var outcome = (await (Shop with { Tag = "2.0" }).DeployAsync()).EndedWith(0);

        // Its own task definition first, then the task, and only then the change set that the service is in.
        var calls = (await account.CallsAsync())
            .Select(call => (string)call!["operation"]!)
            .Where(name => name is "ExecuteChangeSet" or "RunTask");
        Assert.Equal(["ExecuteChangeSet", "RunTask", "ExecuteChangeSet"], calls);
        var run = Assert.Single(await account.CallsAsync(), call => (string)call!["operation"]! == "RunTask")!["parameters"]!;
        Assert.Contains("/shop-migrate:2", (string)run["taskDefinition"]!);
        Assert.Equal("deploy-alice", (string)run["startedBy"]!);
        Assert.Equal(["worker 1/1 shop-worker:2"], await account.ServicesAsync("worker"));

        await account.Aws.ForgetCallsAsync();
        outcome = (await (Shop with { Tag = "2.0" }).DeployAsync()).EndedWith(0);
        Assert.Equal((1, 0), (await account.CountAsync("RunTask"), await account.CountAsync("ExecuteChangeSet")));
        outcome.Says("Changed for shop", "nothing");
    }

    [Fact]
    public async Task One_that_fails_ends_the_deploy_with_its_log_before_any_service_changes()
    {
        await Shop.DeployedAsync();
        await account.Aws.FailTasksAsync(
            new
            {
                family = "shop-migrate",
                kind = "Exit",
                exitCode = 134,
                logs = new[] { "Adding column", "relation \"orders\" does not exist" },
            }
        );

        var outcome = (await (Shop with { Tag = "2.0" }).DeployAsync()).EndedWith(1);

        outcome.Says(
            "The task 'migrate' failed, so nothing else of the deploy was done: no service has changed.",
            "container migrate: exit code 134 (aborted",
            "| relation \"orders\" does not exist",
            "Likely cause: 'migrate' ended by an unhandled exception"
        );
        Assert.Equal(["worker 1/1 shop-worker:1"], await account.ServicesAsync("worker"));
        Assert.Equal("UPDATE_COMPLETE", await account.StackAsync("shop"));

        await account.Aws.RemoveRulesAsync();
        (await (Shop with { Tag = "2.0" }).DeployAsync()).EndedWith(0);
        Assert.Equal(["worker 1/1 shop-worker:2"], await account.ServicesAsync("worker"));
    }

    [Fact]
    public async Task The_first_deploy_of_all_fails_with_its_task_and_the_next_one_goes_on()
    {
        await account.Aws.FailTasksAsync(
            new
            {
                family = "shop-migrate",
                kind = "Exit",
                exitCode = 1,
                logs = new[] { "No such host" },
                times = 1,
            }
        );
        (await Shop.DeployAsync()).EndedWith(1).Says("| No such host");
        Assert.Equal("CREATE_COMPLETE", await account.StackAsync("shop"));
        (await Shop.DeployAsync()).EndedWith(0);
        Assert.Equal(["worker 1/1 shop-worker:1"], await account.ServicesAsync("worker"));
    }

    [Fact]
    public async Task A_database_that_it_calls_rolls_before_it_and_all_else_after_it()
    {
        var shop = new Shop(account.Aws, Parts + " database");
        var first = (await shop.DeployAsync()).EndedWith(0).Says("✓ what tasks need: db", "✓ migrate               exit 0");
        string[] order = ["✓ DbService", "✓ migrate               exit 0", "✓ WorkerService"];
        Assert.Equal(order, order.OrderBy(line => first.Output.IndexOf(line, StringComparison.Ordinal)));

        await account.Aws.ForgetCallsAsync();
        (await (shop with { Tag = "2.0" }).DeployAsync()).EndedWith(0);
        var calls = (await account.CallsAsync())
            .Select(call => (string)call!["operation"]!)
            .Where(name => name is "ExecuteChangeSet" or "RunTask");
        Assert.Equal(["ExecuteChangeSet", "RunTask", "ExecuteChangeSet"], calls);
        Assert.Equal(["db 1/1 shop-db:2", "worker 1/1 shop-worker:2"], await account.ServicesAsync("db", "worker"));

        (await shop.RunAsync("destroy", "--yes")).EndedWith(0);
        Assert.Null(await account.StackAsync("shop"));
    }

    [Fact]
    public async Task One_that_fails_says_which_services_have_rolled_for_it()
    {
        var shop = await new Shop(account.Aws, Parts + " database").DeployedAsync();
        await account.Aws.FailTasksAsync(
            new
            {
                family = "shop-migrate",
                kind = "Exit",
                exitCode = 1,
                logs = new[] { "No such column" },
            }
        );

        (await (shop with { Tag = "2.0" }).DeployAsync())
            .EndedWith(1)
            .Says("no service has changed but 'db', which came first since tasks need it", "| No such column");

        Assert.Equal(["db 1/1 shop-db:2", "worker 1/1 shop-worker:1"], await account.ServicesAsync("db", "worker"));
    }

    [Fact]
    public async Task A_database_that_does_not_come_up_ends_the_deploy_before_the_task_runs()
    {
        await account.Aws.FailTasksAsync(
            new
            {
                family = "shop-db",
                kind = "Exit",
                exitCode = 1,
                logs = new[] { "could not bind" },
            }
        );

        (await new Shop(account.Aws, Parts + " database").DeployAsync())
            .EndedWith(1)
            .Says("'db' did not become stable", "| could not bind");

        Assert.Equal(0, await account.CountAsync("RunTask"));
    }

    [Fact]
    public async Task Asked_for_it_runs_with_arguments_and_shows_what_it_prints()
    {
        await Shop.DeployedAsync();
        await account.Aws.FailTasksAsync(
            new
            {
                family = "shop-migrate",
                kind = "Exit",
                exitCode = 0,
                logs = new[] { "Down to 42" },
                times = 1,
            }
        );

        (await Shop.RunAsync("run", "migrate", "--", "down", "--to", "42"))
            .EndedWith(0)
            .Says("migrate | Down to 42", "✓ migrate               exit 0");

        var overrides = await OverridesAsync("shop-migrate");
        Assert.Equal(["down", "--to", "42"], Assert.Single(overrides)["command"]!.AsArray().Select(word => (string)word!));

        (await Shop.RunAsync("run", "migrat")).EndedWith(1).Says("There is no task 'migrat' in 'shop'. There are: migrate.");
    }

    [Fact]
    public async Task A_statement_is_run_on_a_database_and_ends_with_what_its_client_ends_with()
    {
        var shop = await new Shop(account.Aws, "worker postgres").DeployedAsync();
        await account.Aws.FailTasksAsync(
            new
            {
                family = "shop-pg-shell",
                kind = "Exit",
                exitCode = 3,
                logs = new[] { "ERROR:  relation \"lamps\" does not exist" },
                times = 1,
            }
        );

        (await shop.RunAsync("run", "orders", "--", "select * from lamps"))
            .EndedWith(3)
            .Says("| ERROR:  relation \"lamps\" does not exist");
        (await shop.RunAsync("run", "pg", "--", "select", "1")).EndedWith(0).Says("✓ pg                    exit 0");
        (await shop.RunAsync("run", "pg")).EndedWith(1).Says("Which statement? run pg -- \"select 1\"");
        (await shop.RunAsync("run")).EndedWith(1).Says("Databases: pg, orders, each with a statement behind --.");

        var variables = (await OverridesAsync("shop-pg-shell")).Select(container =>
            string.Join(", ", container["environment"]!.AsArray().Select(variable => $"{variable!["name"]}={variable["value"]}"))
        );
        Assert.Equal(["STATEMENT=select * from lamps, DATABASE=orders", "STATEMENT=select 1"], variables.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task It_runs_whatever_the_model_has_become()
    {
        await Shop.DeployedAsync();
        var refused = new Shop(account.Aws, "worker refused");
        (await refused.RunAsync("publish")).EndedWith(1).Says("tool");

        (await refused.RunAsync("run", "migrate")).EndedWith(0).Says("✓ migrate               exit 0");
        (await refused.RunAsync("run")).EndedWith(1).Says("Which task? run TASK [-- ARGUMENT…]. There are: migrate.");
    }

    /// <summary>https://github.com/pulumi/pulumi-awsx/issues/927.</summary>
    [Fact]
    public async Task A_role_that_is_a_second_old_is_tried_again()
    {
        await account.Aws.SetAsync(new { role_age = 3.0 });
        (await Shop.DeployAsync())
            .EndedWith(0)
            .Says("migrate: ECS cannot assume its role yet, which is new; trying again in 2 s", "✓ migrate               exit 0");
        Assert.InRange(await account.CountAsync("RunTask"), 2, 3);
        Assert.Equal(["worker 1/1 shop-worker:1"], await account.ServicesAsync("worker"));
    }

    [Fact]
    public async Task What_ECS_says_of_a_role_for_good_is_said()
    {
        await Shop.DeployedAsync();
        await account.Aws.SetAsync(new { role_age = 3600.0 });
        await account.Aws.ForgetCallsAsync();
        (await Shop.RunAsync("run", "migrate")).EndedWith(1).Says("ECS was unable to assume the role");
        Assert.Equal(4, await account.CountAsync("RunTask"));
    }

    [Fact]
    public async Task What_a_task_prints_does_nothing_to_a_terminal()
    {
        await Shop.DeployedAsync();
        await account.Aws.FailTasksAsync(
            new
            {
                family = "shop-migrate",
                kind = "Exit",
                exitCode = 1,
                logs = new[] { "\e]0;owned\a\e[2Jall is well" },
                times = 1,
            }
        );
        var outcome = (await Shop.RunAsync("run", "migrate"))
            .EndedWith(1)
            .Says("migrate | \\x1b]0;owned\\x07\\x1b[2Jall is well", "  | \\x1b]0;owned");
        Assert.DoesNotContain("\e]0;owned", outcome.Output, StringComparison.Ordinal);

        var logs = (await Shop.RunAsync("logs", "migrate")).EndedWith(0).Says("\\x1b]0;owned\\x07\\x1b[2Jall is well");
        Assert.DoesNotContain("\e]0;owned", logs.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_runs_from_an_earlier_deploy_is_waited_for()
    {
        await Shop.DeployedAsync();
        await account.Aws.FailTasksAsync(
            new
            {
                family = "shop-migrate",
                kind = "Exit",
                exitCode = 0,
                seconds = 600,
                times = 1,
            }
        );
        await using (var cutOff = Shop.Start("run", "migrate"))
        {
            await cutOff.SaysAsync("migrate: RUNNING");
            cutOff.Kill();
        }

        await account.Aws.ForgetCallsAsync();
        await using var second = Shop.Start("deploy", "--yes");
        await second.SaysAsync("waiting for its end");
        Assert.Contains(" still runs", second.Output);
        Assert.Equal(0, await account.CountAsync("RunTask"));
        var running = (await account.Aws.AwsCli("ecs", "list-tasks", "--cluster", "shop", "--family", "shop-migrate"))[
            "taskArns"
        ]!.AsArray();
        await account.Aws.AwsCli("ecs", "stop-task", "--cluster", "shop", "--task", (string)Assert.Single(running)!);

        (await second.EndAsync()).EndedWith(0).Says("✓ migrate               exit 0");
        Assert.Equal(1, await account.CountAsync("RunTask"));
    }

    /// <summary>What the tasks of a family that have ended were told besides, each container's.</summary>
    private async Task<IReadOnlyList<JsonNode>> OverridesAsync(string family)
    {
        var arns = (await account.Aws.AwsCli("ecs", "list-tasks", "--cluster", "shop", "--family", family, "--desired-status", "STOPPED"))[
            "taskArns"
        ]!.AsArray();
        var tasks = (
            await account.Aws.AwsCli(["ecs", "describe-tasks", "--cluster", "shop", "--tasks", .. arns.Select(arn => (string)arn!)])
        )["tasks"]!.AsArray();
        return [.. tasks.SelectMany(task => task!["overrides"]!["containerOverrides"]!.AsArray()).OfType<JsonNode>()];
    }
}
