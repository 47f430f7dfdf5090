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

    private readonly Histogram<double> _duration;
    private readonly Histogram<long> _rows;
    private readonly UpDownCounter<int> _inHand;

    public JobTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _duration = meter.CreateHistogram<double>("profiles.job.duration", "s", "Time that an attempt at a job takes, by its outcome.");
        _rows = meter.CreateHistogram<long>("profiles.job.rows", "{row}", "Rows of the files that were profiled.");
        _inHand = meter.CreateUpDownCounter<int>("profiles.jobs.in_hand", "{job}", "Jobs that are being worked on.");
    }

    public ActivitySource Source { get; } = new(Name);

    /// <summary>The outcome as an attribute's value: <c>already_done</c>.</summary>
    public static string Text(JobOutcome outcome) => JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString());

    public void Started() => _inHand.Add(1);

    public void Ended(JobOutcome outcome, TimeSpan duration)
    {
        _inHand.Add(-1);
        _duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>(OutcomeTag, Text(outcome)));
    }

    public void Profiled(Profile profile) => _rows.Record(profile.Rows);
}
