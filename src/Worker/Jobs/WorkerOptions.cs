using System.ComponentModel.DataAnnotations;

namespace Worker.Jobs;

/// <summary>The configuration section <c>Worker</c>.</summary>
internal sealed record WorkerOptions
{
    public const string Section = "Worker";

    /// <summary>
    /// Jobs in hand at a time. A small one waits for S3 and SQS most of the time; of large ones, which keep a processor busy, there are
    /// never more than processors, see <see cref="JobSlots"/>.
    /// </summary>
    [Range(1, 256)]
    public int Concurrency { get; init; } = 8 * Environment.ProcessorCount;

    /// <summary>
    /// How long a job stays hidden from other workers after this one was last heard of, hence how long it rests when this one is killed. It
    /// is extended at every third of it. At most 12 hours:
    /// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "12:00:00")]
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a job rests after its first attempt failed; each further attempt doubles it.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:15:00")]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often a job in hand writes down how far it has come.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a job may come no step forward, be it that its file stops coming. Then the rest of the file is asked for again, and the job
    /// is kept from other workers no longer.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:15:00")]
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan HeartbeatInterval => VisibilityTimeout / 3;
}
