using Aws.Ecs.Tasks;
using OpenTelemetry;

namespace Worker.Jobs;

/// <summary>
/// Keeps a message hidden from other workers, and the task from being taken away, while its job is in hand and comes forward. One that
/// stands still loses both until it moves again.
/// </summary>
internal sealed partial class JobHeartbeat : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly JobQueue _queue;
    private readonly ReceivedJob _job;
    private readonly JobMotion _motion;
    private readonly ITaskProtection _taskProtection;
    private readonly ILogger _logger;
    private readonly PeriodicTimer _timer;
    private readonly Task _beating;
    private IDisposable? _protection;

    private JobHeartbeat(
        JobQueue queue,
        ReceivedJob job,
        JobMotion motion,
        ITaskProtection taskProtection,
        TimeSpan interval,
        ILogger logger
    )
    {
        (_queue, _job, _motion, _taskProtection, _logger) = (queue, job, motion, taskProtection, logger);
        _protection = taskProtection.Protect();
        _timer = new PeriodicTimer(interval);
        _beating = BeatUntilEndAsync();
    }

    public static JobHeartbeat Start(
        JobQueue queue,
        ReceivedJob job,
        JobMotion motion,
        ITaskProtection taskProtection,
        TimeSpan interval,
        ILogger logger
    ) => new(queue, job, motion, taskProtection, interval, logger);

    /// <summary>Ends the beats. The protection ends with <see cref="DisposeAsync"/>.</summary>
    public async Task StopAsync()
    {
        // Which ends a wait without an exception, for each job ends one.
        _timer.Dispose();
        await _end.CancelAsync();
        await _beating;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _protection?.Dispose();
        _end.Dispose();
    }

    private async Task BeatUntilEndAsync()
    {
        // A beat is no step of the job, and a long job has many.
        using var suppressed = SuppressInstrumentationScope.Begin();
        try
        {
            while (await _timer.WaitForNextTickAsync())
                await BeatAsync();
        }
        catch (OperationCanceledException)
        {
            // The job is out of hand.
        }
    }

    private async Task BeatAsync()
    {
        if (_motion.IsStalled)
        {
            if (_protection is not null)
                LogStalled(_logger, _job.Message.MessageId, _motion.StallTimeout);
            _protection?.Dispose();
            _protection = null;
            return;
        }
        _protection ??= _taskProtection.Protect();
        await ExtendAsync();
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

    [LoggerMessage(
        LogLevel.Warning,
        "The job of message {MessageId} has not come forward for {StallTimeout}: it is not kept from other workers any more."
    )]
    private static partial void LogStalled(ILogger logger, string messageId, TimeSpan stallTimeout);

    [LoggerMessage(LogLevel.Warning, "The visibility timeout of message {MessageId} could not be extended.")]
    private static partial void LogNotExtended(ILogger logger, Exception exception, string messageId);
}
