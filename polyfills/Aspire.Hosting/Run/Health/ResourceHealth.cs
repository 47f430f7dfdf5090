using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run.Health;

/// <summary>The health checks of a resource.</summary>
internal static class ResourceHealth
{
    /// <summary>The names of its checks and of those of what it belongs to: a database is not healthier than its server.</summary>
    public static IReadOnlyList<string> ChecksOf(IResource resource)
    {
        var checks = new List<string>();
        for (var current = resource; current is not null; current = (current as IResourceWithParent)?.Parent)
        {
            checks.AddRange(current.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key));
        }
        return [.. checks.Distinct()];
    }
}
