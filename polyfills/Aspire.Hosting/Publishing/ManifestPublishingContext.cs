using System.Text.Json;

namespace Aspire.Hosting.Publishing;

/// <summary>Where a manifest is written.</summary>
public sealed class ManifestPublishingContext(
    DistributedApplicationExecutionContext executionContext,
    string manifestPath,
    Utf8JsonWriter writer,
    CancellationToken cancellationToken = default)
{
    /// <summary>Whether the application runs or is published.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;

    /// <summary>The manifest's path.</summary>
    public string ManifestPath { get; } = manifestPath;

    /// <summary>Takes what is written.</summary>
    public Utf8JsonWriter Writer { get; } = writer;

    /// <summary>Cancels writing.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;
}
