namespace Hosting.Fargate;

/// <summary>What the tasks of a service run on.</summary>
public abstract record Capacity
{
    private protected Capacity() { }

    /// <summary>AWS Fargate on demand: what is used unless the model says otherwise.</summary>
    public static Capacity Fargate { get; } = new FargateCapacity(0, 0);

    /// <summary>
    /// Instances that ECS chooses, starts, patches and ends: ECS Managed Instances, one capacity provider for the environment.
    /// </summary>
    public static Capacity ManagedInstances { get; } = new ManagedInstancesCapacity();

    /// <summary>
    /// Machines of your own, registered with the cluster: ECS Anywhere. They have no load balancer, no Service Connect and no network
    /// interface of their own.
    /// </summary>
    public static Capacity External { get; } = new ExternalCapacity();

    /// <summary>
    /// A share of the tasks on Fargate Spot, at up to 70 % less: Spot tasks end with two minutes of warning and are not replaced by
    /// tasks on demand while Spot has no capacity.
    /// </summary>
    /// <param name="percent">How many of a hundred tasks run on Spot, 1 to 100.</param>
    /// <param name="onDemand">How many tasks run on demand before the share counts, 0 to 100,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Capacity FargateSpot(int percent, int onDemand = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(percent, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        ArgumentOutOfRangeException.ThrowIfNegative(onDemand);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(onDemand, 100_000);
        return new FargateCapacity(percent, onDemand);
    }

    /// <summary>EC2 instances of an Auto Scaling group, by a capacity provider that exists.</summary>
    /// <param name="capacityProvider">Its name.</param>
    public static Capacity Ec2(string capacityProvider)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(capacityProvider);
        return new Ec2Capacity(capacityProvider);
    }
}

/// <summary>Fargate, <paramref name="SpotPercent"/> of a hundred tasks on Spot once <paramref name="OnDemand"/> run on demand.</summary>
internal sealed record FargateCapacity(int SpotPercent, int OnDemand) : Capacity;

internal sealed record ManagedInstancesCapacity : Capacity;

internal sealed record Ec2Capacity(string CapacityProvider) : Capacity;

internal sealed record ExternalCapacity : Capacity;
