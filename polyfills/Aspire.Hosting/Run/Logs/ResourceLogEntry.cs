using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Run.Logs;

/// <summary>A line of a resource's log with all that is known of it.</summary>
/// <param name="LineNumber">Counts from 1 for each resource.</param>
/// <param name="Timestamp">When it was written, or read.</param>
/// <param name="Text">The line as it was written, with its ANSI sequences.</param>
/// <param name="IsError">Whether it came from standard error.</param>
/// <param name="Level">Its level, where the line says it.</param>
internal sealed record ResourceLogEntry(int LineNumber, DateTimeOffset Timestamp, string Text, bool IsError, LogLevel? Level)
{
    /// <summary>The line as Aspire's API gives it: the time goes first, in UTC and to the tenth of a microsecond.</summary>
    public LogLine ToLogLine() =>
        new(LineNumber, string.Create(CultureInfo.InvariantCulture, $"{Timestamp.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffffffK} {Text}"), IsError);
}
