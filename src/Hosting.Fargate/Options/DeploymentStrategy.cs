namespace Hosting.Fargate;

/// <summary>How a service goes from one version to the next.</summary>
public abstract record DeploymentStrategy
{
    private protected DeploymentStrategy() { }

    /// <summary>
    /// New tasks beside old ones until all are new, with circuit breaker and rollback: what is used unless the model says otherwise.
    /// </summary>
    /// <param name="minimumHealthyPercent">How many of the desired tasks run at the least, in percent.</param>
    /// <param name="maximumPercent">How many of the desired tasks run at the most, in percent.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty, or nothing could ever be replaced in it.</exception>
    public static DeploymentStrategy Rolling(int minimumHealthyPercent = 100, int maximumPercent = 200)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minimumHealthyPercent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minimumHealthyPercent, 100);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumPercent, 100);
        return maximumPercent == minimumHealthyPercent
            ? throw new ArgumentOutOfRangeException(
                nameof(maximumPercent),
                maximumPercent,
                "With a maximum equal to the minimum no task could ever be replaced. Raise the one or lower the other."
            )
            : new RollingDeployment(minimumHealthyPercent, maximumPercent);
    }

    /// <summary>All new tasks beside all old ones, then the whole traffic to the new.</summary>
    /// <param name="bakeTime">How long the old tasks stay after that, for a rollback in seconds: whole minutes, up to a day; 5 minutes
    /// unless set.</param>
    public static DeploymentStrategy BlueGreen(TimeSpan? bakeTime = null) =>
        new BlueGreenDeployment(Minutes(bakeTime, 5, nameof(bakeTime)));

    /// <summary>A share of the traffic to the new tasks first, then all of it.</summary>
    /// <param name="percent">The first share, 0.1 to 100.</param>
    /// <param name="canaryBakeTime">How long the first share is watched: whole minutes, up to a day; 10 unless set.</param>
    /// <param name="bakeTime">How long the old tasks stay after the rest: whole minutes, up to a day; 5 unless set.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static DeploymentStrategy Canary(double percent = 10, TimeSpan? canaryBakeTime = null, TimeSpan? bakeTime = null) =>
        new CanaryDeployment(
            Percent(percent, 0.1, nameof(percent)),
            Minutes(canaryBakeTime, 10, nameof(canaryBakeTime)),
            Minutes(bakeTime, 5, nameof(bakeTime))
        );

    /// <summary>The traffic to the new tasks in equal steps.</summary>
    /// <param name="stepPercent">The size of a step, 3 to 100.</param>
    /// <param name="stepBakeTime">How long each step is watched: whole minutes, up to a day; 6 unless set.</param>
    /// <param name="bakeTime">How long the old tasks stay after the last: whole minutes, up to a day; 5 unless set.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static DeploymentStrategy Linear(double stepPercent = 10, TimeSpan? stepBakeTime = null, TimeSpan? bakeTime = null) =>
        new LinearDeployment(
            Percent(stepPercent, 3, nameof(stepPercent)),
            Minutes(stepBakeTime, 6, nameof(stepBakeTime)),
            Minutes(bakeTime, 5, nameof(bakeTime))
        );

    private static double Percent(double percent, double least, string name) =>
        percent >= least && percent <= 100
            ? percent
            : throw new ArgumentOutOfRangeException(name, percent, $"ECS takes {least} to 100 percent.");

    private static int Minutes(TimeSpan? time, int otherwise, string name) =>
        time is not { } given ? otherwise
        : given >= TimeSpan.Zero && given <= TimeSpan.FromDays(1) && given.Ticks % TimeSpan.TicksPerMinute == 0 ? (int)given.TotalMinutes
        : throw new ArgumentOutOfRangeException(name, given, "ECS takes whole minutes, up to a day.");
}

internal sealed record RollingDeployment(int MinimumHealthyPercent, int MaximumPercent) : DeploymentStrategy;

/// <summary>A deployment that moves traffic between two target groups.</summary>
internal abstract record TrafficShiftDeployment(int BakeMinutes) : DeploymentStrategy;

internal sealed record BlueGreenDeployment(int BakeMinutes) : TrafficShiftDeployment(BakeMinutes);

internal sealed record CanaryDeployment(double Percent, int CanaryBakeMinutes, int BakeMinutes) : TrafficShiftDeployment(BakeMinutes);

internal sealed record LinearDeployment(double StepPercent, int StepBakeMinutes, int BakeMinutes) : TrafficShiftDeployment(BakeMinutes);
