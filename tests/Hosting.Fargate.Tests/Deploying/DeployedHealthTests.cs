using Hosting.Fargate.Deploying.Status;
using Hosting.Fargate.Deploying.Status.RunMode;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hosting.Fargate.Tests.Deploying;

public sealed class DeployedHealthTests
{
    [Theory]
    [InlineData(2, HealthStatus.Healthy)]
    [InlineData(1, HealthStatus.Degraded)]
    [InlineData(0, HealthStatus.Unhealthy)]
    public async Task Tasks_that_do_not_run_are_missed(int running, HealthStatus expected)
    {
        var entry = (await CheckAsync(Status(running)))["shop_tasks"];
        Assert.Equal((expected, $"api: {running} of 2 running"), (entry.Status, entry.Description));
    }

    [Fact]
    public async Task An_alarm_is_said_with_its_reason()
    {
        var status = Status(2) with { Alarms = new([new("Jobs are too old", "ALARM", "300 s", null), new("Errors", "OK", null, null)]) };
        var entry = (await CheckAsync(status))["shop_alarms"];
        Assert.Equal((HealthStatus.Degraded, "Jobs are too old (300 s)"), (entry.Status, entry.Description));
    }

    [Fact]
    public async Task Before_the_first_look_nothing_is_said_to_be_well() =>
        Assert.All((await CheckAsync(null)).Values, entry => Assert.Equal(HealthStatus.Degraded, entry.Status));

    private static async Task<IReadOnlyDictionary<string, HealthReportEntry>> CheckAsync(ApplicationStatus? status)
    {
        var health = new DeployedHealth("shop");
        var services = new ServiceCollection().AddLogging();
        health.AddTo(services.AddHealthChecks());
        if (status is not null)
        {
            health.Set(status);
        }

        await using var provider = services.BuildServiceProvider();
        return (await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries;
    }

    private static ApplicationStatus Status(int running) =>
        new()
        {
            Foundation = new("shop-foundation", null, null),
            Application = new("shop", null, null),
            Services =
            [
                new()
                {
                    Name = "api",
                    IsInModel = true,
                    Live = new()
                    {
                        Desired = 2,
                        Running = running,
                        Pending = 0,
                        TaskDefinition = "shop-api:1",
                        Rollout = "COMPLETED",
                        Containers = [],
                        Tasks = [],
                    },
                },
            ],
            Alarms = new([]),
        };
}
