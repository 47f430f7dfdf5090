using System.Collections.Immutable;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>Caches of other registries, each with its prefix.</summary>
internal static class RegistryCacheReader
{
    /// <summary>What https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreatePullThroughCacheRule.html takes.</summary>
    private const int LongestPrefix = 30;

    public static ImmutableArray<PullThroughCache> Read(FargateEnvironmentResource environment, string stack, Refusals refusals)
    {
        return [.. environment.Safeguards.Caches.Values.Select(Named)];

        PullThroughCache Named(PullThroughCache cache)
        {
            var prefix = cache.Prefix.Length > 0 ? cache.Prefix : PullThroughCache.PrefixOf(stack, cache.Registry);
            if (prefix.Length > LongestPrefix)
            {
                refusals.Add(
                    null,
                    $"'{environment.Name}' would have the images of {cache.Registry} under '{prefix}', and ECR takes "
                        + $"{LongestPrefix} characters. Name a shorter one: WithPullThroughCache(\"{cache.Registry}\", prefix: …)."
                );
            }

            return cache with
            {
                Prefix = prefix,
            };
        }
    }
}
