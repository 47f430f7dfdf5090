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

    private static readonly Row[] s_rows =
    [
        new(256, [512, 1 * Gib, 2 * Gib]),
        new(512, Steps(1, 4, 1)),
        new(1024, Steps(2, 8, 1)),
        new(2048, Steps(4, 16, 1)),
        new(4096, Steps(8, 30, 1)),
        new(8192, Steps(16, 60, 4)),
        new(16384, Steps(32, 120, 8)),
        new(32768, [60 * Gib, 120 * Gib, 244 * Gib]),
    ];

    public static bool Has(TaskSize size) => RowOf(size.Cpu)?.Memory.Contains(size.Memory) == true;

    /// <summary>The memory for a number of CPU units where none is said: twice as many MiB, which every number has.</summary>
    public static int DefaultMemory(int cpu) =>
        RowOf(cpu) is { Memory: var memory } ? memory.FirstOrDefault(mib => mib >= 2 * cpu, memory[^1]) : 2 * cpu;

    /// <summary>The CPU units for an amount of memory where none are said: the fewest that can have it.</summary>
    public static int? DefaultCpu(int memory, int atLeast) =>
        s_rows.FirstOrDefault(row => row.Cpu >= atLeast && row.Memory.Contains(memory))?.Cpu;

    /// <summary>What to write in place of a size that Fargate lacks: the nearest that it has.</summary>
    public static string Nearest(TaskSize size)
    {
        if (RowOf(size.Cpu) is not { Memory: var memory })
        {
            var nearest = s_rows.OrderBy(row => Math.Abs(row.Cpu - size.Cpu)).Take(2).OrderBy(row => row.Cpu);
            return $"Cpu = {string.Join(" or ", nearest.Select(row => row.Cpu.ToString(CultureInfo.InvariantCulture)))}";
        }

        var below = memory.Where(mib => mib < size.Memory).Select(mib => (int?)mib).LastOrDefault();
        var above = memory.Where(mib => mib > size.Memory).Select(mib => (int?)mib).FirstOrDefault();
        var forCpu = string.Join(" or ", new[] { below, above }.OfType<int>().Select(mib => mib.ToString(CultureInfo.InvariantCulture)));
        var otherCpu = s_rows.FirstOrDefault(row => row.Memory.Contains(size.Memory))?.Cpu;
        return $"Memory = {forCpu} with Cpu = {size.Cpu}" + (otherCpu is { } cpu ? $", or Cpu = {cpu} with Memory = {size.Memory}" : "");
    }

    private static Row? RowOf(int cpu) => Array.Find(s_rows, row => row.Cpu == cpu);

    private static int[] Steps(int first, int last, int step) =>
        [.. Enumerable.Range(0, ((last - first) / step) + 1).Select(i => (first + (i * step)) * Gib)];

    /// <summary>The memory that a number of CPU units can have, in MiB.</summary>
    private sealed record Row(int Cpu, int[] Memory);
}
