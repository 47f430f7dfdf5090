using System.Text.RegularExpressions;
using Aspire.Hosting;

namespace Hosting.Fargate;

/// <summary>How a database server is an instance of RDS: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Welcome.html.</summary>
[AspireExport(ExposeProperties = true, ExposeMethods = true)]
public sealed partial class RelationalDatabase : ManagedDatabase
{
    private string? _instanceClass;
    private int _storageGigabytes = 20;
    private int? _maximumStorageGigabytes = 100;

    internal RelationalDatabase() { }

    /// <summary>
    /// Processors and memory, such as <c>db.m7g.large</c>. Unless set <c>db.t4g.micro</c>, and for SQL Server <c>db.t3.small</c>. A change
    /// restarts the server: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Types.html.
    /// </summary>
    /// <exception cref="ArgumentException">No name of a class.</exception>
    public string? InstanceClass
    {
        get => _instanceClass;
        set =>
            _instanceClass =
                value is null || ClassName().IsMatch(value)
                    ? value
                    : throw new ArgumentException(
                        $"{nameof(InstanceClass)} is as db.t4g.micro is, and '{value}' is not.",
                        nameof(InstanceClass)
                    );
    }

    /// <summary>The storage to begin with in GiB (gp3), 20 to 65536; 20 unless set. It never shrinks.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 20 to 65536.</exception>
    public int StorageGigabytes
    {
        get => _storageGigabytes;
        set => _storageGigabytes = InRange(value, 20, 65_536, nameof(StorageGigabytes));
    }

    /// <summary>
    /// To how many GiB the storage grows by itself where it gets full, a tenth more than <see cref="StorageGigabytes"/> at the least; 100
    /// unless set, null for not at all: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 22 to 65536.</exception>
    public int? MaximumStorageGigabytes
    {
        get => _maximumStorageGigabytes;
        set => _maximumStorageGigabytes = value is { } most ? InRange(most, 22, 65_536, nameof(MaximumStorageGigabytes)) : null;
    }

    /// <summary>
    /// Whether a second server stands by in another zone, which takes over where the first fails, and costs as much; not for SQL Server
    /// Express: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.html.
    /// </summary>
    public bool MultiAz { get; set; }

    private protected override int LeastBackupDays => 0;

    [GeneratedRegex(@"\Adb\.[a-z0-9-]+\.[a-z0-9-]+\z")]
    internal static partial Regex ClassName();
}
