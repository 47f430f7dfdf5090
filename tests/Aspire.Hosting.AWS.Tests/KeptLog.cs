using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.AWS.Tests;

/// <summary>Keeps what is logged, and can be waited for.</summary>
internal sealed class KeptLog : ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Message)> _entries = new();
    private readonly SemaphoreSlim _arrived = new(0);

    public IEnumerable<(LogLevel Level, string Message)> Entries => _entries;

    public async Task WaitForAsync(int count)
    {
        for (var seen = 0; seen < count; seen++)
        {
            Assert.True(
                await _arrived.WaitAsync(TimeSpan.FromSeconds(30)),
                $"{count} entries were expected: {string.Join("; ", _entries)}"
            );
        }
    }

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        _entries.Enqueue((logLevel, formatter(state, exception)));
        _arrived.Release();
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;
}
