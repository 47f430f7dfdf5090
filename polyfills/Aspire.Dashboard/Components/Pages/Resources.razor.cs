using Aspire.Dashboard.Deployed;
using Aspire.Dashboard.Model;
using Aspire.Dashboard.Resources;
using Aspire.Dashboard.Telemetry;
using Microsoft.AspNetCore.Components;
using Microsoft.FluentUI.AspNetCore.Components;

namespace Aspire.Dashboard.Components.Pages;

/// <summary>The model's resources as a table or a graph; what is shown, how it is sorted and what is selected is in the address.</summary>
public partial class Resources
{
    // The rows come sorted, children below their parents: the grid only shows by what, and tells when that is to change.
    private static readonly GridSort<ResourceRow> s_asSorted = GridSort<ResourceRow>.ByAscending(row => 0);

    private readonly HashSet<string> _collapsed = [];
    private DashboardResource[] _all = [];
    private DashboardResource[] _shown = [];
    private ResourceRow[] _rows = [];
    private Dictionary<string, int> _errors = [];

    [SupplyParameterFromQuery(Name = "view")] private string? View { get; set; }
    [SupplyParameterFromQuery(Name = "text")] private string? Text { get; set; }
    [SupplyParameterFromQuery(Name = "type")] private string[]? AskedTypes { get; set; }
    [SupplyParameterFromQuery(Name = "state")] private string[]? AskedStates { get; set; }
    [SupplyParameterFromQuery(Name = "health")] private string[]? AskedHealths { get; set; }
    [SupplyParameterFromQuery(Name = "hidden")] private bool ShowHidden { get; set; }
    [SupplyParameterFromQuery(Name = "sort")] private string? Sort { get; set; }
    [SupplyParameterFromQuery(Name = "desc")] private bool Descending { get; set; }
    [SupplyParameterFromQuery(Name = "resource")] private string? Selected { get; set; }
    [Inject] private ResourceStore Store { get; set; } = default!;
    [Inject] private TelemetryStore Telemetry { get; set; } = default!;
    [Inject] private IDashboardModel Dashboard { get; set; } = default!;

    private string[] Types => AskedTypes ?? [];

    private string[] States => AskedStates ?? [];

    private string[] Healths => AskedHealths ?? [];

    private bool IsGraph => View == "graph";

    private bool IsFiltered => Text is not null || Types.Length + States.Length + Healths.Length > 0;

    private ResourceSort Sorted => Enum.TryParse<ResourceSort>(Sort, out var sort) && Enum.IsDefined(sort) ? sort : ResourceSort.Name;

    protected override void OnInitialized()
    {
        RefreshOn(Store.Changed);
        RefreshOn(Telemetry.Changed);
    }

    protected override void OnParametersSet() => Refresh();

    protected override void Refresh()
    {
        _all = [.. Store.All.Where(resource => !DeployedState.Is(resource) && (ShowHidden || !resource.IsHidden)).OrderBy(resource => resource.Name, StringComparer.OrdinalIgnoreCase)];
        _shown = [.. _all.Where(resource => Fits(resource.Type, Types) && Fits(resource.State, States) && Fits(resource.Health, Healths) && Holds(resource))];
        _rows = [.. ResourceRows.Of(_shown, _collapsed, Sorted, Descending)];
        _errors = Telemetry.Logs.Where(log => log.Severity >= LogSeverity.Error)
            .GroupBy(log => log.Resource)
            .GroupBy(group => Store.NameOf(group.Key), group => group.Count())
            .ToDictionary(group => group.Key, group => group.Sum());
    }

    private static bool Fits(string? value, string[] wanted) => wanted.Length == 0 || wanted.Contains(value);

    private bool Holds(DashboardResource resource) =>
        Text is null || new[] { resource.Name, resource.Type, resource.State, resource.Health, resource.Source }.Concat(resource.Urls.Select(url => url.Url))
            .Any(value => value?.Contains(Text, StringComparison.OrdinalIgnoreCase) == true);

    private IEnumerable<string> Choices(Func<DashboardResource, string?> value, string[] selected) =>
        _all.Select(value).OfType<string>().Concat(selected).Distinct().Order(StringComparer.Ordinal);

    private void SortBy(DataGridSortEventArgs<ResourceRow> change)
    {
        var by = change.SortColumns.FirstOrDefault();
        var (column, descending) = (by?.Column.Title ?? nameof(ResourceSort.Name), by is { Ascending: false });
        if (column != Sorted.ToString() || descending != Descending)
        {
            SetQuery(("sort", column == nameof(ResourceSort.Name) ? null : column), ("desc", descending ? "true" : null));
        }
    }

    private void Choose(ResourceRow row)
    {
        if (row.Resource is null)
        {
            ToggleRow(row.Key);
        }
        else
        {
            SetQuery("resource", row.Resource.Name);
        }
    }

    private void ToggleRow(string name)
    {
        if (!_collapsed.Remove(name))
        {
            _collapsed.Add(name);
        }

        Refresh();
    }
}
