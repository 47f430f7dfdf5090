using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Resources are the same by name, as Aspire's own publishers compare them: where the model is published, PublishAsDockerFile and its like
/// put a container in the place of an executable or a project, and what was said of that before still holds the one that it was.
/// </summary>
internal sealed class ResourceNames : IEqualityComparer<IResource>
{
    private ResourceNames() { }

    public static ResourceNames Comparer { get; } = new();

    public bool Equals(IResource? one, IResource? other) => StringComparer.OrdinalIgnoreCase.Equals(one?.Name, other?.Name);

    public int GetHashCode([DisallowNull] IResource resource) => StringComparer.OrdinalIgnoreCase.GetHashCode(resource.Name);
}
