namespace Deploy.Tests;

/// <summary>The same verbs through the Aspire CLI, which shows the steps and asks the questions itself.</summary>
public sealed class CliTests(Account account) : IClassFixture<Account>, IAsyncLifetime
{
    private const string Password = "a-password-typed-7f3";

    private EmulatedAws Aws => account.Aws;

    private AspireCli Cli => new(new Shop(Aws, "worker migrate secret").WithOwnTemporaryFolder());

    public async ValueTask InitializeAsync() => await Aws.ResetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_model_goes_from_publish_to_destroy()
    {
        var output = Directory.CreateTempSubdirectory();
        var cli = Cli with { Shop = Cli.Shop.With("Parameters__db_password", "a-password-7f3") };
        (await cli.RunAsync("publish", "--output-path", output.FullName))
            .EndedWith(0)
            .Says("publish-shop completed successfully", "shop.template.yaml", "Cost");
        Assert.True(File.Exists(Path.Combine(output.FullName, "shop.template.yaml")));
        output.Delete(recursive: true);

        (await cli.RunAsync("do", "--list-steps")).EndedWith(0).Says("plan-shop", "status-shop", "logs-shop", "run-shop");
        (await cli.RunAsync("do", "plan")).EndedWith(2).Says("shop-foundation: 1 added");
        (await cli.RunAsync("deploy")).EndedWith(1).Says("There is no terminal to ask at. Say it beforehand: --yes");
        Assert.Null(await account.StackAsync("shop-foundation"));
        var deployed = (await cli.RunAsync("deploy", "--", "--yes")).EndedWith(0);
        deployed.Says("secret values: 1 put", "migrate: exit 0", "Pipeline succeeded");
        (await cli.RunAsync("do", "plan")).EndedWith(0).Says("Nothing would change.");
        (await cli.RunAsync("do", "status")).EndedWith(0).Says("worker: 1 of 1 running");
        (await cli.RunAsync("do", "run", "--", "migrate")).EndedWith(0).Says("migrate: exit 0");
        (await cli.RunAsync("do", "logs", "--", "nobody"))
            .EndedWith(1)
            .Says("There is no service or task 'nobody' in 'shop'. There are: migrate, worker.");
        (await cli.RunAsync("destroy", "--yes")).EndedWith(0);
        Assert.Null(await account.StackAsync("shop"));
        Assert.Empty(KeptSecrets.In(Aws.Home, "a-password-7f3"));
    }

    [Fact]
    public async Task It_asks_for_a_missing_secret_and_for_consent_and_stores_neither()
    {
        await using var process = Cli.StartAtTerminal("deploy");
        await process.SaysAsync("Value of parameter 'db-password': ");
        await process.TypeAsync(Password + "\r");
        await process.SaysAsync("[y/N]: ");
        Assert.Null(await account.StackAsync("shop-foundation"));
        await process.TypeAsync("y\r");
        var outcome = (await process.EndAsync()).EndedWith(0);

        Assert.Equal(
            Password,
            (string)(await Aws.AwsCli("secretsmanager", "get-secret-value", "--secret-id", "shop/db-password"))["SecretString"]!
        );
        Assert.DoesNotContain(Password, outcome.Output, StringComparison.Ordinal);
        Assert.Empty(KeptSecrets.In(Aws.Home, Password));
    }

    [Fact]
    public async Task A_step_that_fails_fails_the_command_with_one_cause_and_no_stack_trace()
    {
        await Aws.FailTasksAsync(
            new
            {
                family = "shop-migrate",
                kind = "Exit",
                exitCode = 134,
                logs = new[] { "relation \"orders\" does not exist" },
            }
        );
        var cli = Cli with { Shop = Cli.Shop.With("Parameters__db_password", "a-password-7f3") };
        (await cli.RunAsync("deploy", "--", "--yes"))
            .EndedWith(1)
            .Says("The task 'migrate' failed", "relation \"orders\" does not exist", "Pipeline failed");
    }

    [Fact]
    public async Task Interrupted_it_ends_and_the_next_deploy_goes_on()
    {
        var cli = Cli with { Shop = Cli.Shop.With("Parameters__db_password", "a-password-7f3") };
        await Aws.HoldResourceAsync("WorkerService", "create");
        await using var process = cli.StartAtTerminal("deploy", "--", "--yes");
        await process.SaysAsync("WorkerTaskDefinition");
        await Until.TrueAsync(
            async () => await account.StackAsync("shop") is "CREATE_IN_PROGRESS" or "UPDATE_IN_PROGRESS",
            () => process.Output
        );

        // Ctrl-C, typed.
        await process.TypeAsync("\u0003");
        Assert.NotEqual(0, (await process.EndAsync()).ExitCode);

        await Aws.ReleaseResourceAsync("WorkerService");
        (await cli.RunAsync("deploy", "--", "--yes")).EndedWith(0);
        Assert.Equal(["worker 1/1 shop-worker:1"], await account.ServicesAsync("worker"));
    }
}
