using System.Text;
using Profiles;
using Worker.Profiling.Records;

namespace Worker.Profiling;

/// <summary>
/// Profiles a CSV file in one pass, in memory that does not grow with it: <see cref="RecordReader"/> says what its records are. A field
/// that is empty, quoted or not, is null, and so is one that a short record lacks. Of files that are profiled at once by an instance each
/// waits until there is memory for its columns.
/// </summary>
internal sealed class CsvProfiler(TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly ProfilingMemory _memory = new(ProfilingOptions.DefaultMemoryBudget);
    private const int BytesBetweenProgress = 1 << 20;
    private static readonly TimeSpan _signOfLife = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _timeBetweenProgress = TimeSpan.FromMilliseconds(250);

    /// <summary>Reads the stream to its end.</summary>
    /// <param name="csv">UTF-8, or UTF-16 or UTF-32 with a byte order mark. It is read once, and stays open.</param>
    /// <param name="options">The bounds.</param>
    /// <param name="progress">Told up to four times a second, and at the end.</param>
    /// <param name="ct">Noticed within one read of the stream.</param>
    /// <exception cref="CsvFormatException">The input is not a CSV file that can be profiled.</exception>
    public async Task<Profile> ProfileAsync(
        Stream csv,
        ProfilingOptions options,
        IProgress<ProfilingProgress>? progress,
        CancellationToken ct
    )
    {
        using var input = new PeekableStream(csv);
        var head = await input.PeekAsync(ct);
        FileHead.Check(head.Span, isWholeFile: input.IsWholeInHead);
        var separator = FileHead.Separator(head.Span);
        await using var text = FileHead.Unicode(head.Span) is { } encoding
            ? Encoding.CreateTranscodingStream(input, encoding, Encoding.UTF8, leaveOpen: true)
            : (Stream)input;

        using var reader = new RecordReader(text, separator, options.MaxRecordSize, SketchSizes.MaxColumns(options.MemoryBudget))
        {
            // With room for one byte more, that there is none is found in the same read.
            BlockSize = input.IsWholeInHead && text == input ? head.Length + 1 : RecordBlock.LargestSize,
        };
        var names = await ReadHeaderAsync(reader, ct);
        var sizes = SketchSizes.For(reader.HeaderFields!.Value, options.MemoryBudget);
        var taking = _memory.TakeAsync(Math.Min(_memory.Budget, sizes.WorstCaseBytes * names.Count), ct);
        while (!taking.IsCompleted && await Task.WhenAny(taking, Task.Delay(_signOfLife, _time, ct)) != taking)
            progress?.Report(new ProfilingProgress(input.BytesRead, 0));
        using var memory = await taking;
        var columns = new ColumnSet([
            .. HeaderNames
                .From([.. names.Select(name => HeaderNames.Cut(name, sizes.TextBytes))])
                .Select(name => new ColumnProfiler(name, sizes)),
        ]);
        names.Clear();
        var nextProgress = input.BytesRead + BytesBetweenProgress;
        var lastProgress = _time.GetTimestamp();
        try
        {
            while (await reader.ReadAsync(ct) is { } block)
            {
                // Another thread, where there is one, deals it out while the next ones are read.
                await columns.AddAsync(block);
                if (progress is null || input.BytesRead < nextProgress || _time.GetElapsedTime(lastProgress) < _timeBetweenProgress)
                    continue;
                nextProgress = input.BytesRead + BytesBetweenProgress;
                lastProgress = _time.GetTimestamp();
                progress.Report(new ProfilingProgress(input.BytesRead, reader.Rows));
            }
        }
        finally
        {
            await columns.FinishAsync();
        }
        progress?.Report(new ProfilingProgress(input.BytesRead, reader.Rows));
        var profile = new Profile
        {
            Rows = reader.Rows,
            Bytes = input.BytesRead,
            ShortRows = reader.ShortRows,
            LongRows = reader.LongRows,
            InvalidSequences = reader.InvalidSequences,
            Columns = [.. Enumerable.Range(0, columns.Count).Select(column => columns.Finish(column, reader.Rows, options.FrequentValues))],
        };
        return ProfileSize.Fit(profile, options.MaxProfileSize);
    }

    private static async Task<List<string>> ReadHeaderAsync(RecordReader reader, CancellationToken ct)
    {
        var names = new List<string>();
        while (reader.HeaderFields is null)
        {
            if (await reader.ReadAsync(ct) is not { } block)
                throw new CsvFormatException("The file has no line with text. A CSV file begins with a header that names its columns.");
            foreach (var field in block.Fields.AsSpan(0, block.FieldCount))
                names.Add(HeaderNames.Text(block, field));
        }
        reader.SetColumns(names.Count);
        return names;
    }
}
