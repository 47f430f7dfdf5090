using System.Globalization;
using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Costs;
using Hosting.Fargate.Data;
using static Hosting.Fargate.Tests.Costs.Applications;

namespace Hosting.Fargate.Tests.Costs;

/// <summary>The numbers of an estimate against those reckoned by hand, which stand above each test.</summary>
public sealed class CostEstimateTests
{
    // 0.5 vCPU × 0.03238 + 1 GB × 0.00356 = 0.01975 an hour, × 730 = 14.4175 a task. 0.0225 × 730 = 16.425 for the load balancer.
    [Fact]
    public void The_reference_application_costs_what_its_parts_do()
    {
        var cost = Estimate(Of(Service("api", tasks: 2).External(), Service("worker")) with { Secrets = [Secret("api-key")] });
        Assert.Equal(
            [
                "api: tasks of 0.5 vCPU, 1 GB, arm64 | 2 × 14.4175 = 28.84",
                "worker: tasks of 0.5 vCPU, 1 GB, arm64 | 1 × 14.4175 = 14.42",
                "Public addresses of tasks | 3 × 3.65 = 10.95",
                "Load balancer | 1 × 16.425 = 16.43",
                "Load balancer capacity units | 1 × 5.84 = 5.84",
                "Public addresses of the load balancer, one in each zone | 2 × 3.65 = 7.30",
                "Secrets of the foundation | 1 × 0.40 = 0.40",
            ],
            cost.Lines.Select(Show)
        );
        Assert.Equal(84.18m, cost.Minimum);
        Assert.Equal(84.18m, cost.Maximum);
    }

    // 0.25 vCPU × 0.04048 + 0.5 GB × 0.004445 = 0.0123425 an hour, × 730 = 9.010025.
    [Fact]
    public void X64_has_its_own_prices() =>
        Assert.Equal(
            "old: tasks of 0.25 vCPU, 0.5 GB, x64 | 3 × 9.010025 = 27.03",
            Show(Estimate(Of(Service("old", 3, 256, 512, Architecture.X64))).Lines[0])
        );

    // 1 vCPU × 0.04048 + 2 GB × 0.004445 = 0.04937 an hour, × 730 = 36.0401; on Spot × 0.3 = 10.81203.
    // At 10 tasks 2 are on demand and of the other 8 half: 6 and 4.
    [Fact]
    public void Spot_takes_its_share_of_what_is_beyond_the_base()
    {
        var cost = Estimate(
            Of(
                Service(
                    "web",
                    cpu: 1024,
                    memory: 2048,
                    architecture: Architecture.X64,
                    capacity: Capacity.FargateSpot(50, onDemand: 2),
                    scaling: Scaling(1, 10)
                )
            )
        );
        Assert.Equal(
            [
                "web: tasks of 1 vCPU, 2 GB, x64 | 1 to 6 × 36.0401 = 36.04 to 216.24",
                "web: the same on Spot | 0 to 4 × 10.81203 = 0.00 to 43.25",
                "Public addresses of tasks | 1 to 10 × 3.65 = 3.65 to 36.50",
            ],
            cost.Lines.Select(Show)
        );
        Assert.Equal(39.69m, cost.Minimum);
        Assert.Equal(295.99m, cost.Maximum);
        Assert.Contains(cost.Assumptions, assumption => assumption.Contains("Spot is taken to be 70 % off"));
    }

    // 14.4175 × 0.3 = 4.32525; a third of 3 tasks is one, a quarter of 3 is 0.75 and is counted so.
    [Fact]
    public void A_share_of_tasks_need_not_be_whole() =>
        Assert.Equal(
            ["worker: tasks of 0.5 vCPU, 1 GB, arm64 | 2.25 × 14.4175 = 32.44", "worker: the same on Spot | 0.75 × 4.32525 = 3.24"],
            Estimate(Of(Service("worker", 3, capacity: Capacity.FargateSpot(25)))).Lines.Take(2).Select(Show)
        );

    [Fact]
    public void All_on_spot_has_no_line_on_demand() =>
        Assert.Equal(
            "worker: the same on Spot | 2 × 4.32525 = 8.65",
            Show(Estimate(Of(Service("worker", 2, capacity: Capacity.FargateSpot(100)))).Lines[0])
        );

    // 50 GB are 30 above the free 20: 30 × 0.000111 × 730 = 2.4309 a task.
    [Fact]
    public void Disk_counts_above_what_is_free() =>
        Assert.Equal(
            "worker: 30 GB of disk a task above the 20 that are free | 2 × 2.4309 = 4.86",
            Show(Estimate(Of(Service("worker", 2) with { EphemeralStorage = 50 })).Lines[1])
        );

    [Fact]
    public void Schedules_widen_the_range() =>
        Assert.Equal(
            "web: tasks of 0.5 vCPU, 1 GB, arm64 | 0 to 20 × 14.4175 = 0.00 to 288.35",
            Show(
                Estimate(
                    Of(
                        Service(
                            "web",
                            scaling: Scaling(
                                2,
                                8,
                                new ScalingSchedule("cron(0 8 * * ? *)", 4, 20, "UTC"),
                                new ScalingSchedule("cron(0 20 * * ? *)", 0, 8, "UTC")
                            )
                        )
                    )
                ).Lines[0]
            )
        );

    // 0.045 × 730 = 32.85; a zone has one gateway at the most.
    [Theory]
    [InlineData(1, "1 × 32.85 = 32.85", "1 × 3.65 = 3.65")]
    [InlineData(3, "2 × 32.85 = 65.70", "2 × 3.65 = 7.30")]
    public void Private_tasks_pay_for_gateways_and_not_for_addresses(int gateways, string hours, string addresses) =>
        Assert.Equal(
            [$"NAT gateways | {hours}", $"Public addresses of NAT gateways | {addresses}"],
            Estimate(Of(Service("worker", 20)) with { Network = new OwnNetwork(2, TaskPlacement.PrivateWithNat, gateways) })
                .Lines.Skip(1)
                .Select(Show)
        );

    // 0.01 × 730 = 7.30 for each of 8 endpoints in 3 zones: 24.
    [Fact]
    public void Endpoints_are_paid_for_in_every_zone() =>
        Assert.Equal(
            "Interface endpoints: 8 in 3 zones | 24 × 7.30 = 175.20",
            Show(
                Estimate(
                    Of(Service("worker")) with
                    {
                        Network = new OwnNetwork(3, TaskPlacement.PrivateWithEndpoints),
                    },
                    interfaceEndpoints: 8
                ).Lines[^1]
            )
        );

    [Fact]
    public void A_network_that_exists_has_the_load_balancers_addresses_where_its_subnets_are()
    {
        var network = new ExistingNetwork(
            "vpc-0123456789abcdef0",
            "10.0.0.0/16",
            ["subnet-1", "subnet-2", "subnet-3"],
            ["subnet-4"],
            PublicTasks: false
        );
        var lines = Estimate(Of(Service("api", 2).External()) with { Network = network }).Lines.Select(Show).ToList();
        Assert.Contains("Public addresses of the load balancer, one in each zone | 3 × 3.65 = 10.95", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("Public addresses of tasks", StringComparison.Ordinal));
    }

    [Fact]
    public void Secrets_that_are_composed_count_too_each_once()
    {
        var key = Secret("api-key");
        var composed = new ComposedSecret("api", "ConnectionStrings__db", Value.Concat([new Text("Key="), new SecretValue(key)]));
        var api = Service("api")
            .WithSecrets(new("KEY", new WholeSecret(key)), new("ConnectionStrings__db", composed), new("Again", composed));
        Assert.Equal(
            ["Secrets of the foundation | 1 × 0.40 = 0.40", "Secrets composed of others | 1 × 0.40 = 0.40"],
            Estimate(Of(api) with { Secrets = [key] }).Lines.TakeLast(2).Select(Show)
        );
    }

    [Fact]
    public void Machines_are_said_and_not_counted()
    {
        var cost = Estimate(
            Of(
                Service("a", capacity: Capacity.ManagedInstances),
                Service("b", capacity: Capacity.Ec2("gpu")),
                Service("c", capacity: Capacity.External)
            ) with
            {
                Tasks = [Task("d") with { Capacity = Capacity.Ec2("gpu") }],
            }
        );
        Assert.Empty(cost.Lines);
        Assert.Equal(
            [
                "a: the instances that ECS Managed Instances starts, and its fee",
                "b: the instances of the capacity provider gpu",
                "c: machines of your own, and the fee of ECS Anywhere",
                "d: the instances of the capacity provider gpu",
            ],
            cost.NotCounted.Take(4).Select(uncounted => uncounted.What)
        );
    }

    [Fact]
    public void What_is_billed_by_use_is_listed_where_it_is_used()
    {
        var application = Of(Service("api") with { Telemetry = Telemetry.CloudWatchAgent }) with
        {
            Tasks = [Task("migrate")],
            Data = [new Queue("jobs", 60, 3, null), new Bucket("datasets", null, false, null), new FileSystem("data")],
            Insights = ContainerInsights.Enhanced,
        };
        Assert.Equal(
            [
                "migrate: each hour that a task of 0.25 vCPU, 0.5 GB, x64 runs: 0.012343 on demand, 0.005 for its address",
                "Container Insights (enhanced), which is on: by the observation, and so by the number of services, tasks and containers",
                "Data to the internet: 0.09 a GB",
                "Logs: 0.50 a GB taken in, 0.03 a GB and month kept",
                "Traces: 0.35 a GB of spans; 1 % indexed for nothing, then 0.75 a million",
                "Metrics by OTLP, those of spans too: by the GB taken in, whatever their number: https://aws.amazon.com/cloudwatch/pricing/",
                "The dashboard: 3.00 a month, after the account's first three",
                "Queue requests, empty long polls too: 0.40 a million, after the account's first million of the month",
                "Objects in buckets: 0.023 a GB and month, and requests",
                "Files on EFS: 0.30 a GB and month, and reads, writes and backups",
                "Images in ECR, the ten newest of each service and task: 0.10 a GB and month",
            ],
            Estimate(application).NotCounted.Select(uncounted => $"{uncounted.What}: {uncounted.Price}")
        );
        Assert.DoesNotContain(Estimate(Of(Service("api"))).NotCounted, uncounted =>
            uncounted.What is "Traces" or "Files on EFS" || uncounted.What.StartsWith("Queue", StringComparison.Ordinal)
        );
    }

    // 0.10 for each metric: 3 of the expression, 1 of the plain alarm; 2 alarms for each of 3 tracked metrics.
    [Fact]
    public void Alarms_are_counted_by_the_metrics_that_they_look_at()
    {
        static TemplateMap Metric() => new() { ["MetricStat"] = new TemplateMap() };
        var template = new Template("profiler", "");
        template.Add(
            new TemplateSection(
                "alarms",
                [
                    new("Rate", "AWS::CloudWatch::Alarm")
                    {
                        Properties = new()
                        {
                            ["Metrics"] = new TemplateList([Metric(), Metric(), Metric(), new TemplateMap { ["Expression"] = "a" }]),
                        },
                    },
                    new("Age", "AWS::CloudWatch::Alarm") { Properties = new() { ["MetricName"] = "ApproximateAgeOfOldestMessage" } },
                    new("Cpu", "AWS::ApplicationAutoScaling::ScalingPolicy")
                    {
                        Properties = new() { ["TargetTrackingScalingPolicyConfiguration"] = new TemplateMap { ["TargetValue"] = 60 } },
                    },
                    new("Backlog", "AWS::ApplicationAutoScaling::ScalingPolicy")
                    {
                        Properties = new()
                        {
                            ["TargetTrackingScalingPolicyConfiguration"] = new TemplateMap
                            {
                                ["CustomizedMetricSpecification"] = new TemplateMap
                                {
                                    ["Metrics"] = new TemplateList([Metric(), Metric(), new TemplateMap { ["Expression"] = "b" }]),
                                },
                            },
                        },
                    },
                ]
            )
        );
        Assert.Equal(
            ["Metrics that alarms look at | 4 × 0.10 = 0.40", "Metrics that scaling looks at | 6 × 0.10 = 0.60"],
            CostEstimate.Of(Of(), 0, [template]).Lines.Select(Show)
        );
    }

    // Those of the cluster, of two services and of two task definitions, at 0.30 each.
    [Fact]
    public void Container_Insights_is_counted_by_its_metrics()
    {
        var application = Of(Service("api", 2), Service("worker"));
        var line = Assert.Single(Estimate(application with { Insights = ContainerInsights.Enabled }).Lines, line =>
            line.What.StartsWith("Container Insights", StringComparison.Ordinal)
        );
        Assert.Equal((0.30m, true), (line.UnitPrice, line.LeastQuantity is > 50 and < 120));
        Assert.DoesNotContain(Estimate(application with { Insights = ContainerInsights.Enhanced }).Lines, line =>
            line.What.StartsWith("Container Insights", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(null, "Other regions differ.")]
    [InlineData("us-east-1", "Other regions differ.")]
    [InlineData("eu-west-1", "Those of eu-west-1, where it is deployed to, are not known here and differ.")]
    public void It_says_where_its_prices_are_not_those_of_the_deploy(string? region, string expected) =>
        Assert.EndsWith(
            expected,
            Assert.Single(Estimate(Of(Service("api")) with { Region = region }).Assumptions, assumption =>
                assumption.StartsWith("Prices", StringComparison.Ordinal)
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public void It_says_where_its_prices_are_from() =>
        Assert.Contains(
            "second-hand quotes of AWS prices in us-east-1, 2026",
            Assert.Single(Estimate(Of(Service("api"))).Assumptions, assumption => assumption.StartsWith("Prices", StringComparison.Ordinal))
        );

    // A gateway with its address is 0.05 an hour, an address 0.005: ten.
    [Fact]
    public void Ten_addresses_cost_as_much_as_a_gateway()
    {
        Assert.Equal(10, NatGatewayAdvice.BreakEvenTasks);
        Assert.Null(Estimate(Of(Service("api", 10))).Advice);
        Assert.Null(Estimate(Of(Service("api", 40, capacity: Capacity.External))).Advice);
        Assert.Null(Estimate(Of(Service("api", 40)) with { Network = new OwnNetwork(2, TaskPlacement.PrivateWithNat, 1) }).Advice);
    }

    // 11 × 3.65 = 40.15; (40.15 - 36.50) / 0.045 = 81.1 GB. 20 × 3.65 = 73.00; (73 - 36.50) / 0.045 = 811.1 GB.
    [Theory]
    [InlineData(11, 11, "11 addresses here cost 40.15 USD a month; a gateway with its address costs 36.50", "less than 81 GB")]
    [InlineData(2, 20, "Scaled out, the 20 addresses cost 73.00 USD a month; a gateway with its address costs 36.50", "less than 811 GB")]
    public void With_more_tasks_a_gateway_is_the_cheaper_one(int least, int most, string costs, string traffic)
    {
        var advice = Estimate(Of(Service("api", scaling: Scaling(least, most)))).Advice;
        Assert.Contains("more than 10 tasks", advice);
        Assert.Contains(costs, advice);
        Assert.Contains(traffic, advice);
        Assert.Contains("WithPrivateTasks(natGateways: 1)", advice);
    }

    private static CostEstimate Estimate(FargateApplication application, int interfaceEndpoints = 0) =>
        CostEstimate.Of(application, interfaceEndpoints, []);

    private static string Show(CostLine line) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{line.What} | {CostText.Quantity(line.LeastQuantity, line.MostQuantity)} × {CostText.Price(line.UnitPrice)} = {CostText.Amount(line.Minimum, line.Maximum)}"
        );
}
