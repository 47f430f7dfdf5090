namespace LocalAws.Storage;

/// <summary>Blobs as files: written to one folder and moved to another when they are complete.</summary>
internal sealed class FileBlobStore : IBlobStore
{
    private readonly string _incoming;
    private readonly string _blobs;

    public FileBlobStore(DataFolder folder)
    {
        _incoming = Path.Combine(folder.Path, "incoming");
        _blobs = Path.Combine(folder.Path, "objects");
        Directory.CreateDirectory(_incoming);
        Directory.CreateDirectory(_blobs);
        foreach (var unfinished in Directory.EnumerateFiles(_incoming))
            File.Delete(unfinished);
    }

    public BlobWriter Create() => new Writer(this);

    public Stream Open(string id) =>
        new FileStream(
            PathOf(id),
            FileMode.Open,
            FileAccess.Read,
            FileShare.Read | FileShare.Delete,
            bufferSize: 0,
            FileOptions.Asynchronous
        );

    public void Delete(string id) => File.Delete(PathOf(id));

    /// <summary>Deletes what no object has: the remains of a process that was killed between a blob and its commit.</summary>
    public void DeleteExcept(IReadOnlySet<string> ids)
    {
        foreach (var file in Directory.EnumerateFiles(_blobs, "*", SearchOption.AllDirectories))
        {
            if (!ids.Contains(Path.GetFileName(file)))
                File.Delete(file);
        }
    }

    private string PathOf(string id) => Path.Combine(_blobs, id[..2], id);

    private sealed class Writer : BlobWriter
    {
        private readonly FileBlobStore _store;
        private readonly FileStream _file;

        public Writer(FileBlobStore store)
        {
            _store = store;
            _file = new FileStream(Incoming, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        }

        private string Incoming => Path.Combine(_store._incoming, Id);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
            _file.WriteAsync(bytes, cancellationToken);

        public override async ValueTask CompleteAsync()
        {
            await _file.DisposeAsync();
            var path = _store.PathOf(Id);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Move(Incoming, path);
        }

        public override async ValueTask DisposeAsync()
        {
            await _file.DisposeAsync();
            // Nothing is there any more once the blob is complete.
            File.Delete(Incoming);
        }
    }
}
