using System.IO.Compression;
using System.Text.Json;
using Aspire.Dashboard.Resources;
using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Transfer;

/// <summary>
/// Writes what is kept as a zip of OTLP JSON files, one folder a signal and one file a resource, which any tool that takes OTLP can read
/// and which the dashboard takes back.
/// </summary>
internal sealed class TelemetryExport(TelemetryStore store, ResourceStore resources)
{
    // No file is larger than what the receivers take.
    private const long MaxFileBytes = OtlpFile.MaxBytes / 2;

    /// <param name="name">A resource; all where it is <see langword="null"/>.</param>
    /// <param name="target">Takes the zip.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task WriteAsync(string? name, Stream target, CancellationToken cancellationToken)
    {
        await using var zip = await ZipArchive.CreateAsync(target, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var senders = store.Resources.Where(resources.Sends(name)).ToList();
        var logs = store.Logs.ToLookup(log => log.Resource, ReferenceEqualityComparer.Instance);
        var spans = store.Traces.SelectMany(trace => trace.Spans).ToLookup(span => span.Resource, ReferenceEqualityComparer.Instance);
        var instruments = store.Metrics.Instruments.ToLookup(instrument => instrument.Key.Resource, ReferenceEqualityComparer.Instance);
        foreach (var sender in senders)
        {
            var file = FileName(resources.NameOf(sender), names);
            await WriteAsync(zip, $"structuredlogs/{file}", OtlpFile.Logs, sender, logs[sender], log => log.Category, OtlpJsonWriter.Write, cancellationToken);
            await WriteAsync(zip, $"traces/{file}", OtlpFile.Traces, sender, spans[sender], span => span.Scope, OtlpJsonWriter.Write, cancellationToken);
            await WriteAsync(zip, $"metrics/{file}", OtlpFile.Metrics, sender,
                instruments[sender].Select(instrument => store.Metrics.Find(instrument.Key)).OfType<Instrument>(),
                instrument => instrument.Key.Meter, OtlpJsonWriter.Write, cancellationToken);
        }
    }

    private static async Task WriteAsync<T>(
        ZipArchive zip,
        string path,
        OtlpFile kind,
        TelemetryResource sender,
        IEnumerable<T> items,
        Func<T, string> scopeOf,
        Action<Utf8JsonWriter, T> write,
        CancellationToken cancellationToken)
    {
        using var all = items.GroupBy(scopeOf).SelectMany(group => group.Select(item => (Scope: group.Key, Item: item))).GetEnumerator();
        var more = all.MoveNext();
        for (var part = 1; more; part++)
        {
            var entry = zip.CreateEntry(part == 1 ? $"{path}.json" : $"{path}.{part}.json", CompressionLevel.Fastest);
            await using var stream = await entry.OpenAsync(cancellationToken);
            await using var json = new Utf8JsonWriter(stream);
            OtlpJsonWriter.StartFile(json, kind, sender);
            string? scope = null;
            do
            {
                if (all.Current.Scope != scope)
                {
                    if (scope is not null)
                    {
                        OtlpJsonWriter.EndScope(json);
                    }

                    OtlpJsonWriter.StartScope(json, kind, scope = all.Current.Scope);
                }

                write(json, all.Current.Item);
                if (json.BytesPending > 64 * 1024)
                {
                    await json.FlushAsync(cancellationToken);
                }
            }
            while ((more = all.MoveNext()) && json.BytesCommitted < MaxFileBytes);

            OtlpJsonWriter.EndScope(json);
            OtlpJsonWriter.EndFile(json);
        }
    }

    /// <summary>A name that every file system takes: a resource's may hold anything.</summary>
    private static string FileName(string name, HashSet<string> taken)
    {
        var safe = string.Concat(name.Take(100).Select(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' ? character : '_'));
        var candidate = safe;
        for (var i = 2; !taken.Add(candidate); i++)
        {
            candidate = $"{safe}-{i}";
        }

        return candidate;
    }
}
