using System.Globalization;
using Aspire.Dashboard.Model;

namespace Aspire.Dashboard.Components.Controls;

/// <summary>How times, durations, states and services look, the same on every page.</summary>
internal static class Display
{
    private const int ServiceColours = 8;

    public static string Duration(TimeSpan duration) => duration.TotalMilliseconds switch
    {
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMicroseconds:0} µs"),
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0.##} ms"),
        < 60_000 => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.##} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(duration.TotalMinutes):0} min {duration.Seconds} s"),
    };

    public static string Time(DateTimeOffset time) => time.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    public static string DateAndTime(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Number(double value) => value.ToString(Math.Abs(value) >= 1_000 ? "#,0.##" : "0.####", CultureInfo.InvariantCulture);

    /// <summary>A service keeps its colour from page to page and from run to run.</summary>
    public static string ColourClass(string serviceName)
    {
        var hash = 17u;
        foreach (var character in serviceName)
        {
            hash = unchecked(hash * 31 + character);
        }

        return string.Create(CultureInfo.InvariantCulture, $"colour-{hash % ServiceColours}");
    }

    public static string StateClass(DashboardResource resource) => resource switch
    {
        { Health: "Unhealthy" } => "error",
        { Health: "Degraded" } => "warn",
        { StateStyle: { } style } => style,
        { State: "Running" } => "success",
        { State: "FailedToStart" or "RuntimeUnhealthy" } => "error",
        { State: "Exited" or "Finished", ExitCode: not (null or 0) } => "error",
        _ => "info",
    };

    public static string Short(string? id) => id is { Length: > 8 } ? id[..8] : id ?? string.Empty;

    /// <summary>Only web addresses become links: a <c>javascript:</c> address is text.</summary>
    public static bool IsWebAddress(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);
}
