using System.Collections.Immutable;
using Aws.CloudFormation;

namespace Hosting.Fargate.Writing;

/// <summary>A statement of a role's policy, as a template has it.</summary>
/// <param name="Role">The role's logical id.</param>
/// <param name="Sid">The statement's name; empty where it has none.</param>
/// <param name="Actions">What is allowed, or not.</param>
/// <param name="Resources">On what.</param>
/// <param name="Condition">Under which conditions, an operator each; empty for always.</param>
/// <param name="Reason">Why it is there.</param>
/// <param name="IsDenied">Whether it forbids.</param>
internal sealed record RoleStatement(
    string Role,
    string Sid,
    ImmutableArray<string> Actions,
    ImmutableArray<string> Resources,
    ImmutableArray<string> Condition,
    string Reason,
    bool IsDenied
)
{
    /// <summary>Whether it names no resource, or says what it is not about.</summary>
    public bool IsUnlimited =>
        Resources.Any(resource => resource == "*" || resource.StartsWith(RolePolicies.AllBut, StringComparison.Ordinal))
        || Actions.Any(action => action == "*" || action.StartsWith(RolePolicies.AllBut, StringComparison.Ordinal));
}

/// <summary>A policy of AWS's own, or another that exists, which a role has.</summary>
internal sealed record ManagedPolicy(string Role, string Arn, string Reason);

/// <summary>Reads the permissions of all roles out of templates, so that what is shown is what CloudFormation will do.</summary>
internal static class RolePolicies
{
    public const string AllBut = "all but ";

    public static IEnumerable<RoleStatement> Statements(IEnumerable<Template> templates)
    {
        foreach (var resource in templates.SelectMany(template => template.Resources))
        {
            switch (resource.Type)
            {
                case "AWS::IAM::Role":
                    foreach (var policy in TemplateText.MapsOf(resource.Properties["Policies"]))
                    {
                        foreach (var statement in Statements(resource.Id, policy["PolicyDocument"], ReasonOf(resource)))
                        {
                            yield return statement;
                        }
                    }

                    break;

                // Composed by nobody here, but ConfigureTemplate may add them.
                case "AWS::IAM::Policy"
                or "AWS::IAM::ManagedPolicy"
                or "AWS::IAM::RolePolicy":
                    foreach (var statement in Statements(RolesOf(resource), resource.Properties["PolicyDocument"], ReasonOf(resource)))
                    {
                        yield return statement;
                    }

                    break;
            }
        }
    }

    public static IEnumerable<ManagedPolicy> ManagedPolicies(IEnumerable<Template> templates) =>
        from template in templates
        from resource in template.Resources
        where resource.Type == "AWS::IAM::Role"
        from arn in TemplateText.ItemsOf(resource.Properties["ManagedPolicyArns"])
        select new ManagedPolicy(resource.Id, arn, ReasonOf(resource));

    /// <summary>Who may take a role: each principal and its roles.</summary>
    public static IEnumerable<IGrouping<string, string>> Principals(IEnumerable<Template> templates) =>
        templates
            .SelectMany(template => template.Resources)
            .Where(resource => resource.Type == "AWS::IAM::Role")
            .SelectMany(resource =>
                TemplateText
                    .MapsOf((resource.Properties["AssumeRolePolicyDocument"] as TemplateMap)?["Statement"])
                    .SelectMany(statement =>
                        statement["Principal"] is TemplateMap principals
                            ? principals.Keys.SelectMany(kind => TemplateText.ItemsOf(principals[kind]))
                            : TemplateText.ItemsOf(statement["Principal"])
                    )
                    .Select(principal => new { Principal = principal, Role = resource.Id })
            )
            .GroupBy(pair => pair.Principal, pair => pair.Role, StringComparer.Ordinal);

    private static IEnumerable<RoleStatement> Statements(string role, TemplateNode? document, string reason) =>
        TemplateText
            .MapsOf((document as TemplateMap)?["Statement"])
            .Select(statement => new RoleStatement(
                role,
                TemplateText.Of(statement["Sid"]),
                Items(statement, "Action"),
                Items(statement, "Resource"),
                [.. Conditions(statement["Condition"] as TemplateMap)],
                statement.Comment ?? reason,
                TemplateText.Of(statement["Effect"]) == "Deny"
            ));

    private static ImmutableArray<string> Items(TemplateMap statement, string name) =>
        [.. TemplateText.ItemsOf(statement[name]), .. TemplateText.ItemsOf(statement[$"Not{name}"]).Select(item => AllBut + item)];

    private static IEnumerable<string> Conditions(TemplateMap? condition)
    {
        foreach (var (test, keys) in condition ?? [])
        {
            foreach (var (key, value) in keys as TemplateMap ?? [])
            {
                yield return $"{test} {key} {TemplateText.Of(value)}";
            }
        }
    }

    private static string ReasonOf(TemplateResource resource) => resource.Comment ?? TemplateText.Of(resource.Properties["Description"]);

    private static string RolesOf(TemplateResource resource)
    {
        string[] roles =
            resource.Properties["Roles"] is TemplateList list ? [.. list.Select(TemplateText.ResourceOf)]
            : resource.Properties["RoleName"] is { } role ? [TemplateText.ResourceOf(role)]
            : [];
        return roles.Length == 0 ? resource.Id : string.Join(", ", roles);
    }
}
