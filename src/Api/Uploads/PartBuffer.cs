namespace Api.Uploads;

/// <summary>One part of an upload in memory. Whoever holds it disposes it, once.</summary>
internal sealed class PartBuffer(PartBuffers owner, byte[] bytes) : IDisposable
{
    public int Length { get; private set; }

    /// <summary>Whether the stream had enough left to fill it; if not, this is the stream's end.</summary>
    public bool IsFull => Length == bytes.Length;

    public async Task FillAsync(Stream stream, CancellationToken cancellationToken)
        => Length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);

    public MemoryStream OpenRead() => new(bytes, 0, Length, writable: false);

    public void Dispose() => owner.Return(bytes);
}
