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
            yield return new UncountedCost(
                $"{task.Name}: each hour that a task of {ServiceCosts.SizeOf(task)} runs",
                $"{CostText.Price(ServiceCosts.HourOf(task))} on demand{address}"
            );
        }

        if (application.Insights == ContainerInsights.Enhanced)
        {
            yield return new UncountedCost(
                "Container Insights (enhanced), which is on",
                "by the observation, and so by the number of services, tasks and containers"
            );
        }
        else if (application.Insights is not null)
        {
            yield return new UncountedCost(
                "Container Insights: the log of what it measures",
                $"{CostText.PerGigabyte(Prices.LogGigabyte)} taken in"
            );
        }

        foreach (var cost in ByUse(application))
        {
            yield return cost;
        }
    }

    /// <summary>What is in buckets, whoever puts it there.</summary>
    public static UncountedCost Objects { get; } =
        new("Objects in buckets", $"{CostText.PerGigabyteMonth(Prices.BucketGigabyteMonth)}, and requests");

    private static IEnumerable<UncountedCost> ByUse(FargateApplication application)
    {
        yield return new UncountedCost("Data to the internet", CostText.PerGigabyte(Prices.InternetGigabyte));
        if (application.Network is OwnNetwork { Tasks: TaskPlacement.PrivateWithNat })
        {
            yield return new UncountedCost("Data through NAT gateways", CostText.PerGigabyte(Prices.NatGatewayGigabyte));
        }

        if (application.Network is OwnNetwork { Tasks: TaskPlacement.PrivateWithEndpoints })
        {
            yield return new UncountedCost("Data through interface endpoints", CostText.PerGigabyte(Prices.InterfaceEndpointGigabyte));
        }

        foreach (var cost in CacheCosts.ByUse(application).Concat(DatabaseCosts.ByUse(application)).Concat(BrokerCosts.ByUse(application)))
        {
            yield return cost;
        }

        yield return new UncountedCost(
            "Logs",
            $"{CostText.PerGigabyte(Prices.LogGigabyte)} taken in, {CostText.PerGigabyteMonth(Prices.LogGigabyteMonth)} kept"
        );
        if (application.Workloads.Any(workload => workload.Telemetry != Telemetry.None))
        {
            yield return new UncountedCost(
                "Traces",
                $"{CostText.PerGigabyte(Prices.SpanGigabyte)} of spans; 1 % indexed for nothing, then {CostText.Amount(Prices.MillionIndexedSpans)} a million"
            );
        }

        if (application.Workloads.Any(workload => workload.Telemetry is Telemetry.CloudWatchAgent or Telemetry.Direct))
        {
            // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/metrics-otel-pricing.html
            yield return new UncountedCost(
                "Metrics by OTLP, those of spans too",
                "by the GB taken in, whatever their number: https://aws.amazon.com/cloudwatch/pricing/"
            );
        }

        if (application.Workloads.Any(workload => workload.Telemetry == Telemetry.Collector))
        {
            yield return new UncountedCost(
                "Metrics by the collector (EMF)",
                $"{CostText.Price(Prices.CustomMetricMonth)} a month for each metric and set of dimensions, and {CostText.PerGigabyte(Prices.LogGigabyte)} of log"
            );
        }

        yield return new UncountedCost(
            "The dashboard",
            $"{CostText.Amount(Prices.DashboardMonth)} a month, after the account's first three"
        );
        foreach (var cost in application.Data.Select(data => data.Cost).OfType<UncountedCost>().Distinct())
        {
            yield return cost;
        }

        if (application.HasDistribution)
        {
            yield return new UncountedCost(
                "CloudFront",
                $"{CostText.PerGigabyte(Prices.EdgeGigabyte)} to browsers and {CostText.Price(Prices.TenThousandEdgeRequests)} for 10,000 requests, after the account's "
                    + "first TB and 10 million of the month"
            );
        }

        if (application.Sites.Length > 0)
        {
            // https://aws.amazon.com/cloudfront/pricing/
            yield return new UncountedCost(
                "Requests to front ends, each of which runs a function",
                $"{CostText.Price(Prices.MillionEdgeFunctions)} a million, after the account's first 2 million of the month"
            );
        }

        if (
            application.Ingress.WebAclArn is not null
            || application.Ingress.ManagedWebAcl is not null
            || application is { HasDistribution: true, Ingress.Edge.WebAclArn: not null }
        )
        {
            yield return new UncountedCost("Requests that the web ACL looks at", "by the million: https://aws.amazon.com/waf/pricing/");
        }

        if (application.Network is OwnNetwork { FlowLogDays: not null })
        {
            yield return new UncountedCost("Flow logs", "by the GB delivered: https://aws.amazon.com/cloudwatch/pricing/ (vended logs)");
        }

        var hasBuckets =
            application.Sites.Length > 0
            || application is { HasLoadBalancer: true, Ingress.AccessLogDays: not null }
            || application.Network is OwnNetwork { FlowLogDays: not null };
        if (hasBuckets && !application.Data.Any(data => data.Cost == Objects))
        {
            yield return Objects;
        }

        if (application.Workloads.Any(workload => workload.Containers.Any(container => container.Image is BuiltImage)))
        {
            yield return new UncountedCost(
                "Images in ECR, the ten newest of each service and task",
                CostText.PerGigabyteMonth(Prices.ImageGigabyteMonth)
            );
        }
    }

    private static string? Machines(Capacity capacity) =>
        capacity switch
        {
            FargateCapacity => null,
            ManagedInstancesCapacity => "the instances that ECS Managed Instances starts, and its fee",
            Ec2Capacity ec2 => $"the instances of the capacity provider {ec2.CapacityProvider}",
            ExternalCapacity => "machines of your own, and the fee of ECS Anywhere",
            _ => throw new InvalidOperationException($"{capacity.GetType().Name} is no kind of capacity."),
        };
}
