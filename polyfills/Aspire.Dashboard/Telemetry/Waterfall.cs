using System.Collections.Immutable;

namespace Aspire.Dashboard.Telemetry;

/// <summary>A row of the waterfall: a span, how deep it lies and where its bar is, in percent of the trace.</summary>
internal sealed record WaterfallRow(Span Span, int Depth, bool HasChildren, double Left, double Width);

/// <summary>Lays the spans of a trace out as rows: children under their parent, in the order of their start.</summary>
internal static class Waterfall
{
    private static readonly string[] s_peerAttributes =
        ["peer.service", "messaging.destination.name", "aws.s3.bucket", "db.namespace", "db.system.name", "db.system", "rpc.service", "server.address"];

    /// <param name="trace">The trace.</param>
    /// <param name="collapsed">Ids of spans whose children are left out.</param>
    public static ImmutableArray<WaterfallRow> Rows(Trace trace, IReadOnlySet<string> collapsed)
    {
        var ids = trace.Spans.Select(span => span.SpanId).ToHashSet();
        var children = trace.Spans.Where(span => span.ParentSpanId is not null && span.ParentSpanId != span.SpanId).ToLookup(span => span.ParentSpanId!);
        var roots = trace.Spans.Where(span => span.ParentSpanId is null || !ids.Contains(span.ParentSpanId));
        var rows = ImmutableArray.CreateBuilder<WaterfallRow>(trace.Spans.Length);
        var placed = new HashSet<string>();

        // A stack and not recursion: how deep a trace goes is for its sender to say.
        var pending = new Stack<(Span Span, int Depth)>(roots.Reverse().Select(span => (span, 0)));
        Drain();

        // Spans that are each other's parents have no root: they are shown all the same.
        foreach (var span in trace.Spans.Where(span => collapsed.Count == 0 && !placed.Contains(span.SpanId)))
        {
            pending.Push((span, 0));
            Drain();
        }

        return rows.ToImmutable();

        void Drain()
        {
            while (pending.TryPop(out var next))
            {
                if (!placed.Add(next.Span.SpanId))
                {
                    continue;
                }

                var below = children[next.Span.SpanId];
                rows.Add(Place(trace, next.Span, next.Depth, below.Any()));
                if (!collapsed.Contains(next.Span.SpanId))
                {
                    foreach (var child in below.Reverse())
                    {
                        pending.Push((child, next.Depth + 1));
                    }
                }
            }
        }
    }

    /// <summary>Where in the trace's time a moment is, in percent.</summary>
    public static double Percent(Trace trace, DateTimeOffset time) => 100d * (time - trace.Start).Ticks / Math.Max(1, trace.Duration.Ticks);

    /// <summary>What a span that leaves its process talks to, as far as its attributes say.</summary>
    public static string? PeerOf(Span span) =>
        span.Kind is "Client" or "Producer"
            ? s_peerAttributes.Select(key => span.Attributes.FirstOrDefault(attribute => attribute.Key == key)?.Value).FirstOrDefault(value => !string.IsNullOrEmpty(value))
            : null;

    private static WaterfallRow Place(Trace trace, Span span, int depth, bool hasChildren) =>
        new(span, depth, hasChildren, Percent(trace, span.Start), 100d * span.Duration.Ticks / Math.Max(1, trace.Duration.Ticks));
}
