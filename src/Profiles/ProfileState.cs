using System.Text.Json.Serialization;

namespace Profiles;

/// <summary>Where a profile is between its upload and its result.</summary>
public enum ProfileStatus
{
    /// <summary>Waits for a worker: the first time, or again after an attempt that came to nothing.</summary>
    Queued,

    /// <summary>A worker reads the file.</summary>
    Running,

    /// <summary>The result is there.</summary>
    Done,

    /// <summary>There will be no result; <see cref="ProfileState.Error"/> says why.</summary>
    Failed,
}

/// <summary>What is kept about a profile beside the file and the result. It exists as long as this does.</summary>
public sealed record ProfileState
{
    /// <summary>Which profile.</summary>
    public required ProfileId Id { get; init; }

    /// <summary>Where it is.</summary>
    public required ProfileStatus Status { get; init; }

    /// <summary>When the file was accepted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When this was last written.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The file's length in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The process that took the file and answers for it that the job comes into the queue.</summary>
    public string? AcceptedBy { get; init; }

    /// <summary>The latest attempt, where there was one.</summary>
    public ProfileAttempt? Attempt { get; init; }

    /// <summary>How far the latest attempt has come.</summary>
    public ProfileProgress? Progress { get; init; }

    /// <summary>Why the profile failed or, while it is queued again, why the last attempt did.</summary>
    public string? Error { get; init; }

    /// <summary>Whether nothing about it will change any more.</summary>
    public bool IsSettled => Status is ProfileStatus.Done or ProfileStatus.Failed;

    /// <summary>
    /// The state as it has to be read at <paramref name="now"/>. A worker that is killed says nothing; when that was the last attempt, the
    /// queue has put the job aside and nobody else will say it either.
    /// </summary>
    public ProfileState AsOf(DateTimeOffset now) =>
        Status is ProfileStatus.Running && Attempt is { IsLast: true } attempt && attempt.ExpiresAt < now
            ? this with
            {
                Status = ProfileStatus.Failed,
                Error =
                    $"The worker ended in the middle of attempt {attempt.Number}, the last one, without saying why: "
                    + "it was killed, or ran out of memory. The job is in the dead-letter queue.",
            }
            : this;
}

/// <summary>One attempt at a job.</summary>
/// <param name="Number">Counts from 1: SQS's approximate receive count.</param>
/// <param name="Of">How many the queue allows; null where it has no dead-letter queue.</param>
/// <param name="StartedAt">When it began. A job that comes back from the dead-letter queue is counted from 1 again.</param>
/// <param name="ExpiresAt">From when on an attempt that has not been heard of is over.</param>
public sealed record ProfileAttempt(
    int Number,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? Of,
    DateTimeOffset StartedAt,
    DateTimeOffset ExpiresAt
)
{
    /// <summary>Whether the queue puts the job aside if this attempt fails.</summary>
    public bool IsLast => Number >= Of;

    /// <summary>Whether both are the same attempt, heard of at different times.</summary>
    public bool IsSameAs(ProfileAttempt? other) => other is not null && Number == other.Number && StartedAt == other.StartedAt;
}

/// <summary>How far an attempt has come.</summary>
/// <param name="Rows">Records read.</param>
/// <param name="Bytes">Bytes read.</param>
public sealed record ProfileProgress(long Rows, long Bytes);
