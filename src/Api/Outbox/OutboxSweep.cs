using OpenTelemetry;
using Profiles;

namespace Api.Outbox;

/// <summary>
/// Says at intervals that this process lives, and finishes what one that is not heard of any more has left. One call in each interval, and
/// one more in every other.
/// </summary>
internal sealed partial class OutboxSweep(
    JobOutbox outbox,
    SenderRecords records,
    ProfileStore store,
    TimeProvider time,
    ILogger<OutboxSweep> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // No step of any request.
        using var suppressed = SuppressInstrumentationScope.Begin();
        using var timer = new PeriodicTimer(outbox.RenewalInterval, time);
        try
        {
            for (var tick = 1L; await timer.WaitForNextTickAsync(stoppingToken); tick++)
            {
                await TryAsync(outbox.KeepAsync, stoppingToken);
                await TryAsync(outbox.FinishAsync, stoppingToken);
                if (tick % 2 is 0)
                    await TryAsync(FinishOthersAsync, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The requests in hand are done by then, for the server was started after this and stops before it.
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(outbox.FinishAsync, cancellationToken);
        await TryAsync(outbox.CloseAsync, cancellationToken);
    }

    private async Task FinishOthersAsync(CancellationToken cancellationToken)
    {
        foreach (var sender in await records.ListSilentAsync(time.GetUtcNow() - (4 * outbox.RenewalInterval), cancellationToken))
        {
            if (sender.Name == outbox.Name || await records.ReadAsync(sender.Name, cancellationToken) is not { } since)
                continue;
            // It took nothing without having been heard of shortly before.
            var end = sender.WrittenAt + (4 * outbox.RenewalInterval);
            await foreach (var id in store.ListWithoutResultAsync(since, end, cancellationToken))
            {
                if (await store.FindAsync(id, cancellationToken) is { } found && JobOutbox.IsLeftBy(sender.Name, found.Value))
                    await outbox.AdoptAsync(id, sender.Name, cancellationToken);
            }

            await records.DeleteAsync(sender.Name, cancellationToken);
        }
    }

    // Each is tried again in the next interval.
    private async Task TryAsync(Func<CancellationToken, Task> step, CancellationToken cancellationToken)
    {
        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            // Above what the SDK needs to fail by itself.
            deadline.CancelAfter(TimeSpan.FromMinutes(2));
            await step(deadline.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(exception);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The outbox could not be looked after; it is tried again.")]
    private partial void LogFailed(Exception exception);
}
