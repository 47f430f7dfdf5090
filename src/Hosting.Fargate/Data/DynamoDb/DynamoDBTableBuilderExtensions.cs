using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate;

namespace Aspire.Hosting;

/// <summary>Tables in a model.</summary>
public static partial class DynamoDBTableBuilderExtensions
{
    /// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html.</summary>
    private const int MostIndexes = 20;

    /// <summary>
    /// Adds a DynamoDB table, which is billed by request and can be restored to any second of the last 35 days. In run mode it is where
    /// <see cref="RunAt"/> says, or a table that exists: <see cref="UseExisting"/>.
    /// </summary>
    /// <param name="builder">The application's builder.</param>
    /// <param name="name">The table's name in the model: 1 to 64 letters, digits and hyphens.</param>
    /// <param name="partitionKey">The key by which DynamoDB spreads items: a name is one of text.</param>
    /// <exception cref="ArgumentException">The key has no name.</exception>
    [AspireExportIgnore(Reason = "Keys are named by texts in other languages: addDynamoDBTable.")]
    public static IResourceBuilder<DynamoDBTableResource> AddDynamoDBTable(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        DynamoDBKey partitionKey
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        ThrowIfUnnamed(partitionKey);
        return builder.AddAwsResource(new DynamoDBTableResource(name, partitionKey), "DynamoDBTable", "Table");
    }

    /// <summary>
    /// Has several items of one partition key, in the order of another attribute. The keys of a table cannot change any more once it is
    /// made.
    /// </summary>
    /// <param name="builder">The table's builder.</param>
    /// <param name="sortKey">The attribute: a name is one of text.</param>
    /// <exception cref="ArgumentException">The key has no name, or is a key already.</exception>
    [AspireExportIgnore(Reason = "Keys are named by texts in other languages: withSortKey.")]
    public static IResourceBuilder<DynamoDBTableResource> WithSortKey(
        this IResourceBuilder<DynamoDBTableResource> builder,
        DynamoDBKey sortKey
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        Check(builder.Resource, builder.Resource.PartitionKey, sortKey);
        builder.Resource.SortKey = sortKey;
        return builder;
    }

    /// <summary>Has the items found by other keys too: a global secondary index with all attributes.</summary>
    /// <param name="builder">The table's builder.</param>
    /// <param name="name">The index's name: 3 to 255 letters, digits and <c>_.-</c>.</param>
    /// <param name="partitionKey">The attribute by which items are found.</param>
    /// <param name="sortKey">The attribute whose order those have that are found; null for none.</param>
    /// <exception cref="ArgumentException">The name is none, or there; a key has no name, or another type elsewhere in the
    /// table.</exception>
    /// <exception cref="InvalidOperationException">The table has 20 indexes, and takes no more.</exception>
    [AspireExportIgnore(Reason = "Keys are named by texts in other languages: withIndex.")]
    public static IResourceBuilder<DynamoDBTableResource> WithIndex(
        this IResourceBuilder<DynamoDBTableResource> builder,
        string name,
        DynamoDBKey partitionKey,
        DynamoDBKey? sortKey = null
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        var table = builder.Resource;
        if (!IndexName().Takes(name))
        {
            throw new ArgumentException($"'{name}' is no name of an index: DynamoDB takes 3 to 255 letters, digits and _.-", nameof(name));
        }

        if (table.Indexes.Exists(index => index.Name == name))
        {
            throw new ArgumentException($"'{table.Name}' has an index '{name}' already. Give this one another name.", nameof(name));
        }

        if (table.Indexes.Count == MostIndexes)
        {
            throw new InvalidOperationException($"'{table.Name}' has {MostIndexes} indexes, and DynamoDB takes no more for a table.");
        }

        ThrowIfUnnamed(partitionKey);
        Check(table, partitionKey, sortKey);
        table.Indexes.Add(new TableIndex(name, new KeySchema(partitionKey, sortKey)));
        return builder;
    }

    /// <summary>Deletes items by themselves, within days after the second that an attribute of theirs has.</summary>
    /// <param name="builder">The table's builder.</param>
    /// <param name="attribute">The attribute, a number: seconds since 1970.</param>
    /// <exception cref="ArgumentException">It is empty.</exception>
    [AspireExport]
    public static IResourceBuilder<DynamoDBTableResource> WithTimeToLive(
        this IResourceBuilder<DynamoDBTableResource> builder,
        string attribute
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(attribute);
        builder.Resource.TimeToLive = attribute;
        return builder;
    }

    /// <summary>Saves the price of being able to restore the table: what is deleted by mistake is gone.</summary>
    [AspireExport]
    public static IResourceBuilder<DynamoDBTableResource> WithoutPointInTimeRecovery(this IResourceBuilder<DynamoDBTableResource> builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.HasPointInTimeRecovery = false;
        return builder;
    }

    /// <summary>
    /// Uses a table that exists, in place of making one: where the model is published, and here too unless <see cref="RunAt"/> says
    /// otherwise.
    /// </summary>
    /// <param name="builder">The table's builder.</param>
    /// <param name="arn">Its ARN, <c>arn:aws:dynamodb:region:account:table/name</c>.</param>
    /// <exception cref="ArgumentException">It is no table's ARN.</exception>
    [AspireExport("useExistingTable", MethodName = "useExisting")]
    public static IResourceBuilder<DynamoDBTableResource> UseExisting(this IResourceBuilder<DynamoDBTableResource> builder, string arn)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.ExistingArn = TableArn().Takes(arn)
            ? arn
            : throw new ArgumentException(
                $"'{arn}' is no table's ARN, such as arn:aws:dynamodb:eu-west-1:123456789012:table/orders.",
                nameof(arn)
            );
        return builder;
    }

    /// <summary>
    /// Says where the table is when the application runs here: at something that speaks DynamoDB's API, such as a container of
    /// amazon/dynamodb-local. The table is made there as soon as that is ready. Published, the model does not have what listens there.
    /// </summary>
    /// <param name="builder">The table's builder.</param>
    /// <param name="endpoint">Its HTTP endpoint.</param>
    /// <exception cref="InvalidOperationException">It was said already.</exception>
    [AspireExport]
    public static IResourceBuilder<DynamoDBTableResource> RunAt(
        this IResourceBuilder<DynamoDBTableResource> builder,
        EndpointReference endpoint
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(endpoint);
        if (builder.ApplicationBuilder.ExecutionContext.IsRunMode)
        {
            builder.RunIn(endpoint);
        }
        else
        {
            builder.ApplicationBuilder.CreateResourceBuilder(endpoint.Resource).ExcludeFromManifest();
        }

        return builder;
    }

    /// <summary>
    /// Lets a service use a table: its configuration gets <c>AWS:Resources:NAME:TableName</c>; deployed, its role gets what
    /// <paramref name="access"/> says.
    /// </summary>
    [AspireExportIgnore(Reason = "Flags have no form in other languages: withTableReference takes several.")]
    public static IResourceBuilder<T> WithReference<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<DynamoDBTableResource> table,
        TableAccess access
    )
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(table);
        return builder.WithAwsResource(table.Resource, access);
    }

    private static void ThrowIfUnnamed(DynamoDBKey key, [CallerArgumentExpression(nameof(key))] string? parameter = null)
    {
        ArgumentNullException.ThrowIfNull(key, parameter);
        ArgumentException.ThrowIfNullOrWhiteSpace(key.Name, parameter);
    }

    private static void Check(DynamoDBTableResource table, DynamoDBKey partitionKey, DynamoDBKey? sortKey)
    {
        if (sortKey is not null)
        {
            ThrowIfUnnamed(sortKey);
            if (sortKey.Name == partitionKey.Name)
            {
                throw new ArgumentException(
                    $"'{sortKey.Name}' is the partition key already. The sort key is another attribute.",
                    nameof(sortKey)
                );
            }
        }

        var keys = table.Indexes.SelectMany(index => index.Schema.Keys).Select(key => key.Key).Concat([table.PartitionKey, table.SortKey]);
        foreach (var key in new[] { partitionKey, sortKey }.OfType<DynamoDBKey>())
        {
            if (keys.OfType<DynamoDBKey>().FirstOrDefault(other => other.Name == key.Name && other.Type != key.Type) is { } other)
            {
                throw new ArgumentException(
                    $"'{key.Name}' of '{table.Name}' is a {other.Type} already, and would be a {key.Type} here. An attribute has one type in all keys."
                );
            }
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_.-]{3,255}$")]
    private static partial Regex IndexName();

    [GeneratedRegex("^arn:[a-z-]+:dynamodb:[a-z0-9-]+:[0-9]{12}:table/[A-Za-z0-9_.-]{3,255}$")]
    private static partial Regex TableArn();
}
