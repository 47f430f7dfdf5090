using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>
/// The stack in us-east-1 with what CloudFront has there alone, its certificate, its web ACL and its alarms, of an application that is
/// elsewhere. Its outputs are parameters of the application's template, and the ids of distributions are its own: deploy passes on both.
/// Sources:
/// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html#https-requirements-aws-region,
/// https://docs.aws.amazon.com/waf/latest/developerguide/cloudfront-features.html.
/// </summary>
internal static class EdgeStackComposer
{
    /// <summary>All that such a stack may give.</summary>
    public static IReadOnlyList<string> Outputs { get; } = [EdgeComposer.CertificateId, WebAclComposer.ArnParameter];

    /// <summary>The output of the foundation that says that there is one, so that <c>destroy</c> knows of it without the model.</summary>
    public const string Marker = "EdgeStackName";

    /// <summary>Composes it; null where there is none.</summary>
    public static Template? Compose(FargateApplication application)
    {
        if (!application.HasEdgeStack)
        {
            return null;
        }

        var template = new Template(
            application.EdgeName,
            $"{application.Name}: what CloudFront has in {CloudFrontDistribution.CertificateRegion} alone. Made by publish from the model, for that region"
                + (ComesFirst(application) ? $"; {application.Name} takes its outputs as parameters." : ".")
        );
        List<TemplateResource> resources = [];
        if (application.HasOwnEdgeCertificate)
        {
            resources.Add(EdgeComposer.Certificate(application));
            FoundationComposer.Give(template, EdgeComposer.CertificateId, Fn.Ref(EdgeComposer.CertificateId));
        }

        if (application.HasManagedWebAclAtEdge)
        {
            resources.Add(WebAclComposer.WebAcl(application, application.Ingress.ManagedWebAcl!));
            FoundationComposer.Give(template, WebAclComposer.ArnParameter, Fn.GetAtt(WebAclComposer.Id, "Arn"));
        }

        if (application.HasEdgeAlarms)
        {
            EdgeAlarms.AddTo(template, resources, application);
        }

        template.Add(new TemplateSection("CloudFront", resources));
        Tagging.Apply(template, application);
        return template;
    }

    /// <summary>Whether the application takes something of it, so that it is made before. Alarms alone come after.</summary>
    public static bool ComesFirst(FargateApplication application) => Parameters(application).Any();

    /// <summary>What the application's template takes of it.</summary>
    public static IEnumerable<string> Parameters(FargateApplication application)
    {
        if (application is { HasEdgeStack: true, HasOwnEdgeCertificate: true })
        {
            yield return EdgeComposer.CertificateId;
        }

        if (application is { HasEdgeStack: true, HasManagedWebAclAtEdge: true })
        {
            yield return WebAclComposer.ArnParameter;
        }
    }

    public static TemplateMap Parameter(FargateApplication application) =>
        new()
        {
            Comment =
                $"{application.EdgeName} in {CloudFrontDistribution.CertificateRegion}: its output of this name, which deploy passes on",
            ["Type"] = "String",
        };
}
