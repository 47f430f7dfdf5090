using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Reading;

/// <summary>
/// An address that a <see cref="ReferenceExpression"/> puts together of a name in its text and the port of an endpoint beside it, as
/// containers find each other on a laptop: <c>$"{db.Name}:{db.PrimaryEndpoint.Property(EndpointProperty.TargetPort)}"</c>. Neither is more
/// than text or a number by itself, and the two are as good as a reference to the endpoint.
/// </summary>
internal static class NameBeforePort
{
    /// <param name="text">The text before a value.</param>
    /// <param name="value">The value.</param>
    /// <param name="client">Who gets both: what it says of itself is its own.</param>
    /// <returns>The text before the name, and name and port; null where it is something else.</returns>
    public static (string Before, EndpointReferenceExpression HostAndPort)? Find(string text, object value, IResource client)
    {
        if (
            value
                is not EndpointReferenceExpression
                {
                    Property: EndpointProperty.TargetPort or EndpointProperty.Port,
                    Endpoint: var endpoint
                }
            || endpoint.Resource == client
            || !text.EndsWith(':')
        )
        {
            return null;
        }

        foreach (var name in NamesOf(endpoint.Resource))
        {
            var before = text.Length - 1 - name.Length;
            if (
                before >= 0
                && text.AsSpan(before, name.Length).Equals(name, StringComparison.OrdinalIgnoreCase)
                && (before == 0 || !(char.IsLetterOrDigit(text[before - 1]) || text[before - 1] is '-' or '_' or '.'))
            )
            {
                var reference = new EndpointReference(
                    endpoint.Resource,
                    endpoint.EndpointName,
                    KnownNetworkIdentifiers.DefaultAspireContainerNetwork
                );
                return (text[..before], reference.Property(EndpointProperty.HostAndPort));
            }
        }

        return null;
    }

    private static IEnumerable<string> NamesOf(IResource resource) =>
        [
            resource.Name,
            .. resource.Annotations.OfType<ContainerNameAnnotation>().Select(annotation => annotation.Name),
            .. resource.Annotations.OfType<ContainerNetworkAliasAnnotation>().Select(annotation => annotation.Alias),
        ];
}
