using System.IO.Compression;
using System.Text;

namespace Worker.Tests.Profiling;

public sealed class NotCsvTests
{
    [Theory]
    [InlineData("", "empty")]
    [InlineData("\n\r\n\n", "no line with text")]
    [InlineData("\uFEFF", "no line with text")]
    [InlineData("{\"a\": [1, 2]}", "JSON")]
    [InlineData("[{\"a\": 1}]\n", "JSON")]
    [InlineData("{\"a\":1}\n{\"a\":2}\n", "JSON")]
    [InlineData("<!DOCTYPE html>\n<html></html>", "HTML")]
    [InlineData("\n  <?xml version=\"1.0\"?><a/>", "HTML or XML")]
    [InlineData("%PDF-1.7\n", "PDF")]
    [InlineData("PK\u0003\u0004rest", "Excel")]
    [InlineData("SQLite format 3\0", "SQLite")]
    public void A_file_of_another_kind_is_refused_by_its_name(string content, string name) =>
        Assert.Contains(name, CsvFile.Refusal(content), StringComparison.Ordinal);

    [Fact]
    public void A_compressed_file_is_refused_with_what_to_do()
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write("a,b\n1,2\n"u8);

        Assert.Contains("gunzip", CsvFile.Refusal(compressed.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Random_bytes_are_refused()
    {
        var bytes = new byte[10_000];
        new Random(1).NextBytes(bytes);

        Assert.Contains("not UTF-8 text", CsvFile.Refusal(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void UTF16_without_a_mark_is_recognised() =>
        Assert.Contains(
            "UTF-16",
            CsvFile.Refusal(Encoding.Unicode.GetBytes(string.Concat(Enumerable.Repeat("a,b\n", 100)))),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("[id],[name]\n1,2\n")]
    [InlineData("{x},b\n1,2\n")]
    [InlineData("PAR1,PAR2\n1,2\n")]
    [InlineData("BZh,GIF8\n1,2\n")]
    [InlineData("<5,>5\n1,2\n")]
    public void A_header_that_only_begins_like_another_format_is_a_header(string csv) =>
        Assert.Equal(2, CsvFile.Profile(csv).Columns.Count);
}
