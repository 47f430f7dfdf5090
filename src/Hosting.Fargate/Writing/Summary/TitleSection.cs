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
        (int Count, string One)[] contents =
        [
            (application.Services.Length, "service"),
            (application.Tasks.Length, "task"),
            (application.Sites.Length, "static site"),
            .. application.Data.GroupBy(data => data.Noun).Select(group => (group.Count(), group.Key)),
            (application.Secrets.Length, "secret"),
        ];
        string[] parts =
        [
            .. contents.Where(content => content.Count > 0).Select(content => WorkloadText.Count(content.Count, content.One)),
        ];
        return parts.Length == 0 ? "nothing that runs" : string.Join(", ", parts);
    }
}
