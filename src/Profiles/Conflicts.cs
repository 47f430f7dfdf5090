namespace Profiles;

/// <summary>Waits between conditional writes that another writer got in the way of, longer each time, and not for ever.</summary>
internal sealed class Conflicts(string key, TimeProvider time)
{
    private const int MaxTries = 8;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);

    private int _tries = 1;

    /// <exception cref="ConflictException">It was tried often enough.</exception>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        if (_tries == MaxTries)
            throw new ConflictException(
                $"{key} could not be written: another write to it was under way each of the {MaxTries} times that it was tried."
            );
        // No two writers wait equally long, so they do not meet again.
        var pause = FirstPause * Math.Pow(2, _tries++) * (0.5 + Random.Shared.NextDouble());
        return Task.Delay(pause, time, cancellationToken);
    }
}

/// <summary>An object in the bucket could not be written because others kept writing it.</summary>
public sealed class ConflictException(string message) : Exception(message);
