using Aspire.Dashboard.Model;
using Aspire.Dashboard.Telemetry;

namespace Aspire.Dashboard.Console;

/// <summary>A line, who wrote it, what it says without its own time, and its level.</summary>
public sealed record ConsoleEntry(string ResourceName, DashboardConsoleLine Line, string Content, LogSeverity Level);

/// <summary>Follows the output of some resources, merged by time. One tab has one.</summary>
internal sealed class ConsoleReader(IDashboardModel model) : IDisposable
{
    /// <summary>How many lines a tab keeps; the oldest leave first.</summary>
    public const int MaxLines = 100_000;

    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly HashSet<string> _following = [];
    private readonly List<ConsoleEntry> _entries = [];
    private bool _inOrder = true;

    public ChangeSignal Changed { get; } = new();

    /// <summary>The lines so far, in the order of their time.</summary>
    public ConsoleEntry[] Entries
    {
        get
        {
            lock (_lock)
            {
                if (!_inOrder)
                {
                    var sorted = _entries.OrderBy(entry => entry.Line.Timestamp).ToList();
                    _entries.Clear();
                    _entries.AddRange(sorted);
                    _inOrder = true;
                }

                return [.. _entries];
            }
        }
    }

    /// <summary>Starts with these resources too; those already followed go on.</summary>
    public void Follow(IEnumerable<string> resourceNames)
    {
        foreach (var name in resourceNames)
        {
            if (_following.Add(name))
            {
                _ = ReadAsync(name, _stopping.Token);
            }
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _entries.Clear();
        }

        Changed.Raise();
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task ReadAsync(string name, CancellationToken cancellationToken)
    {
        var (output, errors) = (new ConsoleLineReading(), new ConsoleLineReading());
        try
        {
            await foreach (var lines in model.WatchConsoleAsync(name, cancellationToken))
            {
                Add([.. lines.Select(line =>
                {
                    var (content, level) = (line.IsError ? errors : output).Read(line.Content, line.IsError);
                    return new ConsoleEntry(name, line, content, level);
                })]);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    private void Add(ConsoleEntry[] entries)
    {
        lock (_lock)
        {
            foreach (var entry in entries)
            {
                _inOrder = _inOrder && (_entries.Count == 0 || _entries[^1].Line.Timestamp <= entry.Line.Timestamp);
                _entries.Add(entry);
            }

            if (_entries.Count > MaxLines)
            {
                _entries.RemoveRange(0, _entries.Count - MaxLines);
            }
        }

        Changed.Raise();
    }
}
