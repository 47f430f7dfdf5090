using Aspire.Hosting.ApplicationModel;

// In the namespace of the official packages, which not every feed has: by it their resources are known.
namespace Aspire.Hosting.Azure;

/// <summary>Something of Azure.</summary>
internal sealed class AzureTestResource(string name) : Resource(name);

/// <summary>Something of Azure with a connection string that is an output of it.</summary>
internal sealed class AzureTestStorageResource(string name) : Resource(name), IResourceWithConnectionString
{
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{new AzureTestOutput(this)}");
}

/// <summary>As the package of Azure's Postgres has it.</summary>
internal sealed class AzurePostgresFlexibleServerResource(string name) : Resource(name);

/// <summary>A database of it.</summary>
internal sealed class AzurePostgresFlexibleServerDatabaseResource(string name, AzurePostgresFlexibleServerResource parent)
    : Resource(name),
        IResourceWithParent<AzurePostgresFlexibleServerResource>,
        IResourceWithConnectionString
{
    public AzurePostgresFlexibleServerResource Parent => parent;

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{new AzureTestOutput(this)}");
}

/// <summary>As the package of Azure's Redis has it.</summary>
internal sealed class AzureManagedRedisResource(string name) : Resource(name), IResourceWithConnectionString
{
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{new AzureTestOutput(this)}");
}

/// <summary>What is known of something of Azure once it is there.</summary>
internal sealed record AzureTestOutput(IResource Resource) : IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    public string ValueExpression => $"{{{Resource.Name}.outputs.id}}";

    public IEnumerable<object> References => [Resource];

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new((string?)null);
}
