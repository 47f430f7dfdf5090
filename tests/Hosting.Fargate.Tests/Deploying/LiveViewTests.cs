using Hosting.Fargate.Deploying;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Tests.Deploying;

/// <summary>The line at the end of a terminal.</summary>
public sealed class LiveViewTests
{
    private readonly StringWriter _terminal = new();

    [Fact]
    public void ALineThatStaysIsWrittenWhereTheViewWas()
    {
        var view = new LiveView(_terminal, () => 80);
        view.Show("… ApiService 3 s");
        view.Above(new Lines(_terminal)).LogInformation("✓ Vpc");
        Assert.Equal("\r\e[2K… ApiService 3 s\r\e[2K✓ Vpc\n", _terminal.ToString());
    }

    [Fact]
    public void NothingIsErasedWhereNothingWasShown()
    {
        var view = new LiveView(_terminal, () => 80);
        view.Clear();
        view.Above(new Lines(_terminal)).LogInformation("✓ Vpc");
        Assert.Equal("✓ Vpc\n", _terminal.ToString());
    }

    [Fact]
    public void ItNeverWraps()
    {
        new LiveView(_terminal, () => 30).Show(new string('x', 200));
        Assert.Equal(29, _terminal.ToString().Length - "\r\e[2K".Length);
    }

    private sealed class Lines(TextWriter output) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            output.Write($"{formatter(state, exception)}\n");
    }
}
