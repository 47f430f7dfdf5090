using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>What the command line says of a pipeline (configuration section Pipeline).</summary>
[Experimental("ASPIREPIPELINES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public class PipelineOptions
{
    /// <summary>Where to write.</summary>
    public string? OutputPath { get; set; }

    /// <summary>The lowest level to log.</summary>
    public string? LogLevel { get; set; }

    /// <summary>The step to execute.</summary>
    public string? Step { get; set; }

    /// <summary>Whether to forget the state of earlier deployments.</summary>
    public bool ClearCache { get; set; }

    /// <summary>Whether questions are answered with yes.</summary>
    public bool SkipConfirmation { get; set; }
}
