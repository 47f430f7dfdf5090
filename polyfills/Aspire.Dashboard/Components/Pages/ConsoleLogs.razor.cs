using System.Globalization;
using System.Text;
using Aspire.Dashboard.Components.Controls;
using Aspire.Dashboard.Console;
using Aspire.Dashboard.Model;
using Aspire.Dashboard.Resources;
using Aspire.Dashboard.Telemetry;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Aspire.Dashboard.Components.Pages;

/// <summary>The output of one resource, or of all merged; it stays at its end until somebody scrolls up.</summary>
public partial class ConsoleLogs
{
    private ConsoleReader? _reader;
    private string? _following;
    private string[] _names = [];
    private ConsoleEntry[] _shown = [];
    private ElementReference _scroll;
    private Dictionary<string, string> _displayNames = [];
    private DashboardResource? _selected;
    private bool _paused;
    private bool _stayAtEnd = true;

    [SupplyParameterFromQuery(Name = "resource")] private string? Resource { get; set; }
    [SupplyParameterFromQuery(Name = "level")] private string? Level { get; set; }
    [SupplyParameterFromQuery(Name = "times")] private string? Times { get; set; }
    [SupplyParameterFromQuery(Name = "text")] private string? Text { get; set; }
    [Inject] private ResourceStore Store { get; set; } = default!;
    [Inject] private IDashboardModel Dashboard { get; set; } = default!;
    [Inject] private IJSRuntime JavaScript { get; set; } = default!;

    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive)
        {
            RefreshOn(Store.Changed);
        }
    }

    protected override void OnParametersSet()
    {
        if (RendererInfo.IsInteractive)
        {
            Refresh();
        }
    }

    protected override void Refresh()
    {
        var resources = Store.Resources;
        _names = [.. resources.Select(resource => resource.Name)];
        _displayNames = resources.ToDictionary(resource => resource.Name, resource => resource.DisplayName);
        _selected = resources.FirstOrDefault(resource => resource.Name == Resource);
        if (_reader is null || _following != Resource)
        {
            _reader?.Dispose();
            _reader = new ConsoleReader(Dashboard);
            _following = Resource;
            _stayAtEnd = true;
            _paused = false;
            RefreshOn(_reader.Changed);
        }

        _reader.Follow(Resource is null ? _names : [Resource]);
        if (!_paused)
        {
            _shown = Matching(_reader.Entries);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_paused && _shown.Length > 0)
        {
            // The list was at its end before these lines came, unless somebody scrolled: then it stays where they are.
            if (_stayAtEnd)
            {
                await JavaScript.InvokeVoidAsync("dashboard.followEnd", _scroll);
                _stayAtEnd = false;
            }
            else
            {
                await JavaScript.InvokeVoidAsync("dashboard.linesCame", _scroll);
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        _reader?.Dispose();
        base.Dispose(disposing);
    }

    private bool ShowTimes => Times != "off";

    private LogSeverity LeastLevel => Enum.TryParse<LogSeverity>(Level, out var level) ? level : LogSeverity.Unspecified;

    private ConsoleEntry[] Matching(ConsoleEntry[] entries) =>
        Text is null && LeastLevel == LogSeverity.Unspecified
            ? entries
            : [.. entries.Where(entry => entry.Level >= LeastLevel
                && (Text is null || AnsiText.Strip(entry.Content).Contains(Text, StringComparison.OrdinalIgnoreCase)))];

    private string ColourOf(ConsoleEntry entry) => Store.ColourOf(_displayNames.GetValueOrDefault(entry.ResourceName, entry.ResourceName));

    private void TogglePause()
    {
        _paused = !_paused;
        Refresh();
    }

    private async Task DownloadAsync()
    {
        var text = new StringBuilder();
        foreach (var entry in _shown)
        {
            text.Append(CultureInfo.InvariantCulture, $"{entry.Line.Timestamp:O} {entry.ResourceName} {AnsiText.Strip(entry.Line.Content)}\n");
        }

        using var stream = new DotNetStreamReference(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())));
        await JavaScript.InvokeVoidAsync("dashboard.download", $"{Resource ?? "console"}.log", stream);
    }
}
