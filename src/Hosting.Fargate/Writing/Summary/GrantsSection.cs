using System.Text;
using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Markup;

namespace Hosting.Fargate.Writing;

/// <summary>
/// Every permission of every role with the reason it is there for: those on named resources, and apart from them those on all.
/// </summary>
internal static class GrantsSection
{
    public static string Write(IReadOnlyList<Template> templates)
    {
        var statements = RolePolicies.Statements(templates).ToLookup(statement => statement.IsUnlimited);
        string[] parts = [Named([.. statements[false]]), Unlimited(statements[true]), Managed(templates), Principals(templates)];
        return Markdown.Section("Permissions", string.Join('\n', parts.Where(part => part.Length > 0)));
    }

    private static string Named(IReadOnlyCollection<RoleStatement> statements)
    {
        var roles = new StringBuilder();
        foreach (var role in statements.GroupBy(statement => statement.Role, StringComparer.Ordinal))
        {
            var table = new MarkdownTable("May", "On", "Why");
            foreach (var statement in role)
            {
                table.Row(Actions(statement), Lines(statement.Resources), Why(statement));
            }

            roles.Append("\n### ").Append(Markdown.Code(role.Key)).Append("\n\n").Append(table);
        }

        return roles.Length == 0
            ? ""
            : $"As the templates have them. `${{X.Arn}}` is the ARN of the resource `X`{(NamesExports(statements) ? ", `stack:Name` what a stack exports" : "")}; "
                + "REGION and ACCOUNT are the stack's own.\n"
                + roles;
    }

    private static bool NamesExports(IEnumerable<RoleStatement> statements) =>
        statements.Any(statement =>
            statement.Resources.Any(resource => resource.Contains($"{StackNames.FoundationOf("")}:", StringComparison.Ordinal))
        );

    /// <summary>One line for all roles that have the same: with many services it is the same for each.</summary>
    private static string Unlimited(IEnumerable<RoleStatement> statements)
    {
        var table = new MarkdownTable("May", "On", "Why it is not less", "Roles");
        foreach (
            var group in statements.GroupBy(statement => new
            {
                Actions = Actions(statement),
                Resources = Lines(statement.Resources),
                Why = Why(statement),
            })
        )
        {
            table.Row(
                group.Key.Actions,
                group.Key.Resources,
                group.Key.Why,
                Markdown.Codes(group.Select(statement => statement.Role).Distinct(StringComparer.Ordinal))
            );
        }

        return table.Count == 0 ? "" : "### Not limited to named resources\n\n" + table;
    }

    private static string Managed(IReadOnlyList<Template> templates)
    {
        var table = new MarkdownTable("Role", "Has the policy", "Why");
        foreach (var policy in RolePolicies.ManagedPolicies(templates))
        {
            table.Row(Markdown.Code(policy.Role), Markdown.Code(policy.Arn), Markdown.Text(policy.Reason));
        }

        return table.Count == 0 ? "" : "### Policies that are kept elsewhere\n\n" + table;
    }

    private static string Principals(IReadOnlyList<Template> templates)
    {
        var list = Markdown.List(
            RolePolicies
                .Principals(templates)
                .Select(group => $"{Markdown.Code(group.Key)}: {Markdown.Codes(group.Distinct(StringComparer.Ordinal))}")
        );
        return list.Length == 0 ? "" : "### Who takes these roles\n\n" + list;
    }

    private static string Actions(RoleStatement statement) =>
        (statement.IsDenied ? "**must not** " : "") + Markdown.Codes(statement.Actions);

    private static string Why(RoleStatement statement) =>
        Markdown.Text(statement.Reason)
        + (statement.Sid.Length == 0 ? "" : $" ({Markdown.Text(statement.Sid)})")
        + (statement.Condition.Length == 0 ? "" : $"; if {Lines(statement.Condition)}");

    private static string Lines(IEnumerable<string> items) => string.Join("<br>", items.Select(Markdown.Code));
}
