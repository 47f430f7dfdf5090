using System.Text.RegularExpressions;

namespace Aws.CloudFormation;

/// <summary>
/// What CloudFormation takes in one template. Source:
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
/// </summary>
internal static partial class Quotas
{
    private const int Resources = 500;
    private const int Parameters = 200;
    private const int Outputs = 200;

    public static IEnumerable<Fault> Check(Template template)
    {
        Section[] sections =
        [
            new("resource", Resources, [.. template.Resources.Select(resource => resource.Id)]),
            new("parameter", Parameters, [.. template.Parameters.Keys]),
            new("output", Outputs, [.. template.Outputs.Keys]),
        ];
        foreach (var section in sections.Where(section => section.Ids.Length > section.Limit))
        {
            yield return new Fault(
                null,
                $"has {section.Ids.Length} {section.Of}s, and CloudFormation takes {section.Limit}. Publish as nested stacks, or as several "
                    + "environments."
            );
        }

        foreach (var section in sections)
        {
            foreach (var id in section.Ids.Where(id => !LogicalId().IsMatch(id)))
            {
                yield return new Fault(null, $"has the {section.Of} '{id}', and a logical id is 1 to 255 letters and digits. Rename it.");
            }
        }

        foreach (var id in template.Conditions.Keys.Where(id => !ConditionName().IsMatch(id)))
        {
            yield return new Fault(null, $"has the condition '{id}', and its name is 1 to 255 letters, digits, & and _. Rename it.");
        }
    }

    /// <summary>A section of a template.</summary>
    /// <param name="Of">What is in it.</param>
    /// <param name="Limit">How many of them CloudFormation takes.</param>
    /// <param name="Ids">The logical ids in it.</param>
    private sealed record Section(string Of, int Limit, string[] Ids);

    [GeneratedRegex(@"\A[A-Za-z0-9]{1,255}\z")]
    private static partial Regex LogicalId();

    /// <summary>Templates of AWS itself have these two signs: quickstart-aws-vpc, and cfn-lint's schema of conditions has them.</summary>
    [GeneratedRegex(@"\A[A-Za-z0-9&_]{1,255}\z")]
    private static partial Regex ConditionName();
}
