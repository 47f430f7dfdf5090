namespace EndToEnd;

public sealed class MemoryTests
{
    [Fact]
    public async Task A_gigabyte_passes_through_small_processes()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("The peak of a process's memory is read from /proc, which only Linux has.");
        await using var application = await ReferenceApplication.StartAsync();
        var end = await application.EndOfAsync(await application.PostAsync(new GeneratedCsv(megabytes: 1024)));
        Assert.Equal("done", (string?)end["state"]);

        foreach (var service in new[] { "api", "worker" })
        {
            var peak = PeakMegabytes(Assert.Single(application.ProcessesOf(service)));
            Assert.True(peak < 250, $"{service} took {peak} MB at its peak, more than 250.");
        }
    }

    /// <summary>
    /// The most that a process had in memory, without the pages of program files that it has mapped: the kernel shares those and takes them back.
    /// Source: https://man7.org/linux/man-pages/man5/proc_pid_status.5.html
    /// </summary>
    private static long PeakMegabytes(int process)
    {
        var status = File.ReadLines($"/proc/{process}/status").ToList();
        return (Kilobytes("VmHWM:") - Kilobytes("RssFile:")) / 1024;

        long Kilobytes(string key) =>
            long.Parse(status.Single(line => line.StartsWith(key, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]);
    }
}
