using System.Collections.Concurrent;

namespace Api.Uploads;

/// <summary>
/// The memory that uploads may take, together: a fixed number of buffers of one part each. An upload that finds none waits, and does not read
/// its request meanwhile, which slows its sender down.
/// </summary>
internal sealed class PartBuffers : IDisposable
{
    /// <summary>The size of a part. S3 wants at least 5 MiB and at most 10,000 parts, which makes 80 GB.</summary>
    public const int PartSize = 8 << 20;

    private const int Count = 12;

    private readonly SemaphoreSlim _free = new(Count);
    private readonly ConcurrentBag<byte[]> _idle = [];

    /// <summary>Waits for a buffer. Dispose gives it back.</summary>
    public async Task<PartBuffer> RentAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        return new PartBuffer(this, _idle.TryTake(out var bytes) ? bytes : GC.AllocateUninitializedArray<byte>(PartSize));
    }

    public void Dispose() => _free.Dispose();

    internal void Return(byte[] bytes)
    {
        _idle.Add(bytes);
        _free.Release();
    }
}
