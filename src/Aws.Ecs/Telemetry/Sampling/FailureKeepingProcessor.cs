using System.Diagnostics;
using System.Runtime.CompilerServices;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Aws.Ecs.Telemetry.Sampling;

/// <summary>
/// Exports what is sampled and, of the rest, each unit of work in which something failed: a span with the status of an error, or a
/// server's span with a status of 500 or above. A unit is what a process does for one span that has no parent within it: a
/// request, a message.
/// </summary>
/// <remarks>
/// The limits of it. Spans are held until their unit ends, <see cref="HeldSpans"/> of them at most for each unit in flight; where one
/// fails after more than that, the later ones are lost. A span that ends after its unit, which had not failed, is
/// kept for its own failure alone. Other processes decide for themselves: of a trace that was not sampled only the units that failed
/// arrive. And the cost of making spans is not saved, only that of sending and storing them.
/// </remarks>
internal sealed class FailureKeepingProcessor(BaseExporter<Activity> exporter, BatchExportActivityProcessorOptions batch)
    : BatchActivityExportProcessor(
        exporter,
        batch.MaxQueueSize,
        batch.ScheduledDelayMilliseconds,
        batch.ExporterTimeoutMilliseconds,
        batch.MaxExportBatchSize
    )
{
    public const int HeldSpans = 128;

    // By the span that a unit began with, and gone with it.
    private readonly ConditionalWeakTable<Activity, Unit> _units = [];

    public override void OnEnd(Activity data)
    {
        if (data.Recorded)
        {
            base.OnEnd(data);
        }
        else if (data.IsAllDataRequested)
        {
            Decide(data, First(data));
        }
    }

    private void Decide(Activity span, Activity first)
    {
        var failed = IsFailure(span);
        if (span == first && !failed && !_units.TryGetValue(first, out _))
        {
            return;
        }

        var unit = _units.GetOrCreateValue(first);
        lock (unit)
        {
            if (failed && !unit.IsKept)
            {
                unit.IsKept = true;
                unit.Held.ForEach(Keep);
                unit.Held.Clear();
            }

            if (unit.IsKept)
            {
                Keep(span);
            }
            else if (span == first)
            {
                unit.HasEnded = true;
                unit.Held.Clear();
            }
            else if (!unit.HasEnded && unit.Held.Count < HeldSpans)
            {
                unit.Held.Add(span);
            }
        }
    }

    // The queue takes only what is marked as sampled, and so do receivers.
    private void Keep(Activity span)
    {
        span.ActivityTraceFlags |= ActivityTraceFlags.Recorded;
        base.OnEnd(span);
    }

    private static Activity First(Activity span)
    {
        while (span.Parent is { IsAllDataRequested: true } parent)
        {
            span = parent;
        }

        return span;
    }

    private static bool IsFailure(Activity span) =>
        span.Status == ActivityStatusCode.Error
        || (span.Kind == ActivityKind.Server && span.GetTagItem("http.response.status_code") is int and >= 500);

    private sealed class Unit
    {
        public List<Activity> Held { get; } = [];

        public bool IsKept { get; set; }

        public bool HasEnded { get; set; }
    }
}
