using Aspire.Dashboard.Model;
using Aspire.Dashboard.Resources;
using Aspire.Dashboard.Telemetry;
using Microsoft.AspNetCore.Components;

namespace Aspire.Dashboard.Components.Pages;

/// <summary>The log records that arrived, newest first, filtered by what the address says.</summary>
public partial class StructuredLogs
{
    private string[] _names = [];
    private LogRecord[] _shown = [];
    private IQueryable<LogRecord> _items = Array.Empty<LogRecord>().AsQueryable();
    private LogRecord? _selected;
    private bool _paused;

    [SupplyParameterFromQuery(Name = "resource")] private string? Resource { get; set; }
    [SupplyParameterFromQuery(Name = "level")] private string? Level { get; set; }
    [SupplyParameterFromQuery(Name = "text")] private string? Text { get; set; }
    [SupplyParameterFromQuery(Name = "filter")] private string[]? AskedFilters { get; set; }
    [SupplyParameterFromQuery(Name = "log")] private long? Selected { get; set; }
    [Inject] private TelemetryStore Store { get; set; } = default!;
    [Inject] private ResourceStore Resources { get; set; } = default!;
    [Inject] private IDashboardModel Dashboard { get; set; } = default!;

    private bool IsFiltered => Resource is not null || Level is not null || Text is not null || AskedFilters is { Length: > 0 };

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
        var least = Enum.TryParse<LogSeverity>(Level, out var level) ? level : LogSeverity.Unspecified;
        var sends = Resources.Sends(Resource);
        var conditions = TelemetryCondition.Parse(AskedFilters);
        var all = Store.Logs;
        // Newest first: what just happened is what somebody looks for.
        _shown = [.. all.Where(log => log.Severity >= least && sends(log.Resource) && (Text is null || Holds(log, Text))
                && conditions.All(condition => condition.Holds(field => TelemetryFields.Value(log, field))))
            .OrderByDescending(log => log.Timestamp).ThenByDescending(log => log.Sequence)];
        _items = _shown.AsQueryable();
        _selected = all.FirstOrDefault(log => log.Sequence == Selected);
    }

    private static bool Holds(LogRecord log, string text) =>
        log.Message.Contains(text, StringComparison.OrdinalIgnoreCase)
        || log.Category.Contains(text, StringComparison.OrdinalIgnoreCase)
        || log.Attributes.Any(a => a.Key.Contains(text, StringComparison.OrdinalIgnoreCase) || a.Value.Contains(text, StringComparison.OrdinalIgnoreCase));

    private IEnumerable<string> Fields() =>
        TelemetryFields.OfLogs.Concat(Store.Logs.SelectMany(log => log.Attributes).Select(attribute => attribute.Key).Distinct().Order(StringComparer.Ordinal));

    private IEnumerable<string> ValuesOf(string field) =>
        Store.Logs.Select(log => TelemetryFields.Value(log, field)).OfType<string>().Distinct().Order(StringComparer.Ordinal);

    private void TogglePause()
    {
        _paused = !_paused;
        Refresh();
    }
}
