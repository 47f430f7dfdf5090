using System.IO.Compression;
using System.Text.Json;
using Aspire.Dashboard.Otlp;
using Google.Protobuf;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace Aspire.Dashboard.Transfer;

/// <summary>What came of an import, in a sentence.</summary>
internal sealed record ImportResult(bool Succeeded, string Message);

/// <summary>Takes OTLP JSON back: a file of it, or a zip of such files as <see cref="TelemetryExport"/> writes.</summary>
internal sealed class TelemetryImport(OtlpReceiver receiver)
{
    /// <summary>How large an upload may be.</summary>
    public const long MaxUploadBytes = 128 * 1024 * 1024;

    private const int MaxFiles = 10_000;
    private const long MaxUnpackedBytes = 1024L * 1024 * 1024;

    public async Task<ImportResult> ReadAsync(Stream upload, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new MemoryStream();
            await upload.CopyToAsync(content, cancellationToken);
            content.Position = 0;
            var isZip = content.Length > 4 && content.GetBuffer().AsSpan(0, 2).SequenceEqual("PK"u8);
            var files = isZip ? await ReadZipAsync(content, cancellationToken) : Take(content.GetBuffer().AsSpan(0, (int)content.Length)) ? 1 : 0;
            return files > 0
                ? new ImportResult(true, files == 1 ? "One file was imported." : $"{files} files were imported.")
                : new ImportResult(false, "Nothing was imported: there is no OTLP JSON (resourceLogs, resourceSpans or resourceMetrics) in it.");
        }
        catch (Exception exception) when (OtlpJson.IsMalformed(exception))
        {
            return new ImportResult(false, $"The file is not OTLP JSON or a zip of it: {exception.Message}");
        }
        catch (IOException exception)
        {
            return new ImportResult(false, $"The file could not be read: {exception.Message}");
        }
    }

    private async Task<int> ReadZipAsync(Stream content, CancellationToken cancellationToken)
    {
        await using var zip = await ZipArchive.CreateAsync(content, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        var taken = 0;
        var left = MaxUnpackedBytes;
        foreach (var entry in zip.Entries.Where(entry => entry.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)).Take(MaxFiles))
        {
            await using var stream = await entry.OpenAsync(cancellationToken);
            // What an entry says of its length is its writer's word: the bytes are counted.
            var bytes = await BoundedBody.ReadAsync(stream, (int)Math.Min(OtlpFile.MaxBytes, left), cancellationToken);
            left -= bytes.Length;
            taken += Take(bytes) ? 1 : 0;
        }

        return taken;
    }

    private bool Take(ReadOnlySpan<byte> json)
    {
        switch (KindOf(json))
        {
            case "resourceLogs":
                receiver.Export(OtlpJson.Parse<ExportLogsServiceRequest>(json));
                return true;
            case "resourceSpans":
                receiver.Export(OtlpJson.Parse<ExportTraceServiceRequest>(json));
                return true;
            case "resourceMetrics":
                receiver.Export(OtlpJson.Parse<ExportMetricsServiceRequest>(json));
                return true;
            default:
                return false;
        }
    }

    private static string? KindOf(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
            {
                return reader.GetString();
            }
        }

        return null;
    }
}
