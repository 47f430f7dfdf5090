using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a probe tells.</summary>
[Experimental("ASPIREPROBES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public enum ProbeType
{
    /// <summary>Whether it has started.</summary>
    Startup,

    /// <summary>Whether it takes requests.</summary>
    Readiness,

    /// <summary>Whether it must be started again.</summary>
    Liveness,
}

/// <summary>A probe of a resource.</summary>
[Experimental("ASPIREPROBES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public abstract class ProbeAnnotation : IResourceAnnotation
{
    /// <summary>What it tells.</summary>
    public required ProbeType Type { get; init; }

    /// <summary>Seconds before the first probe.</summary>
    public int InitialDelaySeconds { get; init; }

    /// <summary>Seconds between probes.</summary>
    public int PeriodSeconds { get; init; }

    /// <summary>Seconds that a probe may take.</summary>
    public int TimeoutSeconds { get; set; }

    /// <summary>Failures in a row that count as one.</summary>
    public int FailureThreshold { get; init; }

    /// <summary>Successes in a row that count as one.</summary>
    public int SuccessThreshold { get; init; }
}

/// <summary>A probe by an HTTP request.</summary>
[Experimental("ASPIREPROBES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public sealed class EndpointProbeAnnotation : ProbeAnnotation
{
    /// <summary>The endpoint that is asked.</summary>
    public required EndpointReference EndpointReference { get; init; }

    /// <summary>The path that is asked for.</summary>
    public required string Path { get; init; }
}
