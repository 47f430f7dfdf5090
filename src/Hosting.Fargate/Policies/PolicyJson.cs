using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hosting.Fargate.Policies;

/// <summary>A statement of a policy that allows.</summary>
/// <param name="Service">The service whose actions they are, as the statement is named by it.</param>
/// <param name="Actions">What is allowed, in order.</param>
/// <param name="Resources">On what, in order; <c>*</c> alone where AWS knows no resource for the actions.</param>
/// <param name="Condition">Operator, key and values, where it is limited further.</param>
internal sealed record AllowStatement(
    string Service,
    IReadOnlyList<string> Actions,
    IReadOnlyList<string> Resources,
    IReadOnlyList<PolicyCondition> Condition
);

internal sealed record PolicyCondition(string Operator, string Key, IReadOnlyList<string> Values);

/// <summary>Statements as IAM takes them.</summary>
internal static class PolicyJson
{
    private static readonly JsonSerializerOptions s_indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions s_compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="statements">What is allowed.</param>
    /// <param name="indented">For people; else without white space, as IAM counts its size.</param>
    public static string Write(IReadOnlyList<AllowStatement> statements, bool indented)
    {
        var list = new JsonArray();
        foreach (var (index, statement) in statements.Index())
        {
            var number = statements.Take(index).Count(other => other.Service == statement.Service) + 1;
            var node = new JsonObject
            {
                ["Sid"] = SidOf(statement.Service) + (number == 1 ? "" : number.ToString(CultureInfo.InvariantCulture)),
                ["Effect"] = "Allow",
                ["Action"] = OneOrMore(statement.Actions),
                ["Resource"] = OneOrMore(statement.Resources),
            };
            if (statement.Condition.Count > 0)
            {
                node["Condition"] = Condition(statement.Condition);
            }

            list.Add(node);
        }

        var policy = new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = list };
        return indented ? policy.ToJsonString(s_indented) + "\n" : policy.ToJsonString(s_compact);
    }

    private static JsonObject Condition(IReadOnlyList<PolicyCondition> conditions)
    {
        var operators = new JsonObject();
        foreach (var group in conditions.GroupBy(condition => condition.Operator, StringComparer.Ordinal))
        {
            var keys = new JsonObject();
            foreach (var condition in group)
            {
                keys.Add(condition.Key, OneOrMore(condition.Values));
            }

            operators[group.Key] = keys;
        }

        return operators;
    }

    private static string SidOf(string service)
    {
        var sid = new StringBuilder();
        foreach (var part in service == "*" ? ["without", "resource"] : service.Split('-'))
        {
            sid.Append(char.ToUpperInvariant(part[0])).Append(part.AsSpan(1));
        }

        return sid.ToString();
    }

    private static JsonNode OneOrMore(IReadOnlyList<string> values) =>
        values is [var only] ? only : new JsonArray([.. values.Select(value => (JsonNode)value)]);
}
