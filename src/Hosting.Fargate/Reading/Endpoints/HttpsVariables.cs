using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>The variables that give a service's https address beside its http address.</summary>
internal static class HttpsVariables
{
    public static bool IsBesideHttp(string variable, PublishedResource client, PublishedResource target) =>
        IsForHttps(variable, target.Name) && HasHttpBeside(client, target);

    /// <summary>
    /// Whether a variable exists to say an https address beside an http one: <c>services__api__https__0</c>, <c>API_HTTPS</c>.
    /// </summary>
    private static bool IsForHttps(string variable, string service) =>
        variable.StartsWith($"services__{service}__https__", StringComparison.OrdinalIgnoreCase)
        || variable.Equals($"{service.Replace('-', '_')}_HTTPS", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether the reference that gives an https address gives an http address too: one to the https endpoint alone does not.
    /// </summary>
    private static bool HasHttpBeside(PublishedResource client, PublishedResource target)
    {
        var references = client
            .Resource.Annotations.OfType<EndpointReferenceAnnotation>()
            .FirstOrDefault(reference => ResourceNames.Comparer.Equals(reference.Resource, target.Resource));
        return references is not null
            && target.Endpoints.Any(endpoint =>
                endpoint is { IsFolded: false, Scheme: "http" }
                && (
                    (references.UseAllEndpoints && !endpoint.Endpoint.ExcludeReferenceEndpoint)
                    || references.EndpointNames.Contains(endpoint.Name)
                )
            );
    }
}
