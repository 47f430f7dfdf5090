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

    // As long as a thread waits for another one without sleeping; a column takes no longer.
    private const int SpinsWithoutWork = 40;

    private BlockInWork? _shared;
    private bool _isHelped;

    public int Count => columns.Length;

    /// <summary>Starts to deal out a block, with the help of another thread where that helps.</summary>
    public BlockInWork Start(RecordBlock block)
    {
        var work = new BlockInWork(this, block);
        var isWorthSharing = block.Runs is [{ Count: >= MinFieldsToShare } run] && columns.Length > 1 && run.Count >= 4 * columns.Length;
        if (isWorthSharing && Environment.ProcessorCount > 1)
            Share(work);
        return work;
    }

    private void Share(BlockInWork work)
    {
        work.IsShared = true;
        Volatile.Write(ref _shared, work);
        if (!Interlocked.Exchange(ref _isHelped, true))
            ThreadPool.UnsafeQueueUserWorkItem(set => set.Help(), this, preferLocal: false);
    }

    // Another thread stays while one block follows another: waking it up for each would take as long as some columns do.
    private void Help()
    {
        BlockInWork? last = null;
        do
        {
            for (var patience = new SpinWait(); patience.Count < SpinsWithoutWork; patience.SpinOnce(sleep1Threshold: -1))
            {
                if (Volatile.Read(ref _shared) is not { } work || work == last)
                    continue;
                last = work;
                work.TakeFirstColumns();
                patience.Reset();
            }
            Interlocked.Exchange(ref _isHelped, false);
            // What was shared in that moment has not asked for another helper.
        } while (Volatile.Read(ref _shared) != last && !Interlocked.Exchange(ref _isHelped, true));
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
        columns[column]
            .Add(block, run.First + (distance < 0 ? distance + columns.Length : distance), run.First + run.Count, columns.Length);
    }

    private void AddFieldByField(RecordBlock block, FieldRun run)
    {
        var column = run.Column;
        for (var field = run.First; field < run.First + run.Count; field++)
        {
            columns[column].Add(block, block.Fields[field]);
            if (++column == columns.Length)
                column = 0;
        }
    }

    /// <summary>
    /// A block that is being dealt out. Two threads begin at different ends and meet somewhere: most columns stay with one thread from block to
    /// block, and what they remember in its processor's cache.
    /// </summary>
    internal sealed class BlockInWork(ColumnSet set, RecordBlock block)
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _taken;
        private int _left = set.Count;

        public bool IsShared { get; set; }

        /// <summary>Deals out what is left, and waits for what the other thread has in hand.</summary>
        public Task FinishAsync()
        {
            if (!IsShared)
            {
                set.Add(block);
                return Task.CompletedTask;
            }
            for (var column = set.Count - 1; TryTake(column); column--) { }
            for (var patience = new SpinWait(); !_done.Task.IsCompleted && patience.Count < SpinsWithoutWork; )
                patience.SpinOnce(sleep1Threshold: -1);
            return _done.Task;
        }

        public void TakeFirstColumns()
        {
            for (var column = 0; TryTake(column); column++) { }
        }

        // Whoever is late finds none left: nobody waits for a thread that has not begun.
        private bool TryTake(int column)
        {
            if (Interlocked.Increment(ref _taken) > set.Count)
                return false;
            try
            {
                set.AddColumn(block, block.Runs[0], column);
                if (Interlocked.Decrement(ref _left) == 0)
                    _done.TrySetResult();
            }
            catch (Exception exception)
            {
                _done.TrySetException(exception);
                return false;
            }
            return true;
        }
    }
}
