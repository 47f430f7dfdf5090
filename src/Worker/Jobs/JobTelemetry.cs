using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Profiles;

namespace Worker.Jobs;

/// <summary>The worker's own metrics and spans. The service defaults collect what has the application's name before the dot.</summary>
internal sealed class JobTelemetry
{
    public const string OutcomeTag = "profiles.job.outcome";

    private const string Name = "Worker.Jobs";

    // In seconds, from a small file to the largest that is taken: the SDK's default is one of milliseconds.
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600],
    };

    private static readonly InstrumentAdvice<long> PowersOfTen = new()
    {
        HistogramBucketBoundaries = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000],
    };

    private readonly TimeProvider _time;
    private readonly Counter<long> _done;
    private readonly Counter<long> _failed;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _queueAge;
    private readonly Histogram<long> _rows;
    private readonly UpDownCounter<int> _inHand;

    public JobTelemetry(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create(Name);
        _done = meter.CreateCounter<long>("profiles.jobs.done", "{job}", "Jobs that ended with a result.");
        _failed = meter.CreateCounter<long>("profiles.jobs.failed", "{job}", "Jobs that ended without a result for good.");
        _duration = meter.CreateHistogram(
            "profiles.job.duration",
            "s",
            "Time that an attempt at a job takes, by its outcome.",
            advice: Seconds
        );
        _queueAge = meter.CreateHistogram(
            "profiles.job.queue_age",
            "s",
            "Time from when a job was sent to when it was first received.",
            advice: Seconds
        );
        _rows = meter.CreateHistogram("profiles.job.rows", "{row}", "Rows of the files that were profiled.", advice: PowersOfTen);
        _inHand = meter.CreateUpDownCounter<int>("profiles.jobs.in_hand", "{job}", "Jobs that are being worked on.");
    }

    public ActivitySource Source { get; } = new(Name);

    /// <summary>The outcome as an attribute's value: <c>already_done</c>.</summary>
    public static string Text(JobOutcome outcome) => JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString());

    public void Started(ReceivedJob job)
    {
        _inHand.Add(1);
        // Later receives would count the attempts before them. The clocks are two, so it may seem to be negative.
        if (job is { Receive: 1, IsHandedBack: false, SentAt: { } sentAt })
            _queueAge.Record(Math.Max(0, (_time.GetUtcNow() - sentAt).TotalSeconds));
    }

    public void Ended(JobOutcome outcome, TimeSpan duration)
    {
        var tag = new KeyValuePair<string, object?>(OutcomeTag, Text(outcome));
        _inHand.Add(-1);
        _duration.Record(duration.TotalSeconds, tag);
        if (outcome is JobOutcome.Done)
            _done.Add(1);
        else if (outcome is JobOutcome.Failed or JobOutcome.Exhausted)
            _failed.Add(1, tag);
    }

    public void Profiled(Profile profile) => _rows.Record(profile.Rows);
}
