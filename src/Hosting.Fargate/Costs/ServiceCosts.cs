using Hosting.Fargate.Application;

namespace Hosting.Fargate.Costs;

/// <summary>What the tasks of a service cost on Fargate: CPU and memory, and disk beyond what is free.</summary>
internal static class ServiceCosts
{
    public static IEnumerable<CostLine> Of(ServiceSpec service)
    {
        if (service.Capacity is not FargateCapacity capacity)
        {
            // The machines are billed, not the tasks on them.
            yield break;
        }

        var (least, most) = TaskRange.Of(service);
        var leastSpot = SpotShare(capacity, least);
        var mostSpot = SpotShare(capacity, most);
        var price = HourOf(service) * Prices.HoursOfMonth;
        if (most - mostSpot > 0)
        {
            yield return new CostLine($"{service.Name}: tasks of {SizeOf(service)}", price, least - leastSpot, most - mostSpot);
        }

        if (mostSpot > 0)
        {
            yield return new CostLine($"{service.Name}: the same on Spot", price * (1 - Prices.SpotDiscount), leastSpot, mostSpot);
        }

        if (service.EphemeralStorage > Prices.FreeEphemeralGigabytes)
        {
            var gigabytes = service.EphemeralStorage.Value - Prices.FreeEphemeralGigabytes;
            yield return new CostLine(
                $"{service.Name}: {gigabytes} GB of disk a task above the {Prices.FreeEphemeralGigabytes} that are free",
                gigabytes * Prices.EphemeralGigabyteHour * Prices.HoursOfMonth,
                least,
                most
            );
        }
    }

    /// <summary>USD for an hour of a task on demand, without disk.</summary>
    public static decimal HourOf(Workload workload) =>
        (workload.Size.Cpu / 1024m * Prices.VCpuHour(workload.Architecture))
        + (workload.Size.Memory / 1024m * Prices.GigabyteHour(workload.Architecture));

    public static string SizeOf(Workload workload) =>
        $"{CostText.Quantity(workload.Size.Cpu / 1024m)} vCPU, {CostText.Quantity(workload.Size.Memory / 1024m)} GB, {(workload.Architecture == Architecture.Arm64 ? "arm64" : "x64")}";

    /// <summary>
    /// How many of a number of tasks are on Spot, as the weights say; ECS rounds to whole tasks in a way that it does not tell.
    /// </summary>
    private static decimal SpotShare(FargateCapacity capacity, int tasks) =>
        Math.Max(tasks - capacity.OnDemand, 0) * capacity.SpotPercent / 100m;
}

/// <summary>Between how many tasks a service moves.</summary>
internal static class TaskRange
{
    public static (int Least, int Most) Of(ServiceSpec service) =>
        service.Scaling is not { } scaling
            ? (service.DesiredCount, service.DesiredCount)
            : (
                scaling.Schedules.Select(schedule => schedule.Minimum).Append(scaling.Minimum).Min(),
                scaling.Schedules.Select(schedule => schedule.Maximum).Append(scaling.Maximum).Max()
            );

    /// <summary>All tasks that have a public address: those on Fargate, where the network gives them one.</summary>
    public static (int Least, int Most) WithPublicAddress(FargateApplication application)
    {
        var (least, most) = (0, 0);
        foreach (var service in application.Network.TasksArePublic ? application.Services : [])
        {
            if (service.Capacity is FargateCapacity)
            {
                var range = Of(service);
                (least, most) = (least + range.Least, most + range.Most);
            }
        }

        return (least, most);
    }
}
