using Hosting.Fargate.Reporting;

namespace Hosting.Fargate.Tests.Reporting;

/// <summary>What others have written does nothing to the terminal that shows it.</summary>
public sealed class PrintableTests
{
    [Theory]
    [InlineData("plain, with tab\tand umlauts äöü and 漢字", "plain, with tab\tand umlauts äöü and 漢字")]
    [InlineData("\e[2J\e[1;1Hgone", "\\x1b[2J\\x1b[1;1Hgone")]
    [InlineData("\e]52;c;cm0gLXJmIC8=\a", "\\x1b]52;c;cm0gLXJmIC8=\\x07")]
    [InlineData("\u009b31mred", "\\x9b31mred")]
    [InlineData("over\rwritten", "over\\rwritten")]
    [InlineData("one\ntwo\n", "one\\ntwo")]
    [InlineData("\u202egnirts", "\\u202egnirts")]
    [InlineData("\u2066isolated", "\\u2066isolated")]
    public void A_line_has_nothing_that_a_terminal_obeys(string text, string shown) => Assert.Equal(shown, Printable.Line(text));
}
