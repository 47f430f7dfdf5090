using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Markup;

namespace Hosting.Fargate;

/// <summary>
/// The expressions of a server as its replica has them where the model is published: each endpoint in them means the replica's.
/// </summary>
/// <param name="replica">The name of the replica.</param>
internal sealed class ReplicaExpressions(string replica)
{
    public ReferenceExpression Of(ReferenceExpression expression)
    {
        if (expression.IsConditional)
        {
            return ReferenceExpression.CreateConditional(
                (IValueProvider)Of(expression.Condition!),
                expression.MatchValue!,
                Of(expression.WhenTrue!),
                Of(expression.WhenFalse!)
            );
        }

        var builder = new ReferenceExpressionBuilder();
        foreach (var part in CompositeFormat.Split(expression.Format))
        {
            if (part.Index is { } index)
            {
                builder.AppendValueProvider(Of(expression.ValueProviders[index]), expression.StringFormats[index]);
            }
            else
            {
                // It is taken as the format that it becomes part of.
                builder.AppendLiteral(part.Text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
            }
        }

        return builder.Build();
    }

    private object Of(object value) =>
        value switch
        {
            ReferenceExpression inner => Of(inner),
            EndpointReference endpoint => new ReplicaEndpoint(endpoint, EndpointProperty.Url, replica),
            EndpointReferenceExpression property => new ReplicaEndpoint(property.Endpoint, property.Property, replica),
            ConnectionStringReference connection => new ReplicaConnection(connection.Resource, this),
            IResourceWithConnectionString resource => new ReplicaConnection(resource, this),
            _ => value,
        };
}

/// <summary>A property of a server's endpoint, for who means its replica.</summary>
internal sealed class ReplicaEndpoint(EndpointReference endpoint, EndpointProperty property, string replica)
    : IValueProvider,
        IManifestExpressionProvider,
        IValueWithReferences
{
    private readonly EndpointReferenceExpression _here = endpoint.Property(property);

    public EndpointReference Endpoint => endpoint;

    public EndpointProperty Property => property;

    /// <summary>The name of the replica.</summary>
    public string Replica => replica;

    public string ValueExpression => _here.ValueExpression;

    public IEnumerable<object> References => [endpoint];

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => _here.GetValueAsync(cancellationToken);
}

/// <summary>The connection string of a server within another's, for who means its replica.</summary>
internal sealed class ReplicaConnection(IResourceWithConnectionString resource, ReplicaExpressions expressions)
    : IValueProvider,
        IManifestExpressionProvider,
        IValueWithReferences
{
    public IResourceWithConnectionString Resource => resource;

    /// <summary>With the replica's address in it.</summary>
    public ReferenceExpression Expression => expressions.Of(resource.ConnectionStringExpression);

    public string ValueExpression => ((IManifestExpressionProvider)resource).ValueExpression;

    public IEnumerable<object> References => [resource];

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) =>
        ((IValueProvider)resource).GetValueAsync(cancellationToken);
}
