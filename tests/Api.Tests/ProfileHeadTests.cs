using System.Text;
using System.Text.Json;
using Api.Reading;
using Api.Tests.Faults;

namespace Api.Tests;

public sealed class ProfileHeadTests
{
    [Fact]
    public void The_first_columns_are_read_and_all_of_them_counted()
    {
        var head = Parse(WideProfile.Json(columns: 300), isWhole: true);
        Assert.Equal((250, 300, true, 10), (head.Profile.Columns.Count, head.ColumnCount, head.IsWhole, head.Profile.Rows));
    }

    [Fact]
    public void JSON_that_ends_anywhere_in_its_columns_gives_those_that_are_whole()
    {
        var json = WideProfile.Json(columns: 3);
        var columns = Encoding.UTF8.GetString(json).IndexOf("columns", StringComparison.Ordinal) + "columns\":[".Length;
        var size = (json.Length - columns - 2) / 3;
        for (var length = columns; length < json.Length; length++)
        {
            var head = Parse(json.AsSpan(0, length), isWhole: false);
            Assert.Equal(Math.Min(3, (length - columns + 1) / (size + 1)), head.Profile.Columns.Count);
        }
    }

    [Fact]
    public void What_follows_the_columns_is_kept()
    {
        var head = Parse("""{"rows":1,"bytes":2,"columns":[],"longRows":7}"""u8, isWhole: true);
        Assert.Equal((7, 0), (head.Profile.LongRows, head.ColumnCount));
    }

    [Fact]
    public void What_is_no_profile_is_an_error() => Assert.ThrowsAny<JsonException>(() => Parse("""{"rows":1}"""u8, isWhole: true));

    private static ProfileHead Parse(ReadOnlySpan<byte> json, bool isWhole) => ProfileHead.Parse([.. json, 0, 0], json.Length, isWhole);
}
