using System.Globalization;
using System.Text;
using Worker.Profiling;

namespace Worker.Tests.Profiling;

[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
public sealed class Alone;

/// <summary>Measures what the heap holds while a file is read; other tests would count, so these run alone.</summary>
[Collection(nameof(MemoryTests))]
public sealed class MemoryTests
{
    private const long ReaderAndResult = 32L << 20;

    [Fact]
    public void Many_different_long_values_do_not_grow_the_heap() =>
        AssertBounded(Text(columns: 12, rowsInAll: 700_000, (row, column) => column switch
                {
                    < 4 => (row * 7919L + column).ToString(CultureInfo.InvariantCulture),
                    < 8 => (row * 0.37 + column).ToString("R", CultureInfo.InvariantCulture),
                    < 11 => $"{row:x8}-{column:x4}-{row * 31:x12}",
                    _ => new string((char)('a' + row % 26), 100) + row,
                }), 180 << 20);

    [Fact]
    public void Ten_thousand_columns_share_the_budget() =>
        AssertBounded(
            Text(columns: 10_000, rowsInAll: 1_500, (row, column) => column % 2 == 0 ? $"{row * 7919 + column}" : $"text {row} {column}"),
            120 << 20
        );

    private static void AssertBounded(IEnumerable<ReadOnlyMemory<byte>> csv, long minBytes)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var highest = long.MinValue;

        var profile = CsvFile.Profile(new GeneratedStream(Measured()));

        Assert.InRange(profile.Bytes, minBytes, long.MaxValue);
        Assert.NotEqual(long.MinValue, highest);
        Assert.InRange(highest, long.MinValue, new ProfilingOptions().MemoryBudget + ReaderAndResult);

        IEnumerable<ReadOnlyMemory<byte>> Measured()
        {
            long sinceMeasured = 0;
            foreach (var piece in csv)
            {
                yield return piece;
                sinceMeasured += piece.Length;
                if (sinceMeasured < 16 << 20)
                    continue;
                sinceMeasured = 0;
                highest = Math.Max(highest, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Text(int columns, int rowsInAll, Func<int, int, string> value)
    {
        var line = new StringBuilder().AppendJoin(',', Enumerable.Range(0, columns).Select(c => $"c{c}")).Append('\n');
        for (var row = 0; row < rowsInAll; row++)
        {
            for (var column = 0; column < columns; column++)
                line.Append(value(row, column)).Append(column == columns - 1 ? '\n' : ',');
            if (line.Length < 100_000)
                continue;
            yield return Encoding.UTF8.GetBytes(line.ToString());
            line.Clear();
        }
        yield return Encoding.UTF8.GetBytes(line.ToString());
    }
}
