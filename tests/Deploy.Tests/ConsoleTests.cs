namespace Deploy.Tests;

/// <summary>What a person sees of the verbs without the Aspire CLI, and is asked at a terminal.</summary>
public sealed class ConsoleTests(Account account) : IClassFixture<Account>, IAsyncLifetime
{
    private const string Password = "a-password-typed-7f3";

    private EmulatedAws Aws => account.Aws;

    public async ValueTask InitializeAsync() => await Aws.ResetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Each_verb_reads_as_it_is_kept()
    {
        var shop = new Shop(Aws, "api worker migrate secret queue").With("Parameters__db_password", "a-password-7f3");
        var kept = new KeptConsole("verbs");
        await kept.AddAsync(shop, 2, "plan");
        await kept.AddAsync(shop, 1, "deploy");
        await kept.AddAsync(shop, 0, "deploy", "--yes");
        await kept.AddAsync(shop, 0, "plan");
        await kept.AddAsync(shop with { Tag = "2.0" }, 2, "plan");
        await kept.AddAsync(shop, 0, "status");
        await kept.AddAsync(shop, 0, "run", "migrate", "--", "--to", "42");
        await kept.AddAsync(shop, 1, "run", "nothing");
        await kept.AddAsync(shop, 0, "logs", "worker");
        await Aws.FailTasksAsync(
            new
            {
                family = "shop-worker",
                kind = "Exit",
                exitCode = 139,
                logs = new[] { "Unhandled exception. The queue is gone." },
            }
        );
        await kept.AddEndAsync("✗ application", shop with { Tag = "3.0" }, 1, "deploy", "--yes");
        await Aws.RemoveRulesAsync();
        await kept.AddAsync(shop, 0, "destroy", "--yes");
        await kept.AddAsync(shop.With("AWS_REGION", null).With("AWS_DEFAULT_REGION", null), 1, "plan");
        await kept.AddAsync(shop, 1, "frobnicate");
        await kept.AddAsync(shop, 0, "--help");
        await kept.AddAsync(shop, 1, "deploy", "--follow");
        kept.Compare();
    }

    [Fact]
    public async Task At_a_terminal_it_asks_once_before_anything_changes_and_a_No_changes_nothing()
    {
        var shop = new Shop(Aws, "worker secret").With("Parameters__db_password", "a-password-7f3");
        await using var process = shop.StartAtTerminal("deploy");
        await process.SaysAsync("Deploy 'shop' to account 123456789012, us-east-1, as above? [y/N] ");
        await process.TypeAsync("n\n");

        (await process.EndAsync()).EndedWith(1).Says("shop-foundation: 1 added", "Not agreed to, so nothing more was done.");
        Assert.Null(await account.StackAsync("shop-foundation"));
        Assert.Null(await account.StackAsync("shop"));
        Assert.Equal(
            (0, 0, 0),
            (
                await account.CountAsync("ExecuteChangeSet"),
                await account.CountAsync("CreateStack"),
                await account.CountAsync("PutSecretValue")
            )
        );
    }

    [Fact]
    public async Task A_value_that_is_missing_is_asked_for_once_and_is_in_Secrets_Manager_alone()
    {
        var shop = new Shop(Aws, "worker secret").WithOwnTemporaryFolder();
        await Aws.DelayResourceAsync("WorkerService", "create", 2);
        await using var process = shop.StartAtTerminal("deploy");
        await process.SaysAsync("Value of parameter 'db-password': ");
        await process.TypeAsync(Password + "\r");
        await process.SaysAsync("as above? [y/N] ");
        await process.TypeAsync("y\n");
        var outcome = (await process.EndAsync()).EndedWith(0);

        Assert.Equal(
            Password,
            (string)(await Aws.AwsCli("secretsmanager", "get-secret-value", "--secret-id", "shop/db-password"))["SecretString"]!
        );
        Assert.DoesNotContain(Password, outcome.Output, StringComparison.Ordinal);
        Assert.Empty(KeptSecrets.In(Aws.Home, Password));

        // What waits is shown on a line of its own, which the next one takes the place of.
        outcome.Says("\r\e[2K", "s  WorkerService 1s", "\e[32m✓\e[0m application");
        (await shop.DeployAsync()).EndedWith(0).Says("secret values         unchanged");
    }

    [Fact]
    public async Task Interrupted_it_says_so_and_the_same_command_ends_what_was_begun()
    {
        var shop = new Shop(Aws, "worker");
        await Aws.HoldResourceAsync("WorkerService", "create");
        await using var process = shop.Start("deploy", "--yes");
        await process.SaysAsync("✓ WorkerTaskDefinition");
        process.Interrupt();
        (await process.EndAsync())
            .EndedWith(1)
            .Says("✗ application", "Stopped. What was done is found done when the same command is run again.");

        await Aws.ReleaseResourceAsync("WorkerService");
        (await shop.DeployAsync()).EndedWith(0);
        Assert.Equal(["worker 1/1 shop-worker:1"], await account.ServicesAsync("worker"));
    }

    [Fact]
    public async Task A_stack_trace_is_there_where_it_is_asked_for_and_nowhere_else()
    {
        var shop = new Shop(Aws, "worker secret");
        var plain = (await shop.DeployAsync()).EndedWith(1);
        Assert.DoesNotContain("   at ", plain.Output, StringComparison.Ordinal);
        Assert.Single(plain.Output.Split("Parameter 'db-password' has no value")[1..]);

        var detailed = await shop.RunAsync("deploy", "--yes", "--include-exception-details");
        Assert.Equal(1, detailed.ExitCode);
        Assert.Contains("   at Hosting.Fargate.Deploying.Preflight.CheckAsync", detailed.Output, StringComparison.Ordinal);
    }
}
