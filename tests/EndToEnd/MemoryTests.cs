using System.Globalization;

namespace EndToEnd;

[Collection(RunningApplication.Collection)]
public sealed class MemoryTests(RunningApplication running)
{
    private const int LimitMegabytes = 250;

    [Fact]
    public async Task A_file_larger_than_their_memory_passes_through_small_processes()
    {
        ProcessTree.SkipWhereUnreadable();
        string[] services = ["api", "worker"];
        // What other tests took before this one is forgotten: https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html
        foreach (var service in services) await File.WriteAllTextAsync($"/proc/{await running.Application.ProcessOfAsync(service)}/clear_refs", "5");

        var end = await running.Application.EndOfAsync(await running.Application.PostAsync(new GeneratedCsv(megabytes: 2 * LimitMegabytes)));
        Assert.Equal("done", (string?)end["state"]);

        foreach (var service in services)
        {
            var peak = PeakMegabytes(await running.Application.ProcessOfAsync(service));
            Assert.True(peak < LimitMegabytes, $"{service} took {peak} MB at its peak, more than {LimitMegabytes}.");
        }
    }

    private static long PeakMegabytes(int process)
    {
        var peak = File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(peak.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
    }
}
