using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Run.Logs;

/// <summary>The log of one instance of a resource: the last lines, and whoever watches for more.</summary>
internal sealed class ResourceLog(TimeProvider time, Action<bool> onWatchedChanged)
{
    /// <summary>How many lines are kept, the oldest leaving first; a watcher that falls behind further than this misses lines too.</summary>
    public const int MaxLines = 10_000;

    private readonly Lock _gate = new();
    private readonly Queue<ResourceLogEntry> _lines = new();
    private readonly List<Channel<ResourceLogEntry>> _watchers = [];
    private event Action<ResourceLogEntry>? LineAdded;
    private int _lineCount;
    private bool _completed;

    /// <summary>Whether anybody watches.</summary>
    public bool IsWatched
    {
        get
        {
            lock (_gate)
            {
                return _watchers.Count > 0;
            }
        }
    }

    /// <summary>Adds a line.</summary>
    public void Add(string text, bool isError, LogLevel? level, DateTimeOffset? timestamp = null)
    {
        lock (_gate)
        {
            var entry = new ResourceLogEntry(++_lineCount, timestamp ?? time.GetUtcNow(), text, isError, level);
            if (_lines.Count == MaxLines)
            {
                _lines.Dequeue();
            }
            _lines.Enqueue(entry);
            foreach (var watcher in _watchers)
            {
                watcher.Writer.TryWrite(entry);
            }
            LineAdded?.Invoke(entry);
        }
    }

    /// <summary>The lines that are kept.</summary>
    public IReadOnlyList<ResourceLogEntry> Read()
    {
        lock (_gate)
        {
            return [.. _lines];
        }
    }

    /// <summary>Forgets the lines that are kept.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _lines.Clear();
        }
    }

    /// <summary>Ends every watch: no line comes any more.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _completed = true;
            _watchers.ForEach(watcher => watcher.Writer.TryComplete());
        }
    }

    /// <summary>Calls <paramref name="onLine"/> for each line kept and each line to come, before whoever adds it goes on.</summary>
    public IDisposable Subscribe(Action<ResourceLogEntry> onLine)
    {
        lock (_gate)
        {
            foreach (var line in _lines)
            {
                onLine(line);
            }
            LineAdded += onLine;
        }
        return new Subscription(() =>
        {
            lock (_gate)
            {
                LineAdded -= onLine;
            }
        });
    }

    /// <summary>The lines kept, then the lines to come as they come, in batches.</summary>
    public async IAsyncEnumerable<IReadOnlyList<ResourceLogEntry>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateBounded<ResourceLogEntry>(new BoundedChannelOptions(MaxLines)
        {
            FullMode = BoundedChannelFullMode.DropOldest,
            SingleReader = true,
        });
        IReadOnlyList<ResourceLogEntry> kept;
        lock (_gate)
        {
            kept = [.. _lines];
            _watchers.Add(channel);
            if (_completed)
            {
                channel.Writer.TryComplete();
            }
            if (_watchers.Count == 1)
            {
                onWatchedChanged(true);
            }
        }

        try
        {
            if (kept.Count > 0)
            {
                yield return kept;
            }
            while (await channel.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var batch = new List<ResourceLogEntry>();
                while (channel.Reader.TryRead(out var entry))
                {
                    batch.Add(entry);
                }
                yield return batch;
            }
        }
        finally
        {
            lock (_gate)
            {
                _watchers.Remove(channel);
                if (_watchers.Count == 0)
                {
                    onWatchedChanged(false);
                }
            }
        }
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
