using System.Text.RegularExpressions;
using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Console;

/// <summary>
/// Reads the time and the level off the lines of one stream, as .NET's console loggers, and most others, write them. A line that is
/// indented belongs to the entry above it and has its level.
/// </summary>
internal sealed partial class ConsoleLineReading
{
    private const string Indentation = "      ";

    private LogSeverity _entry;

    /// <summary>The line without the time that it starts with, for the dashboard has its own, and the level.</summary>
    public (string Content, LogSeverity Level) Read(string line, bool isError)
    {
        var content = LeadingTime().Replace(line, string.Empty, 1);
        if (!content.StartsWith(Indentation, StringComparison.Ordinal))
        {
            _entry = LevelOf(AnsiText.Strip(content.Length > 256 ? content[..256] : content));
        }

        return (content, _entry == LogSeverity.Unspecified && isError ? LogSeverity.Error : _entry);
    }

    private static LogSeverity LevelOf(string text)
    {
        var match = Level().Match(text);
        return match.Success
            ? match.Groups[1].Value.ToLowerInvariant() switch
            {
                "trce" or "trace" or "verbose" or "vrb" => LogSeverity.Trace,
                "dbug" or "debug" or "dbg" => LogSeverity.Debug,
                "info" or "information" or "inf" => LogSeverity.Information,
                "warn" or "warning" or "wrn" => LogSeverity.Warning,
                "fail" or "error" or "err" => LogSeverity.Error,
                _ => LogSeverity.Critical,
            }
            : LogSeverity.Unspecified;
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)? ?", RegexOptions.CultureInvariant)]
    private static partial Regex LeadingTime();

    // `info: `, `[INF] `, `[12:00:00 INF]`, `ERROR `, and the LogLevel of a JSON line.
    [GeneratedRegex(@"^(?:\[(?:[\d:. -]{1,32} )?|\{.{0,128}""LogLevel"":""|)(trce|trace|verbose|vrb|dbug|debug|dbg|info|information|inf|warn|warning|wrn|fail|error|err|crit|critical|fatal|ftl)(?:[\]:"" ])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Level();
}
