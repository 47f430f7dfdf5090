using System.Collections.Immutable;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Images of registries as tasks pull them: through this account's caches, and from ECR alone where they reach nothing else.
/// </summary>
internal sealed class TaskImages(NetworkPlan network, ImmutableArray<PullThroughCache> caches)
{
    /// <summary>An image of a registry: where the environment says so, as it comes through this account's.</summary>
    public RegistryImage Of(string reference) =>
        new(reference)
        {
            CachedAs = caches
                .Select(cache => cache.Has(reference, out var name) ? $"{cache.Prefix}/{name}" : null)
                .FirstOrDefault(cached => cached is not null),
        };

    public bool IsReachable(string reference) => network.ReachesInternet || new RegistryImage(reference).IsInEcr;
}
