using System.Diagnostics;
using Aspire.Dashboard.Telemetry;
using Microsoft.AspNetCore.Components;

namespace Aspire.Dashboard.Components;

/// <summary>A component that draws itself again when what it shows has changed, at most some times a second.</summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    // Four times a second reads as live; each change drawn by itself would only flicker.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(250);

    // A page that takes long to draw, of very much telemetry, is drawn less often; it never holds what has left for long.
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _disposed = new();

    [Inject] protected NavigationManager Navigation { get; set; } = default!;

    /// <summary>Reads again what the component shows, on its own dispatcher.</summary>
    protected virtual void Refresh()
    {
    }

    internal void RefreshOn(ChangeSignal signal) => _ = WatchAsync(signal, _disposed.Token);

    /// <summary>Puts a filter into the address, so that the page can be shared and found again by going back.</summary>
    protected void SetQuery(string name, object? value) => SetQuery((name, value));

    /// <inheritdoc cref="SetQuery(string, object?)"/>
    protected void SetQuery(params (string Name, object? Value)[] values) =>
        Navigation.NavigateTo(AddressWith(values), replace: true);

    /// <summary>This page's address with some of its parameters changed; what is empty is left out.</summary>
    protected string AddressWith(params (string Name, object? Value)[] values) =>
        Navigation.GetUriWithQueryParameters(values.ToDictionary(v => v.Name, v => v.Value is "" or string[] { Length: 0 } ? null : v.Value));

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        _disposed.Cancel();
        _disposed.Dispose();
    }

    private async Task WatchAsync(ChangeSignal signal, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var next = signal.Next;
                var start = Stopwatch.GetTimestamp();
                await InvokeAsync(() =>
                {
                    Refresh();
                    StateHasChanged();
                });
                var cost = Stopwatch.GetElapsedTime(start);
                await next.WaitAsync(cancellationToken);
                await Task.Delay(cost < s_pause ? s_pause : cost < s_longestPause ? cost : s_longestPause, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The tab was closed.
        }
    }
}
