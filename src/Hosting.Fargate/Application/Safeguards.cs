using System.Collections.Immutable;

namespace Hosting.Fargate.Application;

/// <summary>What an account asks for besides what runs.</summary>
/// <param name="BucketLogDays">How many days it is written down who read and wrote the buckets; null for not at all.</param>
/// <param name="KeepsLogs">Whether log groups are the foundation's, and outlive the application.</param>
internal sealed record Safeguards(int? BucketLogDays = null, bool KeepsLogs = false)
{
    /// <summary>
    /// The registries whose images come through this account's, with what the model says of each; the prefix is empty where it says none.
    /// </summary>
    public ImmutableSortedDictionary<string, PullThroughCache> Caches { get; init; } =
        ImmutableSortedDictionary.Create<string, PullThroughCache>(StringComparer.Ordinal);

    /// <summary>The file systems that exist, by the volumes that they are for.</summary>
    public ImmutableSortedDictionary<string, string> FileSystems { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}
