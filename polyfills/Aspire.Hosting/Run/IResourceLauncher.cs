using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Run.Logs;

namespace Aspire.Hosting.Run;

/// <summary>Starts one kind of resource.</summary>
internal interface IResourceLauncher
{
    /// <summary>The state of an instance that ended by itself.</summary>
    string EndedState { get; }

    /// <summary>Starts an instance. It runs when this returns.</summary>
    /// <exception cref="ResourceStartException">It cannot start.</exception>
    Task<IRunningResource> LaunchAsync(ResourceInstance instance, ResourceConfiguration configuration, ResourceLog log, CancellationToken cancellationToken);
}

/// <summary>An instance of a resource that runs, or has run.</summary>
internal interface IRunningResource : IAsyncDisposable
{
    /// <summary>Ends with the exit code when the instance ends, by itself or not. Never faults.</summary>
    Task<int> Completion { get; }

    /// <summary>What there is to know of it: process id, container id …</summary>
    ImmutableArray<ResourcePropertySnapshot> Properties { get; }

    /// <summary>Asks it to end, and ends it when its grace is over or <paramref name="killNow"/> says so.</summary>
    Task StopAsync(TimeSpan grace, CancellationToken killNow);
}
