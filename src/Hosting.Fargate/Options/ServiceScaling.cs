using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate;

/// <summary>Between how many tasks a service moves, and by what.</summary>
[AspireExport(ExposeProperties = true, ExposeMethods = true)]
public sealed class ServiceScaling
{
    internal ServiceScaling(int minimum, int maximum)
    {
        Minimum = minimum;
        Maximum = maximum;
    }

    internal int Minimum { get; }

    internal int Maximum { get; }

    internal double? CpuPercent { get; private set; }

    internal double? MemoryPercent { get; private set; }

    internal int? RequestsPerTarget { get; private set; }

    internal (SqsQueueResource Queue, double MessagesPerTask)? Backlog { get; private set; }

    internal List<ScalingSchedule> Schedules { get; } = [];

    /// <summary>Keeps the average use of CPU near a percentage.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0 and up to 100.</exception>
    public ServiceScaling OnCpu(double percent)
    {
        CpuPercent = Percent(percent);
        return this;
    }

    /// <summary>Keeps the average use of memory near a percentage.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0 and up to 100.</exception>
    public ServiceScaling OnMemory(double percent)
    {
        MemoryPercent = Percent(percent);
        return this;
    }

    /// <summary>Keeps the requests that each task gets from the load balancer near a number a minute.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public ServiceScaling OnRequests(int perTargetAndMinute)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perTargetAndMinute);
        RequestsPerTarget = perTargetAndMinute;
        return this;
    }

    /// <summary>
    /// Keeps the messages of a queue, waiting and in hand, near a number for each running task. With a minimum of 0 the service stops
    /// when the queue is empty; the first message then waits for a task, and up to 15 minutes more where the queue was idle for
    /// over six hours, since CloudWatch stops measuring it. It needs Container Insights, which is billed.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public ServiceScaling OnBacklog(IResourceBuilder<SqsQueueResource> queue, double messagesPerTask)
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(messagesPerTask);
        Backlog = (queue.Resource, messagesPerTask);
        return this;
    }

    /// <summary>Moves the range itself at set times.</summary>
    /// <param name="schedule"><c>cron(minute hour day-of-month month day-of-week year)</c>, <c>rate(1 day)</c> or
    /// <c>at(yyyy-mm-ddThh:mm:ss)</c>.</param>
    /// <param name="minimum">The fewest tasks from then on.</param>
    /// <param name="maximum">The most tasks from then on.</param>
    /// <param name="timeZone">The IANA name of the time zone that the schedule means.</param>
    public ServiceScaling OnSchedule(string schedule, int minimum, int maximum, string timeZone = "UTC")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(schedule);
        ArgumentException.ThrowIfNullOrWhiteSpace(timeZone);
        ArgumentOutOfRangeException.ThrowIfNegative(minimum);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, minimum);
        Schedules.Add(new ScalingSchedule(schedule, minimum, maximum, timeZone));
        return this;
    }

    private static double Percent(double percent) =>
        percent is > 0 and <= 100
            ? percent
            : throw new ArgumentOutOfRangeException(nameof(percent), percent, "A target is above 0 and at most 100 percent.");
}

internal sealed record ScalingSchedule(string Expression, int Minimum, int Maximum, string TimeZone);
