namespace Aspire.Hosting.ApplicationModel;

/// <summary>The states that mean something to the host.</summary>
public static class KnownResourceStates
{
    /// <summary>Not shown.</summary>
    [Obsolete("Use CustomResourceSnapshot.IsHidden instead.")]
    public static readonly string Hidden = nameof(Hidden);

    /// <summary>It is about to run.</summary>
    public static readonly string Starting = nameof(Starting);

    /// <summary>It runs.</summary>
    public static readonly string Running = nameof(Running);

    /// <summary>It could not be started.</summary>
    public static readonly string FailedToStart = nameof(FailedToStart);

    /// <summary>The container runtime does not answer.</summary>
    public static readonly string RuntimeUnhealthy = nameof(RuntimeUnhealthy);

    /// <summary>It is about to end.</summary>
    public static readonly string Stopping = nameof(Stopping);

    /// <summary>It has ended, for a reason or another.</summary>
    public static readonly string Exited = nameof(Exited);

    /// <summary>It has done what it was for.</summary>
    public static readonly string Finished = nameof(Finished);

    /// <summary>It waits for others.</summary>
    public static readonly string Waiting = nameof(Waiting);

    /// <summary>Nobody has asked for it yet.</summary>
    public static readonly string NotStarted = nameof(NotStarted);

    /// <summary>It is being built.</summary>
    public static readonly string Building = nameof(Building);

    /// <summary>Its value is missing.</summary>
    public static readonly string ValueMissing = nameof(ValueMissing);

    /// <summary>It is in use, without running itself.</summary>
    public static readonly string Active = nameof(Active);

    /// <summary>The states that it does not leave by itself.</summary>
    public static readonly IReadOnlyList<string> TerminalStates = [Finished, FailedToStart, Exited];

    /// <summary>The states that it can be built again in.</summary>
    public static readonly IReadOnlyList<string> BuildableStates = [Running, Waiting, Finished, FailedToStart, Exited];
}

/// <summary>How states are shown.</summary>
public static class KnownResourceStateStyles
{
    /// <summary>All is well.</summary>
    public static readonly string Success = "success";

    /// <summary>Something failed.</summary>
    public static readonly string Error = "error";

    /// <summary>For information.</summary>
    public static readonly string Info = "info";

    /// <summary>Something is not as it should be.</summary>
    public static readonly string Warn = "warning";
}

/// <summary>The commands that every resource with a life has.</summary>
public static class KnownResourceCommands
{
    /// <summary>Starts it.</summary>
    public static readonly string StartCommand = "start";

    /// <summary>Stops it.</summary>
    public static readonly string StopCommand = "stop";

    /// <summary>Stops and starts it.</summary>
    public static readonly string RestartCommand = "restart";

    /// <summary>Builds it again.</summary>
    public static readonly string RebuildCommand = "rebuild";
}

/// <summary>The properties that snapshots of custom resources may have.</summary>
public static class CustomResourceKnownProperties
{
    /// <summary>Where it comes from.</summary>
    public static string Source { get; } = "resource.source";

    /// <summary>Its connection string.</summary>
    public static string ConnectionString { get; } = "resource.connectionString";
}

/// <summary>The types that resources are shown as.</summary>
internal static class KnownResourceTypes
{
    public const string Executable = nameof(Executable);
    public const string Project = nameof(Project);
    public const string Container = nameof(Container);
    public const string Parameter = nameof(Parameter);
    public const string ConnectionString = nameof(ConnectionString);
    public const string ExternalService = nameof(ExternalService);

    public static string Of(IResource resource) => resource switch
    {
        ProjectResource => Project,
        ContainerResource => Container,
        ExecutableResource => Executable,
        ParameterResource => Parameter,
        ConnectionStringResource => ConnectionString,
        ExternalServiceResource => ExternalService,
        _ => resource.GetType().Name,
    };
}
