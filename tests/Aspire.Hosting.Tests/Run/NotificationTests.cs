using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.Tests.Run;

public sealed class NotificationTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().BuildServiceProvider();
    private readonly ResourceLoggerService _loggers = new();
    private readonly ResourceNotificationService _notifications;
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(2));
    private readonly IResource _resource = new Thing("thing");

    public NotificationTests() =>
        _notifications = new ResourceNotificationService(NullLogger<ResourceNotificationService>.Instance, null!, _services, _loggers);

    [Fact]
    public async Task Whoever_comes_late_gets_the_present_state_first()
    {
        await PublishStateAsync("Starting");
        await PublishStateAsync("Running");

        var states = new List<string?>();
        await foreach (var change in _notifications.WatchAsync(_deadline.Token))
        {
            states.Add(change.Snapshot.State?.Text);
            if (states.Count == 1)
            {
                await PublishStateAsync("Finished");
            }
            else
            {
                break;
            }
        }

        Assert.Equal(["Running", "Finished"], states);
    }

    [Fact]
    public async Task A_change_that_changes_nothing_is_not_told()
    {
        await PublishStateAsync("Running");
        var first = Version();

        await PublishStateAsync("Running");
        Assert.Equal(first, Version());

        await PublishStateAsync("Finished");
        Assert.NotEqual(first, Version());

        long Version() => _notifications.TryGetCurrentState("thing", out var current) ? current.Snapshot.Version : -1;
    }

    [Fact]
    public async Task A_wait_ends_with_the_state_that_was_reached()
    {
        var wait = _notifications.WaitForResourceAsync("THING", ["Finished", "Exited"], _deadline.Token);
        await PublishStateAsync("Running");
        await PublishStateAsync("Exited");

        Assert.Equal("Exited", await wait);
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_says_how_far_the_resource_got()
    {
        await PublishStateAsync("Starting");
        using var cancellation = new CancellationTokenSource();
        var wait = _notifications.WaitForResourceAsync("thing", "Running", cancellation.Token);
        await cancellation.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        Assert.Contains("Current State: Starting", exception.Message);
    }

    [Fact]
    public async Task Waiting_for_health_ends_when_the_resource_fails()
    {
        var wait = _notifications.WaitForResourceHealthyAsync("thing", WaitBehavior.StopOnResourceUnavailable, _deadline.Token);
        await PublishStateAsync(KnownResourceStates.FailedToStart);

        await Assert.ThrowsAsync<DistributedApplicationException>(() => wait);
    }

    [Fact]
    public async Task A_watched_log_gives_what_was_written_before_and_then_what_comes()
    {
        var log = _loggers.LogOf("thing");
        log.Add("one", isError: false, level: null);
        var lines = new List<LogLine>();
        await foreach (var batch in _loggers.WatchAsync("thing").WithCancellation(_deadline.Token))
        {
            lines.AddRange(batch);
            if (lines.Count == 1)
            {
                log.Add("two", isError: true, level: null);
                _loggers.Complete("thing");
            }
        }

        Assert.Equal([(1, false), (2, true)], lines.Select(line => (line.LineNumber, line.IsErrorMessage)));
        Assert.EndsWith("Z one", lines[0].Content);
    }

    [Fact]
    public void A_log_keeps_the_last_ten_thousand_lines()
    {
        var log = _loggers.LogOf("thing");
        for (var i = 0; i < 10_005; i++)
        {
            log.Add($"line {i}", isError: false, level: null);
        }

        Assert.Equal(10_000, log.Read().Count);
        Assert.Equal("line 5", log.Read()[0].Text);
        Assert.Equal(10_005, log.Read()[^1].LineNumber);
    }

    public void Dispose()
    {
        _notifications.Dispose();
        _loggers.Dispose();
        _services.Dispose();
        _deadline.Dispose();
    }

    private Task PublishStateAsync(string state) => _notifications.PublishUpdateAsync(_resource, snapshot => snapshot with { State = state });

    private sealed class Thing(string name) : Resource(name);
}
