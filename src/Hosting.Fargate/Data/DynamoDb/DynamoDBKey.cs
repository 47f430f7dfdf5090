namespace Hosting.Fargate;

/// <summary>An attribute that is a key of a table or of an index.</summary>
/// <param name="Name">Its name: 1 to 255 bytes.</param>
/// <param name="Type">The type of its values.</param>
public sealed record DynamoDBKey(string Name, DynamoDBKeyType Type = DynamoDBKeyType.String)
{
    /// <summary>A text key of that name.</summary>
    public static implicit operator DynamoDBKey(string name) => new(name);

    /// <summary>As DynamoDB has the type.</summary>
    internal string Letter =>
        Type switch
        {
            DynamoDBKeyType.String => "S",
            DynamoDBKeyType.Number => "N",
            _ => "B",
        };
}

/// <summary>The keys by which items are found: in the table, or in an index.</summary>
/// <param name="Partition">Which part of the data.</param>
/// <param name="Sort">The order within it; null for one item a part.</param>
internal sealed record KeySchema(DynamoDBKey Partition, DynamoDBKey? Sort)
{
    public IEnumerable<(DynamoDBKey Key, string Role)> Keys =>
        Sort is null ? [(Partition, "HASH")] : [(Partition, "HASH"), (Sort, "RANGE")];
}

/// <summary>A global secondary index.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Schema">Its keys. All attributes are in it.</param>
internal sealed record TableIndex(string Name, KeySchema Schema);
