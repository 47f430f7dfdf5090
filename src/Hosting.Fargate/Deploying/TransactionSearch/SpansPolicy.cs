using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hosting.Fargate.Deploying.TransactionSearch;

/// <summary>
/// The resource policy of CloudWatch Logs that lets X-Ray write spans. Source:
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Transaction-Search-getting-started.html
/// </summary>
/// <param name="partition">The partition, such as <c>aws</c>.</param>
/// <param name="region">The region.</param>
/// <param name="account">The account's twelve digits.</param>
internal sealed class SpansPolicy(string partition, string region, string account)
{
    private const string Service = "xray.amazonaws.com";
    private const string Action = "logs:PutLogEvents";

    private string[] LogGroups =>
        [
            $"arn:{partition}:logs:{region}:{account}:log-group:aws/spans:*",
            $"arn:{partition}:logs:{region}:{account}:log-group:/aws/application-signals/data:*",
        ];

    private string Source => $"arn:{partition}:xray:{region}:{account}:*";

    /// <summary>The policy that is put where no other does what it does.</summary>
    public string Document =>
        JsonSerializer.Serialize(
            new Dictionary<string, object>
            {
                ["Version"] = "2012-10-17",
                ["Statement"] = new[]
                {
                    new Dictionary<string, object>
                    {
                        ["Sid"] = "TransactionSearchXRayAccess",
                        ["Effect"] = "Allow",
                        ["Principal"] = new { Service },
                        ["Action"] = Action,
                        ["Resource"] = LogGroups,
                        ["Condition"] = new Dictionary<string, object>
                        {
                            ["ArnLike"] = new Dictionary<string, string> { ["aws:SourceArn"] = Source },
                            ["StringEquals"] = new Dictionary<string, string> { ["aws:SourceAccount"] = account },
                        },
                    },
                },
            }
        );

    /// <summary>Whether policies that are there already let X-Ray write to both log groups. What is not understood counts as no.</summary>
    public bool IsGrantedBy(IEnumerable<string?> documents)
    {
        var granted = documents.SelectMany(Statements).Where(Grants).SelectMany(statement => Texts(statement, "Resource")).ToList();
        return LogGroups.All(group => granted.Any(pattern => Matches(pattern, group)));
    }

    private static IEnumerable<JsonElement> Statements(string? document)
    {
        try
        {
            var root = JsonElement.Parse(document ?? "");
            return root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("Statement", out var statements) ? []
                : statements.ValueKind == JsonValueKind.Array
                    ? [.. statements.EnumerateArray().Where(statement => statement.ValueKind == JsonValueKind.Object)]
                : statements.ValueKind == JsonValueKind.Object ? [statements]
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private bool Grants(JsonElement statement) =>
        Texts(statement, "Effect").SequenceEqual(["Allow"])
        && statement.TryGetProperty("Principal", out var principal)
        && (principal.ValueKind == JsonValueKind.String ? principal.GetString() == "*" : Texts(principal, "Service").Contains(Service))
        && Texts(statement, "Action").Any(action => Matches(action, Action, ignoreCase: true))
        && (
            !statement.TryGetProperty("Condition", out var conditions)
            || conditions.ValueKind == JsonValueKind.Object && conditions.EnumerateObject().All(IsMet)
        );

    private bool IsMet(JsonProperty condition) =>
        condition.Name is "ArnLike" or "ArnEquals" or "StringLike" or "StringEquals"
        && condition.Value.ValueKind == JsonValueKind.Object
        && condition
            .Value.EnumerateObject()
            .All(key =>
                key.Name.ToLowerInvariant() switch
                {
                    "aws:sourcearn" => Texts(condition.Value, key.Name).Any(pattern => Matches(pattern, Source)),
                    "aws:sourceaccount" => Texts(condition.Value, key.Name).Contains(account),
                    _ => false,
                }
            );

    /// <summary>One text or a list of them, as policies may have either.</summary>
    private static IEnumerable<string> Texts(JsonElement map, string name) =>
        map.ValueKind != JsonValueKind.Object || !map.TryGetProperty(name, out var value)
            ? []
            : value.ValueKind switch
            {
                JsonValueKind.String => [value.GetString()!],
                JsonValueKind.Array => value
                    .EnumerateArray()
                    .Where(item => item.ValueKind == JsonValueKind.String)
                    .Select(item => item.GetString()!),
                _ => [],
            };

    private static bool Matches(string pattern, string text, bool ignoreCase = false) =>
        Regex.IsMatch(
            text,
            $@"\A{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal)}\z",
            RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None)
        );
}
