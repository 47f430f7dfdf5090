using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using OpenTelemetry;

namespace Aws.Ecs.Telemetry.Export;

/// <summary>
/// Sends a signal's exports and reports what becomes of them. The exporter sends synchronously over HTTP and asynchronously over gRPC.
/// Nothing is sent again: the next export follows in seconds, and what waits for it is bounded.
/// </summary>
internal class ExportHandler(OtlpSignal signal, OtlpSettings settings, ExportReport report, HttpMessageHandler transport)
    : DelegatingHandler(transport)
{
    private const int GrpcPrefix = 5;

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        // Nothing in it waits: it has ended when it returns.
        SendPartsAsync(request, part => Task.FromResult(base.Send(part, cancellationToken)), cancellationToken).GetAwaiter().GetResult();

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        return SendPartsAsync(request, SendPartAsync, cancellationToken);

        async Task<HttpResponseMessage> SendPartAsync(HttpRequestMessage part)
        {
            var response = await base.SendAsync(part, cancellationToken).ConfigureAwait(false);
            // The status of gRPC comes after the body.
            await response.Content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
            return response;
        }
    }

    /// <summary>Makes of an export what is sent. The body is of no use afterwards: what is sent has a copy of it.</summary>
    protected virtual IReadOnlyList<ExportPart> Prepare(HttpRequestMessage request, ReadOnlyMemory<byte> body)
    {
        if (settings.IsCompressed && !IsGrpc(request))
        {
            SetBody(request, body, request.Content!, isCompressed: true);
        }

        return [new ExportPart(request, OtlpRequest.Of(signal, body).ItemCount)];
    }

    protected void ReportLost(int count, string reason) => report.Lost(count, "request_too_large", reason);

    protected static byte[] SetBody(HttpRequestMessage request, ReadOnlyMemory<byte> body, HttpContent original, bool isCompressed)
    {
        var bytes = isCompressed ? Compress(body) : body.ToArray();
        request.Content = new ByteArrayContent(bytes) { Headers = { ContentType = original.Headers.ContentType } };
        if (isCompressed)
        {
            request.Content.Headers.ContentEncoding.Add("gzip");
        }

        return bytes;
    }

    private async Task<HttpResponseMessage> SendPartsAsync(
        HttpRequestMessage request,
        Func<HttpRequestMessage, Task<HttpResponseMessage>> send,
        CancellationToken cancellationToken
    )
    {
        using var suppressed = SuppressInstrumentationScope.Begin();
        var parts = Attempt(() => PrepareBody(request, cancellationToken));
        HttpResponseMessage? answer = null;
        for (var index = 0; index < parts.Count; index++)
        {
            HttpResponseMessage response;
            try
            {
                response = await send(parts[index].Request).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                ReportLost(parts.Skip(index), exception);
                throw;
            }

            if (!Continues(parts, index, response, ref answer))
            {
                break;
            }
        }

        return answer ?? new HttpResponseMessage(HttpStatusCode.OK);
    }

    // Whether the rest is worth sending: what a receiver has against one part it need not have against the next.
    private bool Continues(IReadOnlyList<ExportPart> parts, int index, HttpResponseMessage response, ref HttpResponseMessage? answer)
    {
        var (protocol, error) = ErrorOf(response);
        var isOfThisPart = response.StatusCode is HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.BadRequest;
        if (error is null)
        {
            report.Exported(parts[index].ItemCount);
        }
        else
        {
            report.Lost(
                (isOfThisPart ? [parts[index]] : parts.Skip(index)).Sum(part => part.ItemCount),
                error,
                $"The receiver answered {protocol} {error}."
            );
        }

        // The exporter is told the worst.
        if (answer is null || error is not null)
        {
            answer?.Dispose();
            answer = response;
        }
        else
        {
            response.Dispose();
        }

        return error is null || isOfThisPart;
    }

    private void ReportLost(IEnumerable<ExportPart> parts, Exception exception) =>
        report.Lost(
            parts.Sum(part => part.ItemCount),
            exception.GetType().FullName!,
            $"{exception.Message} {exception.InnerException?.Message}".TrimEnd()
        );

    private T Attempt<T>(Func<T> prepare)
    {
        try
        {
            return prepare();
        }
        catch (Exception exception)
        {
            // No credentials, as a rule. How much it was is not known then; it is one export.
            report.Lost(1, exception.GetType().FullName!, exception.Message);
            throw;
        }
    }

    private static (string Protocol, string? Status) ErrorOf(HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode)
        {
            return ("HTTP", ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture));
        }

        return
            response.TrailingHeaders.TryGetValues("grpc-status", out var status) || response.Headers.TryGetValues("grpc-status", out status)
            ? ("gRPC", status.FirstOrDefault(value => value != "0"))
            : ("HTTP", null);
    }

    // An export is some hundred kilobytes every few seconds: read into memory that is used again, and gone from once it is prepared.
    private IReadOnlyList<ExportPart> PrepareBody(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // The exporter's content is an array; what is not would have to be measured first.
        request.Content!.LoadIntoBufferAsync(cancellationToken).GetAwaiter().GetResult();
        var buffer = ArrayPool<byte>.Shared.Rent((int)(request.Content.Headers.ContentLength ?? 0));
        try
        {
            using var stream = new MemoryStream(buffer, 0, buffer.Length);
            request.Content.CopyTo(stream, context: null, cancellationToken);
            return Prepare(request, Message(request, buffer.AsMemory(0, (int)stream.Position)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // What a message of gRPC has before it: whether it is compressed, and its length.
    private static ReadOnlyMemory<byte> Message(HttpRequestMessage request, ReadOnlyMemory<byte> body) =>
        !IsGrpc(request) ? body
        : body.Span[0] == 0 ? body[GrpcPrefix..]
        : Decompress(body[GrpcPrefix..]);

    private static bool IsGrpc(HttpRequestMessage request) => request.Content?.Headers.ContentType?.MediaType == "application/grpc";

    private static byte[] Compress(ReadOnlyMemory<byte> body)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(body.Span);
        }

        return compressed.ToArray();
    }

    private static byte[] Decompress(ReadOnlyMemory<byte> body)
    {
        using var plain = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(body.ToArray()), CompressionMode.Decompress))
        {
            gzip.CopyTo(plain);
        }

        return plain.ToArray();
    }
}
