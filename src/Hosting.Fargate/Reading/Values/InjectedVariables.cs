using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Reading;

/// <summary>
/// The variables that <c>WithReference</c> makes: for a program that calls another. All else with an address in it may as well be for a
/// browser, or be compared with what a browser has, as the authority of OpenID Connect is.
/// </summary>
internal sealed class InjectedVariables(DistributedApplicationModel model)
{
    private readonly Lazy<ILookup<string, string>> _connectionProperties = new(() =>
        model
            .Resources.OfType<IResourceWithConnectionString>()
            .SelectMany(
                resource => resource.GetConnectionProperties().Select(property => property.Key),
                (resource, property) => new { Resource = Encode(resource.Name), Key = property }
            )
            .ToLookup(property => property.Key, property => property.Resource, StringComparer.OrdinalIgnoreCase)
    );

    /// <summary>
    /// Whether a variable is one of them: <c>services__api__http__0</c>, <c>API_HTTP</c>, or <c>DB_URI</c> of a connection.
    /// </summary>
    public bool Has(string? variable, IResource client, EndpointReference reference) =>
        variable is not null
        && (
            variable.StartsWith("services__", StringComparison.OrdinalIgnoreCase)
            || variable.Equals($"{Encode(reference.Resource.Name)}_{Encode(reference.EndpointName)}", StringComparison.OrdinalIgnoreCase)
            || IsByAnotherName(variable, client, reference)
            || IsOfConnection(variable, [])
        );

    /// <summary>Whether a variable is one of them, of any endpoint of a service.</summary>
    public bool Has(ValueUse use, PublishedResource server) =>
        server.Resource is IResourceWithEndpoints resource
        && server.Endpoints.Any(endpoint => Has(use.Variable, use.Resource.Resource, new EndpointReference(resource, endpoint.Name)));

    /// <summary>Whether a variable is <c>DB_URI</c> or the like of a connection.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="connections">The names that connection strings have there, of <c>WithReference(db, "orders")</c> too.</param>
    public bool IsOfConnection(string? variable, IReadOnlyCollection<string> connections) =>
        variable is not null
        && _connectionProperties.Value.Any(property =>
            variable.EndsWith($"_{property.Key}", StringComparison.OrdinalIgnoreCase)
            && property
                .Concat(connections.Select(Encode))
                .Contains(variable[..^(property.Key.Length + 1)], StringComparer.OrdinalIgnoreCase)
        );

    /// <summary>Whether it is that of <c>WithReference(api, "backend")</c>, which has the network of the reference.</summary>
    private static bool IsByAnotherName(string variable, IResource client, EndpointReference reference) =>
        variable.EndsWith($"_{Encode(reference.EndpointName)}", StringComparison.OrdinalIgnoreCase)
        && client
            .Annotations.OfType<EndpointReferenceAnnotation>()
            .Any(annotation => annotation.Resource == reference.Resource && annotation.ContextNetworkId == reference.ContextNetworkID);

    /// <summary>A name as Aspire writes it in a variable's.</summary>
    private static string Encode(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
}
