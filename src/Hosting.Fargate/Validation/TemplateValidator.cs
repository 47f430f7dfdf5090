using Aspire.Hosting;
using Aws.CloudFormation;

namespace Hosting.Fargate.Validation;

/// <summary>
/// Looks for what linters of CloudFormation do not see and AWS refuses late: in the middle of a deploy, or when a task starts.
/// It is run over final templates, for callbacks of the model may change them in any way. A value that only CloudFormation will know is
/// left alone.
/// </summary>
internal static class TemplateValidator
{
    private static readonly Func<Template, IEnumerable<Fault>>[] s_rules =
    [
        TemplateRules.Check,
        LoadBalancerOrder.Check,
        ListenerPriorities.Check,
        ServiceNames.Check,
        ServiceSettings.Check,
        ContainerLimits.Check,
        ContainerLogs.Check,
        ContainerVariables.Check,
        CapacityBounds.Check,
        Schedules.Check,
    ];

    /// <summary>What is wrong with a template, in sentences for a person; nothing where it is sound.</summary>
    public static IReadOnlyList<string> Validate(Template template) =>
        [
            .. s_rules
                .SelectMany(check => check(template))
                .Select(fault => fault.Describe(template.StackName))
                .Distinct(StringComparer.Ordinal),
        ];

    /// <exception cref="DistributedApplicationException">Something is wrong, and the message is all of it.</exception>
    public static void ThrowIfFaulty(IEnumerable<Template> templates)
    {
        string[] faults = [.. templates.SelectMany(Validate)];
        if (faults.Length > 0)
        {
            var count = faults.Length == 1 ? "one problem" : $"{faults.Length} problems";
            throw new DistributedApplicationException(
                string.Join(
                    Environment.NewLine,
                    faults
                        .Select(fault => $"  - {fault}")
                        .Prepend(
                            $"AWS would refuse what is published ({count}). Look first at what ConfigureTemplate and Configure change:"
                        )
                )
            );
        }
    }
}
