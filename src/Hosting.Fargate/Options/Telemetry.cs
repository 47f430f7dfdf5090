namespace Hosting.Fargate;

/// <summary>The way from a task to CloudWatch for traces and metrics. Logs go by what containers print, whichever it is.</summary>
public enum Telemetry
{
    /// <summary>
    /// The CloudWatch agent beside the application, which sends OTLP to it on localhost: what AWS recommends. Not essential and started
    /// again: telemetry does not take the application down.
    /// </summary>
    CloudWatchAgent,

    /// <summary>The AWS distribution of the OpenTelemetry collector beside the application.</summary>
    Collector,

    /// <summary>
    /// No sidecar: the process sends OTLP over HTTPS to CloudWatch itself, signed. ServiceDefaults does; other services must.
    /// </summary>
    Direct,

    /// <summary>Console logs alone.</summary>
    None,
}

/// <summary>How much CloudWatch Container Insights measures. It is billed.</summary>
public enum ContainerInsights
{
    /// <summary>Cluster and service: enough for scaling by backlog.</summary>
    Enabled,

    /// <summary>Each task and container too.</summary>
    Enhanced,
}

/// <summary>The processor that an image is for.</summary>
public enum Architecture
{
    /// <summary>x86-64.</summary>
    X64,

    /// <summary>64-bit Arm: about a fifth cheaper on Fargate.</summary>
    Arm64,
}
