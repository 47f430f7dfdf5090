using System.Globalization;
using Aspire.Dashboard.Model;
using Aspire.Dashboard.Resources;
using Aspire.Dashboard.Telemetry;
using Microsoft.AspNetCore.Components;

namespace Aspire.Dashboard.Components.Pages;

/// <summary>A trace as a waterfall, and one of its spans.</summary>
public partial class TraceDetail
{
    private readonly HashSet<string> _collapsed = [];
    private Trace? _trace;
    private WaterfallRow[] _rows = [];
    private ILookup<string, LogRecord> _logs = Array.Empty<LogRecord>().ToLookup(log => string.Empty);
    private int _depth;

    [Parameter] public string TraceId { get; set; } = string.Empty;
    [SupplyParameterFromQuery(Name = "span")] private string? SpanId { get; set; }
    [SupplyParameterFromQuery(Name = "text")] private string? Text { get; set; }
    [Inject] private TelemetryStore Store { get; set; } = default!;
    [Inject] private ResourceStore Resources { get; set; } = default!;
    [Inject] private IDashboardModel Dashboard { get; set; } = default!;

    protected override void OnInitialized() => RefreshOn(Store.Changed);

    protected override void OnParametersSet() => Refresh();

    protected override void Refresh()
    {
        _trace = Store.FindTrace(TraceId.ToLowerInvariant());
        if (_trace is null)
        {
            _rows = [];
            return;
        }

        _logs = Store.Logs.Where(log => log.TraceId == _trace.TraceId).ToLookup(log => log.SpanId ?? string.Empty);
        var rows = Waterfall.Rows(_trace, _collapsed);
        _depth = rows.Select(row => row.Depth + 1).DefaultIfEmpty(0).Max();
        _rows = [.. Text is null ? rows : rows.Where(row => Holds(row.Span, Text))];
    }

    private static bool Holds(Span span, string text) =>
        span.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
        || span.Resource.ServiceName.Contains(text, StringComparison.OrdinalIgnoreCase)
        || span.Attributes.Any(a => a.Key.Contains(text, StringComparison.OrdinalIgnoreCase) || a.Value.Contains(text, StringComparison.OrdinalIgnoreCase));

    private void Toggle(string spanId)
    {
        if (!_collapsed.Remove(spanId))
        {
            _collapsed.Add(spanId);
        }

        Refresh();
    }

    private void CollapseAll()
    {
        _collapsed.UnionWith(_trace!.Spans.Select(span => span.ParentSpanId).OfType<string>());
        Refresh();
    }

    private void ExpandAll()
    {
        _collapsed.Clear();
        Refresh();
    }

    private static string Number(double percent) => Math.Clamp(percent, 0, 100).ToString("0.###", CultureInfo.InvariantCulture);
}
