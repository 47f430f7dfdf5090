using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Aws.Ecs.Telemetry.Export;

/// <summary>
/// What became of a signal's exports: a metric by the conventions, <c>otel.sdk.exporter.span.exported</c> with <c>error.type</c> where it
/// was lost, and, since a receiver that fails gets no metrics either, a line in the log when it begins, once a minute while it lasts and
/// when it is over. What the queue before it had no room for is the SDK's to count: <c>otel.sdk.processor.span.processed</c>.
/// https://opentelemetry.io/docs/specs/semconv/otel/sdk-metrics/
/// </summary>
internal sealed partial class ExportReport(OtlpSignal signal, Uri endpoint, IMeterFactory meters, Func<ILogger> logger, TimeProvider time)
{
    public const string MeterName = "Aws.Ecs.Export";

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Counter<long> _exported = meters
        .Create(MeterName)
        .CreateCounter<long>(
            $"otel.sdk.exporter.{signal.Item}.exported",
            $"{{{signal.Item}}}",
            "Items whose export has ended, lost or not."
        );

    private long _lost;
    private DateTimeOffset _nextLine;

    private KeyValuePair<string, object?> ServerAddress { get; } = new("server.address", endpoint.Host);

    private KeyValuePair<string, object?> ServerPort { get; } = new("server.port", endpoint.Port);

    public void Exported(int count)
    {
        _exported.Add(count, ServerAddress, ServerPort);
        lock (_lock)
        {
            if (_nextLine == default)
            {
                return;
            }

            LogWorksAgain(logger(), signal.Name, endpoint, _lost);
            (_lost, _nextLine) = (0, default);
        }
    }

    public void Lost(int count, string errorType, string reason)
    {
        _exported.Add(count, ServerAddress, ServerPort, new(ActivityFailureExtensions.ErrorType, errorType));
        lock (_lock)
        {
            _lost += count;
            if (_nextLine <= time.GetUtcNow())
            {
                _nextLine = time.GetUtcNow() + Interval;
                LogLost(logger(), signal.Name, endpoint, _lost, reason);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Exporting {Signal} to {Endpoint} fails; {Count} items are lost so far. {Reason}")]
    private static partial void LogLost(ILogger logger, string signal, Uri endpoint, long count, string reason);

    [LoggerMessage(LogLevel.Information, "Exporting {Signal} to {Endpoint} works again; {Count} items were lost.")]
    private static partial void LogWorksAgain(ILogger logger, string signal, Uri endpoint, long count);
}
