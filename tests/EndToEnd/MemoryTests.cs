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

    private static long PeakMegabytes(int process) =>
        long.Parse(File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]) / 1024;
}
