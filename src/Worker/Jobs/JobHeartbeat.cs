using OpenTelemetry;

namespace Worker.Jobs;

/// <summary>Keeps a message hidden from other workers while it is in hand.</summary>
internal sealed partial class JobHeartbeat : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly JobQueue _queue;
    private readonly ReceivedJob _job;
    private readonly ILogger _logger;
    private readonly Task _beating;

    private JobHeartbeat(JobQueue queue, ReceivedJob job, TimeSpan interval, ILogger logger)
    {
        (_queue, _job, _logger) = (queue, job, logger);
        _beating = Task.Run(() => BeatAsync(interval));
    }

    public static JobHeartbeat Start(JobQueue queue, ReceivedJob job, TimeSpan interval, ILogger logger) => new(queue, job, interval, logger);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _beating;
        _end.Dispose();
    }

    private async Task BeatAsync(TimeSpan interval)
    {
        // A beat is no step of the job, and a long job has many.
        using var suppressed = SuppressInstrumentationScope.Begin();
        using var timer = new PeriodicTimer(interval);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
                await ExtendAsync();
        }
        catch (OperationCanceledException)
        {
            // The job is out of hand.
        }
    }

    // A missed beat is no reason to give up: if another worker takes the job meanwhile, one of the two results is written.
    private async Task ExtendAsync()
    {
        try
        {
            await _queue.ExtendAsync(_job, _end.Token);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNotExtended(_logger, exception, _job.Message.MessageId);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The visibility timeout of message {MessageId} could not be extended.")]
    private static partial void LogNotExtended(ILogger logger, Exception exception, string messageId);
}
