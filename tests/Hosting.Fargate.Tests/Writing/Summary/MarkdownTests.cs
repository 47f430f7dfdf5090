using Hosting.Fargate.Markup;
using Hosting.Fargate.Writing;

namespace Hosting.Fargate.Tests.Writing.Summary;

public sealed class MarkdownTests
{
    [Theory]
    [InlineData("plain text, (so) it is.", "plain text, (so) it is.")]
    [InlineData("a*b*", "a\\*b\\*")]
    [InlineData("snake_case", "snake_case")]
    [InlineData("Api__Key", "Api__Key")]
    [InlineData("__word", "\\_\\_word")]
    [InlineData("_word_", "\\_word\\_")]
    [InlineData("[a](b)", "\\[a\\](b)")]
    [InlineData("<b>", "&lt;b>")]
    [InlineData("A & B", "A & B")]
    [InlineData("&amp;", "&amp;amp;")]
    [InlineData("&#42;", "&amp;#42;")]
    [InlineData("$x$", "\\$x\\$")]
    [InlineData("two\nlines", "two lines")]
    public void Text_shows_letter_by_letter(string text, string markdown) => Assert.Equal(markdown, Markdown.Text(text));

    [Theory]
    [InlineData("/api/*", "`/api/*`")]
    [InlineData("a|b", "`a|b`")]
    [InlineData("", "")]
    [InlineData("a`b", "<code>a&#96;b</code>")]
    [InlineData("a\\|b", "<code>a&#92;&#124;b</code>")]
    [InlineData(" a", "<code> a</code>")]
    public void Code_shows_letter_by_letter(string text, string markdown) => Assert.Equal(markdown, Markdown.Code(text));

    [Fact]
    public void A_table_stands_in_columns_and_no_cell_ends_early() =>
        Assert.Equal(
            """
            | Name      |   USD |
            | --------- | ----: |
            | `a\|b`    |  1.00 |
            | two lines | 10.50 |

            """.ReplaceLineEndings("\n"),
            new MarkdownTable("Name", ">USD").Row("`a|b`", "1.00").Row("two\r\nlines", "10.50").ToString()
        );

    [Fact]
    public void A_long_cell_widens_no_other_line()
    {
        var lines = new MarkdownTable("A", "B").Row(new string('x', 200), "y").Row("short", "z").ToString().Split('\n');
        Assert.Equal("| short | z   |", lines[3]);
    }

    [Fact]
    public void A_table_without_rows_is_nothing() => Assert.Equal("", new MarkdownTable("A").ToString());
}
