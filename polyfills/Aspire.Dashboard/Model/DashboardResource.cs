using System.Collections.Immutable;

namespace Aspire.Dashboard.Model;

/// <summary>A resource as it is at one moment.</summary>
public sealed record DashboardResource
{
    /// <summary>The name of this instance, unique in the application: <c>worker</c>, or <c>worker-2</c> where there are replicas.</summary>
    public required string Name { get; init; }

    /// <summary>The resource's name in the model, the same for all its replicas.</summary>
    public required string DisplayName { get; init; }

    /// <summary><c>Project</c>, <c>Container</c>, <c>Executable</c>, <c>Parameter</c> or a type's own word.</summary>
    public required string Type { get; init; }

    /// <summary>The instance id that its telemetry carries as <c>service.instance.id</c>, where it sends any.</summary>
    public string? TelemetryInstanceId { get; init; }

    /// <summary><c>Starting</c>, <c>Running</c>, <c>Waiting</c>, <c>Finished</c>, <c>Exited</c>, <c>FailedToStart</c> … or nothing yet.</summary>
    public string? State { get; init; }

    /// <summary>How the state is to be shown: <c>success</c>, <c>info</c>, <c>warn</c>, <c>error</c>.</summary>
    public string? StateStyle { get; init; }

    /// <summary>The process's exit code, once it has ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary><c>Healthy</c>, <c>Degraded</c>, <c>Unhealthy</c>; nothing while the resource is not running.</summary>
    public string? Health { get; init; }

    /// <summary>When the resource was created, started and stopped.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <inheritdoc cref="Created"/>
    public DateTimeOffset? Started { get; init; }

    /// <inheritdoc cref="Created"/>
    public DateTimeOffset? Stopped { get; init; }

    /// <summary>Where it comes from in a line: the project's file, the image, the command.</summary>
    public string? Source { get; init; }

    /// <summary>Whether the model asks not to show it.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Addresses, in the order to show them.</summary>
    public ImmutableArray<DashboardUrl> Urls { get; init; } = [];

    /// <summary>Environment variables as the process got them.</summary>
    public ImmutableArray<DashboardProperty> Environment { get; init; } = [];

    /// <summary>Everything else there is to know: path, arguments, process id, image …</summary>
    public ImmutableArray<DashboardProperty> Properties { get; init; } = [];

    /// <summary>Each health check's last report.</summary>
    public ImmutableArray<DashboardHealthReport> HealthReports { get; init; } = [];

    /// <summary>The commands that the resource offers now.</summary>
    public ImmutableArray<DashboardCommand> Commands { get; init; } = [];

    /// <summary>Who it refers to, waits for or belongs to.</summary>
    public ImmutableArray<DashboardRelationship> Relationships { get; init; } = [];

    /// <summary>Volumes and bind mounts.</summary>
    public ImmutableArray<DashboardVolume> Volumes { get; init; } = [];
}

/// <summary>An address of a resource.</summary>
public sealed record DashboardUrl(string Url, string? DisplayText, string? EndpointName, bool IsInternal);

/// <summary>A name and its value; a sensitive one is masked until somebody asks to see it.</summary>
/// <param name="Name">Its name, as the host knows it.</param>
/// <param name="Value">Its value as text.</param>
/// <param name="IsSensitive">Whether it is a secret.</param>
/// <param name="DisplayName">What a person calls it, where that differs.</param>
public sealed record DashboardProperty(string Name, string? Value, bool IsSensitive = false, string? DisplayName = null);

/// <summary>What a health check said last.</summary>
public sealed record DashboardHealthReport(string Name, string? Status, string? Description, string? ExceptionText);

/// <summary>Something a person may ask of a resource.</summary>
public sealed record DashboardCommand(
    string Name, string DisplayName, string? Description, string? ConfirmationMessage, bool IsEnabled, bool IsHighlighted, string? IconName);

/// <summary>A line from one resource to another: <c>Reference</c>, <c>WaitFor</c>, <c>Parent</c> or a word of the model's own.</summary>
public sealed record DashboardRelationship(string ResourceName, string Type);

/// <summary>A volume or bind mount of a container.</summary>
public sealed record DashboardVolume(string? Source, string Target, string MountType, bool IsReadOnly);
