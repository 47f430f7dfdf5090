using System.Globalization;
using Hosting.Fargate.Application;
using Hosting.Fargate.Costs;
using Hosting.Fargate.Markup;

namespace Hosting.Fargate.Writing;

/// <summary>What services and tasks are, in a few words, as Markdown.</summary>
internal static class WorkloadText
{
    public static string SizeOf(Workload workload) =>
        ServiceCosts.SizeOf(workload) + (workload.EphemeralStorage is { } disk ? $", {Number(disk)} GB disk" : "");

    public static string CapacityOf(Capacity capacity) =>
        capacity switch
        {
            FargateCapacity { SpotPercent: 0 } => "Fargate",
            FargateCapacity { SpotPercent: 100, OnDemand: 0 } => "Fargate Spot",
            FargateCapacity { OnDemand: 0 } spot => $"Fargate, {Number(spot.SpotPercent)} % on Spot",
            FargateCapacity spot => $"Fargate, {Number(spot.OnDemand)} on demand, of the rest {Number(spot.SpotPercent)} % on Spot",
            ManagedInstancesCapacity => "ECS Managed Instances",
            Ec2Capacity ec2 => $"EC2 by {Markdown.Code(ec2.CapacityProvider)}",
            ExternalCapacity => "machines of your own (ECS Anywhere)",
            _ => throw new InvalidOperationException($"{capacity.GetType().Name} is no kind of capacity."),
        };

    public static string TelemetryOf(Workload workload) =>
        workload.Telemetry switch
        {
            Telemetry.CloudWatchAgent => "CloudWatch agent",
            Telemetry.Collector => "OpenTelemetry collector",
            Telemetry.Direct => "sent by itself",
            _ => "logs alone",
        } + $"; log kept {Days(workload.LogRetentionDays)}";

    /// <summary>How many tasks, and by what their number moves.</summary>
    public static string TasksOf(ServiceSpec service)
    {
        if (service.Scaling is not { } scaling)
        {
            return Number(service.DesiredCount);
        }

        List<string> by = [];
        if (scaling.CpuPercent is { } cpu)
        {
            by.Add($"CPU near {Number(cpu)} %");
        }

        if (scaling.MemoryPercent is { } memory)
        {
            by.Add($"memory near {Number(memory)} %");
        }

        if (scaling.RequestsPerTarget is { } requests)
        {
            by.Add($"near {Number(requests)} requests a minute and task");
        }

        if (scaling.Backlog is { } backlog)
        {
            by.Add($"near {Number(backlog.MessagesPerTask)} messages of {Markdown.Code(backlog.Queue.Name)} a task");
        }

        by.AddRange(
            scaling.Schedules.Select(schedule =>
                $"{Number(schedule.Minimum)} to {Number(schedule.Maximum)} from {Markdown.Code(schedule.Expression)} {Markdown.Text(schedule.TimeZone)}"
            )
        );
        return $"{Number(scaling.Minimum)} to {Number(scaling.Maximum)}: {string.Join("; ", by)}";
    }

    public static string DeploymentOf(FargateApplication application, ServiceSpec service)
    {
        var how = service.Deployment switch
        {
            RollingDeployment rolling => $"rolling, {Number(rolling.MinimumHealthyPercent)} to {Number(rolling.MaximumPercent)} % of tasks",
            BlueGreenDeployment blueGreen => $"blue/green, old tasks kept {Minutes(blueGreen.BakeMinutes)}",
            CanaryDeployment canary =>
                $"canary, {Number(canary.Percent)} % for {Minutes(canary.CanaryBakeMinutes)}, old tasks kept {Minutes(canary.BakeMinutes)}",
            LinearDeployment linear =>
                $"linear, {Number(linear.StepPercent)} % every {Minutes(linear.StepBakeMinutes)}, old tasks kept {Minutes(linear.BakeMinutes)}",
            _ => throw new InvalidOperationException($"{service.Deployment.GetType().Name} is no kind of deployment."),
        };
        string[] back =
        [
            .. service.Deployment is RollingDeployment ? ["when tasks fail"] : (string[])[],
            .. application.Alarms.Enabled && service is { RollBackOnAlarm: true, Routes.Length: > 0 } ? ["on its 5xx alarm"] : (string[])[],
        ];
        return how + (back.Length == 0 ? "" : $"; back {string.Join(" or ", back)}");
    }

    public static string HealthCheckOf(ServiceSpec service)
    {
        if (service.Routes.Length > 0)
        {
            var health = service.Health;
            return $"{Markdown.Code(health.Path)} gives {Markdown.Text(health.SuccessCodes)}, every {Number(health.Interval)} s, {Number(health.UnhealthyThreshold)} to fail, {Number(health.GraceSeconds)} s of grace";
        }

        return service.Main.HealthCheck is { } check
            ? $"{Markdown.Code(string.Join(' ', check.Command))} every {Number(check.Interval.TotalSeconds)} s"
            : "that it runs";
    }

    public static string WhenOf(TaskSpec task) =>
        task.Schedule is not { } schedule
            ? task.After.Length == 0
                ? "in each deploy, before services roll"
                : $"in each deploy, after {Markdown.Codes(task.After)} and before other services roll"
            : $"{Markdown.Code(schedule.Expression)} {Markdown.Text(schedule.TimeZone)}; {Number(schedule.Retries)} retries of the start"
                + (schedule.FlexibleMinutes == 0 ? "" : $", within {Minutes(schedule.FlexibleMinutes)}");

    public static string Days(int days) => days == 1 ? "1 day" : $"{Number(days)} days";

    public static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A number of things: <c>1 queue</c>, <c>2 queues</c>.</summary>
    public static string Count(int count, string one) => $"{Number(count)} {one}{(count == 1 ? "" : "s")}";

    private static string Minutes(int minutes) => $"{Number(minutes)} min";
}
