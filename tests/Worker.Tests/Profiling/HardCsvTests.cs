using System.Text;
using Profiles;
using Worker.Profiling;

namespace Worker.Tests.Profiling;

public sealed class HardCsvTests
{
    [Fact]
    public void Quoted_commas_newlines_and_doubled_quotes_belong_to_the_value()
    {
        var profile = CsvFile.Profile("a,b\n\"1,5\",\"line\nbreak\"\n\"he said \"\"hi\"\"\",\"\"\n");

        Assert.Equal(2, profile.Rows);
        Assert.Equal(("1,5", "he said \"hi\""), (profile.Columns[0].Min, profile.Columns[0].Max));
        Assert.Equal(("line\nbreak", 1, 1), (profile.Columns[1].Min, profile.Columns[1].Count, profile.Columns[1].Nulls));
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,4\n")]
    [InlineData("a,b\r\n1,2\r\n3,4\r\n")]
    [InlineData("a,b\r1,2\r3,4\r")]
    [InlineData("a,b\r\n1,2\n3,4")]
    [InlineData("a,b\n\n1,2\r\n\r\n\r3,4\n\n")]
    [InlineData("\n\na,b\n1,2\n3,4")]
    [InlineData("\uFEFFa,b\n1,2\n3,4\n")]
    [InlineData("\"a\",\"b\"\n\"1\",\"2\"\n\"3\",\"4\"")]
    public void Any_line_end_gives_the_same_profile(string csv)
    {
        var profile = CsvFile.Profile(csv);

        Assert.Equal(["a", "b"], profile.Columns.Select(column => column.Name));
        Assert.Equal((2, 0, 0), (profile.Rows, profile.ShortRows, profile.LongRows));
        Assert.Equal(("1", "3", 2.0), (profile.Columns[0].Min, profile.Columns[0].Max, profile.Columns[0].Mean));
        Assert.Equal(Encoding.UTF8.GetByteCount(csv), profile.Bytes);
    }

    [Theory]
    [InlineData(";")]
    [InlineData("\t")]
    [InlineData("|")]
    public void Another_separator_is_taken_where_the_header_has_no_comma(string separator)
    {
        var profile = CsvFile.Profile($"a{separator}\"b,c\"{separator}d\n\"1,5\"{separator}2{separator}3\n");

        Assert.Equal(["a", "b,c", "d"], profile.Columns.Select(column => column.Name));
        Assert.Equal("1,5", profile.Columns[0].Min);
    }

    [Fact]
    public void Commas_of_the_data_do_not_split_a_file_whose_header_has_a_semicolon() =>
        Assert.Equal(2, CsvFile.Profile("a;b\n1,5;2,5\n").Columns.Count);

    [Fact]
    public void A_comma_in_the_header_goes_before_any_other_separator() =>
        Assert.Equal(["a;b;c", "d"], CsvFile.Profile("a;b;c,d\n").Columns.Select(column => column.Name));

    [Fact]
    public void Ragged_rows_are_counted_and_what_they_lack_is_null()
    {
        var profile = CsvFile.Profile("a,b,c\n1\n1,2\n1,2,3\n1,2,3,4\n");

        Assert.Equal((4, 2, 1), (profile.Rows, profile.ShortRows, profile.LongRows));
        Assert.Equal([0, 1, 2], profile.Columns.Select(column => column.Nulls));
        Assert.Equal("3", profile.Columns[2].Max);
    }

    [Theory]
    [InlineData("a,b")]
    [InlineData("a,b\n")]
    [InlineData("\uFEFFa,b\r\n\r\n")]
    public void A_header_alone_is_a_profile_without_rows(string csv)
    {
        var profile = CsvFile.Profile(csv);

        Assert.Equal(0, profile.Rows);
        Assert.All(profile.Columns, column =>
            Assert.Equal((ColumnType.Empty, 0, 0, null), (column.Type, column.Count, column.Nulls, column.Min))
        );
        Assert.Equal(2, profile.Columns.Count);
    }

    [Fact]
    public void In_a_single_column_a_line_without_text_is_no_row_but_quotes_are_a_null()
    {
        var column = Assert.Single(CsvFile.Profile("a\n1\n\n\"\"\n3").Columns);

        Assert.Equal((2, 1), (column.Count, column.Nulls));
    }

    [Fact]
    public void Header_names_are_made_unique_and_empty_ones_filled()
    {
        var profile = CsvFile.Profile("a,,a,a (2),,column 2,a\n");

        Assert.Equal(
            ["a", "column 2 (2)", "a (3)", "a (2)", "column 5", "column 2", "a (4)"],
            profile.Columns.Select(column => column.Name)
        );
    }

    [Fact]
    public void Quotes_inside_an_unquoted_field_and_text_after_a_closing_quote_are_kept()
    {
        var column = CsvFile.Profile("a,b\nab\"c,1\n\"x\"y,2\n").Columns[0];

        Assert.Equal(("ab\"c", "xy"), (column.Min, column.Max));
    }

    [Fact]
    public void Sequences_that_are_not_UTF8_are_counted_and_replaced()
    {
        byte[] csv =
        [
            .. "a,b\n"u8,
            0xFF,
            0xFE,
            (byte)',',
            0xC3,
            (byte)'\n',
            (byte)'x',
            0xE2,
            0x82,
            (byte)',',
            (byte)'"',
            0xC3,
            (byte)'"',
            (byte)'\n',
        ];

        var profile = CsvFile.Profile(csv);

        Assert.Equal((2, 5), (profile.Rows, profile.InvalidSequences));
        Assert.Equal(("x\uFFFD", "\uFFFD\uFFFD"), (profile.Columns[0].Min, profile.Columns[0].Max));
        Assert.Equal((1, "\uFFFD"), (profile.Columns[1].Distinct, profile.Columns[1].Max));
    }

    [Fact]
    public void A_header_that_is_not_UTF8_is_repaired()
    {
        var profile = CsvFile.Profile([.. "na"u8, 0xEF, .. "me,b\n1,2\n"u8]);

        Assert.Equal(("na\uFFFDme", 1), (profile.Columns[0].Name, profile.InvalidSequences));
    }

    [Fact]
    public void NULs_are_characters_like_others()
    {
        var column = CsvFile.Profile("a,b\n\0x\0,1\n").Columns[0];

        Assert.Equal(("\0x\0", ColumnType.Text), (column.Min, column.Type));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void Other_Unicode_encodings_are_read_where_a_byte_order_mark_says_so(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] csv = [.. encoding.Preamble, .. encoding.GetBytes("a;é\n1;Zoë 😀\n")];

        var profile = CsvFile.Profile(csv);

        Assert.Equal(["a", "é"], profile.Columns.Select(column => column.Name));
        Assert.Equal(("Zoë 😀", csv.Length), (profile.Columns[1].Max, (int)profile.Bytes));
    }

    [Fact]
    public void A_field_of_10_MB_is_one_value_of_which_the_beginning_is_kept()
    {
        var field = string.Concat(Enumerable.Repeat("é,\n\"", 2 << 20));
        var profile = CsvFile.Profile($"a,b\n{CsvFile.Quote(field)},1\n{CsvFile.Quote(field)},2\n{CsvFile.Quote(field + "x")},3\n");

        Assert.Equal(3, profile.Rows);
        var column = profile.Columns[0];
        Assert.Equal((ColumnType.Text, 2L, field[..256]), (column.Type, column.Distinct, column.Min));
        Assert.Equal([(field[..256], 2L), (field[..256], 1L)], column.MostFrequent.Select(value => (value.Value, value.Count)));
    }

    [Fact]
    public void Ten_thousand_columns_are_profiled_each()
    {
        var columns = Enumerable.Range(0, 10_000).ToArray();
        var csv =
            string.Join(',', columns.Select(c => $"c{c}"))
            + "\n"
            + string.Concat(Enumerable.Range(0, 5).Select(row => string.Join(',', columns.Select(c => c * row)) + "\n"));

        var profile = CsvFile.Profile(csv);

        Assert.Equal((10_000, 5), (profile.Columns.Count, profile.Rows));
        Assert.Equal(("c9999", "39996", 19998.0), (profile.Columns[9999].Name, profile.Columns[9999].Max, profile.Columns[9999].Mean));
    }

    [Fact]
    public void More_columns_than_memory_has_room_for_are_refused_with_their_number() =>
        Assert.Contains("has 40,000 columns", CsvFile.Refusal(new string(',', 39_999)), StringComparison.Ordinal);

    [Theory]
    [InlineData("a,b\n1,2\n3,\"open\n4,5\n", "Record 3 (line 3)")]
    [InlineData("a,\"b\n1,2\n", "Record 1 (line 1)")]
    [InlineData("a,b\n\"x\ny\",2\n\n\"", "Record 3 (line 5)")]
    public void A_quote_that_is_never_closed_is_refused_with_its_place(string csv, string place)
    {
        var message = CsvFile.Refusal(csv);

        Assert.StartsWith(place, message, StringComparison.Ordinal);
        Assert.Contains("never closed", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_beyond_the_limit_is_refused_with_its_place()
    {
        ReadOnlyMemory<byte> megabyte = Enumerable.Repeat((byte)'\n', 1 << 20).ToArray();
        var csv = new GeneratedStream([
            .. new[] { "a,b\n1,2\n3,\""u8.ToArray() }.Select(b => (ReadOnlyMemory<byte>)b),
            .. Enumerable.Repeat(megabyte, 40),
        ]);

        var refusal = Assert.Throws<CsvFormatException>(() => CsvFile.Profile(csv));

        Assert.StartsWith("Record 3 (line 3) is longer than 32 MiB", refusal.Message, StringComparison.Ordinal);
    }
}
