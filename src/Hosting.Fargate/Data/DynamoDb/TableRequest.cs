using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Hosting.Fargate.Data;

/// <summary>A table as the API takes it, for where the application runs here.</summary>
internal static class TableRequest
{
    public static CreateTableRequest Of(Table table) =>
        new()
        {
            TableName = table.Name,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            AttributeDefinitions =
            [
                .. table.Attributes.Select(key => new AttributeDefinition(key.Name, ScalarAttributeType.FindValue(key.Letter))),
            ],
            KeySchema = SchemaOf(table.Schema),
            GlobalSecondaryIndexes = table.Indexes.IsEmpty
                ? null
                :
                [
                    .. table.Indexes.Select(index => new GlobalSecondaryIndex
                    {
                        IndexName = index.Name,
                        KeySchema = SchemaOf(index.Schema),
                        Projection = new Projection { ProjectionType = ProjectionType.ALL },
                    }),
                ],
        };

    private static List<KeySchemaElement> SchemaOf(KeySchema schema) =>
        [.. schema.Keys.Select(key => new KeySchemaElement(key.Key.Name, KeyType.FindValue(key.Role)))];
}
