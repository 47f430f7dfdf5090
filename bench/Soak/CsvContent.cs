using System.Net;
using System.Text;

/// <summary>A CSV file of about so many bytes, made while it is sent, at most at that pace.</summary>
internal sealed class CsvContent : HttpContent
{
    private const int Pieces = 50;
    private readonly int? _bytesPerSecond;

    public CsvContent(long bytes, int? bytesPerSecond, int seed)
    {
        _bytesPerSecond = bytesPerSecond;
        Piece = MakePiece((int)Math.Clamp(bytes, 100, 64 << 10), seed, out var rows);
        Repeats = Math.Max(1, bytes / Piece.Length);
        Rows = Repeats * rows;
        Headers.ContentType = new("text/csv");
    }

    /// <summary>Records after the header.</summary>
    public long Rows { get; }

    private byte[] Piece { get; }

    private long Repeats { get; }

    public long Bytes { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await WriteAsync(stream, "id,name,amount,at\n"u8.ToArray(), cancellationToken);
        for (var i = 0L; i < Repeats; i++)
        {
            if (_bytesPerSecond is null)
            {
                await WriteAsync(stream, Piece, cancellationToken);
                continue;
            }

            foreach (var part in Piece.Chunk(Math.Max(1, Piece.Length / Pieces)))
            {
                await WriteAsync(stream, part, cancellationToken);
                await stream.FlushAsync(cancellationToken);
                await Task.Delay(TimeSpan.FromSeconds((double)part.Length / _bytesPerSecond.Value), cancellationToken);
            }
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private async Task WriteAsync(Stream stream, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(bytes, cancellationToken);
        Bytes += bytes.Length;
    }

    private static byte[] MakePiece(int bytes, int seed, out int rows)
    {
        var (random, text) = (new Random(seed), new StringBuilder());
        for (rows = 0; text.Length < bytes; rows++)
            text.Append($"{random.Next()},name {random.Next(1000)},{random.NextDouble():F4},2026-11-{random.Next(1, 30):00}\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
