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
/// <param name="Policies">What who deploys it must be allowed.</param>
internal sealed record Publication(FargateApplication Application, TemplateSet Templates, CostEstimate Cost, IamPolicies Policies)
{
    private IReadOnlyList<PublishedFile>? _files;

    /// <summary>The files, written when they are asked for: deploy has no use for them.</summary>
    public IReadOnlyList<PublishedFile> Files => _files ??= PublicationFiles.Write(Application, Templates, Cost, Policies);

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

        return new Publication(application, templates, cost, policies);
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
