using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Reading;

namespace Hosting.Fargate.Composing;

/// <summary>The second room: a <see cref="FargateApplication"/> becomes templates.</summary>
/// <param name="Foundation">What outlives the application.</param>
/// <param name="Application">The application.</param>
/// <param name="Nested">The stacks inside the application's, where there are any.</param>
internal sealed record TemplateSet(Template Foundation, Template Application, IReadOnlyList<Template> Nested)
{
    /// <summary>
    /// What CloudFormation takes with a call: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html.
    /// </summary>
    public const int MaxInlineBytes = 51_200;

    /// <summary>Room for the metadata that deploy sends along.</summary>
    private const int AddedByDeploy = 512;

    /// <summary>What CloudFront takes from us-east-1 alone; null where there is none.</summary>
    public Template? Edge { get; init; }

    public IEnumerable<Template> All => [Foundation, Application, .. Edge is null ? [] : new[] { Edge }, .. Nested];

    /// <param name="application">The application.</param>
    /// <param name="configure">Changes each template as the model wants it.</param>
    /// <exception cref="Aspire.Hosting.DistributedApplicationException">Two things of the model would be one in a template; the message
    /// names both.</exception>
    public static TemplateSet Compose(FargateApplication application, Action<Template> configure)
    {
        var whole = ApplicationComposer.Compose(application);
        if (whole.Clashes.Count > 0)
        {
            Refuse(application, [.. whole.Clashes, .. FoundationComposer.Compose(application, [whole], keepsTemplates: false).Clashes]);
        }

        var (root, nested) = NestedStacks.AreNeeded(application, whole) ? NestedStacks.Split(application, whole) : (whole, []);
        foreach (var template in nested.Prepend(root))
        {
            configure(template);
        }

        NestedStacks.Address(root, nested);
        FoundationOutputs.Declare(application, root);
        var keepsTemplates = nested.Count > 0 || TemplateJson.Write(root).Length > MaxInlineBytes - AddedByDeploy;
        var foundation = FoundationComposer.Compose(application, [root, .. nested], keepsTemplates);
        Refuse(application, new[] { root, foundation }.Concat(nested).SelectMany(template => template.Clashes));
        configure(foundation);
        var edge = EdgeStackComposer.Compose(application);
        if (edge is not null)
        {
            configure(edge);
        }

        return new TemplateSet(foundation, root, nested) { Edge = edge };
    }

    private static void Refuse(FargateApplication application, IEnumerable<string> clashes)
    {
        var refusals = new Refusals();
        foreach (var clash in clashes)
        {
            refusals.Add(null, clash);
        }

        refusals.ThrowIfAny(application.EnvironmentResource);
    }
}
