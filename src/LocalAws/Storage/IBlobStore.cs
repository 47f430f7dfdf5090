namespace LocalAws.Storage;

/// <summary>Where the bytes of objects are. A blob never changes; its id says nothing about the object's key.</summary>
internal interface IBlobStore
{
    /// <summary>A new blob to write to. It exists once <see cref="BlobWriter.CompleteAsync"/> has ended.</summary>
    BlobWriter Create();

    /// <summary>Opens a blob to read. It stays readable when it is deleted meanwhile.</summary>
    Stream Open(string id);

    void Delete(string id);
}

/// <summary>A blob in the making; disposed before it is complete, it leaves nothing behind.</summary>
internal abstract class BlobWriter : IAsyncDisposable
{
    public string Id { get; } = Guid.NewGuid().ToString("N");

    public abstract ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    public abstract ValueTask CompleteAsync();

    public abstract ValueTask DisposeAsync();
}
