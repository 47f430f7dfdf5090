using System.Text;
using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Costs;
using Hosting.Fargate.Policies;
using Hosting.Fargate.Writing;

namespace Hosting.Fargate.Publishing;

/// <summary>The files of a publication, by the names they have in the output folder.</summary>
internal static class PublicationFiles
{
    private const string Header = "Made by publish from the model: change the AppHost, not this file.";

    public static IReadOnlyList<PublishedFile> Write(
        FargateApplication application,
        TemplateSet templates,
        CostEstimate cost,
        IamPolicies policies
    ) =>
        [
            new("README.md", SummaryWriter.Write(application, [.. templates.All], cost)),
            ForPeople(templates.Foundation),
            .. templates.Edge is null ? Array.Empty<PublishedFile>() : [ForPeople(templates.Edge)],
            ForPeople(templates.Application),
            new($"{application.Name}.parameters.json", ParametersWriter.Write(application)),
            .. BuildFolders.FilesOf(application),
            .. policies.Files().Select(file => new PublishedFile(file.Name, file.Content)),
            .. templates.Nested.SelectMany(nested => new[] { ForPeople(nested, application), ForStack(nested, application) }),
        ];

    private static PublishedFile ForPeople(Template template) =>
        new($"{template.StackName}.template.yaml", TemplateYaml.Write(template, Header));

    private static PublishedFile ForPeople(Template nested, FargateApplication application) =>
        ForPeople(nested) with
        {
            Name = $"{application.Name}.nested/{nested.StackName}.template.yaml",
        };

    /// <summary>Under the name that the application's template looks for.</summary>
    private static PublishedFile ForStack(Template nested, FargateApplication application) =>
        new($"{application.Name}.nested/{NestedStacks.KeyOf(nested)}", Encoding.UTF8.GetString(TemplateJson.Write(nested)));
}
