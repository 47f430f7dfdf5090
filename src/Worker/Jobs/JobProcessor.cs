using Microsoft.Extensions.Options;
using Profiles;
using Worker.Profiling;

namespace Worker.Jobs;

/// <summary>
/// Makes a profile of the file that a job names. The queue delivers a job at least once, and two workers may hold the same one; what
/// makes it come out right is that the result is written only where there is none, and that all else may be done again.
/// </summary>
internal sealed partial class JobProcessor(
    ProfileStore store,
    CsvProfiler profiler,
    JobTelemetry telemetry,
    IOptions<WorkerOptions> options,
    TimeProvider time,
    ILogger<JobProcessor> logger
)
{
    private readonly WorkerOptions _options = options.Value;

    /// <summary>Makes one attempt. It throws nothing: whatever goes wrong is an outcome.</summary>
    /// <param name="id">The profile.</param>
    /// <param name="accepted">
    /// The profile's state as its job came with it, if nobody else has had it. Should it have changed after all, what writes over it finds
    /// out.
    /// </param>
    /// <param name="number">Which attempt it is, counted from 1.</param>
    /// <param name="maxAttempts">How many there can be, where there is a limit.</param>
    /// <param name="slot">The job's place among those in hand.</param>
    /// <param name="motion">Told each time that the job comes forward.</param>
    /// <param name="abort">Cancelled when the job has to be handed back.</param>
    public async Task<JobOutcome> ProcessAsync(
        ProfileId id,
        Stored<ProfileState>? accepted,
        int number,
        int? maxAttempts,
        JobSlots.JobSlot slot,
        JobMotion motion,
        CancellationToken abort
    )
    {
        using var scope = logger.BeginScope(new Dictionary<string, object> { ["ProfileId"] = id });
        var now = time.GetUtcNow();
        // Twice the visibility timeout: by then the queue has given the job to another, or put it aside.
        var attempt = new ProfileAttempt(number, maxAttempts, now, now + (2 * (_options.VisibilityTimeout + _options.ProgressInterval)));
        JobAttempt? begun = null;
        try
        {
            var known = accepted ?? await store.FindAsync(id, abort);
            if (known is null)
                return await DropAsync(id);
            if (known.Value.Status is ProfileStatus.Done)
                return JobOutcome.AlreadyDone;
            if (number > maxAttempts)
                return await BuryAsync(id, known);
            if (number > 1 && await store.HasProfileAsync(id, abort))
                return await AlreadyDoneAsync(id, known);

            motion.Moved();
            await slot.WeighAsync(known.Value.Size, motion, abort);
            begun = await JobAttempt.BeginAsync(store, known, attempt, time, abort);
            return begun is null ? await AfterAnotherAsync(id) : await ProfileAsync(id, begun, motion, abort);
        }
        catch (CsvFormatException exception)
        {
            LogFailed(exception.Message);
            return await RecordAsync(JobOutcome.Failed, () => begun!.FailAsync(exception.Message));
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            LogHandedBack(number);
            return await RecordAsync(JobOutcome.HandedBack, () => begun?.QueueAgainAsync(error: null));
        }
        catch (Exception exception)
        {
            if (exception is FileNotFoundException && await IsDeletedAsync(id))
                return await DropAsync(id);
            var error = $"Attempt {number}{(maxAttempts is null ? "" : $" of {maxAttempts}")} failed: {Why(exception)}";
            LogAttemptFailed(exception, number, maxAttempts);
            return attempt.IsLast
                ? await RecordAsync(JobOutcome.Exhausted, () => begun?.FailAsync(error))
                : await RecordAsync(JobOutcome.Retried, () => begun?.QueueAgainAsync(error));
        }
    }

    /// <summary>
    /// What the caller is told: what this application says itself, and not what AWS or the network said to it. That is in the log.
    /// </summary>
    private static string Why(Exception exception) =>
        exception is CsvFormatException or FileNotFoundException or SourceInterruptedException or ConflictException
            ? exception.Message
            : "The storage or the queue does not answer as it should.";

    /// <summary>Says that there will be no result because the job could not be handed back and has no try left.</summary>
    public Task FailInterruptedAsync(ProfileId id, int number) =>
        RecordAsync(JobOutcome.HandedBack, () =>
            store.UpdateAsync(
                id,
                known: null,
                state =>
                    state.IsSettled
                        ? null
                        : state with
                        {
                            Status = ProfileStatus.Failed,
                            Error = $"The worker was told to stop in attempt {number}, the last one.",
                        },
                CancellationToken.None
            )
        );

    private async Task<JobOutcome> ProfileAsync(ProfileId id, JobAttempt attempt, JobMotion motion, CancellationToken abort)
    {
        var recorder = new ProgressRecorder(attempt, motion, _options.ProgressInterval, logger);
        Profile profile;
        await using (recorder)
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(abort, recorder.Pointless);
            try
            {
                using var activity = telemetry.Source.StartActivity("profile csv");
                await using var source = new SourceStream(store, id, motion, time);
                profile = await profiler.ProfileAsync(source, new ProfilingOptions(), recorder, end.Token);
                activity?.SetTag("profiles.rows", profile.Rows).SetTag("profiles.bytes", profile.Bytes);
            }
            catch (Exception) when (recorder.Pointless.IsCancellationRequested)
            {
                return await AfterAnotherAsync(id);
            }
        }

        var written = await store.TryWriteProfileAsync(id, profile, abort);
        motion.Moved();
        // From here on it is not worth handing back: what is left takes milliseconds.
        if (!await attempt.CompleteAsync(new ProfileProgress(profile.Rows, profile.Bytes)))
            return await DropAsync(id);
        if (!written)
            return JobOutcome.AlreadyDone;
        telemetry.Profiled(profile);
        LogDone(profile.Rows, profile.Columns.Count, profile.Bytes);
        return JobOutcome.Done;
    }

    // The last worker that had it may have been killed, and said nothing.
    private async Task<JobOutcome> BuryAsync(ProfileId id, Stored<ProfileState> known) =>
        await RecordAsync(JobOutcome.Buried, () =>
            store.UpdateAsync(
                id,
                known,
                state => state.AsOf(DateTimeOffset.MaxValue) is var read && read != state ? read : null,
                CancellationToken.None
            )
        );

    // The state is another's now: done, deleted, or at an attempt of another worker, who holds the message too.
    private async Task<JobOutcome> AfterAnotherAsync(ProfileId id) =>
        await store.FindAsync(id, CancellationToken.None) switch
        {
            null => await DropAsync(id),
            { Value.Status: ProfileStatus.Done } => JobOutcome.AlreadyDone,
            _ => JobOutcome.Superseded,
        };

    private async Task<JobOutcome> AlreadyDoneAsync(ProfileId id, Stored<ProfileState> known)
    {
        await JobAttempt.CompleteAsync(store, id, known, attempt: null, progress: null, time);
        return JobOutcome.AlreadyDone;
    }

    private async Task<bool> IsDeletedAsync(ProfileId id)
    {
        try
        {
            return await store.FindAsync(id, CancellationToken.None) is null;
        }
        catch (Exception exception)
        {
            LogNotRead(exception);
            return false;
        }
    }

    // What a deletion left because a worker was still writing. Nobody sees it; it only costs storage.
    private async Task<JobOutcome> DropAsync(ProfileId id)
    {
        LogDropped();
        return await RecordAsync(JobOutcome.Dropped, () => store.DeleteAsync(id, CancellationToken.None));
    }

    // The outcome stands even if it cannot be written down.
    private async Task<JobOutcome> RecordAsync(JobOutcome outcome, Func<Task?> record)
    {
        try
        {
            if (record() is { } recorded)
                await recorded;
        }
        catch (Exception exception)
        {
            LogNotRecorded(exception, outcome);
        }

        return outcome;
    }

    [LoggerMessage(LogLevel.Information, "Profiled {Rows} rows of {Columns} columns, {Bytes} bytes.")]
    private partial void LogDone(long rows, int columns, long bytes);

    [LoggerMessage(LogLevel.Information, "The file cannot be profiled: {Reason}")]
    private partial void LogFailed(string reason);

    [LoggerMessage(LogLevel.Information, "Told to stop: attempt {Attempt} is handed back.")]
    private partial void LogHandedBack(int attempt);

    [LoggerMessage(LogLevel.Information, "The profile has been deleted: its job is dropped.")]
    private partial void LogDropped();

    [LoggerMessage(LogLevel.Warning, "Attempt {Attempt} of {MaxAttempts} failed.")]
    private partial void LogAttemptFailed(Exception exception, int attempt, int? maxAttempts);

    [LoggerMessage(LogLevel.Warning, "Whether the profile has been deleted could not be told.")]
    private partial void LogNotRead(Exception exception);

    [LoggerMessage(LogLevel.Error, "The outcome {Outcome} could not be written down.")]
    private partial void LogNotRecorded(Exception exception, JobOutcome outcome);
}
