using System.Collections.Frozen;
using System.Globalization;
using Aspire.Dashboard.Model;

namespace Aspire.Dashboard.Components.Controls;

/// <summary>How times, durations, states and services look, the same on every page.</summary>
internal static class Display
{
    private const int MaxLine = 500;

    private static readonly FrozenDictionary<string, string> s_propertyNames = new Dictionary<string, string>
    {
        ["container.image"] = "Image", ["container.name"] = "Container name", ["container.id"] = "Container id", ["container.lifetime"] = "Lifetime",
        ["container.args"] = "Arguments", ["container.command"] = "Command", ["container.ports"] = "Ports",
        ["executable.path"] = "Path", ["executable.workDir"] = "Working directory", ["executable.args"] = "Arguments", ["executable.pid"] = "Process id",
        ["project.path"] = "Project", ["project.launchProfile"] = "Launch profile",
        ["resource.source"] = "Source", ["resource.connectionString"] = "Connection string", ["resource.waitingFor"] = "Waiting for",
        ["Value"] = "Value",
    }.ToFrozenDictionary();

    public static string Duration(TimeSpan duration) => duration.TotalMilliseconds switch
    {
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMicroseconds:0} µs"),
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0.##} ms"),
        < 60_000 => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.##} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(duration.TotalMinutes):0} min {duration.Seconds} s"),
    };

    public static string Time(DateTimeOffset time) => time.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    public static string DateAndTime(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>What fits on a line of a table: the browser cuts the rest, so more need not reach it.</summary>
    public static string Line(string text) => text.Length <= MaxLine ? text : text[..MaxLine];

    public static string Clock(DateTimeOffset time) => time.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A path's last part; anything else as it is.</summary>
    public static string FileName(string? source) =>
        source is not { Length: > 0 } ? "–"
        : Path.IsPathRooted(source) && Path.GetFileName(source) is { Length: > 0 } name ? name
        : source;

    /// <summary>A number for an axis: thousands of thousands are counted in letters.</summary>
    public static string Short(double value) => Math.Abs(value) switch
    {
        >= 1e9 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e9:0.##} G"),
        >= 1e6 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e6:0.##} M"),
        _ => Number(value),
    };

    public static string Bytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024d / 1024d:N0} MiB");

    public static string Number(double value) => value.ToString(Math.Abs(value) >= 1_000 ? "#,0.##" : "0.####", CultureInfo.InvariantCulture);

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

    /// <summary>What a person calls a property that the host names in its own words.</summary>
    public static string Name(DashboardProperty property) =>
        property.DisplayName is { Length: > 0 } name ? name : s_propertyNames.GetValueOrDefault(property.Name, property.Name);

    public static string Count(int count, string one, string? several = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : several ?? one + "s")}");

    public static string Short(string? id) => id is { Length: > 8 } ? id[..8] : id ?? string.Empty;

    /// <summary>Only web addresses become links: a <c>javascript:</c> address is text.</summary>
    public static bool IsWebAddress(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);
}
