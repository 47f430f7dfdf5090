using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace LocalAws.Storage;

/// <summary>
/// The durable record of queues and objects: one SQLite connection with one user. Work that waits while a transaction commits
/// shares the next one, so that many small writes cost about as much as one. A task is done when its work is committed.
/// </summary>
/// <remarks>
/// With <c>synchronous=NORMAL</c> a committed write survives the death of the process at any moment. After a power failure the
/// database is consistent, but its last transactions may be missing, and so may blobs that it names.
/// </remarks>
internal sealed class Database : IAsyncDisposable
{
    private const int MaximumBatch = 1024;

    private readonly Channel<IWork> _waiting = Channel.CreateUnbounded<IWork>(new() { SingleReader = true });
    private readonly DatabaseSession _session;
    private readonly Task _running;

    /// <param name="path">The database file, or null to keep everything in memory.</param>
    public Database(string? path)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path ?? ":memory:", Pooling = false }.ToString()
        );
        connection.Open();
        _session = new DatabaseSession(connection);
        _session.Query("PRAGMA journal_mode=WAL", row => row.GetString(0));
        _session.Execute("PRAGMA synchronous=NORMAL");
        foreach (var statement in DatabaseSchema.Statements)
            _session.Execute(statement);
        _running = Task.Run(RunAsync);
    }

    /// <summary>
    /// Queues work behind all that was queued before it; the task ends after the commit. What fails by itself must throw before its
    /// first write, for the rest of its transaction is committed.
    /// </summary>
    public Task<T> RunAsync<T>(Func<DatabaseSession, T> work)
    {
        var item = new Work<T>(work);
        if (!_waiting.Writer.TryWrite(item))
            throw new ObjectDisposedException(nameof(Database));
        return item.Committed;
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(Action<DatabaseSession> work) =>
        RunAsync(session =>
        {
            work(session);
            return true;
        });

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _running;
        _session.Dispose();
    }

    private async Task RunAsync()
    {
        var batch = new List<IWork>();
        while (await _waiting.Reader.WaitToReadAsync())
        {
            while (batch.Count < MaximumBatch && _waiting.Reader.TryRead(out var work))
                batch.Add(work);
            Commit(batch);
            batch.Clear();
        }
    }

    private void Commit(List<IWork> batch)
    {
        try
        {
            _session.Execute("BEGIN");
            foreach (var work in batch)
                work.Run(_session);
            _session.Execute("COMMIT");
        }
        catch (SqliteException exception)
        {
            Rollback();
            foreach (var work in batch)
                work.Fail(exception);
            return;
        }
        foreach (var work in batch)
            work.Acknowledge();
    }

    private void Rollback()
    {
        try
        {
            _session.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself, as it does when the disk is full.
        }
    }

    private interface IWork
    {
        void Run(DatabaseSession session);

        void Acknowledge();

        void Fail(Exception exception);
    }

    private sealed class Work<T>(Func<DatabaseSession, T> work) : IWork
    {
        private readonly TaskCompletionSource<T> _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;

        public Task<T> Committed => _committed.Task;

        public void Run(DatabaseSession session)
        {
            try
            {
                _result = work(session);
            }
            catch (Exception exception) when (exception is not SqliteException)
            {
                _committed.TrySetException(exception);
            }
        }

        public void Acknowledge() => _committed.TrySetResult(_result!);

        public void Fail(Exception exception) => _committed.TrySetException(exception);
    }
}
