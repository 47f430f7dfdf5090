using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Pipelines.Progress;

#pragma warning disable ASPIREPIPELINES001 // The implementation of what others may only try out.

/// <summary>What is logged while a step is executed is shown with that step; what is logged elsewhere, as itself.</summary>
internal sealed class PipelineLoggerProvider(ConsoleProgress progress) : ILoggerProvider
{
    private static readonly AsyncLocal<Target?> s_target = new();

    /// <summary>Lets this flow of control, and those it starts, log to a step until disposed.</summary>
    public static IDisposable LogTo(IReportingStep step) => s_target.Value = new Target { Step = step };

    public ILogger CreateLogger(string categoryName) => new StepLogger(progress);

    public void Dispose()
    {
    }

    /// <summary>The flows that a step has started share it, so that none logs to a step that has ended.</summary>
    private sealed class Target : IDisposable
    {
        public IReportingStep? Step { get; set; }

        public void Dispose() => Step = null;
    }

    private sealed class StepLogger(ConsoleProgress progress) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var message = formatter(state, exception);
            if (s_target.Value?.Step is { } step)
            {
                step.Log(logLevel, message);
            }
            else if (logLevel >= LogLevel.Warning)
            {
                progress.Log(title: null, logLevel, message);
            }
        }
    }
}
