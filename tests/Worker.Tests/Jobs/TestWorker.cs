using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Profiles;
using Testing;
using Worker.Jobs;

namespace Worker.Tests.Jobs;

/// <summary>The worker's host, as Program makes it, in this process.</summary>
internal sealed class TestWorker : IAsyncDisposable
{
    private readonly IHost _host;

    public TestWorker(
        AwsEmulator aws,
        AwsResources resources,
        DelegatingHandler? gate = null,
        string visibilityTimeout = "00:00:30",
        TimeSpan? shutdownTimeout = null,
        string retryDelay = "00:00:01",
        Action<IServiceCollection>? configure = null
    )
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "Worker" });
        builder.Configuration.AddInMemoryCollection(resources.Configuration);
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Worker:Concurrency"] = "1",
                ["Worker:VisibilityTimeout"] = visibilityTimeout,
                ["Worker:RetryDelay"] = retryDelay,
                ["Worker:ProgressInterval"] = "00:00:00.100",
            }
        );
        builder.AddServiceDefaults();
        builder.Services.AddSingleton(_ => AwsEmulator.CreateS3Client(aws.Url, gate));
        builder.Services.AddSingleton(_ => AwsEmulator.CreateSqsClient(aws.Url));
        builder.AddProfiles();
        builder.AddJobConsumer();
        builder.Logging.SetMinimumLevel(LogLevel.None);
        if (shutdownTimeout is { } timeout)
            builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = timeout);
        configure?.Invoke(builder.Services);
        _host = builder.Build();
    }

    public Task<JobOutcome> ProcessAsync(ProfileId id, int number, int maxAttempts) =>
        ProcessAsync(id, accepted: null, number, maxAttempts);

    public async Task<JobOutcome> ProcessAsync(ProfileId id, Stored<ProfileState>? accepted, int number, int maxAttempts)
    {
        using var slot = await new JobSlots(largeJobs: 1).EnterAsync(CancellationToken.None);
        return await _host
            .Services.GetRequiredService<JobProcessor>()
            .ProcessAsync(
                id,
                accepted,
                number,
                maxAttempts,
                slot,
                new JobMotion(TimeProvider.System, TimeSpan.FromMinutes(1)),
                CancellationToken.None
            );
    }

    public IMeterFactory Meters => _host.Services.GetRequiredService<IMeterFactory>();

    public ProfileStore Store => _host.Services.GetRequiredService<ProfileStore>();

    public async Task<TestWorker> StartAsync()
    {
        await _host.StartAsync();
        return this;
    }

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
