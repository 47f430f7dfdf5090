using System.Globalization;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// The sizes that Fargate has for a task. Source:
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
/// </summary>
internal static class FargateSizes
{
    private const int Gib = 1024;

    private static readonly SortedDictionary<int, int[]> s_memory = new()
    {
        [256] = [512, 1 * Gib, 2 * Gib],
        [512] = Steps(1, 4, 1),
        [1024] = Steps(2, 8, 1),
        [2048] = Steps(4, 16, 1),
        [4096] = Steps(8, 30, 1),
        [8192] = Steps(16, 60, 4),
        [16384] = Steps(32, 120, 8),
        [32768] = [60 * Gib, 120 * Gib, 244 * Gib],
    };

    public static bool Has(TaskSize size) => s_memory.TryGetValue(size.Cpu, out var memory) && memory.Contains(size.Memory);

    /// <summary>The memory for a number of CPU units where none is said: twice as many MiB, which every number has.</summary>
    public static int DefaultMemory(int cpu) =>
        s_memory.TryGetValue(cpu, out var memory) ? memory.FirstOrDefault(mib => mib >= 2 * cpu, memory[^1]) : 2 * cpu;

    /// <summary>The CPU units for an amount of memory where none are said: the fewest that can have it.</summary>
    public static int? DefaultCpu(int memory, int atLeast) =>
        s_memory.Where(row => row.Key >= atLeast && row.Value.Contains(memory)).Select(row => (int?)row.Key).FirstOrDefault();

    /// <summary>What to write in place of a size that Fargate lacks: the nearest that it has.</summary>
    public static string Nearest(TaskSize size)
    {
        if (!s_memory.TryGetValue(size.Cpu, out var memory))
        {
            var cpus = s_memory.Keys.OrderBy(cpu => Math.Abs(cpu - size.Cpu)).Take(2).Order();
            return $"Cpu = {string.Join(" or ", cpus)}";
        }

        var below = memory.Where(mib => mib < size.Memory).Select(mib => (int?)mib).LastOrDefault();
        var above = memory.Where(mib => mib > size.Memory).Select(mib => (int?)mib).FirstOrDefault();
        var forCpu = string.Join(" or ", new[] { below, above }.OfType<int>().Select(mib => mib.ToString(CultureInfo.InvariantCulture)));
        var otherCpu = s_memory.Where(row => row.Value.Contains(size.Memory)).Select(row => (int?)row.Key).FirstOrDefault();
        return $"Memory = {forCpu} with Cpu = {size.Cpu}" + (otherCpu is { } cpu ? $", or Cpu = {cpu} with Memory = {size.Memory}" : "");
    }

    private static int[] Steps(int first, int last, int step) =>
        [.. Enumerable.Range(0, ((last - first) / step) + 1).Select(i => (first + (i * step)) * Gib)];
}
