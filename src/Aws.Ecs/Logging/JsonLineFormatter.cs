using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Aws.Ecs.Logging;

/// <summary>
/// Writes a log record as one line of JSON, whatever is in it, with the trace that it belongs to. Long texts are cut, so that a
/// record stays one event of CloudWatch Logs.
/// </summary>
internal sealed class JsonLineFormatter() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "json-line";

    // In UTF-16 code units, of which JSON makes six bytes at worst.
    private const int TextLimit = 16 * 1024;

    // Strict JSON, but readable: no \u0027 for an apostrophe. Line breaks of all kinds are escaped.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter?.Invoke(logEntry.State, logEntry.Exception);
        if (message is null && logEntry.Exception is null)
        {
            return;
        }

        var line = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(line, WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", DateTime.UtcNow);
            json.WriteString("level", logEntry.LogLevel.ToString());
            json.WriteString("category", logEntry.Category);
            json.WriteString("message", LogValues.Cut(message, TextLimit));
            if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
            {
                json.WriteString("trace_id", activity.TraceId.ToHexString());
                json.WriteString("span_id", activity.SpanId.ToHexString());
            }

            if (logEntry.EventId.Id != 0)
            {
                json.WriteNumber("event_id", logEntry.EventId.Id);
            }

            if (logEntry.Exception is { } exception)
            {
                json.WriteString("exception", LogValues.Cut(exception.ToString(), TextLimit));
            }

            WriteState(json, logEntry.State);
            WriteScopes(json, scopeProvider);
            json.WriteEndObject();
        }

        textWriter.Write(Encoding.UTF8.GetString(line.WrittenSpan));
        textWriter.Write('\n');
    }

    private static void WriteState<TState>(Utf8JsonWriter json, TState state)
    {
        if (
            state is IReadOnlyList<KeyValuePair<string, object?>> values
            && values.Any(static value => value.Key != LogValues.MessageTemplate)
        )
        {
            json.WritePropertyName("state");
            LogValues.Write(json, values);
        }
    }

    private static void WriteScopes(Utf8JsonWriter json, IExternalScopeProvider? scopeProvider)
    {
        var scopes = new List<object>();
        scopeProvider?.ForEachScope(
            static (scope, list) =>
            {
                if (scope is not null)
                {
                    list.Add(scope);
                }
            },
            scopes
        );
        if (scopes.Count == 0)
        {
            return;
        }

        json.WriteStartArray("scopes");
        foreach (var scope in scopes.TakeWhile(_ => !LogValues.IsFull(json)))
        {
            if (scope is IEnumerable<KeyValuePair<string, object?>> values)
            {
                LogValues.Write(json, values);
            }
            else
            {
                LogValues.WriteValue(json, scope);
            }
        }

        json.WriteEndArray();
    }
}
