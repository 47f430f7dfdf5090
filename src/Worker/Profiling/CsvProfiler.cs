using CsvHelper;
using Profiles;

namespace Worker.Profiling;

/// <summary>
/// Profiles a CSV file in one pass, in memory that does not grow with it. CsvHelper reads the records; what it is asked for:
/// <list type="bullet">
/// <item>The first record is the header. Lines without any byte are no records; <c>""</c> alone on its line is one.</item>
/// <item>A field that is empty, quoted or not, is null, and so is one that a short record lacks.</item>
/// <item>CR, LF and CR LF end a record. A quote within an unquoted field is a character like others, and text after a closing
/// quote belongs to the field.</item>
/// <item>A quoted field that never ends, or a record longer than <see cref="ProfilingOptions.MaxRecordSize"/>, is refused: what follows
/// it would be counted wrong.</item>
/// </list>
/// An instance holds no state.
/// </summary>
internal sealed class CsvProfiler
{
    private const int BufferSize = 256 << 10;
    private const int BytesBetweenProgress = 1 << 20;
    private static readonly TimeSpan _timeBetweenProgress = TimeSpan.FromMilliseconds(250);

    /// <summary>Reads the stream to its end.</summary>
    /// <param name="csv">UTF-8, or UTF-16 or UTF-32 with a byte order mark. It is read once, and stays open.</param>
    /// <param name="options">The bounds.</param>
    /// <param name="progress">Told up to four times a second, and at the end.</param>
    /// <param name="ct">Noticed within one read of the stream.</param>
    /// <exception cref="CsvFormatException">The input is not a CSV file that can be profiled.</exception>
    public async Task<Profile> ProfileAsync(
        Stream csv, ProfilingOptions options, IProgress<ProfilingProgress>? progress, CancellationToken ct)
    {
        using var input = new PeekableStream(csv);
        var head = await input.PeekAsync(ct);
        FileHead.Check(head.Span, isWholeFile: input.IsWholeInHead);

        CsvMalformedRecord? unclosed = null;
        await using var reader = CsvReader.Create(input, new CsvReaderOptions
        {
            Separator = FileHead.Separator(head.Span),
            HasHeader = false,
            BufferSize = BufferSize,
            MaxRecordSize = options.MaxRecordSize,
            TrackLineNumbers = true,
            OnMalformedRecord = malformed =>
            {
                if (malformed.Reason == CsvMalformedReason.UnterminatedQuote)
                    unclosed = malformed;
            },
        });

        try
        {
            if (!await ReadAsync())
                throw new CsvFormatException("The file has no line with text. A CSV file begins with a header that names its columns.");
            var records = new RecordProfiler(reader, options);
            var nextProgress = input.BytesRead + BytesBetweenProgress;
            var lastProgress = TimeProvider.System.GetTimestamp();
            while (await ReadAsync())
            {
                records.Add(reader);
                if (progress is null || input.BytesRead < nextProgress)
                    continue;
                nextProgress = input.BytesRead + BytesBetweenProgress;
                if (TimeProvider.System.GetElapsedTime(lastProgress) < _timeBetweenProgress)
                    continue;
                lastProgress = TimeProvider.System.GetTimestamp();
                progress.Report(new ProfilingProgress(input.BytesRead, records.Rows));
            }
            progress?.Report(new ProfilingProgress(input.BytesRead, records.Rows));
            return records.Finish(input.BytesRead, options.FrequentValues);
        }
        catch (CsvHelper.CsvFormatException e)
        {
            throw new CsvFormatException(
                $"Record {e.RecordNumber:N0} (line {e.LineNumber:N0}) is longer than {options.MaxRecordSize / (1 << 20)} MiB. "
                + "Most often a quote (\") is opened there and never closed: close or double it.", e);
        }

        async ValueTask<bool> ReadAsync()
        {
            var isRecord = await reader.ReadAsync(ct);
            if (unclosed is { } record)
            {
                throw new CsvFormatException(
                    $"Record {record.RecordNumber:N0} (line {record.LineNumber:N0}) opens a quote (\") that is never closed, so the rest of the "
                    + "file would be one field. Close the quote, or double it where it is part of the text.");
            }
            return isRecord;
        }
    }
}
