namespace Deploy.Tests;

/// <summary>
/// A cache's first replica and its last: failover is there as long as a replica is, and CloudFormation does both in one change in an order
/// that ElastiCache refuses.
/// </summary>
public sealed class CacheFailoverTests(Account account) : IClassFixture<Account>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await account.Aws.ResetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("worker cache")]
    [InlineData("worker cache migrate")]
    public async Task A_replica_comes_before_failover_and_goes_after_it(string parts)
    {
        var alone = await new Shop(account.Aws, parts).DeployedAsync();
        var copied = alone with { Parts = $"{parts} replica" };
        Assert.Equal(("1", "false"), await CacheAsync());

        (await copied.DeployAsync()).EndedWith(0).Says("✓ what holds data: basket", "✓ application");
        Assert.Equal(("2", "true"), await CacheAsync());
        (await copied.RunAsync("plan")).EndedWith(0);

        (await alone.DeployAsync()).EndedWith(0).Says("✓ what holds data: basket", "✓ application");
        Assert.Equal(("1", "false"), await CacheAsync());
    }

    private async Task<(string Nodes, string Failover)> CacheAsync()
    {
        var answer = await account.Aws.AwsCli("cloudformation", "get-template", "--stack-name", "shop");
        var cache = answer["TemplateBody"]!["Resources"]!["BasketCacheNodes"]!["Properties"]!;
        return (cache["NumCacheClusters"]!.ToJsonString(), cache["AutomaticFailoverEnabled"]!.ToJsonString());
    }
}
