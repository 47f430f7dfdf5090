using System.Collections.Concurrent;
using Api.Endpoints;
using Api.Errors;
using Microsoft.Extensions.Options;
using Profiles;

namespace Api.Outbox;

/// <summary>
/// Sees to it that a profile that is visible has its job in the queue, though S3 and SQS share no transaction. The state is written first
/// and names this process; as long as this process is heard of, sending the job, or taking the state back, is its own business. When it is
/// not heard of any more, another one sends what it may have left (<see cref="OutboxSweep"/>). On the normal way that costs no call.
/// </summary>
/// <remarks>A file whose process was killed before the state was written stays in the bucket: its sender had no answer, and nobody sees
/// it.</remarks>
internal sealed partial class JobOutbox(
    ProfileStore store,
    JobSender jobs,
    SenderRecords records,
    IOptions<ApiOptions> options,
    TimeProvider time,
    ILogger<JobOutbox> logger
) : IDisposable
{
    private readonly ConcurrentDictionary<ProfileId, Unfinished?> _open = new();
    private readonly SemaphoreSlim _writing = new(1);
    private long _writtenAt;

    private enum Unfinished
    {
        Send,
        Remove,
    }

    /// <summary>This process. One that is started again is another.</summary>
    public string Name { get; } = Guid.NewGuid().ToString("N");

    /// <summary>How often a process is heard of, at the least. After four times that without a word it counts as gone.</summary>
    public TimeSpan RenewalInterval => options.Value.SenderTimeout / 4;

    /// <summary>
    /// Takes a profile in hand, before there is anything of it in the bucket. It is out of hand when disposed, unless something is left to
    /// do.
    /// </summary>
    public Entry Open(ProfileId id)
    {
        _open[id] = null;
        return new Entry(this, id);
    }

    /// <summary>Makes a profile visible and sends its job, or leaves nothing of it.</summary>
    public async Task AcceptAsync(ProfileState state, CancellationToken cancellationToken)
    {
        try
        {
            await StorageDeadline.RunAsync(
                options.Value.CallTimeout,
                time,
                async cancellation =>
                {
                    // A process that is not heard of would be taken for gone.
                    if (!WasHeardOf(within: 2 * RenewalInterval))
                        await RenewAsync(unlessWithin: 2 * RenewalInterval, cancellation);
                    // In this order: a worker that gets the job finds the state, or it would take the profile for a deleted one.
                    var accepted = await store.CreateAsync(state with { AcceptedBy = Name }, cancellation);
                    await jobs.SendAsync(new ProfileJob(state.Id, accepted), cancellation);
                    return true;
                },
                cancellationToken
            );
        }
        catch
        {
            await RemoveAsync(state.Id);
            throw;
        }
    }

    /// <summary>Sends the job of a profile that another process left. Two that do so at once send it once.</summary>
    public async Task AdoptAsync(ProfileId id, string from, CancellationToken cancellationToken)
    {
        using var entry = Open(id);
        // First this process answers for it, from now on: were it killed after the next step, it would be looked for here.
        await RenewAsync(cancellationToken);
        var adopted = await store.UpdateAsync(
            id,
            known: null,
            state => IsLeftBy(from, state) ? state with { AcceptedBy = Name } : null,
            cancellationToken
        );
        if (adopted is null || !IsLeftBy(Name, adopted.Value))
            return;
        _open[id] = Unfinished.Send;
        await SendAsync(id, cancellationToken);
        _open[id] = null;
        LogAdopted(id, from);
    }

    /// <summary>Whether a profile waits, has never been begun, and is in the hands of that process.</summary>
    public static bool IsLeftBy(string name, ProfileState state) =>
        state.Status is ProfileStatus.Queued && state.Attempt is null && state.AcceptedBy == name;

    /// <summary>Says that this process lives, and from which time on profiles may be in its hands.</summary>
    public Task RenewAsync(CancellationToken cancellationToken) => RenewAsync(unlessWithin: TimeSpan.Zero, cancellationToken);

    // Of many that find it out of date at once, one writes.
    private async Task RenewAsync(TimeSpan unlessWithin, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (WasHeardOf(unlessWithin))
                return;
            var now = time.GetUtcNow();
            await records.WriteAsync(Name, _open.Keys.Select(id => id.Time).Append(now).Min(), cancellationToken);
            Volatile.Write(ref _writtenAt, now.UtcTicks);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Says so again if this process has ever said it; until then it has nothing in hand.</summary>
    public Task KeepAsync(CancellationToken cancellationToken) =>
        WasHeardOf(within: TimeSpan.MaxValue) ? RenewAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Does what could not be done before.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, unfinished) in _open)
        {
            if (unfinished is Unfinished.Send)
                await SendAsync(id, cancellationToken);
            else if (unfinished is Unfinished.Remove)
                await store.DeleteAsync(id, cancellationToken);
            else
                continue;
            _open.TryRemove(id, out _);
        }
    }

    /// <summary>Takes the record back if nothing is in hand; else another process finds it.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        if (WasHeardOf(within: TimeSpan.MaxValue) && _open.IsEmpty)
            await records.DeleteAsync(Name, cancellationToken);
    }

    public void Dispose() => _writing.Dispose();

    private bool WasHeardOf(TimeSpan within) =>
        Volatile.Read(ref _writtenAt) is not 0 and var ticks && time.GetUtcNow().UtcTicks - ticks < within.Ticks;

    private Task SendAsync(ProfileId id, CancellationToken cancellationToken) => jobs.SendAsync(new ProfileJob(id), cancellationToken);

    // If the job was sent after all, its worker finds no state and drops it. It stays in hand and is removed once more in a while: what was
    // given up may still arrive.
    private async Task RemoveAsync(ProfileId id)
    {
        _open[id] = Unfinished.Remove;
        try
        {
            using var deadline = new CancellationTokenSource(options.Value.CleanUpTimeout, time);
            await store.DeleteAsync(id, deadline.Token);
        }
        catch (Exception exception)
        {
            LogNotRemoved(exception, id);
        }
    }

    private void Close(ProfileId id)
    {
        if (_open.TryGetValue(id, out var unfinished) && unfinished is null)
            _open.TryRemove(id, out _);
    }

    [LoggerMessage(
        LogLevel.Error,
        "Profile {ProfileId} was not accepted, and could not be removed from the bucket yet; it is tried again."
    )]
    private partial void LogNotRemoved(Exception exception, ProfileId profileId);

    [LoggerMessage(
        LogLevel.Warning,
        "The job of profile {ProfileId} was sent: {Sender}, which had accepted it, is gone and may not have done so."
    )]
    private partial void LogAdopted(ProfileId profileId, string sender);

    /// <summary>A profile in hand.</summary>
    public readonly struct Entry(JobOutbox outbox, ProfileId id) : IDisposable
    {
        public void Dispose() => outbox.Close(id);
    }
}
