using Hosting.Fargate.Reporting;
using Microsoft.Extensions.Time.Testing;

namespace Hosting.Fargate.Tests.Reporting;

/// <summary>The line at the end of a terminal, and the lines above it.</summary>
public sealed class LiveConsoleTests
{
    private const string Erase = "\r\e[2K";

    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_line_that_stays_is_written_where_the_live_line_was()
    {
        using var console = Terminal();
        using var work = console.Begin("application");
        console.Line("✓ Vpc");

        Assert.Equal($"{Erase}⠋ application  0s{Erase}✓ Vpc\n{Erase}⠋ application  0s", _output.ToString());
    }

    [Fact]
    public void It_says_for_how_long_and_what_is_waited_for()
    {
        using var console = Terminal();
        using var work = console.Begin("application");
        console.Detail("ApiService 3s");
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.EndsWith("application  5s  ApiService 3s", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_ended_is_said_no_more()
    {
        using var console = Terminal();
        console.Begin("preflight").Dispose();
        var before = _output.ToString();
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.EndsWith(Erase, before, StringComparison.Ordinal);
        Assert.Equal(before, _output.ToString());
    }

    [Fact]
    public void A_question_has_the_terminal_to_itself()
    {
        using var console = Terminal();
        using var work = console.Begin("application");
        using (console.Pause())
        {
            var before = _output.ToString();
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(before, _output.ToString());
        }

        Assert.EndsWith("application  1s", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void It_never_wraps()
    {
        using var console = Terminal(width: 30);
        using var work = console.Begin(new string('x', 200));
        Assert.Equal(29, _output.ToString().Length - Erase.Length);
    }

    [Fact]
    public void Without_a_terminal_there_are_only_the_lines_that_stay()
    {
        using var console = new LiveConsole(_output, _error, width: null, colors: false, _time);
        using var work = console.Begin("application");
        console.Detail("ApiService 3s");
        console.Line("✓ Vpc");
        console.ErrorLine("✗ Subnet");
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("✓ Vpc\n", _output.ToString());
        Assert.Equal("✗ Subnet\n", _error.ToString());
    }

    private LiveConsole Terminal(int width = 80) => new(_output, _error, () => width, colors: false, _time);
}
