using System.Collections.Immutable;
using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Costs;

namespace Hosting.Fargate.Data;

/// <summary>A table of the model.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="Schema">Its keys.</param>
/// <param name="Indexes">Its global secondary indexes.</param>
/// <param name="TimeToLive">The attribute with the second at which an item expires; null where none does.</param>
/// <param name="IsRecoverable">Whether it can be restored to any second of the last 35 days.</param>
/// <param name="Existing">The ARN where the table is there already.</param>
internal sealed record Table(
    string Name,
    KeySchema Schema,
    ImmutableArray<TableIndex> Indexes,
    string? TimeToLive,
    bool IsRecoverable,
    string? Existing
) : DataResource(Name, Existing)
{
    /// <summary>
    /// Characters: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html.
    /// </summary>
    public const int LongestName = 255;

    private const string Metrics = "AWS/DynamoDB";

    private static readonly string[] s_read =
    [
        "dynamodb:BatchGetItem",
        "dynamodb:ConditionCheckItem",
        "dynamodb:GetItem",
        "dynamodb:PartiQLSelect",
        "dynamodb:Query",
        "dynamodb:Scan",
    ];

    private static readonly string[] s_write =
    [
        "dynamodb:BatchWriteItem",
        "dynamodb:ConditionCheckItem",
        "dynamodb:DeleteItem",
        "dynamodb:PartiQLDelete",
        "dynamodb:PartiQLInsert",
        "dynamodb:PartiQLUpdate",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
    ];

    public override string Type => TableType.Name;

    public override string Noun => "table";

    public override string Service => "DynamoDB";

    public override string How =>
        string.Join(
            ", ",
            new[]
            {
                "by " + string.Join(" and ", Schema.Keys.Select(key => key.Key.Name)),
                Indexes.IsEmpty ? null : $"indexes {string.Join(" and ", Indexes.Select(index => index.Name))}",
                TimeToLive is null ? null : $"items expire by {TimeToLive}",
                Existing is not null ? null
                : IsRecoverable ? "can be restored to any second of 35 days"
                : "no backups",
            }.OfType<string>()
        );

    /// <summary>A route to it costs nothing: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-ddb.html.</summary>
    public override DataEndpoint? Endpoint =>
        new("dynamodb", "free, and keeps what goes to and from tables off the internet and the NAT gateways", IsGateway: true);

    public override UncountedCost? Cost =>
        new(
            "Tables",
            $"{CostText.Price(Prices.MillionTableWrites)} for a million writes of up to 1 KB, {CostText.Price(Prices.MillionTableReads)} for a million reads of up to "
                + $"4 KB, {CostText.PerGigabyteMonth(Prices.TableGigabyteMonth)} after the account's first 25, and {CostText.PerGigabyteMonth(Prices.TableRecoveryGigabyteMonth)} "
                + "to be able to restore it"
        );

    public override IEnumerable<DataOutput> Outputs => [new("TableName", Fn.Ref(TableId)), new("TableArn", Fn.GetAtt(TableId, "Arn"))];

    /// <summary>
    /// Of one that takes as much as comes, what is too much: a key that all ask for, or more than twice what it ever had.
    /// </summary>
    public override IEnumerable<MetricAlarm> Alarms => [Throttles("Read", "reads"), Throttles("Write", "writes")];

    public override IReadOnlyList<DataChart> Charts
    {
        get
        {
            var name = InText("TableName");
            ChartLine Metric(string metric, string label) => new(label, Metrics, metric, "TableName", name);
            return
            [
                new(
                    $"{Name}: capacity that requests took",
                    "Sum",
                    [Metric("ConsumedReadCapacityUnits", "read"), Metric("ConsumedWriteCapacityUnits", "written")]
                ),
                new(
                    $"{Name}: requests that were too many",
                    "Sum",
                    [Metric("ReadThrottleEvents", "reads"), Metric("WriteThrottleEvents", "writes")]
                ),
            ];
        }
    }

    /// <summary>The attributes that are keys, each once.</summary>
    public IEnumerable<DynamoDBKey> Attributes =>
        Indexes
            .Select(index => index.Schema)
            .Prepend(Schema)
            .SelectMany(schema => schema.Keys)
            .Select(key => key.Key)
            .DistinctBy(key => key.Name);

    private string TableId => $"{Id}Table";

    public override string? RefuseName(string application) =>
        $"{application}-{Name}".Length <= LongestName
            ? null
            : $"'{Name}' would have the table {application}-{Name}, and DynamoDB takes {LongestName} characters. Shorten the name of the environment or of the table.";

    public override IEnumerable<string> Verbs(Enum access)
    {
        if (access.HasFlag(TableAccess.Read))
        {
            yield return "reads";
        }

        if (access.HasFlag(TableAccess.Write))
        {
            yield return "writes";
        }
    }

    public override IEnumerable<Statement> Statements(Workload workload, DataGrant grant)
    {
        var arn = Attribute("TableArn");
        List<string> actions = [];
        if (grant.Access.HasFlag(TableAccess.Read))
        {
            actions.AddRange(s_read);
        }

        if (grant.Access.HasFlag(TableAccess.Write))
        {
            actions.AddRange(s_write);
        }

        // Clients look at a table before they use it; only queries and scans go to an index, of one that exists perhaps too.
        TemplateNode indexes = Existing is null ? Fn.Sub($"{InText("TableArn")}/index/*") : $"{Existing}/index/*";
        yield return new($"{Id}Items", [.. actions.Append("dynamodb:DescribeTable").Distinct().Order(StringComparer.Ordinal)], [arn])
        {
            Comment = grant.Reason,
        };
        if (grant.Access.HasFlag(TableAccess.Read) && (Existing is not null || !Indexes.IsEmpty))
        {
            yield return new($"{Id}Indexes", ["dynamodb:PartiQLSelect", "dynamodb:Query", "dynamodb:Scan"], [indexes])
            {
                Comment = grant.Reason,
            };
        }
    }

    public override IEnumerable<TemplateResource> Compose(string application) =>
        [
            Kept.Resource(
                new(TableId, Type)
                {
                    Comment = $"AddDynamoDBTable(\"{Name}\"): billed by request, encrypted",
                    Properties = new()
                    {
                        ["TableName"] = $"{application}-{Name}",
                        ["BillingMode"] = "PAY_PER_REQUEST",
                        ["AttributeDefinitions"] = new TemplateList(
                            Attributes.Select(key =>
                                (TemplateNode)new TemplateMap { ["AttributeName"] = key.Name, ["AttributeType"] = key.Letter }
                            )
                        ),
                        ["KeySchema"] = SchemaOf(Schema),
                        ["GlobalSecondaryIndexes"] = Indexes.IsEmpty
                            ? null
                            : new TemplateList(
                                Indexes.Select(index =>
                                    (TemplateNode)
                                        new TemplateMap
                                        {
                                            ["IndexName"] = index.Name,
                                            ["KeySchema"] = SchemaOf(index.Schema),
                                            ["Projection"] = new TemplateMap { ["ProjectionType"] = "ALL" },
                                        }
                                )
                            ),
                        ["TimeToLiveSpecification"] = TimeToLive is null
                            ? null
                            : new TemplateMap { ["AttributeName"] = TimeToLive, ["Enabled"] = true },
                        ["PointInTimeRecoverySpecification"] = new TemplateMap { ["PointInTimeRecoveryEnabled"] = IsRecoverable },
                    },
                }
            ),
        ];

    protected override TemplateNode? Known(string property) =>
        property switch
        {
            "TableArn" => Existing!,
            "TableName" => Existing![(Existing!.LastIndexOf('/') + 1)..],
            _ => null,
        };

    private MetricAlarm Throttles(string kind, string what) =>
        new(
            $"{Id}{kind}ThrottlesAlarm",
            $"{Name} refuses {what} that are more than it, or one of its partition keys, takes: five minutes on end",
            Metrics,
            $"{kind}ThrottleEvents",
            new TemplateMap { ["TableName"] = Attribute("TableName") },
            Threshold: 0,
            Periods: 5,
            Statistic: "Sum"
        );

    private static TemplateList SchemaOf(KeySchema schema) =>
        new(schema.Keys.Select(key => (TemplateNode)new TemplateMap { ["AttributeName"] = key.Key.Name, ["KeyType"] = key.Role }));
}
