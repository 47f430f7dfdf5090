using Aspire.Hosting;

namespace Hosting.Fargate;

/// <summary>
/// What a service and a task choose among, as AppHosts in other languages write it: by a method, where C# has a value of a class.
/// </summary>
internal static class PolyglotWorkloads
{
    /// <summary>Takes Fargate Spot for a share of the tasks: cheaper, and taken away with two minutes' notice.</summary>
    /// <param name="workload">The service or task.</param>
    /// <param name="percent">The share of the tasks, in percent.</param>
    /// <param name="onDemand">So many tasks are never on Spot.</param>
    [AspireExport]
    public static void UseFargateSpot(this FargateWorkload workload, int percent, int onDemand = 0) =>
        workload.Capacity = Capacity.FargateSpot(percent, onDemand);

    /// <summary>Takes the instances that ECS manages for the environment (withManagedInstances).</summary>
    /// <param name="workload">The service or task.</param>
    [AspireExport]
    public static void UseManagedInstances(this FargateWorkload workload) => workload.Capacity = Capacity.ManagedInstances;

    /// <summary>Takes EC2 instances of a capacity provider that exists.</summary>
    /// <param name="workload">The service or task.</param>
    /// <param name="capacityProvider">The name of the capacity provider.</param>
    [AspireExport]
    public static void UseEc2(this FargateWorkload workload, string capacityProvider) => workload.Capacity = Capacity.Ec2(capacityProvider);

    /// <summary>Takes machines that are registered with ECS Anywhere.</summary>
    /// <param name="workload">The service or task.</param>
    [AspireExport]
    public static void UseExternal(this FargateWorkload workload) => workload.Capacity = Capacity.External;

    /// <summary>Has a command in the container say whether it is healthy.</summary>
    /// <param name="workload">The service or task.</param>
    /// <param name="command">The command, such as CMD and a program with its arguments.</param>
    /// <param name="interval">The time between two checks; 30 s where it is left out.</param>
    /// <param name="retries">So many failures in a row, and it is not.</param>
    [AspireExport]
    public static void CheckContainer(this FargateWorkload workload, string[] command, TimeSpan? interval = null, int retries = 3) =>
        workload.ContainerHealthCheck = Check(command, interval, retries);

    /// <summary>Has a command in a sidecar say whether it is healthy.</summary>
    /// <param name="sidecar">The sidecar.</param>
    /// <param name="command">The command, such as CMD and a program with its arguments.</param>
    /// <param name="interval">The time between two checks; 30 s where it is left out.</param>
    /// <param name="retries">So many failures in a row, and it is not.</param>
    [AspireExport]
    public static void CheckSidecar(this Sidecar sidecar, string[] command, TimeSpan? interval = null, int retries = 3) =>
        sidecar.HealthCheck = Check(command, interval, retries);

    /// <summary>Replaces tasks a few at a time.</summary>
    /// <param name="service">The service.</param>
    /// <param name="minimumHealthyPercent">So many of the wanted tasks run all the time, in percent.</param>
    /// <param name="maximumPercent">No more run at a time, in percent of the wanted tasks.</param>
    [AspireExport]
    public static void DeployRolling(this FargateService service, int minimumHealthyPercent = 100, int maximumPercent = 200) =>
        service.Deployment = DeploymentStrategy.Rolling(minimumHealthyPercent, maximumPercent);

    /// <summary>Starts all new tasks beside the old ones, and moves all requests at once.</summary>
    /// <param name="service">The service.</param>
    /// <param name="bakeTime">The old ones stay so long; 5 minutes where it is left out.</param>
    [AspireExport]
    public static void DeployBlueGreen(this FargateService service, TimeSpan? bakeTime = null) =>
        service.Deployment = DeploymentStrategy.BlueGreen(bakeTime);

    /// <summary>Moves a few requests first, and the rest later.</summary>
    /// <param name="service">The service.</param>
    /// <param name="percent">The first share, in percent.</param>
    /// <param name="canaryBakeTime">It is watched so long; 10 minutes where it is left out.</param>
    /// <param name="bakeTime">The old tasks stay so long; 5 minutes where it is left out.</param>
    [AspireExport]
    public static void DeployCanary(
        this FargateService service,
        double percent = 10,
        TimeSpan? canaryBakeTime = null,
        TimeSpan? bakeTime = null
    ) => service.Deployment = DeploymentStrategy.Canary(percent, canaryBakeTime, bakeTime);

    /// <summary>Moves requests in equal steps.</summary>
    /// <param name="service">The service.</param>
    /// <param name="stepPercent">A step, in percent.</param>
    /// <param name="stepBakeTime">Each is watched so long; 6 minutes where it is left out.</param>
    /// <param name="bakeTime">The old tasks stay so long; 5 minutes where it is left out.</param>
    [AspireExport]
    public static void DeployLinear(
        this FargateService service,
        double stepPercent = 10,
        TimeSpan? stepBakeTime = null,
        TimeSpan? bakeTime = null
    ) => service.Deployment = DeploymentStrategy.Linear(stepPercent, stepBakeTime, bakeTime);

    private static ContainerHealthCheck Check(string[] command, TimeSpan? interval, int retries)
    {
        var check = new ContainerHealthCheck(command) { Retries = retries };
        return interval is { } given ? check with { Interval = given } : check;
    }
}
