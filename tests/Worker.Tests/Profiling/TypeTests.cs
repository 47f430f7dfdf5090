using Profiles;

namespace Worker.Tests.Profiling;

public sealed class TypeTests
{
    [Theory]
    [InlineData(ColumnType.Empty, "", "")]
    [InlineData(ColumnType.Boolean, "true", "False", "TRUE", "")]
    [InlineData(ColumnType.Integer, "0", "-12", " 7 ", "123456789012345678901234567890")]
    [InlineData(ColumnType.Number, "1", "2.5")]
    [InlineData(ColumnType.Number, "1e5", "-1.5E-3", ".5", "5.", "-0.0")]
    [InlineData(ColumnType.Timestamp, "2026-11-23", "2026-11-23T10:05:00Z", "2024-02-29 23:59:60.123456789+01:00", "2026-11-23T10:05+0530")]
    [InlineData(ColumnType.Text, "1", "x")]
    [InlineData(ColumnType.Text, "true", "1")]
    [InlineData(ColumnType.Text, "2026-11-23", "20261123")]
    [InlineData(ColumnType.Text, "007")]
    [InlineData(ColumnType.Text, "+1")]
    [InlineData(ColumnType.Text, "NaN")]
    [InlineData(ColumnType.Text, "Infinity")]
    [InlineData(ColumnType.Text, "1e999")]
    [InlineData(ColumnType.Text, "1,5")]
    [InlineData(ColumnType.Text, "-")]
    [InlineData(ColumnType.Text, ".")]
    [InlineData(ColumnType.Text, "1e")]
    [InlineData(ColumnType.Text, "1 2")]
    [InlineData(ColumnType.Text, " ")]
    [InlineData(ColumnType.Text, "2025-02-29")]
    [InlineData(ColumnType.Text, "2026-11-23T24:00")]
    [InlineData(ColumnType.Text, "2026-11-23T10:05:00+")]
    [InlineData(ColumnType.Text, "0000-01-01")]
    public void The_type_is_the_narrowest_that_every_value_has(ColumnType type, params string[] values) =>
        Assert.Equal(type, CsvFile.Column(values).Type);

    [Fact]
    public void A_column_that_turns_to_text_at_the_end_has_the_counts_and_the_order_of_texts()
    {
        var numbers = Enumerable.Range(0, 5_000).Select(i => $"{i - 100}");

        var column = CsvFile.Column([.. numbers, "x", ""]);

        Assert.Equal((ColumnType.Text, 5_001, 1, 5_001), (column.Type, column.Count, column.Nulls, column.Distinct));
        Assert.Equal(("-1", "x"), (column.Min, column.Max));
        Assert.Null(column.Mean);
        Assert.Null(column.Quantiles);
    }

    [Theory]
    [InlineData("9007199254740992", "9007199254740993")]
    [InlineData("-9007199254740993", "-9007199254740992")]
    [InlineData("9223372036854775807", "9223372036854775808")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567891")]
    [InlineData("0.10000000000000000001", "0.10000000000000000002")]
    [InlineData("-1e-300", "-1e-301")]
    [InlineData("1e-400", "2e-400")]
    [InlineData("-5", "0.0")]
    [InlineData("9007199254740992.5", "9.007199254740993e15")]
    [InlineData("9", "10")]
    [InlineData("-10", "-9")]
    [InlineData("99", "0100e0")]
    public void Numbers_are_ordered_exactly(string least, string greatest)
    {
        // The last case has a leading zero, hence is text, whose order is another.
        var isText = greatest.StartsWith("01", StringComparison.Ordinal);
        var expected = isText ? (greatest, least) : (least, greatest);

        var forwards = CsvFile.Column(least, greatest);
        var backwards = CsvFile.Column(greatest, least);

        Assert.Equal(expected, (forwards.Min, forwards.Max));
        Assert.Equal(expected, (backwards.Min, backwards.Max));
    }

    [Fact]
    public void Values_stand_in_the_profile_as_in_the_file_and_of_equals_the_first()
    {
        var column = CsvFile.Column("1.50", "1.5", " 2.00 ", "2");

        Assert.Equal(("1.50", " 2.00 ", 4L), (column.Min, column.Max, column.Distinct));
    }

    [Fact]
    public void Times_are_ordered_by_the_moment_they_name()
    {
        var column = CsvFile.Column(
            "2026-11-23T10:00:00Z",
            "2026-11-23T10:30:00+01:00",
            "2026-11-23T10:00:00.000000001Z",
            "2026-11-23T09:45"
        );

        Assert.Equal(("2026-11-23T10:30:00+01:00", "2026-11-23T10:00:00.000000001Z"), (column.Min, column.Max));
    }

    [Fact]
    public void Texts_are_ordered_by_code_point()
    {
        var column = CsvFile.Column("\uFFFD", "😀", "Z", "a");

        Assert.Equal(("Z", "😀"), (column.Min, column.Max));
    }
}
