using Profiles;

namespace Worker.Jobs;

/// <summary>One attempt at a job: what it writes into the profile's state, as long as the state is at this attempt.</summary>
internal sealed class JobAttempt
{
    private readonly ProfileStore _store;
    private readonly ProfileId _id;
    private readonly ProfileAttempt _attempt;
    private readonly TimeProvider _time;
    private Stored<ProfileState>? _known;

    private JobAttempt(ProfileStore store, ProfileId id, ProfileAttempt attempt, TimeProvider time)
        => (_store, _id, _attempt, _time) = (store, id, attempt, time);

    /// <summary>Sets the state to running, unless the profile is done.</summary>
    /// <returns>The attempt, or null where there is nothing to attempt: the profile is done or deleted.</returns>
    public static async Task<JobAttempt?> BeginAsync(
        ProfileStore store, Stored<ProfileState> known, ProfileAttempt attempt, TimeProvider time, CancellationToken cancellationToken)
    {
        var begun = new JobAttempt(store, known.Value.Id, attempt, time) { _known = known };
        begun._known = await store.UpdateAsync(
            begun._id,
            known,
            state => state.Status is ProfileStatus.Done
                ? null
                : state with { Status = ProfileStatus.Running, UpdatedAt = attempt.StartedAt, Attempt = attempt, Progress = null, Error = null },
            cancellationToken);
        return begun._known is { Value: var state } && attempt.IsSameAs(state.Attempt) ? begun : null;
    }

    /// <summary>Says that the attempt is alive, and how far it has come.</summary>
    /// <returns>Whether there is still a reason to go on: no when the profile is deleted, done, or another attempt has begun.</returns>
    public Task<bool> ContinueAsync(ProfileProgress? progress, CancellationToken cancellationToken)
    {
        var expiresAt = _time.GetUtcNow() + (_attempt.ExpiresAt - _attempt.StartedAt);
        return UpdateAsync(state => state with { Progress = progress, Attempt = _attempt with { ExpiresAt = expiresAt } }, cancellationToken);
    }

    /// <summary>Says that the attempt came to nothing and another will follow.</summary>
    public Task QueueAgainAsync(string? error)
        => UpdateAsync(state => state with { Status = ProfileStatus.Queued, Error = error }, CancellationToken.None);

    /// <summary>Says that there will be no result.</summary>
    public Task FailAsync(string error)
        => UpdateAsync(state => state with { Status = ProfileStatus.Failed, Error = error }, CancellationToken.None);

    /// <summary>Says that the result is there, whichever attempt wrote it.</summary>
    /// <returns>False where the profile has been deleted.</returns>
    public static async Task<bool> CompleteAsync(
        ProfileStore store, ProfileId id, Stored<ProfileState>? known, ProfileProgress? progress, TimeProvider time)
        => await store.UpdateAsync(
            id,
            known,
            state => state.Status is ProfileStatus.Done
                ? null
                : state with
                {
                    Status = ProfileStatus.Done,
                    UpdatedAt = time.GetUtcNow(),
                    Progress = progress ?? state.Progress,
                    Error = null,
                },
            CancellationToken.None) is not null;

    /// <inheritdoc cref="CompleteAsync(ProfileStore, ProfileId, Stored{ProfileState}?, ProfileProgress?, TimeProvider)"/>
    public Task<bool> CompleteAsync(ProfileProgress progress)
        => CompleteAsync(_store, _id, _known, progress, _time);

    private async Task<bool> UpdateAsync(Func<ProfileState, ProfileState> change, CancellationToken cancellationToken)
    {
        _known = await _store.UpdateAsync(
            _id,
            _known,
            state => IsCurrentIn(state) ? change(state) with { UpdatedAt = _time.GetUtcNow() } : null,
            cancellationToken);
        return _known is { Value: var current } && IsCurrentIn(current);
    }

    private bool IsCurrentIn(ProfileState state) => state.Status is ProfileStatus.Running && _attempt.IsSameAs(state.Attempt);
}
