using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Tests.Run;

/// <summary>An application of shell scripts, which ends with the test.</summary>
internal sealed class TestApplication : IAsyncDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(2));

    private TestApplication(DistributedApplication application) => Application = application;

    public DistributedApplication Application { get; }

    public ResourceNotificationService Notifications => Application.ResourceNotifications;

    /// <summary>No test takes as long as this unless it fails.</summary>
    public CancellationToken Deadline => _deadline.Token;

    public static async Task<TestApplication> StartAsync(Action<IDistributedApplicationBuilder> model, params string[] args)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The resources of this test are shell scripts; run it on Linux or macOS.");
        }
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, DisableDashboard = true });
        builder.Services.AddLogging(logging => logging.ClearProviders());
        model(builder);
        var application = new TestApplication(builder.Build());
        await application.Application.StartAsync(application.Deadline);
        return application;
    }

    public Task<ResourceEvent> WaitForAsync(string resource, Func<CustomResourceSnapshot, bool> condition) =>
        Notifications.WaitForResourceAsync(resource, change => condition(change.Snapshot), Deadline);

    public Task<ResourceEvent> WaitForStateAsync(string resource, string state) =>
        WaitForAsync(resource, snapshot => snapshot.State?.Text == state);

    public CustomResourceSnapshot Snapshot(string resource)
    {
        Assert.True(Notifications.TryGetCurrentState(resource, out var current));
        return current.Snapshot;
    }

    /// <summary>Waits for a line of a resource's output.</summary>
    public async Task<string> WaitForLineAsync(string resource, Func<string, bool> condition)
    {
        await foreach (var batch in Application.Services.GetRequiredService<ResourceLoggerService>().WatchAsync(resource)
            .WithCancellation(Deadline))
        {
            if (batch.Select(line => line.Content).FirstOrDefault(condition) is { } found)
            {
                return found;
            }
        }
        throw new InvalidOperationException("The log ended.");
    }

    public async ValueTask DisposeAsync()
    {
        await Application.DisposeAsync();
        _deadline.Dispose();
    }
}

internal static class TestResources
{
    /// <summary>A shell script as a resource.</summary>
    public static IResourceBuilder<ExecutableResource> AddScript(this IDistributedApplicationBuilder builder, string name, string script) =>
        builder.AddExecutable(name, "/bin/sh", Path.GetTempPath(), "-c", script);

    public static int ProcessIdOf(this CustomResourceSnapshot snapshot) =>
        int.Parse((string)snapshot.Properties.Single(property => property.Name == "executable.pid").Value!);
}
