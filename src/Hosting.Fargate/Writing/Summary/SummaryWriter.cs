using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Costs;

namespace Hosting.Fargate.Writing;

/// <summary>
/// The README beside the templates, for who reviews a change of the model or is on call for what runs. The same application, templates and
/// estimate give the same bytes, and no value of a secret is in it: nothing that is read here has one.
/// </summary>
internal static class SummaryWriter
{
    /// <param name="application">What was read from the model.</param>
    /// <param name="templates">The templates as they are written, changes by the model included: permissions and rules are read from
    /// them.</param>
    /// <param name="cost">The estimate for the application.</param>
    /// <param name="nextSteps">What to do with the files; by hand with the AWS CLI unless given.</param>
    public static string Write(
        FargateApplication application,
        IReadOnlyList<Template> templates,
        CostEstimate cost,
        IReadOnlyList<NextStep>? nextSteps = null
    )
    {
        string[] sections =
        [
            TitleSection.Write(application, templates, cost),
            NoticesSection.Write(application),
            DiagramSection.Write(application),
            ServicesSection.Write(application),
            TasksSection.Write(application),
            SitesSection.Write(application),
            ImagesSection.Write(application),
            DataSection.Write(application, templates),
            GrantsSection.Write(templates),
            NetworkSection.Write(application, templates),
            ParametersSection.Write(application, templates),
            CostSection.Write(cost),
            nextSteps is null
                ? NextStepsSection.Write(StepsByHand.Of(application, templates), StepsByHand.Lead(application))
                : NextStepsSection.Write(nextSteps),
        ];
        return string.Join('\n', sections.Where(section => section.Length > 0));
    }
}
