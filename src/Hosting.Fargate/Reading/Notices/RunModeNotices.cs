using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

#pragma warning disable ASPIRECERTIFICATES001 // Certificates that Aspire gives here alone.
#pragma warning disable ASPIRECOMPUTE003 // Registries that the model has.

/// <summary>What Aspire does in run mode, or for another environment, and nobody does here.</summary>
internal static class RunModeNotices
{
    /// <summary>Aspire has it for itself alone.</summary>
    private const string BuildEnvironment = "DotnetProgramBuildEnvironmentCallbackAnnotation";

    public static IEnumerable<Notice> Of(DistributedApplicationModel model, IReadOnlyCollection<PublishedResource> published) =>
        [
            .. Registries(model, published),
            .. published.SelectMany(OfResource),
            .. model.Resources.OfType<ContainerResource>().Where(resource => !resource.IsExcludedFromPublish()).SelectMany(Redirected),
        ];

    private static IEnumerable<Notice> Registries(DistributedApplicationModel model, IEnumerable<PublishedResource> published) =>
        published.Any(resource => PublishedResource.ImageOf(resource.Resource) is null)
            ? model
                .Resources.OfType<ContainerRegistryResource>()
                .Select(registry => new Notice(
                    registry.Name,
                    "is a registry of the model, and images go to Amazon ECR, from where tasks pull them by their roles. It is for other environments."
                ))
            : [];

    private static IEnumerable<Notice> OfResource(PublishedResource resource)
    {
        if (
            resource is { IsDotnet: false }
            && resource.Resource.Annotations.OfType<HttpsCertificateAnnotation>().LastOrDefault()
                is { Certificate: not null }
                    or { UseDeveloperCertificate: true }
            && resource.Endpoints.Any(endpoint => endpoint.Port.IsTls)
        )
        {
            yield return new Notice(
                resource.Name,
                "has its certificate from Aspire here (WithHttpsDeveloperCertificate, WithHttpsCertificate), which gives none to a container on AWS. "
                    + "Put one into the image, or have it speak plain HTTP, for the load balancer ends TLS: WithHttpEndpoint(targetPort: …).",
                IsWarning: true
            );
        }

        if (resource.Resource.Annotations.Any(annotation => annotation.GetType().Name == BuildEnvironment))
        {
            yield return new Notice(
                resource.Name,
                "has variables for its build (WithDotnetProgramBuildEnvironment), which are left out: projects are built together here, in one "
                    + "process. Say it by properties of the project.",
                IsWarning: true
            );
        }

        var collections = resource
            .Resource.Annotations.OfType<CertificateAuthorityCollectionAnnotation>()
            .SelectMany(annotation => annotation.CertificateAuthorityCollections)
            .Select(collection => $"'{collection.Name}'")
            .Distinct()
            .ToList();
        if (collections.Count > 0)
        {
            yield return new Notice(
                resource.Name,
                $"trusts the certificates of {string.Join(" and ", collections)} here alone (WithCertificateAuthorityCollection): Aspire gives them "
                    + "to no container on AWS. Put them into the image.",
                IsWarning: true
            );
        }
    }

    private static IEnumerable<Notice> Redirected(ContainerResource resource) =>
        resource.Annotations.OfType<ConnectionStringRedirectAnnotation>().LastOrDefault() is { Resource: var other }
            ?
            [
                new Notice(
                    resource.Name,
                    $"is made on AWS, and who refers to it has the connection string of '{other.Name}' (WithConnectionStringRedirection). Where "
                        + $"nothing else needs it: refer to '{other.Name}' itself, and add '{resource.Name}' in run mode alone.",
                    IsWarning: true
                ),
            ]
            : [];
}
