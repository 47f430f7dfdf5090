namespace Aws.CloudFormation;

/// <summary>
/// What CloudFormation asks of every template, whatever is in it: quotas, names, references that lead somewhere, no circles. What a type of
/// resource asks of its properties is not here.
/// </summary>
public static class TemplateRules
{
    /// <summary>What CloudFormation would refuse; nothing where the template is sound.</summary>
    public static IEnumerable<Fault> Check(Template template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return
        [
            .. Quotas.Check(template),
            .. DanglingReferences.Check(template),
            .. CircularDependencies.Check(template),
            .. DynamicReferences.Check(template),
        ];
    }

    /// <summary>
    /// Whether one stack can have all dynamic references of a template:
    /// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html.
    /// </summary>
    public static bool HasTooManyDynamicReferences(Template template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return DynamicReferences.Count(template) > DynamicReferences.Limit;
    }
}
