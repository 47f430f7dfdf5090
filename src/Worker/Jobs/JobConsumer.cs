using System.Diagnostics;
using Aws.Ecs.Messaging;
using Aws.Ecs.Tasks;
using Aws.Ecs.Telemetry;
using Microsoft.Extensions.Options;

namespace Worker.Jobs;

/// <summary>
/// Takes jobs from the queue and sees each message to its end: deleted, given back, or left for the dead-letter queue. Told to stop it
/// receives nothing more, lets the jobs in hand go on while the host's shutdown timeout allows, and gives back what is not done then.
/// </summary>
internal sealed partial class JobConsumer(
    JobQueue queue,
    JobProcessor processor,
    JobTelemetry telemetry,
    JobSlots slots,
    TimeProvider time,
    ITaskProtection taskProtection,
    IOptions<WorkerOptions> options,
    IOptions<HostOptions> hostOptions,
    ILogger<JobConsumer> logger
) : BackgroundService
{
    // What it takes to write the state and give the message back, kept from the host's shutdown timeout.
    private static readonly TimeSpan TimeToHandBack = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseAfterFailedReceive = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var abort = new CancellationTokenSource();
        using var stopping = stoppingToken.Register(() => abort.CancelAfter(Grace()));
        await Task.WhenAll(Enumerable.Range(0, options.Value.Concurrency).Select(_ => ConsumeAsync(abort.Token, stoppingToken)));
    }

    private TimeSpan Grace()
    {
        var grace = hostOptions.Value.ShutdownTimeout - TimeToHandBack;
        return grace > TimeSpan.Zero ? grace : TimeSpan.Zero;
    }

    // One message at a time: a message that waits in memory for its turn would only use up a receive.
    private async Task ConsumeAsync(CancellationToken abort, CancellationToken stopping)
    {
        await Task.Yield();
        while (!stopping.IsCancellationRequested)
        {
            using var slot = await EnterAsync(stopping);
            if (slot is not null && await ReceiveAsync(stopping) is { } job)
                await HandleAsync(job, slot, abort);
        }
    }

    private async Task<JobSlots.JobSlot?> EnterAsync(CancellationToken stopping)
    {
        try
        {
            return await slots.EnterAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<ReceivedJob?> ReceiveAsync(CancellationToken stopping)
    {
        try
        {
            return await queue.ReceiveAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception)
        {
            LogReceiveFailed(exception, queue.Url);
            await Task.Delay(PauseAfterFailedReceive, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return null;
        }
    }

    private async Task HandleAsync(ReceivedJob job, JobSlots.JobSlot slot, CancellationToken abort)
    {
        using var activity = SqsTelemetry.StartProcess(job.Message, queue.Url);
        var start = Stopwatch.GetTimestamp();
        telemetry.Started(job);
        var motion = new JobMotion(time, options.Value.StallTimeout);
        await using var heartbeat = JobHeartbeat.Start(queue, job, motion, taskProtection, options.Value.HeartbeatInterval, logger);
        var outcome = JobOutcome.Retried;
        try
        {
            outcome = await ProcessAsync(job, slot, motion, abort);
            await heartbeat.StopAsync();
            await SettleAsync(job, outcome);
        }
        catch (Exception exception)
        {
            // The message comes back by itself when its visibility timeout is over.
            activity.SetFailure(exception);
            LogNotSettled(exception, job.Message.MessageId);
        }
        finally
        {
            activity?.SetTag(JobTelemetry.OutcomeTag, JobTelemetry.Text(outcome));
            telemetry.Ended(outcome, Stopwatch.GetElapsedTime(start));
        }
    }

    private async Task<JobOutcome> ProcessAsync(ReceivedJob job, JobSlots.JobSlot slot, JobMotion motion, CancellationToken abort)
    {
        if (job.Job() is { } asked)
        {
            var accepted = job.StateOf(asked, time.GetUtcNow(), options.Value.VisibilityTimeout);
            return await processor.ProcessAsync(asked.ProfileId, accepted, job.Try, job.MaxReceives, slot, motion, abort);
        }
        LogMalformed(job.Message.MessageId, job.Receive);
        return JobOutcome.Malformed;
    }

    // Not cancelled by the stop: a message in hand is settled in any case, and the SDK's own timeouts bound it.
    private Task SettleAsync(ReceivedJob job, JobOutcome outcome) =>
        outcome switch
        {
            JobOutcome.Retried or JobOutcome.Malformed => queue.ReleaseAsync(job, queue.RetryDelay(job.Try), CancellationToken.None),
            JobOutcome.HandedBack => HandBackAsync(job),
            JobOutcome.Exhausted or JobOutcome.Buried => queue.ReleaseAsync(job, TimeSpan.Zero, CancellationToken.None),
            JobOutcome.Superseded => Task.CompletedTask,
            _ => queue.DeleteAsync(job, CancellationToken.None),
        };

    // Where the worker may not send, the receive counts as a try after all, and the last one is one too many.
    private async Task HandBackAsync(ReceivedJob job)
    {
        try
        {
            await queue.HandBackAsync(job, CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogNotSentAnew(exception, job.Message.MessageId);
            if (job.Receive >= job.MaxReceives && job.Job() is { } asked)
                await processor.FailInterruptedAsync(asked.ProfileId, job.Try);
            await queue.ReleaseAsync(job, TimeSpan.Zero, CancellationToken.None);
        }
    }

    [LoggerMessage(LogLevel.Error, "Message {MessageId} could not be sent anew to be handed back, so this receive of it counts as a try.")]
    private partial void LogNotSentAnew(Exception exception, string messageId);

    [LoggerMessage(LogLevel.Warning, "Nothing could be received from {Queue}; asking again.")]
    private partial void LogReceiveFailed(Exception exception, string queue);

    [LoggerMessage(LogLevel.Error, "Message {MessageId} could not be settled; it comes back after its visibility timeout.")]
    private partial void LogNotSettled(Exception exception, string messageId);

    [LoggerMessage(LogLevel.Error, "Message {MessageId} is not a job (receive {Receive}). It is left for the dead-letter queue.")]
    private partial void LogMalformed(string messageId, int receive);
}
