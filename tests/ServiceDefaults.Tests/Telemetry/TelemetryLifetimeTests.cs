using System.Diagnostics;
using Aws.Ecs.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Trace;

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

    [Fact]
    public async Task A_stop_that_goes_on_is_waited_for_before_the_signals_are_disposed()
    {
        var processor = new SlowProcessor();
        var services = new ServiceCollection();
        services.AddOpenTelemetry().WithTracing(tracing => tracing.AddProcessor(processor));
        TelemetryLifetime.Add(services);
        var provider = services.BuildServiceProvider();
        var telemetry = provider.GetServices<IHostedService>().OfType<TelemetryLifetime>().Single();

        var stop = telemetry.StoppedAsync(TestContext.Current.CancellationToken);
        await processor.Ending.Task;
        var disposal = provider.DisposeAsync().AsTask();
        var again = telemetry.StoppedAsync(TestContext.Current.CancellationToken);
        Assert.False(disposal.IsCompleted || processor.IsDisposed);

        processor.Release.SetResult();
        await Task.WhenAll(stop, again, disposal);
        Assert.True(processor.IsDisposed);
        Assert.Equal(1, processor.Ends);
    }

    private sealed class SlowProcessor : BaseProcessor<Activity>
    {
        public TaskCompletionSource Ending { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Release { get; } = new();

        public int Ends { get; private set; }

        public bool IsDisposed { get; private set; }

        protected override bool OnShutdown(int timeoutMilliseconds)
        {
            Ends++;
            Ending.SetResult();
            return Release.Task.Wait(TimeSpan.FromSeconds(60));
        }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
