using OpenTelemetry;
using Profiles;
using Worker.Profiling;

namespace Worker.Jobs;

/// <summary>
/// Writes into the profile's state, every so often, that an attempt comes forward and how far it has come. In doing so it learns when the
/// attempt has become pointless: the profile is deleted, or another worker has begun an attempt.
/// </summary>
internal sealed partial class ProgressRecorder : IProgress<ProfilingProgress>, IAsyncDisposable
{
    private readonly JobAttempt _attempt;
    private readonly JobMotion _motion;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _end = new();
    private readonly CancellationTokenSource _pointless = new();
    private readonly PeriodicTimer _timer;
    private readonly Task _recording;
    private ProfileProgress? _latest;

    public ProgressRecorder(JobAttempt attempt, JobMotion motion, TimeSpan interval, ILogger logger)
    {
        (_attempt, _motion, _logger) = (attempt, motion, logger);
        _timer = new PeriodicTimer(interval);
        _recording = RecordAsync();
    }

    /// <summary>Cancelled when the attempt has become pointless.</summary>
    public CancellationToken Pointless => _pointless.Token;

    public void Report(ProfilingProgress value)
    {
        _motion.Moved();
        Volatile.Write(ref _latest, new ProfileProgress(value.Rows, value.Bytes));
    }

    public async ValueTask DisposeAsync()
    {
        // Which ends a wait without an exception, for each attempt ends one.
        _timer.Dispose();
        await _end.CancelAsync();
        await _recording;
        _end.Dispose();
        _pointless.Dispose();
    }

    private async Task RecordAsync()
    {
        // A record is no step of the job, and a long job has many.
        using var suppressed = SuppressInstrumentationScope.Begin();
        try
        {
            while (await _timer.WaitForNextTickAsync())
            {
                if (!_motion.IsStalled && await IsPointlessAsync())
                    await _pointless.CancelAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The attempt is over.
        }
    }

    private async Task<bool> IsPointlessAsync()
    {
        try
        {
            return !await _attempt.ContinueAsync(Volatile.Read(ref _latest), _end.Token);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNotRecorded(_logger, exception);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The progress could not be written down.")]
    private static partial void LogNotRecorded(ILogger logger, Exception exception);
}
