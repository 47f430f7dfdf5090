using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate;

/// <summary>Keys of tables, as AppHosts in other languages write them: a name, and a type where it is no text.</summary>
internal static class PolyglotTables
{
    /// <summary>Adds a table of Amazon DynamoDB, which is billed by request.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="partitionKey">The attribute by which items are found.</param>
    /// <param name="keyType">The type of its values.</param>
    [AspireExport("addDynamoDBTable")]
    public static IResourceBuilder<DynamoDBTableResource> AddTable(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string partitionKey,
        DynamoDBKeyType keyType = DynamoDBKeyType.String
    ) => builder.AddDynamoDBTable(name, new DynamoDBKey(partitionKey, keyType));

    /// <summary>Orders the items of a partition key by another attribute.</summary>
    /// <param name="builder">The table.</param>
    /// <param name="sortKey">The attribute.</param>
    /// <param name="keyType">The type of its values.</param>
    [AspireExport("withSortKey")]
    public static IResourceBuilder<DynamoDBTableResource> WithTableSortKey(
        this IResourceBuilder<DynamoDBTableResource> builder,
        string sortKey,
        DynamoDBKeyType keyType = DynamoDBKeyType.String
    ) => builder.WithSortKey(new DynamoDBKey(sortKey, keyType));

    /// <summary>Adds an index by which items are found too, with all their attributes.</summary>
    /// <param name="builder">The table.</param>
    /// <param name="name">The name of the index.</param>
    /// <param name="partitionKey">The attribute by which items are found in it.</param>
    /// <param name="sortKey">The attribute by which they are in order; none where it is left out.</param>
    /// <param name="partitionKeyType">The type of the first.</param>
    /// <param name="sortKeyType">The type of the second.</param>
    [AspireExport("withIndex")]
    public static IResourceBuilder<DynamoDBTableResource> WithTableIndex(
        this IResourceBuilder<DynamoDBTableResource> builder,
        string name,
        string partitionKey,
        string? sortKey = null,
        DynamoDBKeyType partitionKeyType = DynamoDBKeyType.String,
        DynamoDBKeyType sortKeyType = DynamoDBKeyType.String
    ) =>
        builder.WithIndex(
            name,
            new DynamoDBKey(partitionKey, partitionKeyType),
            sortKey is null ? null : new DynamoDBKey(sortKey, sortKeyType)
        );
}
