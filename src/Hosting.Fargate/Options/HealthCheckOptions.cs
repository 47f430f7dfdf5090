using Aspire.Hosting;

namespace Hosting.Fargate;

/// <summary>
/// How the load balancer asks whether a task works. What is not set comes from the model's health check or probe, or is as said here.
/// </summary>
[AspireExport(ExposeProperties = true, ExposeMethods = true)]
public sealed class HealthCheckOptions
{
    /// <summary>The path to ask for: the model's health check or probe; else <c>/</c>.</summary>
    public string? Path { get; set; }

    /// <summary>The answers that count, such as <c>200</c> or <c>200-399</c>: the model's; 200-499 where the model has no check.</summary>
    public string? SuccessCodes { get; set; }

    /// <summary>How often: whole seconds, 5 to 300.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer may take: whole seconds, 2 to 120, below <see cref="Interval"/>.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many answers in a row make a task healthy, 2 to 10.</summary>
    public int HealthyThreshold { get; set; } = 2;

    /// <summary>How many failures in a row make a task unhealthy, 2 to 10.</summary>
    public int UnhealthyThreshold { get; set; } = 3;

    /// <summary>How long after its start a task's failures do not count, so that a slow start is no failure: whole seconds.</summary>
    public TimeSpan GracePeriod { get; set; } = TimeSpan.FromSeconds(60);
}

/// <summary>A command in the container that says whether it works. Images without a shell or curl need a program of their own.</summary>
/// <param name="Command">The command: <c>["CMD", program, argument, …]</c> or <c>["CMD-SHELL", line]</c>.</param>
public sealed record ContainerHealthCheck(params string[] Command)
{
    /// <summary>How often: whole seconds, 5 to 300.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long it may take: whole seconds, 2 to 60.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many failures in a row count, 1 to 10.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>How long after the start failures do not count: whole seconds, up to 300.</summary>
    public TimeSpan StartPeriod { get; init; } = TimeSpan.FromSeconds(10);
}
