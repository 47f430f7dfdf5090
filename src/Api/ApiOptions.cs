using System.ComponentModel.DataAnnotations;
using Api.Uploads;

namespace Api;

/// <summary>The configuration section <c>Api</c>.</summary>
internal sealed record ApiOptions
{
    public const string Section = "Api";

    /// <summary>What <c>X-Api-Key</c> has to hold. Outside Development the service does not start without it.</summary>
    public string? Key { get; init; }

    /// <summary>Asks nobody for a key: whoever reaches the service may read, write and delete.</summary>
    public bool AllowAnonymous { get; init; }

    /// <summary>Serves the OpenAPI document and Scalar outside Development too, to anybody.</summary>
    public bool ShowDescription { get; init; }

    /// <summary>The largest file that is taken, in bytes. S3 takes 10,000 parts.</summary>
    [Range(1, 10_000L * UploadMemory.PartSize)]
    public long MaxUploadSize { get; init; } = 2L << 30;

    /// <summary>How long a sender may take for one part of 8 MiB, or for a file that is smaller.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan PartTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long what stands before the service waits for an answer: 60 seconds in a load balancer of Hosting.Fargate. No answer takes
    /// longer once the request is there, least of all one that was asked to wait.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:15", "01:00:00")]
    public TimeSpan ProxyTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The longest that a request for a profile waits, whatever it asks for. Ten seconds less than the proxy does, or shorter.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromSeconds(50);

    /// <summary>
    /// After how long without a word a process of this service counts as gone, and others send the jobs that it may have left.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan SenderTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How many requests a caller may make in a second, on average; twice as many at once.</summary>
    [Range(1, 1_000_000)]
    public int RequestsPerSecond { get; init; } = 500;

    /// <summary>How many requests are in hand at a time, those that wait or send slowly among them.</summary>
    [Range(1, 100_000)]
    public int RequestsAtOnce { get; init; } = 1000;

    /// <summary>
    /// How long anything but an upload or a download may take: an answer that comes later than the proxy's limit reaches nobody.
    /// </summary>
    public TimeSpan AnswerTimeout => ProxyTimeout * 11 / 12;

    /// <summary>
    /// How long a call of S3 or SQS may take with all its tries, 40 s by default. With a clean-up it is below <see cref="AnswerTimeout"/>.
    /// </summary>
    public TimeSpan CallTimeout => ProxyTimeout * 2 / 3;

    /// <summary>How long it may take to leave nothing behind of what failed.</summary>
    public TimeSpan CleanUpTimeout => ProxyTimeout / 6;
}
