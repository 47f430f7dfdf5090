using OpenTelemetry;
using Profiles;

namespace Api.Endpoints;

/// <summary>Waits for a profile to be done or failed.</summary>
internal sealed class ProfileWatch(ProfileStore store, TimeProvider time, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// The state as soon as it is settled, else as it is after <paramref name="wait"/>; null where there is no such profile.
    /// </summary>
    public async Task<Stored<ProfileState>?> FindAsync(ProfileId id, TimeSpan wait, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var found = await FindAsync(id, cancellationToken);
        // A look is no step of the request, and a long wait has many.
        using var suppressed = SuppressInstrumentationScope.Begin();
        for (var pause = FirstPause; found is { Value.IsSettled: false } && Remaining() is { Ticks: > 0 } remaining; pause = Longer(pause))
        {
            await Task.Delay(pause < remaining ? pause : remaining, time, cancellationToken);
            found = await FindAsync(id, cancellationToken);
        }

        return found;

        // A service that is told to stop answers with what it knows; the caller asks another one.
        TimeSpan Remaining() => lifetime.ApplicationStopping.IsCancellationRequested ? TimeSpan.Zero : wait - time.GetElapsedTime(start);
    }

    private async Task<Stored<ProfileState>?> FindAsync(ProfileId id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } found ? found with { Value = found.Value.AsOf(time.GetUtcNow()) } : null;

    private static TimeSpan Longer(TimeSpan pause) => pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause;
}
