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

    // How many blocks that were shared each column has had, and how many there were.
    private readonly int[] _blocksOf = new int[columns.Length];
    private int _blocks;

    // The last two of them may not have come to their end.
    private BlockInWork? _shared;
    private BlockInWork? _last;
    private BlockInWork? _beforeLast;
    private bool _isHelped;

    public int Count => columns.Length;

    /// <summary>
    /// Deals out a block, with the help of another thread where that helps: then it and the one before it are still in use.
    /// </summary>
    public async ValueTask AddAsync(RecordBlock block)
    {
        var isWorthSharing = block.Runs is [{ Count: >= MinFieldsToShare } run] && columns.Length > 1 && run.Count >= 4 * columns.Length;
        if (!isWorthSharing || Environment.ProcessorCount == 1)
        {
            await FinishAsync();
            Add(block);
            return;
        }
        var twoBefore = _beforeLast;
        Share(block);
        // Of the block before the last one another thread had a column in hand at most, when there was nothing else left to take here.
        if (twoBefore is not null)
            await twoBefore.WaitAsync();
        _beforeLast?.TakeLastColumns();
    }

    /// <summary>Deals out what is left, and waits for what another thread has in hand: no block is in use from then on.</summary>
    public async ValueTask FinishAsync()
    {
        var (before, last) = (_beforeLast, _last);
        before?.TakeLastColumns();
        last?.TakeLastColumns();
        await Task.WhenAll(before?.WaitAsync() ?? Task.CompletedTask, last?.WaitAsync() ?? Task.CompletedTask);
        (_beforeLast, _last) = (null, null);
    }

    private void Share(RecordBlock block)
    {
        var work = new BlockInWork(this, block, _blocks++);
        (_beforeLast, _last) = (_last, work);
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
                Volatile.Read(ref _beforeLast)?.TakeFirstColumns();
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
    /// A block that is being dealt out. Two threads begin at different ends and meet somewhere: most columns stay with one thread from
    /// block to block, and what they remember in its processor's cache.
    /// </summary>
    private sealed class BlockInWork(ColumnSet set, RecordBlock block, int number)
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _taken;
        private int _left = set.Count;
        private Exception? _fault;

        public void TakeFirstColumns()
        {
            for (var column = 0; TryTake(column); column++) { }
        }

        public void TakeLastColumns()
        {
            for (var column = set.Count - 1; TryTake(column); column--) { }
        }

        /// <summary>Waits for the columns that another thread has taken, where all are taken.</summary>
        public Task WaitAsync()
        {
            for (var patience = new SpinWait(); !_done.Task.IsCompleted && patience.Count < SpinsWithoutWork; )
                patience.SpinOnce(sleep1Threshold: -1);
            return _done.Task;
        }

        // Whoever is late finds none left: nobody waits for a thread that has not begun.
        private bool TryTake(int column)
        {
            if (Interlocked.Increment(ref _taken) > set.Count)
                return false;
            try
            {
                WaitForBlockBefore(ref set._blocksOf[column]);
                set.AddColumn(block, block.Runs[0], column);
            }
            catch (Exception exception)
            {
                _fault = exception;
            }
            Volatile.Write(ref set._blocksOf[column], number + 1);
            if (Interlocked.Decrement(ref _left) == 0)
                End();
            return true;
        }

        private void End()
        {
            if (_fault is null)
                _done.SetResult();
            else
                _done.SetException(_fault);
        }

        // The other thread may have it in hand still.
        private void WaitForBlockBefore(ref int blocks)
        {
            for (var patience = new SpinWait(); Volatile.Read(ref blocks) < number; )
                patience.SpinOnce();
        }
    }
}
