using System.Text.RegularExpressions;
using Aspire.Hosting;

namespace Hosting.Fargate;

/// <summary>
/// How a cache is one of nodes of ElastiCache, at a price by the hour and not by use, and no cluster:
/// https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Replication.Redis-RedisCluster.html (cluster mode disabled).
/// </summary>
[AspireExport(ExposeProperties = true, ExposeMethods = true)]
public sealed partial class CacheNodes
{
    /// <summary>Those of which ElastiCache makes none any more.</summary>
    private static readonly string[] s_previous = ["t1", "m1", "m2", "m3", "c1", "r3"];

    private string _nodeType = "cache.t4g.micro";
    private string _engineVersion = "8.2";
    private int _replicas;
    private int _snapshotDays;

    internal CacheNodes() { }

    /// <summary>
    /// Processors and memory of each node: <c>cache.t4g.micro</c> (0.5 GiB) unless set. A change is made in place, and from or to one with
    /// a disk besides (<c>cache.r6gd</c>) by another cache, which begins empty:
    /// https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html.
    /// </summary>
    /// <exception cref="ArgumentException">No type of a node, or one of which ElastiCache makes none any more.</exception>
    public string NodeType
    {
        get => _nodeType;
        set =>
            _nodeType =
                !TypeName().Takes(value)
                    ? throw new ArgumentException($"{nameof(NodeType)} is as cache.t4g.small is, and '{value}' is not.", nameof(NodeType))
                : s_previous.Contains(value.Split('.')[1])
                    ? throw new ArgumentException(
                        $"{nameof(NodeType)}: ElastiCache makes no more nodes of the type '{value}'. Take one such as cache.t4g.small.",
                        nameof(NodeType)
                    )
                : value;
    }

    /// <summary>
    /// Nodes in other zones that follow the first one, 0 to 5, each at its price; none unless set. With one or more, another takes the
    /// place of the first within seconds where that fails (Multi-AZ), and what is in the cache stays; without one, it is lost:
    /// https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html. The first one and the last one take two changes of the
    /// stack, which <c>deploy</c> makes by itself; who deploys the template by hand turns failover on after the one, and off before the
    /// other.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 to 5.</exception>
    public int Replicas
    {
        get => _replicas;
        set => _replicas = InRange(value, 0, 5, nameof(Replicas));
    }

    /// <summary>
    /// Valkey's version, such as <c>8.2</c>, from 7.2 on; 8.2 unless set. A higher one is an update in place, and there is no way back to a
    /// lower one: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html.
    /// </summary>
    /// <exception cref="ArgumentException">No major and minor version, or one below 7.2.</exception>
    public string EngineVersion
    {
        get => _engineVersion;
        set =>
            _engineVersion =
                EngineVersionName().Takes(value) && Version.Parse(value) >= new Version(7, 2)
                    ? value
                    : throw new ArgumentException(
                        $"{nameof(EngineVersion)} is Valkey's, as 8.2 is, from 7.2 on, and '{value}' is not.",
                        nameof(EngineVersion)
                    );
    }

    /// <summary>For how many days the snapshot of each day is kept, 0 to 35; 0, for none, unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 to 35.</exception>
    public int SnapshotDays
    {
        get => _snapshotDays;
        set => _snapshotDays = InRange(value, 0, 35, nameof(SnapshotDays));
    }

    internal (DayOfWeek Day, int Hour)? Maintenance { get; private set; }

    /// <summary>How many nodes there are.</summary>
    internal int Count => Replicas + 1;

    /// <summary>
    /// Whether a node has a disk besides its memory: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/data-tiering.html.
    /// </summary>
    internal bool HasDisk => NodeType.StartsWith("cache.r6gd.", StringComparison.Ordinal);

    /// <summary>
    /// When ElastiCache may work on it, an hour once a week; where it has replicas, on one node after the other. Unless said, AWS takes a
    /// time: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/maintenance-window.html.
    /// </summary>
    /// <param name="day">The day of the week.</param>
    /// <param name="hour">The hour of that day in UTC, 0 to 23.</param>
    /// <exception cref="ArgumentOutOfRangeException">No day of the week, or no hour of a day.</exception>
    public void MaintainOn(DayOfWeek day, int hour)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((int)day, (int)DayOfWeek.Saturday, nameof(day));
        ArgumentOutOfRangeException.ThrowIfNegative((int)day, nameof(day));
        Maintenance = (day, InRange(hour, 0, 23, nameof(hour)));
    }

    private static int InRange(int value, int least, int most, string name) =>
        value >= least && value <= most ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is {least} to {most}.");

    [GeneratedRegex(@"\Acache\.[a-z0-9]+\.[a-z0-9]+\z")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"\A[0-9]{1,2}\.[0-9]{1,2}\z")]
    private static partial Regex EngineVersionName();
}
