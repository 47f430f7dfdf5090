using Aspire.Hosting;

namespace Hosting.Fargate;

/// <summary>
/// How a database server is a cluster of Aurora, whose capacity follows what is asked of it:
/// https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.html.
/// </summary>
[AspireExport(ExposeProperties = true, ExposeMethods = true)]
public sealed class AuroraDatabase : ManagedDatabase
{
    private decimal _minimumCapacity;
    private decimal _maximumCapacity = 4;
    private TimeSpan _pauseAfter = TimeSpan.FromMinutes(5);
    private int _instances = 1;

    internal AuroraDatabase() { }

    /// <summary>
    /// The least capacity of each instance in ACU (2 GiB of memory and what goes with it), 0 to 256 in steps of a half; 0 unless set, with
    /// which it pauses where nobody is connected, and costs storage alone. Whoever connects then waits some 15 seconds, and some 30 after a
    /// day: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 to 256 in steps of a half.</exception>
    public decimal MinimumCapacity
    {
        get => _minimumCapacity;
        set => _minimumCapacity = InSteps(value, 0, nameof(MinimumCapacity));
    }

    /// <summary>The most capacity of each instance in ACU, 1 to 256 in steps of a half; 4 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 to 256 in steps of a half.</exception>
    public decimal MaximumCapacity
    {
        get => _maximumCapacity;
        set => _maximumCapacity = InSteps(value, 1, nameof(MaximumCapacity));
    }

    /// <summary>
    /// How long nobody is connected before it pauses, where <see cref="MinimumCapacity"/> is 0: 5 minutes to a day, 5 minutes unless set. A
    /// pool of connections, and a health check that asks the database, keep it awake.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 5 minutes to a day.</exception>
    public TimeSpan PauseAfter
    {
        get => _pauseAfter;
        set =>
            _pauseAfter =
                value >= TimeSpan.FromMinutes(5) && value <= TimeSpan.FromDays(1)
                    ? value
                    : throw new ArgumentOutOfRangeException(nameof(PauseAfter), value, $"{nameof(PauseAfter)} is 5 minutes to a day.");
    }

    /// <summary>
    /// How many instances there are, 1 to 16; 1 unless set. Of more than one each is in another zone, as far as there are zones; one
    /// writes, and another takes over where it fails:
    /// https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 to 16.</exception>
    public int Instances
    {
        get => _instances;
        set => _instances = InRange(value, 1, 16, nameof(Instances));
    }

    private protected override int LeastBackupDays => 1;

    private static decimal InSteps(decimal value, decimal least, string name) =>
        value >= least && value <= 256 && decimal.IsInteger(value * 2)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} is {least} to 256 ACU in steps of 0.5.");
}
