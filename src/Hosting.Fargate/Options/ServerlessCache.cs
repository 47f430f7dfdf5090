using Aspire.Hosting;

namespace Hosting.Fargate;

/// <summary>How a cache is one of ElastiCache Serverless: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/WhatIs.html.</summary>
[AspireExport(ExposeProperties = true, ExposeMethods = true)]
public sealed class ServerlessCache
{
    private int? _maximumGigabytes;
    private int? _maximumProcessingUnits;
    private int _snapshotDays;

    internal ServerlessCache() { }

    /// <summary>Valkey's major version: 8 unless set. Another one is an update in place, and there is no way back to a lower one.</summary>
    public string EngineVersion { get; set; } = "8";

    /// <summary>
    /// The most data in GB, 1 to 5000: what is beyond it is evicted. No limit of its own unless set; what is stored is billed by the hour.
    /// https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Scaling-serverless.html
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 to 5000.</exception>
    public int? MaximumGigabytes
    {
        get => _maximumGigabytes;
        set => _maximumGigabytes = InRange(value, 1, 5_000, nameof(MaximumGigabytes));
    }

    /// <summary>
    /// The most ElastiCache Processing Units a second, 1000 to 15000000: what is beyond it is throttled. No limit of its own unless set.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1000 to 15000000.</exception>
    public int? MaximumProcessingUnits
    {
        get => _maximumProcessingUnits;
        set => _maximumProcessingUnits = InRange(value, 1_000, 15_000_000, nameof(MaximumProcessingUnits));
    }

    /// <summary>For how many days the snapshot of each day is kept, 0 to 35; 0, for none, unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 to 35.</exception>
    public int SnapshotDays
    {
        get => _snapshotDays;
        set => _snapshotDays = InRange(value, 0, 35, nameof(SnapshotDays))!.Value;
    }

    private static int? InRange(int? value, int least, int most, string name) =>
        value is null || (value >= least && value <= most)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} is {least} to {most}.");
}
