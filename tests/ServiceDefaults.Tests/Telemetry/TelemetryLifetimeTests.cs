using Microsoft.Extensions.DependencyInjection;
using Aws.Ecs.Telemetry;

namespace ServiceDefaults.Tests.Telemetry;

public sealed class TelemetryLifetimeTests
{
    [Fact]
    public async Task It_ends_also_where_the_services_are_disposed_already()
    {
        var services = new ServiceCollection();
        services.AddOpenTelemetry().WithTracing().WithMetrics().WithLogging();
        var provider = services.BuildServiceProvider();
        var telemetry = new TelemetryLifetime(provider);
        await telemetry.StartingAsync(TestContext.Current.CancellationToken);
        await telemetry.StartedAsync(TestContext.Current.CancellationToken);

        await provider.DisposeAsync();

        await telemetry.StoppedAsync(TestContext.Current.CancellationToken);
    }
}
