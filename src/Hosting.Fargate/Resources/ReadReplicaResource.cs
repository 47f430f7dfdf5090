using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate;

/// <summary>
/// What only reads of a database or a cache, for those that need no more. Here it is the same server, and nothing starts for it; published,
/// it is a copy that AWS keeps beside it. It has the connection string and all connection properties of what it is of.
/// </summary>
[AspireExport]
public sealed class ReadReplicaResource : Resource, IResourceWithConnectionString, IResourceWithParent
{
    /// <summary>Null where the application runs here: the expressions are those of the source then.</summary>
    private readonly ReplicaExpressions? _expressions;

    /// <param name="name">Its name in the model.</param>
    /// <param name="source">The database, its server, or a cache.</param>
    /// <param name="options">How its copy is made.</param>
    /// <param name="isPublished">Whether the model is published.</param>
    internal ReadReplicaResource(string name, IResourceWithConnectionString source, ReadReplica options, bool isPublished)
        : base(name)
    {
        (Source, Options) = (source, options);
        _expressions = isPublished ? new ReplicaExpressions(name) : null;
    }

    /// <summary>What it is a replica of: a database of a server, a server, or a cache.</summary>
    public IResourceWithConnectionString Source { get; }

    /// <summary>The server itself: what <see cref="Source"/> is, or is in.</summary>
    internal IResource Server => RootOf(Source);

    internal ReadReplica Options { get; }

    /// <inheritdoc/>
    IResource IResourceWithParent.Parent => Source;

    /// <inheritdoc/>
    public ReferenceExpression ConnectionStringExpression => Of(Source.ConnectionStringExpression);

    /// <inheritdoc/>
    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
        Source.GetConnectionProperties().Select(property => KeyValuePair.Create(property.Key, Of(property.Value)));

    private ReferenceExpression Of(ReferenceExpression expression) => _expressions?.Of(expression) ?? expression;

    private static IResource RootOf(IResource resource) =>
        resource is IResourceWithParent { Parent: var parent } ? RootOf(parent) : resource;
}
