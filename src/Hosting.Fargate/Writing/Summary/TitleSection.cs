using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Costs;
using Hosting.Fargate.Markup;

namespace Hosting.Fargate.Writing;

/// <summary>What these files are.</summary>
internal static class TitleSection
{
    public static string Write(FargateApplication application, IReadOnlyList<Template> templates, CostEstimate cost) =>
        $"# {application.Name} on Amazon ECS\n\n"
        + Markdown.Paragraph(
            $"What `publish` made of the model, for the environment {Markdown.Code(application.EnvironmentResource)} ({Markdown.Text(application.Environment)}): "
                + $"{Contents(application)}, for about {CostText.Amount(cost.Minimum, cost.Maximum)} USD a month and what is billed by use. "
                + "Change the model (the AppHost) and publish again; what is changed in these files is lost."
        )
        + "\n"
        + Markdown.List(
            templates
                .Select(template => $"{Markdown.Code($"{template.StackName}.template.yaml")}: {Markdown.Text(template.Description)}")
                .Append($"{Markdown.Code($"{application.Name}.parameters.json")}: the values that parameters have now. No secret is in it.")
        );

    private static string Contents(FargateApplication application)
    {
        string[] parts =
        [
            .. Count(application.Services.Length, "service"),
            .. Count(application.Tasks.Length, "task"),
            .. Count(application.Sites.Length, "static site"),
            .. application.Data.GroupBy(data => data.Noun).Select(group => WorkloadText.Count(group.Count(), group.Key)),
            .. Count(application.Secrets.Length, "secret"),
        ];
        return parts.Length == 0 ? "nothing that runs" : string.Join(", ", parts);

        static string[] Count(int count, string one) => count > 0 ? [WorkloadText.Count(count, one)] : [];
    }
}
