using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Run.Logs;

/// <summary>Reads the level off a line of console output, as .NET's console loggers write it.</summary>
/// <remarks>
/// The simple formatter starts an entry with <c>info: Category[0]</c> and indents the lines that follow; the JSON formatter writes one object
/// a line with <c>LogLevel</c>. One instance follows one stream, because an indented line has the level of the entry that it belongs to.
/// </remarks>
internal sealed partial class OutputLevel
{
    private const string Indentation = "      ";

    private LogLevel? _entry;

    /// <summary>The level of the next line, or nothing where the line does not say.</summary>
    public LogLevel? Read(string line)
    {
        var text = AnsiSequence().Replace(line, "");
        if (text.StartsWith(Indentation, StringComparison.Ordinal))
        {
            return _entry;
        }
        return _entry = text.StartsWith('{') ? FromJson(text) : FromPrefix(text);
    }

    private static LogLevel? FromPrefix(string text)
    {
        // At the start, or after a timestamp that the formatter was told to write.
        var match = SimplePrefix().Match(text);
        return match.Success
            ? match.Groups[1].Value switch
            {
                "trce" => LogLevel.Trace,
                "dbug" => LogLevel.Debug,
                "info" => LogLevel.Information,
                "warn" => LogLevel.Warning,
                "fail" => LogLevel.Error,
                _ => LogLevel.Critical,
            }
            : null;
    }

    private static LogLevel? FromJson(string text)
    {
        try
        {
            var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(text));
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("LogLevel"u8))
                {
                    return reader.Read() && reader.TokenType == JsonTokenType.String
                        && Enum.TryParse<LogLevel>(reader.GetString(), ignoreCase: true, out var level) ? level : null;
                }
            }
        }
        catch (JsonException)
        {
            // A line that only starts like JSON.
        }
        return null;
    }

    [GeneratedRegex(@"\x1b\[[0-9;]*[A-Za-z]")]
    private static partial Regex AnsiSequence();

    [GeneratedRegex(@"^(?:[\d\-:.TZ+/ ]{8,} ?)?(trce|dbug|info|warn|fail|crit): ")]
    private static partial Regex SimplePrefix();
}
