using System.ComponentModel.DataAnnotations;

namespace Aws.Ecs.Tasks;

/// <summary>The configuration section <c>TaskProtection</c>.</summary>
public sealed record TaskProtectionOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "TaskProtection";

    /// <summary>
    /// How long a protection lasts that is not renewed, hence how long a task that hangs or was killed can hold up a deployment. In whole
    /// minutes, from 1 to 2,880, rounded up:
    /// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection-endpoint.html
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "2.00:00:00")]
    public TimeSpan ExpiresAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often it is renewed while there is work, and asked for again where it was refused.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "1.00:00:00")]
    public TimeSpan RenewalInterval { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>
    /// How long it is kept when there is no more work, so that a worker of many short jobs does not call the API for each.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan ReleaseDelay { get; init; } = TimeSpan.FromSeconds(2);
}
