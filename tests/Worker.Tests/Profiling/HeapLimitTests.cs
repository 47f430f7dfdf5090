using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Profiles;
using Worker.Profiling;

namespace Worker.Tests.Profiling;

/// <summary>Profiles the worst files in a process whose heap is limited: more than the limit is an OutOfMemoryException there.</summary>
public sealed class HeapLimitTests
{
    private const string FileVariable = "HEAP_LIMIT_FILE";
    private const int Limit = 224 << 20;
    private const int Columns = 22_000;

    [Theory]
    [InlineData("wide")]
    [InlineData("commas")]
    [InlineData("both")]
    public async Task The_worst_files_are_profiled_within_a_heap_of_224_MiB(string kind)
    {
        var folder = Directory.CreateTempSubdirectory("heap-");
        try
        {
            var file = Path.Combine(folder.FullName, "file.csv");
            await WriteAsync(file, kind);

            Assert.Equal("profiled", (await RunAsync(file)).Trim());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>What the limited process does; in any other one there is nothing to do.</summary>
    [Fact]
    public async Task Limited_process()
    {
        if (Environment.GetEnvironmentVariable(FileVariable) is not { } file)
            return;
        Assert.InRange(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, 1, Limit);
        string result;
        try
        {
            await using var stream = File.OpenRead(file);
            var profile = await new CsvProfiler().ProfileAsync(stream, new ProfilingOptions(), progress: null, CancellationToken.None);
            var json = new MemoryStream(new byte[new ProfilingOptions().MaxProfileSize]);
            JsonSerializer.Serialize(json, profile, ProfilesJson.Default.Profile);
            result = profile.Rows > 0 ? "profiled" : "nothing";
        }
        catch (Exception exception)
        {
            result = exception.ToString();
        }
        await File.WriteAllTextAsync(file + ".result", result);
    }

    private static async Task<string> RunAsync(string file)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [typeof(HeapLimitTests).Assembly.Location, "-method", $"{typeof(HeapLimitTests).FullName}.{nameof(Limited_process)}"]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["DOTNET_GCHeapHardLimit"] = $"0x{Limit:X}",
                ["DOTNET_gcServer"] = "0",
                [FileVariable] = file,
            },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(3));
        return File.Exists(file + ".result") ? await File.ReadAllTextAsync(file + ".result") : await output + await errors;
    }

    private static async Task WriteAsync(string file, string kind)
    {
        await using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        if (kind is "commas")
            await stream.WriteAsync("a,b,c\n1,2,3\n"u8.ToArray());
        else
            await WriteWideAsync(stream);
        if (kind is "wide")
            return;
        await stream.WriteAsync(Enumerable.Repeat((byte)',', 31 << 20).ToArray());
        await stream.WriteAsync("\n"u8.ToArray());
    }

    // Names, numbers and texts as long as any that is kept, each of them different.
    private static async Task WriteWideAsync(Stream stream)
    {
        for (var row = -1; row < 12; row++)
        {
            var line = new StringBuilder();
            for (var column = 0; column < Columns; column++)
            {
                if (column > 0)
                    line.Append(',');
                if (row < 0)
                    line.Append("é column ").Append(column).Append(new string('n', 200));
                else if (column % 2 == 0)
                    line.Append((row * 7919L) + column).Append('.').Append(new string('7', 80)).Append(row);
                else
                    line.Append("\u0001 ü text ").Append(row).Append(' ').Append(column).Append(new string('t', 250));
            }
            await stream.WriteAsync(Encoding.UTF8.GetBytes(line.Append('\n').ToString()));
        }
    }
}
