using Aspire.Dashboard.Components.Metrics;
using Aspire.Dashboard.Model;
using Aspire.Dashboard.Resources;
using Aspire.Dashboard.Telemetry;
using Microsoft.AspNetCore.Components;

namespace Aspire.Dashboard.Components.Pages;

/// <summary>The instruments by meter, and one of them as a chart or a table.</summary>
public partial class Metrics
{
    private static readonly int[] s_ranges = [1, 5, 15, 30, 60, 180, 360, 720];

    private string[] _names = [];
    private (InstrumentKey Key, InstrumentDescription Description)[] _instruments = [];
    private (string Key, string[] Values)[] _attributes = [];
    private Instrument? _instrument;
    private MetricView? _chart;
    private bool _paused;

    [SupplyParameterFromQuery(Name = "resource")] private string? Resource { get; set; }
    [SupplyParameterFromQuery(Name = "meter")] private string? Meter { get; set; }
    [SupplyParameterFromQuery(Name = "instrument")] private string? InstrumentName { get; set; }
    [SupplyParameterFromQuery(Name = "minutes")] private int? AskedMinutes { get; set; }
    [SupplyParameterFromQuery(Name = "view")] private string? View { get; set; }
    [SupplyParameterFromQuery(Name = "show")] private string? Show { get; set; }
    [SupplyParameterFromQuery(Name = "split")] private string? Split { get; set; }
    [SupplyParameterFromQuery(Name = "dim")] private string[]? AskedDimensions { get; set; }
    [SupplyParameterFromQuery(Name = "text")] private string? Text { get; set; }
    [Inject] private TelemetryStore Store { get; set; } = default!;
    [Inject] private ResourceStore Resources { get; set; } = default!;
    [Inject] private IDashboardModel Dashboard { get; set; } = default!;

    private int Minutes => AskedMinutes is { } minutes && s_ranges.Contains(minutes) ? minutes : 5;

    private bool IsTable => View == "table";

    private string NoSplit => _instrument is { IsHistogram: true } ? "All in one" : "A line for each dimension";

    private TelemetryCondition[] Dimensions => TelemetryCondition.Parse(AskedDimensions);

    private MetricShow Shown => Enum.TryParse<MetricShow>(Show, out var show) && Choices.Any(choice => choice.Show == show) ? show : MetricShow.Value;

    private IReadOnlyList<(MetricShow Show, string Title)> Choices => _instrument switch
    {
        { IsHistogram: true } when Split is null =>
            [(MetricShow.Value, "P50, P90, P99"), (MetricShow.P50, "P50"), (MetricShow.P90, "P90"), (MetricShow.P99, "P99"), (MetricShow.Rate, "Count per second")],
        { IsHistogram: true } => [(MetricShow.Value, "P90"), (MetricShow.P50, "P50"), (MetricShow.P99, "P99"), (MetricShow.Rate, "Count per second")],
        { Description.IsMonotonic: true } => [(MetricShow.Value, "Total"), (MetricShow.Rate, "Per second")],
        _ => [(MetricShow.Value, "Value")],
    };

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
        _names = [.. Resources.NamesOf(Store.Metrics.Instruments.Select(instrument => instrument.Key.Resource))];
        var sends = Resources.Sends(Resource);
        var all = Store.Metrics.Instruments.Where(i => sends(i.Key.Resource)).ToArray();
        _instruments = [.. all.Where(i => Text is null || i.Key.Name.Contains(Text, StringComparison.OrdinalIgnoreCase) || i.Key.Meter.Contains(Text, StringComparison.OrdinalIgnoreCase)
            || IsSelected(i.Key))];
        var key = all.Select(i => i.Key).FirstOrDefault(IsSelected);
        _instrument = key is null ? null : Store.Metrics.Find(key);
        if (_instrument is null)
        {
            _chart = null;
            return;
        }

        _attributes = [.. _instrument.Dimensions.SelectMany(dimension => dimension.Attributes)
            .GroupBy(attribute => attribute.Key)
            .Select(group => (group.Key, (string[])[.. group.Select(attribute => attribute.Value).Distinct().Order(StringComparer.Ordinal)]))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)];
        var wanted = Dimensions.ToLookup(condition => condition.Field, condition => condition.Value);
        var filtered = _instrument with
        {
            Dimensions = [.. _instrument.Dimensions.Where(dimension => wanted.All(group => group.Contains(dimension[group.Key])))],
        };
        _chart = MetricView.Of(filtered, DateTimeOffset.UtcNow, TimeSpan.FromMinutes(Minutes), Shown, Split);
    }

    private bool IsSelected(InstrumentKey key) => key.Name == InstrumentName && (Meter is null || key.Meter == Meter);

    private string AddressOf(InstrumentKey key) => AddressWith(
        ("resource", Resources.NameOf(key.Resource)), ("meter", key.Meter), ("instrument", key.Name), ("dim", null), ("split", null), ("show", null));

    private string[] SelectedOf(string key) => [.. Dimensions.Where(condition => condition.Field == key).Select(condition => condition.Value)];

    private void Select(string key, string[] values) => SetQuery("dim", (string[])
        [.. Dimensions.Where(condition => condition.Field != key).Concat(values.Select(value => new TelemetryCondition(key, ConditionKind.Equals, value))).Select(condition => condition.ToString())]);

    private void Clear(string? name)
    {
        Store.Metrics.Clear(Resources.Sends(name));
        Store.Changed.Raise();
    }

    private void TogglePause()
    {
        _paused = !_paused;
        Refresh();
    }
}
