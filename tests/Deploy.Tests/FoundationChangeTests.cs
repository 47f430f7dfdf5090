namespace Deploy.Tests;

/// <summary>
/// What the foundation gives the application can change and go while the application uses it. As exports it could not:
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html.
/// </summary>
public sealed class FoundationChangeTests(Account account) : IClassFixture<Account>, IAsyncLifetime
{
    private const string QueueUrl = "AWS__Resources__orders__QueueUrl";

    private EmulatedAws Aws => account.Aws;

    public async ValueTask InitializeAsync() => await Aws.ResetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_queue_that_is_replaced_reaches_the_service_in_the_same_deploy()
    {
        await new Shop(Aws, "worker queue").DeployedAsync();
        Assert.EndsWith("/shop-orders", await VariableAsync());

        var renamed = new Shop(Aws, "worker queue renamed");
        (await renamed.RunAsync("plan"))
            .EndedWith(2)
            .Says(
                "! OrdersQueue",
                "CAREFUL: OrdersQueue (AWS::SQS::Queue) is replaced.",
                "What refers in 'shop' to what is replaced in 'shop-foundation' gets its new name in the same deploy."
            );
        (await renamed.DeployAsync()).EndedWith(0);

        Assert.EndsWith("/shop-orders-2", await VariableAsync());
        Assert.Equal(["worker 1/1 shop-worker:2"], await account.ServicesAsync("worker"));
        Assert.Equal(
            ["shop-orders", "shop-orders-2"],
            (await QueuesAsync()).Where(name => !name.Contains("dead", StringComparison.OrdinalIgnoreCase))
        );
    }

    [Fact]
    public async Task A_queue_that_is_exchanged_for_one_that_exists_leaves_the_foundation()
    {
        await new Shop(Aws, "worker queue").DeployedAsync();
        await Aws.AwsCli("sqs", "create-queue", "--queue-name", "others");

        (await new Shop(Aws, "worker queue existing").DeployAsync()).EndedWith(0).Says("Kept in the account");

        Assert.EndsWith("/others", await VariableAsync());
        Assert.Contains("shop-orders", await QueuesAsync());
        var resources = (await Aws.AwsCli("cloudformation", "describe-stack-resources", "--stack-name", "shop-foundation"))[
            "StackResources"
        ]!.AsArray();
        Assert.DoesNotContain(resources, resource => (string)resource!["ResourceType"]! == "AWS::SQS::Queue");
    }

    /// <summary>The address of the queue that the service was told.</summary>
    private async Task<string> VariableAsync()
    {
        var service = (await Aws.AwsCli("ecs", "describe-services", "--cluster", "shop", "--services", "worker"))["services"]![0]!;
        var definition = (await Aws.AwsCli("ecs", "describe-task-definition", "--task-definition", (string)service["taskDefinition"]!))[
            "taskDefinition"
        ]!;
        return (string)
            definition["containerDefinitions"]![0]!["environment"]!.AsArray().Single(variable => (string)variable!["name"]! == QueueUrl)![
                "value"
            ]!;
    }

    private async Task<IReadOnlyList<string>> QueuesAsync() =>
        [
            .. (await Aws.AwsCli("sqs", "list-queues"))["QueueUrls"]!
                .AsArray()
                .Select(url => ((string)url!).Split('/')[^1])
                .Order(StringComparer.Ordinal),
        ];
}
