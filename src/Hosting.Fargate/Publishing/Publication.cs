using System.Text;
using Aspire.Hosting;
using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Costs;
using Hosting.Fargate.Policies;
using Hosting.Fargate.Validation;
using Hosting.Fargate.Writing;

namespace Hosting.Fargate.Publishing;

/// <summary>What publishing writes, before it is written: the same model gives the same bytes.</summary>
/// <param name="Application">The model in the words of ECS.</param>
/// <param name="Templates">The templates, as customised and checked.</param>
/// <param name="Cost">What it costs a month.</param>
/// <param name="Files">The files, by the names they have in the output folder.</param>
internal sealed record Publication(
    FargateApplication Application,
    TemplateSet Templates,
    CostEstimate Cost,
    IReadOnlyList<PublishedFile> Files
)
{
    private const string Header = "Made by publish from the model: change the AppHost, not this file.";

    /// <summary>The folder of nested stacks: publish removes from it what is no more.</summary>
    public string NestedFolder => $"{Application.Name}.nested";

    /// <summary>The folder of what images are built from: publish removes from it what is no more.</summary>
    public string ImagesFolder => BuildFolders.Of(Application);

    /// <exception cref="Aspire.Hosting.DistributedApplicationException">The templates would not work, as composed or as
    /// customised.</exception>
    public static Publication Create(FargateApplication application, IEnumerable<Action<Template>> configurations)
    {
        var templates = TemplateSet.Compose(application, template => Configure(template, configurations));
        TemplateValidator.ThrowIfFaulty(templates.All);
        var cost = CostEstimate.Of(
            application,
            application.Network.ReachesInternet ? 0 : InterfaceEndpoints.Of(application).Count,
            [.. templates.All]
        );
        var policies = new IamPolicies(application, [.. templates.All]);
        if (policies.UnknownTypes is { Count: > 0 } unknown)
        {
            application = application with
            {
                Notices =
                [
                    .. application.Notices,
                    new Notice(
                        null,
                        $"deployer-policy.json lacks what CloudFormation calls for {string.Join(", ", unknown)}, which a template has by ConfigureTemplate or Configure: allow it besides.",
                        IsWarning: true
                    ),
                ],
            };
        }

        List<PublishedFile> files =
        [
            new("README.md", SummaryWriter.Write(application, [.. templates.All], cost)),
            new($"{application.FoundationName}.template.yaml", TemplateYaml.Write(templates.Foundation, Header)),
            .. templates.Edge is null
                ? []
                : new[] { new PublishedFile($"{application.EdgeName}.template.yaml", TemplateYaml.Write(templates.Edge, Header)) },
            new($"{application.Name}.template.yaml", TemplateYaml.Write(templates.Application, Header)),
            new($"{application.Name}.parameters.json", ParametersWriter.Write(application)),
            .. BuildFolders.FilesOf(application),
        ];
        files.AddRange(policies.Files().Select(file => new PublishedFile(file.Name, file.Content)));
        foreach (var nested in templates.Nested)
        {
            // For people, and under the name that the application's template looks for.
            files.Add(new($"{application.Name}.nested/{nested.StackName}.template.yaml", TemplateYaml.Write(nested, Header)));
            files.Add(new($"{application.Name}.nested/{NestedStacks.KeyOf(nested)}", Encoding.UTF8.GetString(TemplateJson.Write(nested))));
        }

        return new Publication(application, templates, cost, files);
    }

    private static void Configure(Template template, IEnumerable<Action<Template>> configurations)
    {
        try
        {
            foreach (var configure in configurations)
            {
                configure(template);
            }
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException)
        {
            throw new DistributedApplicationException($"ConfigureTemplate of the environment: {exception.Message}", exception);
        }
    }
}
