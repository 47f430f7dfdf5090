namespace Hosting.Fargate;

/// <summary>
/// The types that a key of a table can have:
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html.
/// </summary>
public enum DynamoDBKeyType
{
    /// <summary>Text: <c>S</c>.</summary>
    String,

    /// <summary>A number: <c>N</c>.</summary>
    Number,

    /// <summary>Bytes: <c>B</c>.</summary>
    Binary,
}
