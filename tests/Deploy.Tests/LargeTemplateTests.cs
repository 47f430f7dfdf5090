namespace Deploy.Tests;

/// <summary>Templates that CloudFormation takes by an address alone: those of nested stacks, and large ones.</summary>
public sealed class LargeTemplateTests(Account account) : IClassFixture<Account>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await account.Aws.ResetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_stack_for_each_service_is_deployed_updated_and_destroyed()
    {
        var shop = await new Shop(account.Aws, "nested worker mailer").DeployedAsync();
        Assert.Equal(["mailer 1/1 shop-mailer:1", "worker 1/1 shop-worker:1"], await account.ServicesAsync("worker", "mailer"));
        (await shop.DeployAsync()).EndedWith(0);
        (await shop.RunAsync("plan")).EndedWith(0).Says("Nothing would change.");

        var updated = shop.With("Model__Tags__mailer", "1.1");
        (await updated.RunAsync("plan")).EndedWith(2).Says("~ MailerStack");
        (await updated.DeployAsync()).EndedWith(0);
        Assert.Equal(["mailer 1/1 shop-mailer:2", "worker 1/1 shop-worker:1"], await account.ServicesAsync("worker", "mailer"));

        await account.Aws.FailTasksAsync(
            new
            {
                service = "worker",
                kind = "Exit",
                exitCode = 5,
                logs = new[] { "Out of ideas" },
            }
        );
        (await shop.With("Model__Tags__worker", "1.1").DeployAsync())
            .EndedWith(1)
            .Says("container worker: exit code 5", "| Out of ideas", "Rolled back to shop-worker:1");
        await account.Aws.RemoveRulesAsync();

        (await shop.RunAsync("destroy", "--yes", "--data")).EndedWith(0);
        Assert.Empty((await account.Aws.AwsCli("cloudformation", "describe-stacks"))["Stacks"]!.AsArray());
    }

    [Fact]
    public async Task A_template_that_is_too_large_for_a_call_goes_by_the_foundation_s_bucket()
    {
        await account.Aws.ForgetCallsAsync();
        var shop = await new Shop(account.Aws, "large worker").DeployedAsync();
        var calls = await account.CallsAsync();
        Assert.Contains(calls, call => (string)call!["service"]! == "s3" && (string)call["operation"]! == "PUT");
        Account.AssertOwnersAreSaid(calls);
        Assert.Equal(["worker 1/1 shop-worker:1"], await account.ServicesAsync("worker"));
        var template = await account.Aws.AwsCli("cloudformation", "get-template", "--stack-name", "shop");
        Assert.True(template.ToJsonString().Length > 51_200);

        // What is there already is not looked for in the bucket.
        await account.Aws.ForgetCallsAsync();
        (await shop.DeployAsync()).EndedWith(0).Says("Changed for shop", "nothing");
        Assert.DoesNotContain(await account.Aws.CallsAsync(), call => call.Service == "s3");
    }
}
