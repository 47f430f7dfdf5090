using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Aspire.Hosting.Run.Console;

/// <summary>Writes what the host says as plain lines; of others' entries the category too. No stack traces: <c>Logging:Console:FormatterName</c> brings them.</summary>
internal sealed class AppHostConsoleFormatter() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "aspire";

    private const string OwnCategories = "Aspire.Hosting";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        var level = logEntry.LogLevel switch
        {
            LogLevel.Critical or LogLevel.Error => "error: ",
            LogLevel.Warning => "warning: ",
            LogLevel.Information => "",
            _ => "debug: ",
        };
        var category = logEntry.Category.StartsWith(OwnCategories, StringComparison.Ordinal) ? "" : $"{logEntry.Category}: ";
        var reason = logEntry.Exception is { } exception && !message.Contains(exception.Message, StringComparison.Ordinal)
            ? $" ({exception.Message})"
            : "";
        textWriter.WriteLine($"{level}{category}{message}{reason}");
    }
}
