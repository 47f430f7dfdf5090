using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Composing;

namespace Hosting.Fargate.Policies;

/// <summary>The names that resources of templates have, as far as one can say before they are there.</summary>
/// <param name="application">The application.</param>
/// <param name="templates">Its templates.</param>
/// <param name="region">Its region, or <c>*</c>.</param>
internal sealed class TemplateNames(FargateApplication application, IReadOnlyList<Template> templates, string region)
{
    /// <summary>What CloudFormation shortens the parts of a name to that it makes up, where the whole would be too long.</summary>
    private const int ShortPart = 24;

    /// <summary>So many names are listed.</summary>
    private const int MostNames = 24;

    /// <summary>The hyphen and the random end of a name that CloudFormation makes up.</summary>
    private const int RandomEnd = 14;

    private readonly HashSet<string> _nested =
    [
        .. templates.Select(template => template.StackName).Except([application.Name, application.FoundationName, application.EdgeName]),
    ];

    /// <summary>
    /// The names that resources of a type have: those that templates give, and what those begin with that CloudFormation makes up. A
    /// stack's name has no capitals and a logical id begins with one: <c>shop-A*</c> is nobody's but <c>shop</c>'s, and where there are
    /// many, the first letter is enough.
    /// </summary>
    public IEnumerable<string> Of(string type, string property, int longest) => Of(templates, type, property, longest);

    /// <inheritdoc cref="Of(string, string, int)"/>
    public IEnumerable<string> Of(IEnumerable<Template> some, string type, string property, int longest)
    {
        var names = some.SelectMany(template =>
                template
                    .Resources.Where(resource => resource.Type == type)
                    .Select(resource => NameOf(template, resource, property, longest))
            )
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return names.Count <= MostNames ? names : names.Select(FirstLetter).Distinct(StringComparer.Ordinal);
    }

    private string FirstLetter(string name)
    {
        var stack = new[] { $"{application.FoundationName}-", $"{application.EdgeName}-", $"{application.Name}-" }.FirstOrDefault(prefix =>
            name.StartsWith(prefix, StringComparison.Ordinal)
        );
        return stack is not null && name.Length > stack.Length && char.IsAsciiLetterUpper(name[stack.Length])
            ? $"{name[..(stack.Length + 1)]}*"
            : name;
    }

    private string NameOf(Template template, TemplateResource resource, string property, int longest)
    {
        if (property.Length > 0 && resource.Properties[property] is { } given)
        {
            return given.ComposedText(variable =>
                variable switch
                {
                    "AWS::AccountId" => "????????????",
                    "AWS::Region" => region,
                    _ => "*",
                }
            ) ?? $"{template.StackName}*";
        }

        // All that a resource of the model brings begins with its name. Of buckets CloudFormation makes it lower case.
        if (
            resource.Owner is { } owner
            && Names.Id(owner) is var id
            && resource.Id.StartsWith(id, StringComparison.Ordinal)
            && resource.Type != "AWS::S3::Bucket"
            && !_nested.Contains(template.StackName)
            && template.StackName.Length + 1 + resource.Id.Length + RandomEnd <= longest
        )
        {
            return $"{template.StackName}-{id}*";
        }

        // The name of a nested stack is made up too, of the parent's and its logical id.
        var isNested = _nested.Contains(template.StackName);
        var stack = isNested
            ? $"{application.Name}-{Names.Id(template.StackName[(application.Name.Length + 1)..])}Stack-"
            : $"{template.StackName}-{resource.Id}-";
        var length = isNested ? stack.Length + RandomEnd + resource.Id.Length + RandomEnd : stack.Length + RandomEnd;
        return length <= longest ? $"{stack}*" : $"{stack[..Math.Min(stack.Length, ShortPart)]}*";
    }

    /// <summary>What names begin with that CloudFormation makes up in lower case.</summary>
    public IEnumerable<string> LowerCase(string type, int longest) =>
        templates
            .SelectMany(template =>
                template
                    .Resources.Where(resource => resource.Type == type)
                    .Select(resource => BeginningOf(template.StackName, resource.Id, longest))
            )
            .Distinct(StringComparer.Ordinal);

    /// <summary>The same of one resource.</summary>
    public static string BeginningOf(string stack, string id, int longest)
    {
        var name = $"{stack}-{id}".ToLowerInvariant();
        return name.Length + RandomEnd <= longest ? $"{name}-*" : $"{name[..ShortPart]}*";
    }
}
