using System.IO.Compression;
using System.Text.Json;
using Google.Protobuf;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace Aspire.Dashboard.Otlp;

/// <summary>OTLP over HTTP, protobuf and JSON: https://opentelemetry.io/docs/specs/otlp/#otlphttp.</summary>
internal static class OtlpHttpEndpoints
{
    /// <summary>How many bytes a request may have, before and after decompression.</summary>
    public const int MaxRequestBytes = 16 * 1024 * 1024;

    private const string Protobuf = "application/x-protobuf";
    private const string Json = "application/json";
    private const int InvalidArgument = 3;
    private const int ResourceExhausted = 8;

    public static void MapOtlpHttp(this IEndpointRouteBuilder routes, OtlpReceiver receiver)
    {
        routes.MapPost("/v1/traces", context => ReceiveAsync<ExportTraceServiceRequest>(context, receiver.Export));
        routes.MapPost("/v1/logs", context => ReceiveAsync<ExportLogsServiceRequest>(context, receiver.Export));
        routes.MapPost("/v1/metrics", context => ReceiveAsync<ExportMetricsServiceRequest>(context, receiver.Export));
    }

    private static async Task ReceiveAsync<TRequest>(HttpContext context, Func<TRequest, IMessage> export)
        where TRequest : IMessage<TRequest>, new()
    {
        var contentType = context.Request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        if (contentType is not (Protobuf or Json))
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        try
        {
            var body = await ReadAsync(context.Request, context.RequestAborted);
            var request = contentType == Json ? OtlpJson.Parse<TRequest>(body) : new MessageParser<TRequest>(() => new TRequest()).ParseFrom(body);
            await AnswerAsync(context, StatusCodes.Status200OK, contentType, export(request));
        }
        catch (RequestTooLargeException)
        {
            await RefuseAsync(context, StatusCodes.Status413PayloadTooLarge, contentType, ResourceExhausted, $"The request has more than {MaxRequestBytes} bytes.");
        }
        catch (Exception exception) when (OtlpJson.IsMalformed(exception))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, contentType, InvalidArgument, "The body is not a valid export request.");
        }
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        Stream source = request.Headers.ContentEncoding.ToString() switch
        {
            "" or "identity" => request.Body,
            "gzip" => new GZipStream(request.Body, CompressionMode.Decompress),
            var encoding => throw new NotSupportedException(encoding),
        };
        return await BoundedBody.ReadAsync(source, MaxRequestBytes, cancellationToken);
    }

    private static Task AnswerAsync(HttpContext context, int statusCode, string contentType, IMessage message)
    {
        context.Response.StatusCode = statusCode;
        context.Response.ContentType = contentType;
        return contentType == Json
            ? context.Response.WriteAsync(JsonFormatter.Default.Format(message), context.RequestAborted)
            : context.Response.Body.WriteAsync(message.ToByteArray(), context.RequestAborted).AsTask();
    }

    /// <summary>The body is a google.rpc.Status: its code is field 1, its message field 2.</summary>
    private static Task RefuseAsync(HttpContext context, int statusCode, string contentType, int code, string message)
    {
        context.Response.StatusCode = statusCode;
        context.Response.ContentType = contentType;
        if (contentType == Json)
        {
            return context.Response.WriteAsync($$"""{"code":{{code}},"message":"{{message}}"}""", context.RequestAborted);
        }

        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            output.WriteTag(1, WireFormat.WireType.Varint);
            output.WriteInt32(code);
            output.WriteTag(2, WireFormat.WireType.LengthDelimited);
            output.WriteString(message);
        }

        return context.Response.Body.WriteAsync(stream.ToArray(), context.RequestAborted).AsTask();
    }
}
