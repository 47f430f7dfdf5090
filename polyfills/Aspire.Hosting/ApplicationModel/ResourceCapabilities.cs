using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>A resource that takes command-line arguments.</summary>
    public interface IResourceWithArgs : IResource;

    /// <summary>A resource that takes environment variables.</summary>
    public interface IResourceWithEnvironment : IResource;

    /// <summary>A resource that listens on endpoints.</summary>
    public interface IResourceWithEndpoints : IResource;

    /// <summary>A resource whose start can wait for others.</summary>
    public interface IResourceWithWaitSupport : IResource;

    /// <summary>A resource that has no life of its own: nothing waits for it to run.</summary>
    public interface IResourceWithoutLifetime : IResource;

    /// <summary>A resource that health probes can be given to.</summary>
    [Experimental("ASPIREPROBES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
    public interface IResourceWithProbes : IResource;

    /// <summary>A resource that runs as processes and can be deployed to a compute environment.</summary>
    public interface IComputeResource : IResource;

    /// <summary>A resource whose image can take files from other resources.</summary>
    public interface IContainerFilesDestinationResource : IResource;

    /// <summary>A resource that has parameters of its own, by name.</summary>
    public interface IResourceWithParameters : IResource
    {
        /// <summary>The parameters: plain values, value providers or resource builders.</summary>
        IDictionary<string, object?> Parameters { get; }
    }

    /// <summary>A resource that belongs to another.</summary>
    public interface IResourceWithParent : IResource
    {
        /// <summary>The resource that this one belongs to.</summary>
        IResource Parent { get; }
    }

    /// <summary>A resource that belongs to one of type <typeparamref name="T"/>.</summary>
    public interface IResourceWithParent<out T> : IResourceWithParent where T : IResource
    {
        /// <summary>The resource that this one belongs to.</summary>
        new T Parent { get; }

        IResource IResourceWithParent.Parent => Parent;
    }
}

namespace Aspire.Hosting
{
    /// <summary>A resource that others find by its name: a reference to it injects its endpoints for service discovery.</summary>
    public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;

    /// <summary>A resource whose image holds files that others can take.</summary>
    public interface IResourceWithContainerFiles : IResource;
}
