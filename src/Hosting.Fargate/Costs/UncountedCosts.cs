using Hosting.Fargate.Application;

namespace Hosting.Fargate.Costs;

/// <summary>What the bill has beside the estimate: what is billed by use, and what is not this application's to know.</summary>
internal static class UncountedCosts
{
    public static IEnumerable<UncountedCost> Of(FargateApplication application)
    {
        foreach (var workload in application.Services.Cast<Workload>().Concat(application.Tasks))
        {
            if (Machines(workload.Capacity) is { } machines)
            {
                yield return new UncountedCost($"{workload.Name}: {machines}", "by the machine, not by the task");
            }
        }

        var address = application.Network.TasksArePublic ? $", {CostText.Price(Prices.PublicAddressHour)} for its address" : "";
        foreach (var task in application.Tasks.Where(task => task.Capacity is FargateCapacity))
        {
            yield return new UncountedCost($"{task.Name}: each hour that a task of {ServiceCosts.SizeOf(task)} runs", $"{CostText.Price(ServiceCosts.HourOf(task))} on demand{address}");
        }

        if (application.Insights is { } insights)
        {
            yield return new UncountedCost($"Container Insights ({(insights == ContainerInsights.Enhanced ? "enhanced" : "enabled")}), which is on", "by the metric, and so by the number of services and tasks");
        }

        foreach (var cost in ByUse(application))
        {
            yield return cost;
        }
    }

    private static IEnumerable<UncountedCost> ByUse(FargateApplication application)
    {
        yield return new UncountedCost("Data to the internet", PerGigabyte(Prices.InternetGigabyte));
        if (application.Network is OwnNetwork { Tasks: TaskPlacement.PrivateWithNat })
        {
            yield return new UncountedCost("Data through NAT gateways", PerGigabyte(Prices.NatGatewayGigabyte));
        }

        if (application.Network is OwnNetwork { Tasks: TaskPlacement.PrivateWithEndpoints })
        {
            yield return new UncountedCost("Data through interface endpoints", PerGigabyte(Prices.InterfaceEndpointGigabyte));
        }

        yield return new UncountedCost("Logs", $"{PerGigabyte(Prices.LogGigabyte)} taken in, {PerGigabyteMonth(Prices.LogGigabyteMonth)} kept");
        if (application.Workloads.Any(workload => workload.Telemetry != Telemetry.None))
        {
            yield return new UncountedCost("Traces", $"{PerGigabyte(Prices.SpanGigabyte)} of spans; 1 % indexed for nothing, then {CostText.Amount(Prices.MillionIndexedSpans)} a million");
        }

        if (application.Alarms.Enabled || application.Services.Any(service => service.Scaling is not null))
        {
            yield return new UncountedCost("Alarms, those of scaling too", $"{CostText.Amount(Prices.AlarmMetricMonth)} a month for each metric that one looks at, after the account's first ten");
        }

        yield return new UncountedCost("The dashboard", $"{CostText.Amount(Prices.DashboardMonth)} a month, after the account's first three");
        if (application.Queues.Length > 0)
        {
            yield return new UncountedCost("Queue requests, empty long polls too", $"{CostText.Amount(Prices.MillionQueueRequests)} a million, after the account's first million of the month");
        }

        if (application.Buckets.Length > 0 || application is { HasLoadBalancer: true, Ingress.AccessLogDays: not null })
        {
            yield return new UncountedCost("Objects in buckets", $"{PerGigabyteMonth(Prices.BucketGigabyteMonth)}, and requests");
        }

        if (application.FileSystems.Length > 0)
        {
            yield return new UncountedCost("Files on EFS", $"{PerGigabyteMonth(Prices.FileSystemGigabyteMonth)}, and reads, writes and backups");
        }

        if (application.Workloads.Any(workload => workload.Containers.Any(container => container.Image is BuiltImage)))
        {
            yield return new UncountedCost("Images in ECR", PerGigabyteMonth(Prices.ImageGigabyteMonth));
        }
    }

    private static string? Machines(Capacity capacity) => capacity switch
    {
        FargateCapacity => null,
        ManagedInstancesCapacity => "the instances that ECS Managed Instances starts, and its fee",
        Ec2Capacity ec2 => $"the instances of the capacity provider {ec2.CapacityProvider}",
        ExternalCapacity => "machines of your own, and the fee of ECS Anywhere",
        _ => throw new InvalidOperationException($"{capacity.GetType().Name} is no kind of capacity."),
    };

    private static string PerGigabyte(decimal price) => $"{CostText.Price(price)} a GB";

    private static string PerGigabyteMonth(decimal price) => $"{CostText.Price(price)} a GB and month";
}
