using System.Collections.Concurrent;
using System.Diagnostics;
using Tracer = Amazon.Runtime.Telemetry.Tracing.Tracer;
using TracerProvider = Amazon.Runtime.Telemetry.Tracing.TracerProvider;

namespace OpenTelemetry.Instrumentation.AWS.Tracing;

/// <summary>Gives the AWS SDK's scopes (<c>AWSSDK.S3</c>) an <see cref="ActivitySource"/> of the same name.</summary>
internal sealed class ActivityTracerProvider(string schemaUrl) : TracerProvider
{
    private static readonly string? Version = typeof(ActivityTracerProvider).Assembly.GetName().Version?.ToString(3);

    private readonly ConcurrentDictionary<string, ActivityTracer> _tracers = new();

    public override Tracer GetTracer(string scope) =>
        _tracers.GetOrAdd(
            scope,
            static (name, schemaUrl) =>
                new ActivityTracer(
                    new ActivitySource(new ActivitySourceOptions(name) { Version = Version, TelemetrySchemaUrl = schemaUrl })
                ),
            schemaUrl
        );
}
