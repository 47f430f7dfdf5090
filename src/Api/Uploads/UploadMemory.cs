using Api.Errors;

namespace Api.Uploads;

/// <summary>
/// The memory that uploads may take, together: a fixed number of small pieces, so that a slow sender holds no more than it has sent.
/// When all are out, an upload waits and does not read its request meanwhile, which slows its sender down. If nothing comes free, the
/// sender who lets the others wait longest gives way; if that does not help in time, the upload that waits ends with 503. What the part
/// that was begun first still needs is kept for it: without that, many could take all of it, each half of what it needs.
/// </summary>
internal sealed class UploadMemory(TimeProvider time)
{
    /// <summary>The size of a part. S3 wants at least 5 MiB and at most 10,000 parts, which makes 80 GB.</summary>
    public const int PartSize = 8 << 20;

    public const int PieceSize = 64 << 10;

    /// <summary>The pieces that there are: 48 MiB.</summary>
    public const int Pieces = 6 * (PartSize / PieceSize);

    private const int PiecesOfPart = PartSize / PieceSize;

    private static readonly TimeSpan TimeToGiveWay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Stack<byte[]> _idle = [];
    private readonly LinkedList<PartBuffer> _filling = [];
    private readonly LinkedList<Waiter> _begun = [];
    private readonly LinkedList<Waiter> _new = [];
    private int _free = Pieces;

    public TimeProvider Time => time;

    /// <summary>An empty part.</summary>
    /// <param name="isFirst">Whether it is the first of its upload.</param>
    public PartBuffer Begin(bool isFirst)
    {
        var part = new PartBuffer(this, isFirst);
        lock (_gate)
            part.Place = _filling.AddLast(part);
        return part;
    }

    /// <summary>A piece for a part, at once or not at all.</summary>
    internal bool TryRent(PartBuffer part, out byte[] piece)
    {
        lock (_gate)
        {
            var isFree = _free > KeptFromPart(part);
            var isInTurn = part == FirstBegun() || (_begun.Count is 0 && (!IsNew(part) || _new.Count is 0));
            piece = isFree && isInTurn ? Take(part) : [];
            return isFree && isInTurn;
        }
    }

    /// <summary>Waits for a piece.</summary>
    /// <exception cref="ProblemException">There was none in time.</exception>
    internal async Task<byte[]> RentAsync(PartBuffer part, CancellationToken cancellationToken)
    {
        if (TryRent(part, out var piece))
            return piece;
        var waiter = new Waiter(part);
        lock (_gate)
        {
            (IsNew(part) ? _new : _begun).AddLast(waiter.Node);
            ServeWaiters();
        }

        try
        {
            for (var waited = TimeSpan.Zero; waited < LongestWait; waited += TimeToGiveWay)
            {
                try
                {
                    return await waiter.Served.Task.WaitAsync(TimeToGiveWay, time, cancellationToken);
                }
                catch (TimeoutException)
                {
                    LetSlowestGiveWay();
                }
            }
        }
        catch
        {
            GiveUp(waiter);
            throw;
        }

        GiveUp(waiter);
        throw new ProblemException(Problems.TooBusy(), LongestWait);
    }

    /// <summary>Takes a part off the list of those that are read.</summary>
    internal void End(PartBuffer part)
    {
        lock (_gate)
        {
            if (part.Place.List is null)
                return;
            _filling.Remove(part.Place);
            ServeWaiters();
        }
    }

    internal void Return(IReadOnlyCollection<byte[]> pieces)
    {
        lock (_gate)
        {
            foreach (var piece in pieces)
                _idle.Push(piece);
            _free += pieces.Count;
            ServeWaiters();
        }
    }

    private static bool IsNew(PartBuffer part) => part is { IsFirst: true, Taken: 0 };

    private PartBuffer? FirstBegun() => _filling.FirstOrDefault(part => !IsNew(part));

    // What is left is for uploads that have begun: they come to an end, and more could only begin.
    private int KeptFromPart(PartBuffer part)
    {
        if (IsNew(part))
            return PiecesOfPart;
        var first = FirstBegun();
        return first is null || first == part ? 0 : PiecesOfPart - first.Taken;
    }

    private void LetSlowestGiveWay()
    {
        PartBuffer? slowest = null;
        lock (_gate)
        {
            var longest = TimeToGiveWay;
            foreach (var part in _filling)
            {
                if (part.TimeAtPiece() is { } waited && waited > longest)
                    (slowest, longest) = (part, waited);
            }

            if (slowest is not null)
                _filling.Remove(slowest.Place);
        }

        slowest?.GiveWay();
    }

    private void GiveUp(Waiter waiter)
    {
        lock (_gate)
        {
            waiter.Node.List?.Remove(waiter.Node);
            if (waiter.Served.Task.IsCompletedSuccessfully)
            {
                _idle.Push(waiter.Served.Task.Result);
                _free++;
            }

            ServeWaiters();
        }
    }

    private void ServeWaiters()
    {
        Serve(_begun);
        Serve(_new);
    }

    private void Serve(LinkedList<Waiter> waiters)
    {
        for (var node = waiters.First; _free > 0 && node is not null; )
        {
            var (waiter, next) = (node.Value, node.Next);
            if (_free > KeptFromPart(waiter.Part))
            {
                waiters.Remove(node);
                waiter.Served.SetResult(Take(waiter.Part));
            }

            node = next;
        }
    }

    private byte[] Take(PartBuffer part)
    {
        _free--;
        part.Taken++;
        // A piece stays for good: pinned, the collector neither moves it nor keeps what dies beside it.
        return _idle.TryPop(out var piece) ? piece : GC.AllocateUninitializedArray<byte>(PieceSize, pinned: true);
    }

    private sealed class Waiter
    {
        public Waiter(PartBuffer part) => (Part, Node) = (part, new(this));

        public PartBuffer Part { get; }

        public LinkedListNode<Waiter> Node { get; }

        public TaskCompletionSource<byte[]> Served { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
