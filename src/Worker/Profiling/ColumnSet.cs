using Profiles;
using Worker.Profiling.Records;

namespace Worker.Profiling;

/// <summary>
/// Deals the fields of blocks out to the columns. A block is taken column by column where it can be, for what a column remembers then stays
/// in the processor's nearest cache; and no column needs what another one has, so two threads may take different ones.
/// </summary>
internal sealed class ColumnSet(ColumnProfiler[] columns)
{
    // Fewer fields than this are dealt out before another thread has woken up.
    private const int MinFieldsToShare = 8_192;

    public int Count => columns.Length;

    /// <summary>Starts to deal out a block, with the help of another thread where that helps.</summary>
    public BlockInWork Start(RecordBlock block)
    {
        var work = new BlockInWork(this, block);
        var isWorthSharing = block.Runs is [{ Count: >= MinFieldsToShare } run] && columns.Length > 1 && run.Count >= 4 * columns.Length;
        if (isWorthSharing && Environment.ProcessorCount > 1)
            work.Share();
        return work;
    }

    /// <summary>A column's profile; what was remembered for it is free from then on.</summary>
    public ColumnProfile Finish(int column, long rows, int frequentValues)
    {
        var finished = columns[column].Finish(rows, frequentValues);
        columns[column] = null!;
        return finished;
    }

    private void Add(RecordBlock block)
    {
        foreach (var run in block.Runs)
        {
            if (run.Count < 4 * columns.Length)
                AddFieldByField(block, run);
            else
                AddColumns(block, run);
        }
    }

    private void AddColumns(RecordBlock block, FieldRun run)
    {
        for (var column = 0; column < columns.Length; column++)
            AddColumn(block, run, column);
    }

    private void AddColumn(RecordBlock block, FieldRun run, int column)
    {
        var distance = column - run.Column;
        columns[column].Add(block, run.First + (distance < 0 ? distance + columns.Length : distance), run.First + run.Count, columns.Length);
    }

    private void AddFieldByField(RecordBlock block, FieldRun run)
    {
        var column = run.Column;
        for (var field = run.First; field < run.First + run.Count; field++)
        {
            if (block.Fields[field].Length != 0)
                columns[column].Add(block, field, field + 1, 1);
            if (++column == columns.Length)
                column = 0;
        }
    }

    /// <summary>A block that is being dealt out.</summary>
    internal sealed class BlockInWork(ColumnSet set, RecordBlock block)
    {
        private readonly TaskCompletionSource _others = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _isShared;
        private int _next;
        private int _left;

        /// <summary>Lets another thread take columns, beginning now.</summary>
        public void Share()
        {
            _isShared = true;
            _left = set.Count;
            ThreadPool.UnsafeQueueUserWorkItem(work => work.TakeColumns(), this, preferLocal: false);
        }

        /// <summary>Deals out what is left, and waits for what the other thread has in hand.</summary>
        public Task FinishAsync()
        {
            if (!_isShared)
            {
                set.Add(block);
                return Task.CompletedTask;
            }
            TakeColumns();
            return _others.Task;
        }

        // Whoever is late finds none left: nobody waits for a thread that has not begun.
        private void TakeColumns()
        {
            try
            {
                for (int column; (column = Interlocked.Increment(ref _next) - 1) < set.Count;)
                {
                    set.AddColumn(block, block.Runs[0], column);
                    if (Interlocked.Decrement(ref _left) == 0)
                        _others.TrySetResult();
                }
            }
            catch (Exception exception)
            {
                _others.TrySetException(exception);
            }
        }
    }
}
