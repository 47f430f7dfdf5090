using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Data;
using Hosting.Fargate.Publishing;

namespace Hosting.Fargate.Tests.Publishing.Options;

public sealed class TableTests
{
    private const string Existing = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders-of-old";

    [Fact]
    public async Task A_table_is_billed_by_request_kept_and_can_be_restored()
    {
        var published = await PublishAsync(orders => orders, TableAccess.Read);
        var foundation = published.Templates.Foundation;

        Assert.Equal("shop-orders", foundation.Property("OrdersTable", "TableName"));
        Assert.Equal("PAY_PER_REQUEST", foundation.Property("OrdersTable", "BillingMode"));
        Assert.Equal("[{AttributeName: customer, KeyType: HASH}]", foundation.Property("OrdersTable", "KeySchema"));
        Assert.Equal("true", foundation.Property("OrdersTable", "PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled"));
        Assert.Equal("RetainExceptOnCreate", foundation["OrdersTable"].DeletionPolicy);
        Assert.Null(foundation.Property("OrdersTable", "StreamSpecification"));
        Assert.Equal("Ref OrdersTableName", published.Template().Variable("api", "AWS__Resources__orders__TableName"));
    }

    [Fact]
    public async Task Options_of_a_table_are_in_its_template()
    {
        var published = await PublishAsync(
            orders =>
                orders
                    .WithSortKey(new DynamoDBKey("at", DynamoDBKeyType.Number))
                    .WithIndex("by-product", "product", new DynamoDBKey("at", DynamoDBKeyType.Number))
                    .WithTimeToLive("expires")
                    .WithoutPointInTimeRecovery(),
            TableAccess.Read
        );
        var foundation = published.Templates.Foundation;

        // An attribute is defined once, whatever number of keys it is in, and only where it is a key.
        Assert.Equal(
            "[{AttributeName: customer, AttributeType: S}, {AttributeName: at, AttributeType: N}, {AttributeName: product, AttributeType: S}]",
            foundation.Property("OrdersTable", "AttributeDefinitions")
        );
        Assert.Equal(
            "[{AttributeName: customer, KeyType: HASH}, {AttributeName: at, KeyType: RANGE}]",
            foundation.Property("OrdersTable", "KeySchema")
        );
        Assert.Contains("IndexName: by-product", foundation.Property("OrdersTable", "GlobalSecondaryIndexes"), StringComparison.Ordinal);
        Assert.Equal("{AttributeName: expires, Enabled: true}", foundation.Property("OrdersTable", "TimeToLiveSpecification"));
        Assert.Equal("false", foundation.Property("OrdersTable", "PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled"));
    }

    [Theory]
    [InlineData(TableAccess.Read, "GetItem", "PutItem")]
    [InlineData(TableAccess.Write, "PutItem", "GetItem")]
    [InlineData(TableAccess.ReadWrite, "PutItem", "DeleteTable")]
    public async Task Access_to_a_table_is_a_statement_on_it(TableAccess access, string allowed, string other)
    {
        var template = (await PublishAsync(orders => orders, access)).Template();
        var actions = template.Statement("ApiTaskRole", "OrdersItems").At("Action").Show();

        Assert.Contains($"dynamodb:{allowed}", actions, StringComparison.Ordinal);
        Assert.Contains("dynamodb:DescribeTable", actions, StringComparison.Ordinal);
        Assert.DoesNotContain($"dynamodb:{other}", actions, StringComparison.Ordinal);
        Assert.Equal("Ref OrdersTableArn", template.Statement("ApiTaskRole", "OrdersItems").At("Resource").Show());
        Assert.Null(template.Statement("ApiTaskRole", "OrdersIndexes"));
    }

    [Fact]
    public async Task Only_who_reads_may_query_indexes()
    {
        static IResourceBuilder<DynamoDBTableResource> Indexed(IResourceBuilder<DynamoDBTableResource> orders) =>
            orders.WithIndex("by-product", "product");
        var reads = (await PublishAsync(Indexed, TableAccess.Read)).Template();
        var writes = (await PublishAsync(Indexed, TableAccess.Write)).Template();

        Assert.Equal("Sub ${OrdersTableArn}/index/*", reads.Statement("ApiTaskRole", "OrdersIndexes").At("Resource").Show());
        Assert.Null(writes.Statement("ApiTaskRole", "OrdersIndexes"));
    }

    [Fact]
    public async Task A_table_that_exists_is_used_and_not_made()
    {
        var published = await PublishAsync(orders => orders.UseExisting(Existing), TableAccess.ReadWrite);

        Assert.Empty(published.Templates.Foundation.OfType("AWS::DynamoDB::Table"));
        Assert.Equal("orders-of-old", published.Template().Variable("api", "AWS__Resources__orders__TableName"));
        Assert.Equal(Existing, published.Template().Statement("ApiTaskRole", "OrdersItems").At("Resource").Show());
        Assert.Equal($"{Existing}/index/*", published.Template().Statement("ApiTaskRole", "OrdersIndexes").At("Resource").Show());
    }

    [Fact]
    public async Task A_network_of_its_own_has_a_free_way_to_tables()
    {
        Assert.Equal(
            "Gateway",
            (await PublishAsync(orders => orders, TableAccess.Read)).Template().Property("DynamodbEndpoint", "VpcEndpointType")
        );
        Assert.False((await Published.ModelAsync(builder => builder.AddWeb("api"))).Template().Contains("DynamodbEndpoint"));
    }

    [Fact]
    public async Task What_stands_in_for_DynamoDB_here_is_not_published()
    {
        var published = await PublishAsync(
            orders =>
                orders.RunAt(
                    orders
                        .ApplicationBuilder.AddContainer("dynamodb", "amazon/dynamodb-local")
                        .WithHttpEndpoint(targetPort: 8000)
                        .GetEndpoint("http")
                ),
            TableAccess.Read
        );

        Assert.Equal(["api"], published.Application.Services.Select(service => service.Name));
    }

    [Fact]
    public void Keys_that_DynamoDB_would_refuse_are_refused_where_they_are_said()
    {
        var orders = DistributedApplication.CreateBuilder().AddDynamoDBTable("orders", "customer");

        Assert.Throws<ArgumentException>(() => orders.WithSortKey("customer"));
        Assert.Throws<ArgumentException>(() => orders.WithSortKey(" "));
        Assert.Throws<ArgumentException>(() => orders.WithIndex("x", "product"));
        Assert.Contains(
            "'customer' of 'orders' is a String already, and would be a Number here.",
            Assert
                .Throws<ArgumentException>(() => orders.WithIndex("by-number", new DynamoDBKey("customer", DynamoDBKeyType.Number)))
                .Message,
            StringComparison.Ordinal
        );
        orders.WithIndex("by-product", "product");
        Assert.Throws<ArgumentException>(() => orders.WithIndex("by-product", "other"));
        Assert.Throws<ArgumentException>(() => orders.UseExisting("orders"));
        for (var index = 2; index <= 20; index++)
        {
            orders.WithIndex($"by-{index}", "product");
        }

        Assert.Throws<InvalidOperationException>(() => orders.WithIndex("by-21", "product"));
    }

    [Fact]
    public void Changes_that_AWS_would_not_make_are_refused_before_they_begin()
    {
        var type = new TableType();
        TemplateMap Of(KeySchema schema, params string[] indexes) =>
            new Table("orders", schema, [.. indexes.Select(name => new TableIndex(name, new KeySchema("product", null)))], null, true, null)
                .Compose("shop")
                .Single()
                .Properties;
        var keys = new KeySchema("customer", null);

        Assert.Null(type.RefuseChange(Of(keys), Of(keys)));
        Assert.Null(type.RefuseChange(Of(keys, "one"), Of(keys, "one", "two")));
        Assert.Equal(
            "the indexes one () and two () would come or go at once, and DynamoDB takes one at a time. Deploy with one of these changes, then with the next.".Replace(
                "()",
                "(product)",
                StringComparison.Ordinal
            ),
            type.RefuseChange(Of(keys, "one"), Of(keys, "two"))
        );
        Assert.StartsWith(
            "its keys are customer, and would be customer and at.",
            type.RefuseChange(Of(keys), Of(keys with { Sort = "at" })),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Where_it_runs_here_must_be_said()
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = [], DisableDashboard = true });
        builder.AddDynamoDBTable("orders", "customer");
        await using var app = builder.Build();

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.StartAsync());

        Assert.Contains("'orders' has nowhere to be", failure.Message, StringComparison.Ordinal);
        Assert.Contains(".RunAt(dynamodb.GetEndpoint(\"http\"))", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_of_AWS_is_used_here_too_but_not_beside_the_emulator()
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = [], DisableDashboard = true });
        var orders = builder.AddDynamoDBTable("orders", "customer").UseExisting(Existing);
        orders.Resource.TableName.SetValue("orders-of-old");
        var api = builder.AddContainer("api", "nginx").WithReference(orders, TableAccess.Read);
        var both = builder
            .AddContainer("both", "nginx")
            .WithReference(orders, TableAccess.Read)
            .WithReference(builder.AddSqsQueue("jobs"), QueueAccess.Send);

        var variables = await VariablesAsync(builder, api.Resource);

        Assert.Equal("eu-west-1", variables["AWS_REGION"]);
        Assert.DoesNotContain("AWS_ENDPOINT_URL_DYNAMODB", variables.Keys);
        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => VariablesAsync(builder, both.Resource));
        Assert.Contains("'both' uses 'orders', which is AWS's own, and 'jobs' of the emulator", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<Dictionary<string, object>> VariablesAsync(IDistributedApplicationBuilder builder, IResource resource)
    {
        var context = new EnvironmentCallbackContext(builder.ExecutionContext, resource);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await annotation.Callback(context);
        }

        return context.EnvironmentVariables;
    }

    private static Task<Publication> PublishAsync(
        Func<IResourceBuilder<DynamoDBTableResource>, IResourceBuilder<DynamoDBTableResource>> table,
        TableAccess access
    ) =>
        Published.ModelAsync(builder => builder.AddWeb("api").WithReference(table(builder.AddDynamoDBTable("orders", "customer")), access));
}
