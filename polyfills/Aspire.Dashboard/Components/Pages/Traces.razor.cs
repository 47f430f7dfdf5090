using System.Globalization;
using Aspire.Dashboard.Model;
using Aspire.Dashboard.Resources;
using Aspire.Dashboard.Telemetry;
using Microsoft.AspNetCore.Components;

namespace Aspire.Dashboard.Components.Pages;

/// <summary>The traces that arrived, newest first. A condition fits a trace when one of its spans holds it.</summary>
public partial class Traces
{
    private string[] _names = [];
    private Trace[] _shown = [];
    private IQueryable<Trace> _items = Array.Empty<Trace>().AsQueryable();
    private TimeSpan _longest;
    private bool _paused;

    [SupplyParameterFromQuery(Name = "resource")] private string? Resource { get; set; }
    [SupplyParameterFromQuery(Name = "text")] private string? Text { get; set; }
    [SupplyParameterFromQuery(Name = "errors")] private bool ErrorsOnly { get; set; }
    [SupplyParameterFromQuery(Name = "filter")] private string[]? AskedFilters { get; set; }
    [Inject] private TelemetryStore Store { get; set; } = default!;
    [Inject] private ResourceStore Resources { get; set; } = default!;
    [Inject] private IDashboardModel Dashboard { get; set; } = default!;

    private bool IsFiltered => Resource is not null || Text is not null || ErrorsOnly || AskedFilters is { Length: > 0 };

    protected override void OnInitialized() => RefreshOn(Store.Changed);

    protected override void OnParametersSet() => Read();

    protected override void Refresh()
    {
        if (!_paused)
        {
            Read();
        }
    }

    private void Read()
    {
        _names = [.. Resources.NamesOf(Store.Resources)];
        var sends = Resources.Sends(Resource);
        var conditions = TelemetryCondition.Parse(AskedFilters);
        _shown = [.. Store.Traces.Where(trace => (!ErrorsOnly || trace.ErrorCount > 0)
            && (Resource is null || trace.ByResource.Any(group => sends(group.Resource)))
            && (Text is null || trace.TraceId.StartsWith(Text, StringComparison.OrdinalIgnoreCase) || trace.Spans.Any(span => Holds(span, Text)))
            && (conditions.Length == 0 || trace.Spans.Any(span => conditions.All(condition => condition.Holds(field => TelemetryFields.Value(span, field))))))];
        _items = _shown.AsQueryable();
        _longest = _shown.Length == 0 ? TimeSpan.Zero : _shown.Max(trace => trace.Duration);
    }

    private static bool Holds(Span span, string text) =>
        span.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
        || span.Attributes.Any(a => a.Key.Contains(text, StringComparison.OrdinalIgnoreCase) || a.Value.Contains(text, StringComparison.OrdinalIgnoreCase));

    private IEnumerable<string> Fields() =>
        TelemetryFields.OfSpans.Concat(Spans.SelectMany(span => span.Attributes).Select(attribute => attribute.Key).Distinct().Order(StringComparer.Ordinal));

    private IEnumerable<string> ValuesOf(string field) =>
        Spans.Select(span => TelemetryFields.Value(span, field)).OfType<string>().Distinct().Order(StringComparer.Ordinal);

    // What is offered is a help to type less: some thousand spans know all the fields there are.
    private IEnumerable<Span> Spans => Store.Traces.SelectMany(trace => trace.Spans).Take(5_000);

    private string Share(Trace trace) =>
        (_longest == TimeSpan.Zero ? 0 : trace.Duration / _longest).ToString("0.####", CultureInfo.InvariantCulture);

    private void TogglePause()
    {
        _paused = !_paused;
        Refresh();
    }
}
