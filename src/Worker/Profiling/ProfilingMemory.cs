namespace Worker.Profiling;

/// <summary>
/// The memory that all files being profiled share. Each takes what its columns may need at worst, before it has seen their values, and
/// waits while the others leave too little: what a process needs does not grow with how much it is asked for at once.
/// </summary>
internal sealed class ProfilingMemory(long budget)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiting> _waiting = [];
    private long _free = budget;

    public long Budget { get; } = budget;

    /// <summary>Takes a share, in turn.</summary>
    /// <param name="bytes">No more than the budget.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Gives it back when disposed.</returns>
    public async Task<IDisposable> TakeAsync(long bytes, CancellationToken ct)
    {
        LinkedListNode<Waiting> place;
        lock (_lock)
        {
            if (_waiting.Count == 0 && bytes <= _free)
            {
                _free -= bytes;
                return new Share(this, bytes);
            }
            place = _waiting.AddLast(new Waiting(bytes));
        }
        await using var cancelled = ct.UnsafeRegister(_ => Leave(place, ct), null);
        await place.Value.Turn.Task;
        return new Share(this, bytes);
    }

    private void Leave(LinkedListNode<Waiting> place, CancellationToken ct)
    {
        lock (_lock)
        {
            if (place.List is null)
                return;
            _waiting.Remove(place);
            place.Value.Turn.TrySetCanceled(ct);
            LetNextIn();
        }
    }

    private void GiveBack(long bytes)
    {
        lock (_lock)
        {
            _free += bytes;
            LetNextIn();
        }
    }

    private void LetNextIn()
    {
        while (_waiting.First is { } first && first.Value.Bytes <= _free)
        {
            _waiting.RemoveFirst();
            _free -= first.Value.Bytes;
            first.Value.Turn.TrySetResult();
        }
    }

    private sealed record Waiting(long Bytes)
    {
        public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Share(ProfilingMemory owner, long bytes) : IDisposable
    {
        private ProfilingMemory? _owner = owner;

        public void Dispose() => Interlocked.Exchange(ref _owner, null)?.GiveBack(bytes);
    }
}
