using Amazon.DynamoDBv2.Model;
using Aspire.Hosting;
using Hosting.Fargate.Application;
using Hosting.Fargate.Data;

namespace Hosting.Fargate;

/// <summary>An Amazon DynamoDB table, billed by request.</summary>
[AspireExport]
public sealed class DynamoDBTableResource : AwsResource
{
    /// <summary>Creates a table.</summary>
    /// <param name="name">Its name in the model.</param>
    /// <param name="partitionKey">The key by which DynamoDB spreads items.</param>
    public DynamoDBTableResource(string name, DynamoDBKey partitionKey)
        : base(name)
    {
        PartitionKey = partitionKey;
        TableName = Output(nameof(TableName), "Table name");
        TableArn = Output(nameof(TableArn), "Table ARN");
    }

    /// <summary>The name of the table.</summary>
    public AwsResourceOutput TableName { get; }

    /// <summary>The ARN of the table.</summary>
    public AwsResourceOutput TableArn { get; }

    /// <summary>The key by which DynamoDB spreads items.</summary>
    public DynamoDBKey PartitionKey { get; }

    /// <summary>The key by which items of one partition key are in order; null where there is one item a partition key.</summary>
    public DynamoDBKey? SortKey { get; internal set; }

    /// <summary>The attribute with the second, since 1970, at which an item expires; null where none does.</summary>
    public string? TimeToLive { get; internal set; }

    /// <summary>Whether the table can be restored to any second of the last 35 days; it can unless the model says otherwise.</summary>
    public bool HasPointInTimeRecovery { get; internal set; } = true;

    internal List<TableIndex> Indexes { get; } = [];

    internal override IEnumerable<AwsResourceOutput> InjectedOutputs => [TableName];

    internal override string ServiceVariable => "DYNAMODB";

    internal override DataResource ToData() => ToTable();

    internal override string? KnownOutput(string property) =>
        property switch
        {
            nameof(TableArn) => ExistingArn,
            nameof(TableName) => ExistingArn?[(ExistingArn.LastIndexOf('/') + 1)..],
            _ => null,
        };

    internal override bool IsShared => false;

    internal override string NowhereToBe =>
        $"'{Name}' has nowhere to be when the application runs here: the emulator has queues and buckets, and no tables. Say where one that has them "
        + $"listens, such as a container of amazon/dynamodb-local: .{nameof(DynamoDBTableBuilderExtensions.RunAt)}(dynamodb.GetEndpoint(\"http\")). "
        + $"Or name a table that exists: .{nameof(DynamoDBTableBuilderExtensions.UseExisting)}(arn).";

    internal override async Task<bool> ExistsAsync(EmulatedAws aws, CancellationToken cancellationToken)
    {
        try
        {
            await aws.DynamoDb.DescribeTableAsync(Name, cancellationToken);
            return true;
        }
        catch (ResourceNotFoundException)
        {
            return false;
        }
    }

    internal override async Task CreateAsync(EmulatedAws aws, CancellationToken cancellationToken)
    {
        try
        {
            await aws.DynamoDb.CreateTableAsync(TableRequest.Of(ToTable()), cancellationToken);
        }
        catch (ResourceInUseException)
        {
            // Kept from an earlier run.
        }

        var made = await aws.DynamoDb.DescribeTableAsync(Name, cancellationToken);
        TableName.SetValue(Name);
        TableArn.SetValue(made.Table.TableArn);
    }

    private Table ToTable() =>
        new(Name, new KeySchema(PartitionKey, SortKey), [.. Indexes], TimeToLive, HasPointInTimeRecovery, ExistingArn);
}
