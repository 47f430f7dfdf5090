using Profiles;

namespace Worker.Jobs;

/// <summary>One attempt at a job: what it writes into the profile's state, as long as the state is at this attempt.</summary>
internal sealed class JobAttempt
{
    private readonly ProfileStore _store;
    private readonly ProfileId _id;
    private readonly ProfileAttempt _attempt;
    private readonly TimeProvider _time;
    private readonly ProfileState? _before;
    private Stored<ProfileState>? _known;

    private JobAttempt(ProfileStore store, Stored<ProfileState> known, ProfileAttempt attempt, TimeProvider time, bool isSaid) =>
        (_store, _id, _attempt, _time, _known, _before) = (store, known.Value.Id, attempt, time, known, isSaid ? null : known.Value);

    /// <summary>
    /// Begins an attempt, unless the profile is done. That it runs is said at once by one that may be the last: if its worker is killed,
    /// nobody else will say anything. A first attempt says it with its first progress, and most are over before.
    /// </summary>
    /// <returns>The attempt, or null where there is nothing to attempt: the profile is done or deleted.</returns>
    public static async Task<JobAttempt?> BeginAsync(
        ProfileStore store,
        Stored<ProfileState> known,
        ProfileAttempt attempt,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (attempt is { Number: 1, IsLast: false } && known.Value.Status is ProfileStatus.Queued)
            return new JobAttempt(store, known, attempt, time, isSaid: false);
        var begun = await store.UpdateAsync(
            known.Value.Id,
            known,
            state =>
                state.Status is ProfileStatus.Done
                    ? null
                    : state with
                    {
                        Status = ProfileStatus.Running,
                        UpdatedAt = attempt.StartedAt,
                        Attempt = attempt,
                        Progress = null,
                        Error = null,
                    },
            cancellationToken
        );
        return begun is { Value: var state } && attempt.IsSameAs(state.Attempt)
            ? new JobAttempt(store, begun, attempt, time, isSaid: true)
            : null;
    }

    /// <summary>Says that the attempt is alive, and how far it has come.</summary>
    /// <returns>Whether there is still a reason to go on: no when the profile is deleted, done, or another attempt has begun.</returns>
    public Task<bool> ContinueAsync(ProfileProgress? progress, CancellationToken cancellationToken)
    {
        var expiresAt = _time.GetUtcNow() + (_attempt.ExpiresAt - _attempt.StartedAt);
        return UpdateAsync(
            state => state with { Status = ProfileStatus.Running, Progress = progress, Attempt = _attempt with { ExpiresAt = expiresAt } },
            cancellationToken
        );
    }

    /// <summary>Says that the attempt came to nothing and another will follow.</summary>
    public Task QueueAgainAsync(string? error) =>
        UpdateAsync(state => state with { Status = ProfileStatus.Queued, Error = error }, CancellationToken.None);

    /// <summary>Says that there will be no result.</summary>
    public Task FailAsync(string error) =>
        UpdateAsync(state => state with { Status = ProfileStatus.Failed, Error = error }, CancellationToken.None);

    /// <summary>Says that the result is there, whichever attempt wrote it.</summary>
    /// <returns>False where the profile has been deleted.</returns>
    public static async Task<bool> CompleteAsync(
        ProfileStore store,
        ProfileId id,
        Stored<ProfileState>? known,
        ProfileAttempt? attempt,
        ProfileProgress? progress,
        TimeProvider time
    ) =>
        await store.UpdateAsync(
            id,
            known,
            state =>
                state.Status is ProfileStatus.Done
                    ? null
                    : state with
                    {
                        Status = ProfileStatus.Done,
                        UpdatedAt = time.GetUtcNow(),
                        Attempt = attempt ?? state.Attempt,
                        Progress = progress ?? state.Progress,
                        Error = null,
                    },
            CancellationToken.None
        )
            is not null;

    /// <inheritdoc cref="CompleteAsync(ProfileStore, ProfileId, Stored{ProfileState}?, ProfileAttempt?, ProfileProgress?, TimeProvider)"/>
    public Task<bool> CompleteAsync(ProfileProgress progress) => CompleteAsync(_store, _id, _known, _attempt, progress, _time);

    private async Task<bool> UpdateAsync(Func<ProfileState, ProfileState> change, CancellationToken cancellationToken)
    {
        var known = await _store.UpdateAsync(
            _id,
            _known,
            state => IsOf(state) ? change(state with { Attempt = _attempt }) with { UpdatedAt = _time.GetUtcNow() } : null,
            cancellationToken
        );
        _known = known;
        return known is { Value: var current } && IsOf(current);
    }

    // At this attempt, or as it was before where this attempt has said nothing yet.
    private bool IsOf(ProfileState state) => state.Status is ProfileStatus.Running ? _attempt.IsSameAs(state.Attempt) : state == _before;
}
