using Aspire.Hosting;

namespace Hosting.Fargate;

/// <summary>
/// A project or container as a task of ECS that runs and ends: once in each deploy, before any service takes a new version, or on a
/// schedule. What it does must bear being done again.
/// </summary>
[AspireExport(ExposeProperties = true, ExposeMethods = true)]
public sealed class FargateTask : FargateWorkload
{
    internal FargateTask() { }

    internal TaskSchedule? Schedule { get; private set; }

    /// <summary>Runs the task by EventBridge Scheduler, in place of once in each deploy.</summary>
    /// <param name="schedule"><c>cron(minute hour day-of-month month day-of-week year)</c>, <c>rate(1 hour)</c> or
    /// <c>at(yyyy-mm-ddThh:mm:ss)</c>.</param>
    /// <param name="timeZone">The IANA name of the time zone that the schedule means.</param>
    /// <param name="retries">How often starting the task is tried again, 0 to 185. A task that ends in failure is not started
    /// again.</param>
    /// <param name="flexibleWindow">Within what time of the schedule it may start: whole minutes, up to a day; none unless given.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number or time is out of its range.</exception>
    public void OnSchedule(string schedule, string timeZone = "UTC", int retries = 3, TimeSpan? flexibleWindow = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(schedule);
        ArgumentException.ThrowIfNullOrWhiteSpace(timeZone);
        ArgumentOutOfRangeException.ThrowIfNegative(retries);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(retries, 185);
        var window = flexibleWindow ?? TimeSpan.Zero;
        Schedule =
            window >= TimeSpan.Zero && window <= TimeSpan.FromDays(1) && window.Ticks % TimeSpan.TicksPerMinute == 0
                ? new TaskSchedule(schedule, timeZone, retries, (int)window.TotalMinutes)
                : throw new ArgumentOutOfRangeException(
                    nameof(flexibleWindow),
                    window,
                    "EventBridge Scheduler takes whole minutes, up to a day."
                );
    }
}

/// <summary>When a task runs.</summary>
internal sealed record TaskSchedule(string Expression, string TimeZone, int Retries, int FlexibleMinutes);
