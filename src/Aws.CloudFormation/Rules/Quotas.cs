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
        (int Count, int Limit, string What)[] counts =
        [
            (template.Resources.Count, Resources, "resources"),
            (template.Parameters.Count, Parameters, "parameters"),
            (template.Outputs.Count, Outputs, "outputs"),
        ];
        foreach (var (count, limit, what) in counts.Where(row => row.Count > row.Limit))
        {
            yield return new Fault(
                null,
                $"has {count} {what}, and CloudFormation takes {limit}. Publish as nested stacks, or as several environments."
            );
        }

        var names = template
            .Resources.Select(resource => (Id: resource.Id, What: "resource"))
            .Concat(template.Parameters.Keys.Select(id => (Id: id, What: "parameter")))
            .Concat(template.Outputs.Keys.Select(id => (Id: id, What: "output")));
        foreach (var (id, what) in names.Where(name => !LogicalId().IsMatch(name.Id)))
        {
            yield return new Fault(null, $"has the {what} '{id}', and a logical id is 1 to 255 letters and digits. Rename it.");
        }

        foreach (var id in template.Conditions.Keys.Where(id => !ConditionName().IsMatch(id)))
        {
            yield return new Fault(null, $"has the condition '{id}', and its name is 1 to 255 letters, digits, & and _. Rename it.");
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9]{1,255}\z")]
    private static partial Regex LogicalId();

    /// <summary>Templates of AWS itself have these two signs: quickstart-aws-vpc, and cfn-lint's schema of conditions has them.</summary>
    [GeneratedRegex(@"\A[A-Za-z0-9&_]{1,255}\z")]
    private static partial Regex ConditionName();
}
