namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a resource waits for.</summary>
public enum WaitType
{
    /// <summary>The other runs and is healthy.</summary>
    WaitUntilHealthy,

    /// <summary>The other has ended.</summary>
    WaitForCompletion,

    /// <summary>The other runs.</summary>
    WaitUntilStarted,
}

/// <summary>What happens when the resource that is waited for fails.</summary>
public enum WaitBehavior
{
    /// <summary>The wait goes on.</summary>
    WaitOnResourceUnavailable,

    /// <summary>The wait ends, and the start with it.</summary>
    StopOnResourceUnavailable,
}

/// <summary>Makes a resource wait for another.</summary>
public sealed class WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0) : IResourceAnnotation
{
    /// <summary>The other.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>What of it is waited for.</summary>
    public WaitType WaitType { get; } = waitType;

    /// <summary>What happens when it fails; as the options say where null.</summary>
    public WaitBehavior? WaitBehavior { get; init; }

    /// <summary>The exit code that it must end with.</summary>
    public int ExitCode { get; } = exitCode;
}
