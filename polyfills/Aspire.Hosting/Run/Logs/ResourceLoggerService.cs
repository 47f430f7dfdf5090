using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aspire.Hosting.Run;
using Aspire.Hosting.Run.Logs;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Holds the log of each resource: what its process writes, and what the host has to say about it.</summary>
public class ResourceLoggerService : IDisposable
{
    private readonly ConcurrentDictionary<string, ResourceLog> _logs = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationTokenSource _disposing = new();
    private event Action<LogSubscriber>? WatchedChanged;

    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>A logger that writes into the resource's log; where there are replicas, into each one's.</summary>
    public ILogger GetLogger(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return new ResourceLogger([.. resource.InstanceNames().Select(LogOf)]);
    }

    /// <summary>A logger that writes into the log of a resource, or of a replica, by its name.</summary>
    public ILogger GetLogger(string resourceName)
    {
        ArgumentNullException.ThrowIfNull(resourceName);
        return new ResourceLogger([LogOf(resourceName)]);
    }

    /// <summary>The lines that are kept of the resource's log: the last ten thousand of each instance.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return ReadAsync(resource.InstanceNames());
    }

    /// <inheritdoc cref="GetAllAsync(IResource)"/>
    /// <param name="resourceName">The name of a resource, or of a replica.</param>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName)
    {
        ArgumentNullException.ThrowIfNull(resourceName);
        return ReadAsync([resourceName]);
    }

    /// <summary>The lines that are kept of the resource's log, then each line as it comes, until the log is completed.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return resource.InstanceNames() is [var single] ? WatchAsync(single) : WatchAllAsync(resource.InstanceNames());
    }

    /// <inheritdoc cref="WatchAsync(IResource)"/>
    /// <param name="resourceName">The name of a resource, or of a replica.</param>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName)
    {
        ArgumentNullException.ThrowIfNull(resourceName);
        return WatchLinesAsync(resourceName);
    }

    /// <summary>Says which logs are watched, and each time that changes.</summary>
    public async IAsyncEnumerable<LogSubscriber> WatchAnySubscribersAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_disposing.Token, cancellationToken);
        var changes = Channel.CreateUnbounded<LogSubscriber>();
        void OnChanged(LogSubscriber change) => changes.Writer.TryWrite(change);

        WatchedChanged += OnChanged;
        try
        {
            foreach (var (name, log) in _logs.Where(pair => pair.Value.IsWatched))
            {
                OnChanged(new LogSubscriber(name, log.IsWatched));
            }
            await foreach (var change in changes.Reader.ReadAllAsync(ending.Token).ConfigureAwait(false))
            {
                yield return change;
            }
        }
        finally
        {
            WatchedChanged -= OnChanged;
        }
    }

    /// <summary>Ends every watch of the resource's log.</summary>
    public void Complete(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        foreach (var name in resource.InstanceNames())
        {
            Complete(name);
        }
    }

    /// <inheritdoc cref="Complete(IResource)"/>
    /// <param name="name">The name of a resource, or of a replica.</param>
    public void Complete(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_logs.TryGetValue(name, out var log))
        {
            log.Complete();
        }
    }

    /// <summary>Forgets the lines that are kept of a log.</summary>
    /// <param name="resourceName">The name of a resource, or of a replica.</param>
    public void ClearBacklog(string resourceName)
    {
        ArgumentNullException.ThrowIfNull(resourceName);
        if (_logs.TryGetValue(resourceName, out var log))
        {
            log.Clear();
        }
    }

    /// <summary>Ends every watch.</summary>
    public void Dispose()
    {
        _disposing.Cancel();
        foreach (var log in _logs.Values)
        {
            log.Complete();
        }
        GC.SuppressFinalize(this);
    }

    /// <summary>The log of a resource, or of a replica, made where there is none yet.</summary>
    internal ResourceLog LogOf(string name) =>
        _logs.GetOrAdd(name, static (name, service) =>
            new ResourceLog(service.Time, watched => service.WatchedChanged?.Invoke(new LogSubscriber(name, watched))), this);

    private async IAsyncEnumerable<IReadOnlyList<LogLine>> ReadAsync(IEnumerable<string> names)
    {
        foreach (var lines in names.Select(name => LogOf(name).Read()).Where(lines => lines.Count > 0))
        {
            yield return ToLogLines(lines);
        }
        await Task.CompletedTask.ConfigureAwait(false);
    }

    private async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchLinesAsync(
        string name, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var batch in LogOf(name).WatchAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return ToLogLines(batch);
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAllAsync(
        IReadOnlyList<string> names, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var merged = Channel.CreateBounded<IReadOnlyList<LogLine>>(capacity: 16);
        var readers = Task.WhenAll(names.Select(async name =>
        {
            await foreach (var batch in WatchLinesAsync(name, ending.Token).ConfigureAwait(false))
            {
                await merged.Writer.WriteAsync(batch, ending.Token).ConfigureAwait(false);
            }
        }));
        _ = readers.ContinueWith(done => merged.Writer.TryComplete(done.Exception?.InnerException), TaskScheduler.Default);

        try
        {
            await foreach (var batch in merged.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return batch;
            }
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await readers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static IReadOnlyList<LogLine> ToLogLines(IReadOnlyList<ResourceLogEntry> entries) => [.. entries.Select(entry => entry.ToLogLine())];
}
