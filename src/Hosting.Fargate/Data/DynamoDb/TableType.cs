using Amazon.DynamoDBv2.Model;
using Aws.CloudFormation;
using Hosting.Fargate.Aws;

namespace Hosting.Fargate.Data;

/// <summary>Tables as the account has them.</summary>
internal sealed class TableType : KeptType
{
    public const string Name = "AWS::DynamoDB::Table";

    public override string Type => Name;

    public override string NameProperty => "TableName";

    public override string? LookupAction => "dynamodb:DescribeTable";

    public override PolicyName? InPolicies => new("dynamodb", "table", Table.LongestName, "table/");

    public override string Tell(string physicalId) => $"table {physicalId} with its items";

    /// <summary>
    /// A table keeps its keys, and CloudFormation makes no second one of the same name; of indexes it makes or deletes one at a time:
    /// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html.
    /// </summary>
    public override string? RefuseChange(TemplateMap before, TemplateMap after)
    {
        if (KeysOf(before) is var old && KeysOf(after) is var wanted && old != wanted)
        {
            return $"its keys are {old}, and would be {wanted}. The keys of a table cannot change. Give it another name in the model and bring its items there; "
                + "the old one stays in the account.";
        }

        var had = Indexes(before);
        var has = Indexes(after);
        string[] changed = [.. had.Except(has, StringComparer.Ordinal), .. has.Except(had, StringComparer.Ordinal)];
        return changed.Length > 1
            ? $"the indexes {string.Join(" and ", changed)} would come or go at once, and DynamoDB takes one at a time. Deploy with one of these changes, then with the next."
            : null;
    }

    public override async Task<KeptResource?> FindAsync(
        AwsClients aws,
        AwsAccount account,
        string name,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await aws.DynamoDb.DescribeTableAsync(name, cancellationToken);
            return new KeptResource((NameProperty, name), $"table {name}");
        }
        catch (ResourceNotFoundException)
        {
            return null;
        }
    }

    private static string KeysOf(TemplateMap properties) =>
        string.Join(
            " and ",
            (properties["KeySchema"] as TemplateList ?? []).Select(key => key.At("AttributeName").AsText()).OfType<string>()
        );

    /// <summary>Each with its keys, for an index cannot change them either.</summary>
    private static List<string> Indexes(TemplateMap properties) =>
        [
            .. (properties["GlobalSecondaryIndexes"] as TemplateList ?? [])
                .OfType<TemplateMap>()
                .Select(index => $"{index["IndexName"].AsText()} ({KeysOf(index)})"),
        ];
}
