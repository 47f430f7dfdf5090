using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Deploying;

/// <summary>
/// At a terminal, a line at the end that says what is being waited for, and for how long. Lines that stay are written above it. Where the output
/// goes to a file or to CI there is none, and the lines that stay are all there is.
/// </summary>
/// <param name="output">The terminal.</param>
/// <param name="width">How many columns it has now.</param>
internal sealed class LiveView(TextWriter output, Func<int> width)
{
    private const string EraseLine = "\r\e[2K";

    private readonly Lock _lock = new();
    private bool _isShown;

    /// <summary>The view of this process; null where nobody looks at a terminal.</summary>
    public static LiveView? OfProcess() =>
        Console.IsOutputRedirected || Terminal.HasCli ? null : new LiveView(Console.Out, () => Console.WindowWidth);

    /// <summary>Says what is being waited for, in place of what was said before.</summary>
    public void Show(string text)
    {
        lock (_lock)
        {
            // A line that wraps could not be erased.
            var columns = Math.Max(20, width()) - 1;
            output.Write(EraseLine + (text.Length <= columns ? text : text[..(columns - 1)] + "…"));
            output.Flush();
            _isShown = true;
        }
    }

    /// <summary>Makes room for a line that stays.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            if (_isShown)
            {
                output.Write(EraseLine);
                output.Flush();
                _isShown = false;
            }
        }
    }

    /// <summary>A logger whose lines are written above the view.</summary>
    public ILogger Above(ILogger logger) => new LoggerAbove(this, logger);

    private sealed class LoggerAbove(LiveView view, ILogger logger) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            view.Clear();
            logger.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
