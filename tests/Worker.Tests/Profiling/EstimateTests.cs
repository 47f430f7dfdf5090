using System.Globalization;
using System.Text;
using Worker.Profiling;

namespace Worker.Tests.Profiling;

public sealed class EstimateTests
{
    private const int Values = 300_000;

    public static TheoryData<string> Orders => ["ascending", "descending", "shuffled", "zigzag"];

    [Theory]
    [MemberData(nameof(Orders))]
    public void Quantiles_are_within_1_percent_of_rank_in_any_order(string order)
    {
        var values = Enumerable.Range(0, Values).ToArray();
        switch (order)
        {
            case "descending":
                Array.Reverse(values);
                break;
            case "shuffled":
                new Random(7).Shuffle(values);
                break;
            case "zigzag":
                values = [.. values.Select(i => i % 2 == 0 ? i : Values - i)];
                break;
        }

        var quantiles = Column(values.Select(i => i.ToString(CultureInfo.InvariantCulture))).Quantiles!;

        double[] expected = [.01, .05, .25, .50, .75, .95, .99];
        double[] actual = [quantiles.P01, quantiles.P05, quantiles.P25, quantiles.P50, quantiles.P75, quantiles.P95, quantiles.P99];
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second / Values, pair.First - 0.01, pair.First + 0.01));
    }

    [Fact]
    public void The_rank_error_of_the_sketch_is_what_its_documentation_says()
    {
        // 200 sketches, each with its own shuffle: at most a few may exceed the error that holds with 99 % confidence.
        const int n = 50_000;
        var random = new Random(11);
        var values = Enumerable.Range(0, n).ToArray();
        var beyond = 0;
        for (var trial = 0; trial < 200; trial++)
        {
            random.Shuffle(values);
            var sketch = new QuantileSketch(768);
            foreach (var value in values)
                sketch.Add(value);
            if (Math.Abs(sketch.At([0.5])[0] / n - 0.5) > 0.005)
                beyond++;
        }
        Assert.InRange(beyond, 0, 8);
    }

    [Fact]
    public void Small_columns_have_exact_quantiles()
    {
        var quantiles = Column(Enumerable.Range(1, 100).Select(i => $"{i}")).Quantiles;

        Assert.Equal(new Profiles.Quantiles(1, 5, 25, 50, 75, 95, 99), quantiles);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6_000)]
    public void Few_different_values_are_counted_exactly(int distinct)
    {
        var column = Column(Enumerable.Range(0, 3 * distinct).Select(i => $"v{i % distinct}"));

        Assert.Equal((distinct, true), (column.Distinct, column.DistinctIsExact));
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(100_000)]
    [InlineData(1_000_000)]
    public void Many_different_values_are_estimated_within_3_percent(int distinct)
    {
        var column = Column(Enumerable.Range(0, distinct).Concat(Enumerable.Range(0, distinct / 10)).Select(i => $"user-{i}"));

        Assert.False(column.DistinctIsExact);
        Assert.InRange(column.Distinct, distinct * 0.97, distinct * 1.03);
    }

    [Theory]
    [InlineData(11, 0.023)]
    [InlineData(14, 0.0081)]
    public void The_error_of_the_distinct_counter_is_what_its_documentation_says(int precision, double standardError)
    {
        var random = new Random(13);
        var squares = 0.0;
        const int trials = 200;
        for (var trial = 0; trial < trials; trial++)
        {
            var counter = new DistinctCounter(maxSlots: 256, precision);
            var n = random.Next(1_000, 60_000);
            for (var i = 0; i < n; i++)
                counter.Add((ulong)random.NextInt64(long.MinValue, long.MaxValue));
            squares += Math.Pow((double)counter.Count / n - 1, 2);
        }
        Assert.InRange(Math.Sqrt(squares / trials), 0, 1.25 * standardError);
    }

    [Fact]
    public void The_most_frequent_values_of_a_Zipf_column_are_found_with_their_counts()
    {
        var random = new Random(17);
        var counts = new Dictionary<string, long>();
        var values = Enumerable.Range(0, Values).Select(_ => $"word{(int)Math.Pow(100_000, random.NextDouble())}").ToList();
        foreach (var value in values)
            counts[value] = counts.GetValueOrDefault(value) + 1;

        var found = Column(values).MostFrequent;

        Assert.Equal(
            counts.OrderByDescending(pair => pair.Value).Take(10).Select(pair => (pair.Key, pair.Value)),
            found.Select(value => (value.Value, value.Count))
        );
        Assert.All(found, value => Assert.True(value.IsExact));
    }

    [Fact]
    public void A_value_that_becomes_frequent_late_is_found_with_bounds_that_hold()
    {
        var column = Column(Enumerable.Range(0, 50_000).Select(i => $"unique{i}").Concat(Enumerable.Repeat("late", 5_000)));

        var late = Assert.Single(column.MostFrequent);
        Assert.Equal(("late", false), (late.Value, late.IsExact));
        Assert.InRange(late.Count, 5_000, 5_200);
    }

    [Fact]
    public void A_column_of_which_no_value_stands_out_has_no_most_frequent_values() =>
        Assert.Empty(Column(Enumerable.Range(0, 50_000).Select(i => $"unique{i}")).MostFrequent);

    [Theory]
    [InlineData("1e15")]
    [InlineData("-123456789.25")]
    [InlineData("0")]
    public void Mean_and_deviation_stay_exact_far_from_zero(string offset)
    {
        var random = new Random(19);
        var values = Enumerable
            .Range(0, 100_000)
            .Select(_ => random.Next(0, 1000) / 4m + decimal.Parse(offset, NumberStyles.Float, CultureInfo.InvariantCulture))
            .ToArray();
        var mean = values.Sum() / values.Length;
        var deviation = Math.Sqrt((double)(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1)));

        var column = Column(values.Select(value => value.ToString(CultureInfo.InvariantCulture)));

        Assert.Equal((double)mean, column.Mean!.Value, Math.Abs((double)mean) * 1e-14);
        Assert.Equal(deviation, column.StandardDeviation!.Value, deviation * 1e-11);
    }

    [Fact]
    public void Identifiers_beyond_the_precision_of_a_double_keep_their_deviation()
    {
        var column = Column("9223372036854775800", "9223372036854775802", "9223372036854775804");

        Assert.Equal(2.0, column.StandardDeviation);
    }

    [Fact]
    public void A_first_value_far_from_the_others_does_no_harm()
    {
        decimal[] values = [1_000_000_000_000, .. Enumerable.Range(0, 1001)];
        var mean = values.Average();
        var variance = values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);

        var column = Column(values.Select(value => value.ToString(CultureInfo.InvariantCulture)));

        Assert.Equal((double)mean, column.Mean!.Value, (double)mean * 1e-15);
        Assert.Equal(Math.Sqrt((double)variance), column.StandardDeviation!.Value, (double)mean * 1e-12);
    }

    [Fact]
    public void A_mean_that_is_small_because_large_values_cancel_is_exact() =>
        Assert.Equal(0.1, Column("1e15", "-1e15", "0.3").Mean!.Value, 1e-15);

    [Fact]
    public void What_a_double_cannot_hold_is_left_out()
    {
        var column = Column("1e308", "-1e308", "1e308");

        Assert.Null(column.StandardDeviation);
        Assert.Equal("-1e308", column.Min);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    [InlineData(650)]
    [InlineData(2_500)]
    [InlineData(10_000)]
    [InlineData(20_000)]
    public void Sketches_of_any_number_of_columns_fit_the_budget(int columns)
    {
        var budget = new ProfilingOptions().MemoryBudget;

        Assert.InRange(SketchSizes.For(columns, budget).WorstCaseBytes * columns, 1, budget);
    }

    private static Profiles.ColumnProfile Column(params IEnumerable<string> values) =>
        CsvFile.Profile(new GeneratedStream(Pieces(values))).Columns[0];

    private static IEnumerable<ReadOnlyMemory<byte>> Pieces(IEnumerable<string> values)
    {
        yield return "value\n"u8.ToArray();
        foreach (var chunk in values.Chunk(1000))
            yield return Encoding.UTF8.GetBytes(string.Join('\n', chunk) + "\n");
    }
}
