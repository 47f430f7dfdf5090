using Api.Errors;

namespace Api.Uploads;

/// <summary>One part of an upload in memory. Whoever holds it disposes it, once.</summary>
internal sealed class PartBuffer(UploadMemory memory, bool isFirst) : IDisposable
{
    // Of all parts but the last, S3 wants so much.
    private const int MinPartSize = 5 << 20;
    private const long NotReading = -1;

    private readonly List<byte[]> _pieces = [];
    private readonly CancellationTokenSource _gaveWay = new();
    private long _pieceSince = NotReading;

    public bool IsFirst => isFirst;

    public int Length { get; private set; }

    /// <summary>Whether the stream came to its end within this part.</summary>
    public bool IsLast { get; private set; }

    internal LinkedListNode<PartBuffer> Place { get; set; } = null!;

    /// <summary>Pieces that it was given.</summary>
    internal int Taken { get; set; }

    /// <summary>Reads until the part is full or the stream at its end, or until there is enough and no memory for more.</summary>
    /// <param name="stream">The body.</param>
    /// <param name="limit">How long its sender may take. What is waited for here does not count.</param>
    /// <param name="cancellationToken">Ends the upload.</param>
    /// <exception cref="ProblemException">The sender took too long, or gave way to others, or there was no memory.</exception>
    public async Task FillAsync(Stream stream, TimeSpan limit, CancellationToken cancellationToken)
    {
        var left = limit;
        using var deadline = new CancellationTokenSource(Timeout.InfiniteTimeSpan, memory.Time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token, _gaveWay.Token);
        try
        {
            while (Length < UploadMemory.PartSize && !IsLast)
            {
                if (!memory.TryRent(this, out var piece))
                {
                    if (Length >= MinPartSize)
                        return;
                    piece = await memory.RentAsync(this, end.Token);
                }

                _pieces.Add(piece);
                var start = memory.Time.GetTimestamp();
                Volatile.Write(ref _pieceSince, start);
                deadline.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
                var read = await stream.ReadAtLeastAsync(piece, piece.Length, throwOnEndOfStream: false, end.Token);
                Volatile.Write(ref _pieceSince, NotReading);
                deadline.CancelAfter(Timeout.InfiniteTimeSpan);
                left -= memory.Time.GetElapsedTime(start);
                (Length, IsLast) = (Length + read, read < piece.Length);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw _gaveWay.IsCancellationRequested
                ? new ProblemException(Problems.GaveWay(), TimeSpan.FromSeconds(10))
                : new ProblemException(Problems.TooSlow(limit));
        }
        finally
        {
            Volatile.Write(ref _pieceSince, NotReading);
            memory.End(this);
        }
    }

    public Stream OpenRead() => new PieceStream(_pieces, Length);

    public void Dispose()
    {
        memory.End(this);
        memory.Return(_pieces);
        _pieces.Clear();
        _gaveWay.Dispose();
    }

    /// <summary>How long its sender has been at the piece that is read now; null where it is not the sender who is waited for.</summary>
    internal TimeSpan? TimeAtPiece() =>
        Volatile.Read(ref _pieceSince) is var since and not NotReading ? memory.Time.GetElapsedTime(since) : null;

    internal void GiveWay()
    {
        try
        {
            _gaveWay.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It came to its end in this moment, and has given all back.
        }
    }
}
