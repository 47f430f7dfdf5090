using System.Collections.Concurrent;

namespace LocalAws.Storage;

/// <summary>Blobs in memory, gone with the process.</summary>
internal sealed class MemoryBlobStore : IBlobStore
{
    private readonly ConcurrentDictionary<string, byte[]> _blobs = new();

    public BlobWriter Create() => new Writer(this);

    public Stream Open(string id) =>
        _blobs.TryGetValue(id, out var bytes) ? new MemoryStream(bytes, writable: false) : throw new FileNotFoundException(null, id);

    public void Delete(string id) => _blobs.TryRemove(id, out _);

    private sealed class Writer(MemoryBlobStore store) : BlobWriter
    {
        private readonly MemoryStream _bytes = new();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
            _bytes.WriteAsync(bytes, cancellationToken);

        public override ValueTask CompleteAsync()
        {
            store._blobs[Id] = _bytes.ToArray();
            return ValueTask.CompletedTask;
        }

        public override ValueTask DisposeAsync() => _bytes.DisposeAsync();
    }
}
