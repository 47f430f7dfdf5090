namespace Worker.Jobs;

/// <summary>
/// How much is in hand at a time: many small jobs, which wait for S3 and SQS most of the time, but of the large ones, which keep a
/// processor busy, no more than there are processors. While a few large ones wait for their turn nothing more is received: another worker
/// may have time for it.
/// </summary>
internal sealed class JobSlots(int largeJobs)
{
    private const long LargeFile = 4 << 20;

    // One at a time would keep small jobs waiting for each other's size.
    private const int AtDoor = 4;

    private static readonly TimeSpan _signOfLife = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _large = new(largeJobs);
    private readonly SemaphoreSlim _door = new(AtDoor);

    /// <summary>Waits until another job may be received.</summary>
    public async Task<JobSlot> EnterAsync(CancellationToken cancellationToken)
    {
        await _door.WaitAsync(cancellationToken);
        return new JobSlot(this);
    }

    /// <summary>The place of one job. The next one is received when its size is known.</summary>
    internal sealed class JobSlot(JobSlots slots) : IDisposable
    {
        private bool _isAtDoor = true;
        private bool _isLarge;

        /// <summary>Says how large the job's file is, and waits for its turn if it is large.</summary>
        public async Task WeighAsync(long size, JobMotion motion, CancellationToken cancellationToken)
        {
            if (size >= LargeFile && !_isLarge)
            {
                while (!await slots._large.WaitAsync(_signOfLife, cancellationToken))
                    motion.Moved();
                _isLarge = true;
            }
            LeaveDoor();
        }

        public void Dispose()
        {
            LeaveDoor();
            if (_isLarge)
                slots._large.Release();
            _isLarge = false;
        }

        private void LeaveDoor()
        {
            if (_isAtDoor)
                slots._door.Release();
            _isAtDoor = false;
        }
    }
}
