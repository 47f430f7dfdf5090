using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace ServiceDefaults.Tests.Telemetry;

/// <summary>Takes OTLP over HTTP and keeps it as text: the names in a protobuf message are readable in it.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtlpReceiver(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>What came, by path: <c>/v1/traces</c>, ….</summary>
    public ConcurrentQueue<OtlpExport> Exports { get; } = new();

    /// <summary>The spans that came.</summary>
    public IEnumerable<Span> Spans =>
        from export in Exports
        where export.Path == "/v1/traces"
        from resource in ExportTraceServiceRequest.Parser.ParseFrom(export.Message).ResourceSpans
        from scope in resource.ScopeSpans
        from span in scope.Spans
        select span;

    public static async Task<OtlpReceiver> StartAsync(Func<HttpContext, Task>? answer = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new OtlpReceiver(app);
        app.Run(async context =>
        {
            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            receiver.Exports.Enqueue(
                new OtlpExport(
                    context.Request.Path,
                    context.Request.Headers.ToDictionary(
                        header => header.Key,
                        header => header.Value.ToString(),
                        StringComparer.OrdinalIgnoreCase
                    ),
                    body.ToArray()
                )
            );
            await (answer?.Invoke(context) ?? Task.CompletedTask);
        });
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

/// <param name="Path">Which signal it is: <c>/v1/traces</c>.</param>
/// <param name="Headers">As they came, by name in any case.</param>
/// <param name="Sent">The body as it came.</param>
internal sealed record OtlpExport(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Sent)
{
    /// <summary>The body, unpacked.</summary>
    public byte[] Message { get; } = Headers.GetValueOrDefault("Content-Encoding") == "gzip" ? Unpack(Sent) : Sent;

    /// <summary>The message as text: the names in it are readable.</summary>
    public string Body => Encoding.Latin1.GetString(Message);

    private static byte[] Unpack(byte[] sent)
    {
        using var message = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(sent), CompressionMode.Decompress);
        gzip.CopyTo(message);
        return message.ToArray();
    }
}
