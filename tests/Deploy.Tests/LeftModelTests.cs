namespace Deploy.Tests;

/// <summary>
/// Databases and brokers that leave the model stay until it is agreed that they go, and are what they were when they come back.
/// </summary>
public sealed class LeftModelTests(Account account) : IClassFixture<Account>, IAsyncLifetime
{
    private Shop With => new(account.Aws, "worker postgres");

    private Shop Without => new(account.Aws, "worker");

    public async ValueTask InitializeAsync() => await account.Aws.ResetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_database_that_leaves_the_model_stays_is_told_and_is_taken_up_when_it_comes_back()
    {
        await With.DeployedAsync();
        var name = (await account.ResourceAsync("PgDatabase"))!;
        const string told =
            "PgDatabase (AWS::RDS::DBInstance) is no longer in the model. It stays in the stack with its data, and goes on costing. Back in the model under its "
            + "name, it is taken up as it is; --allow-data-loss PgDatabase deletes it, and leaves a final snapshot.";

        (await Without.RunAsync("plan")).EndedWith(2).Says(told);
        (await Without.DeployAsync()).EndedWith(0).Says(told);
        Assert.Equal(name, await account.ResourceAsync("PgDatabase"));
        Assert.Null(await account.ResourceAsync("PgShellTaskDefinition"));
        (await Without.RunAsync("plan")).EndedWith(0).Says("Nothing would change.", told);
        (await Without.RunAsync("status")).EndedWith(0).Says("Pg: a database of RDS, available");

        // Nor does another change take it away.
        await (Without with { Tag = "2.0" }).DeployedAsync();
        var back = (await With.RunAsync("plan")).EndedWith(2).Output;
        Assert.DoesNotContain("PgDatabase  ", back, StringComparison.Ordinal);
        await With.DeployedAsync();
        Assert.Equal(name, await account.ResourceAsync("PgDatabase"));
        (await With.RunAsync("plan")).EndedWith(0);
    }

    [Fact]
    public async Task It_goes_where_that_is_agreed_by_name()
    {
        await With.DeployedAsync();
        await Without.DeployedAsync();
        var name = (await account.ResourceAsync("PgDatabase"))!;

        (await Without.RunAsync("deploy", "--yes", "--allow-data-loss", "pg"))
            .EndedWith(0)
            .Says("CAREFUL: PgDatabase (AWS::RDS::DBInstance) is deleted with its data.", $"{name}: its deletion protection is lifted");
        Assert.Null(await account.ResourceAsync("PgDatabase"));
        Assert.Null(await account.ResourceAsync("DataSubnetA"));
        Assert.Single((await account.Aws.AwsCli("rds", "describe-db-snapshots"))["DBSnapshots"]!.AsArray());
    }

    [Fact]
    public async Task One_that_another_takes_the_place_of_does_not_stay_in_silence()
    {
        await With.DeployedAsync();

        (await new Shop(account.Aws, "worker postgres aurora").DeployAsync()).EndedWith(1).Says("Agree to that with --allow-data-loss pg.");
        (await new Shop(account.Aws, "worker broker").DeployAsync())
            .EndedWith(1)
            .Says("The database 'PgDatabase' is no longer in the model, and would be deleted; a final snapshot of it would stay.");
    }

    [Fact]
    public async Task A_broker_stays_too_and_all_of_it_goes_with_the_data()
    {
        await new Shop(account.Aws, "worker broker").DeployedAsync();
        var name = (await account.ResourceAsync("MessagingBroker"))!;

        (await Without.DeployAsync()).EndedWith(0).Says("MessagingBroker (AWS::AmazonMQ::Broker) is no longer in the model.");
        Assert.Equal(name, await account.ResourceAsync("MessagingBroker"));
        (await Without.RunAsync("destroy", "--data", "--yes")).EndedWith(0).Says($"Goes: the broker '{name}' with its messages");
        Assert.Null(await account.StackAsync("shop"));
    }
}
