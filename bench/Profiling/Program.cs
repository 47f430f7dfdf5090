// Profiles a generated CSV file, and reads it with CsvHelper alone: dotnet run -c Release --project bench/Profiling -- [size in MB]
using System.Diagnostics;
using System.Globalization;
using Bench.Profiling;
using CsvHelper;
using Worker.Profiling;

var megabytes = args is [var size] ? int.Parse(size, CultureInfo.InvariantCulture) : 200;
var path = Path.Combine(Path.GetTempPath(), $"profiling-{Environment.ProcessId}.csv");
try
{
    var rows = MixedCsv.Write(path, megabytes * 1_000_000L);
    var bytes = new FileInfo(path).Length;
    Console.WriteLine(
        $"{bytes / 1e6:N0} MB, {rows:N0} rows, {MixedCsv.Columns} columns; the median of five rounds each, after two in which the runtime compiles"
    );

    List<(Measurement Profile, Measurement Fields, Measurement Strings)> measured = [];
    long peak = 0;
    for (var round = 0; round < 7; round++)
    {
        var profiled = await MeasureAsync(ProfileAsync);
        // Before the first of the others has run, the peak is the profiler's.
        peak = peak == 0 ? Process.GetCurrentProcess().PeakWorkingSet64 : peak;
        measured.Add((profiled, await MeasureAsync(ReadFieldsAsync), await MeasureAsync(ReadStringsAsync)));
    }

    var profile = Measurement.Median(measured.Skip(2).Select(round => round.Profile));
    var fields = Measurement.Median(measured.Skip(2).Select(round => round.Fields));
    var strings = Measurement.Median(measured.Skip(2).Select(round => round.Strings));
    Print("Worker.Profiling", profile);
    Print("CsvHelper, every field as bytes", fields);
    Print("CsvHelper, every field as string", strings);
    Console.WriteLine(
        $"A profile takes {profile.Seconds / fields.Seconds:F1} times as long as reading the fields, "
            + $"{profile.Seconds / strings.Seconds:F1} times as long as reading them as strings, on one core: "
            + $"{strings.Seconds / profile.Seconds:F2} x its speed. "
            + $"By processor time, all cores together, it is {strings.Processor / profile.Processor:F2} x."
    );
    Console.WriteLine($"Peak resident memory while profiling: {peak / 1e6:N0} MB");

    void Print(string name, Measurement measured) =>
        Console.WriteLine(
            $"{name, -34}{rows / measured.Seconds, 14:N0} rows/s{bytes / 1e6 / measured.Seconds, 10:N0} MB/s"
                + $"{measured.Processor, 10:N2} s of processor"
        );
}
finally
{
    File.Delete(path);
}

async Task<Measurement> MeasureAsync(Func<Stream, Task> read)
{
    await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
    using var process = Process.GetCurrentProcess();
    var before = process.TotalProcessorTime;
    var start = Stopwatch.GetTimestamp();
    await read(file);
    var time = Stopwatch.GetElapsedTime(start);
    process.Refresh();
    return new Measurement(time.TotalSeconds, (process.TotalProcessorTime - before).TotalSeconds);
}

static Task ProfileAsync(Stream file) =>
    new CsvProfiler().ProfileAsync(file, new ProfilingOptions(), progress: null, CancellationToken.None);

static async Task ReadFieldsAsync(Stream file)
{
    long touched = 0;
    await using var reader = CsvReader.Create(file, new CsvReaderOptions { Separator = ',' });
    while (await reader.ReadAsync())
    {
        for (var i = 0; i < reader.FieldCount; i++)
            touched += reader.GetSpan(i).Length;
    }
    GC.KeepAlive(touched);
}

static async Task ReadStringsAsync(Stream file)
{
    long touched = 0;
    await using var reader = CsvReader.Create(file, new CsvReaderOptions { Separator = ',' });
    while (await reader.ReadAsync())
    {
        for (var i = 0; i < reader.FieldCount; i++)
            touched += reader.GetString(i).Length;
    }
    GC.KeepAlive(touched);
}

/// <param name="Seconds">By the clock.</param>
/// <param name="Processor">Seconds of all cores together, which other work on the machine disturbs less.</param>
internal readonly record struct Measurement(double Seconds, double Processor)
{
    public static Measurement Median(IEnumerable<Measurement> rounds)
    {
        Measurement[] all = [.. rounds];
        return new(
            all.Select(round => round.Seconds).Order().ElementAt(all.Length / 2),
            all.Select(round => round.Processor).Order().ElementAt(all.Length / 2)
        );
    }
}
