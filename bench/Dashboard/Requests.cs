using System.Buffers.Binary;
using Google.Protobuf;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Logs.V1;
using OpenTelemetry.Proto.Resource.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace Bench;

/// <summary>Export requests such as ASP.NET Core's instrumentation makes: ten spans a trace, eight attributes each.</summary>
internal static class Requests
{
    public const int ItemsPerRequest = 500;
    private const int SpansPerTrace = 10;

    private static readonly string[] s_keys =
        ["http.request.method", "http.response.status_code", "http.route", "network.protocol.version", "server.address", "server.port", "url.path", "url.scheme"];

    private static long s_number;

    public static byte[] Spans(int count)
    {
        var scope = new ScopeSpans { Scope = new InstrumentationScope { Name = "Microsoft.AspNetCore" } };
        var now = (ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1_000_000;
        for (var i = 0; i < count; i++)
        {
            var number = Interlocked.Increment(ref s_number);
            var span = new Span
            {
                TraceId = Id(16, number / SpansPerTrace), SpanId = Id(8, number), Name = "POST /profiles/{id}", Kind = Span.Types.SpanKind.Server,
                StartTimeUnixNano = now, EndTimeUnixNano = now + 5_000_000,
            };
            if (number % SpansPerTrace != 0)
            {
                span.ParentSpanId = Id(8, number - 1);
            }

            AddAttributes(span.Attributes, number);
            scope.Spans.Add(span);
        }

        return new ExportTraceServiceRequest { ResourceSpans = { new ResourceSpans { Resource = Service(), ScopeSpans = { scope } } } }.ToByteArray();
    }

    public static byte[] Logs(int count)
    {
        var scope = new ScopeLogs { Scope = new InstrumentationScope { Name = "Worker.Jobs.JobProcessor" } };
        var now = (ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1_000_000;
        for (var i = 0; i < count; i++)
        {
            var number = Interlocked.Increment(ref s_number);
            var record = new LogRecord
            {
                TimeUnixNano = now, SeverityNumber = SeverityNumber.Info, TraceId = Id(16, number), SpanId = Id(8, number),
                Body = new AnyValue { StringValue = "Took {server.port} at {url.path}" },
            };
            AddAttributes(record.Attributes, number);
            scope.LogRecords.Add(record);
        }

        return new ExportLogsServiceRequest { ResourceLogs = { new ResourceLogs { Resource = Service(), ScopeLogs = { scope } } } }.ToByteArray();
    }

    private static void AddAttributes(Google.Protobuf.Collections.RepeatedField<KeyValue> attributes, long number)
    {
        foreach (var key in s_keys)
        {
            attributes.Add(new KeyValue { Key = key, Value = new AnyValue { StringValue = $"value {number % 1000}" } });
        }
    }

    private static Resource Service() => new() { Attributes = { new KeyValue { Key = "service.name", Value = new AnyValue { StringValue = "api" } } } };

    private static ByteString Id(int length, long number)
    {
        System.Span<byte> bytes = stackalloc byte[length];
        bytes.Fill(0x5b);
        BinaryPrimitives.WriteInt64BigEndian(bytes[^8..], number + 1);
        return ByteString.CopyFrom(bytes);
    }
}
