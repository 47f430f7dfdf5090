using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>
/// Lets a test take part in the entry point of an AppHost: whatever the entry point, or anything it calls, builds on the flow of
/// control that <see cref="Use"/> was called on is shown to the interceptor. One interceptor a flow, the innermost.
/// </summary>
internal static class DistributedApplicationInterception
{
    private static readonly AsyncLocal<DistributedApplicationInterceptor?> s_current = new();

    /// <summary>The interceptor of this flow of control; null outside of tests.</summary>
    public static DistributedApplicationInterceptor? Current => s_current.Value;

    /// <summary>Makes an interceptor that of this flow of control, and of the threads it starts, until disposed.</summary>
    public static IDisposable Use(DistributedApplicationInterceptor interceptor)
    {
        var previous = s_current.Value;
        s_current.Value = interceptor;
        return new Restoration(previous);
    }

    private sealed class Restoration(DistributedApplicationInterceptor? previous) : IDisposable
    {
        public void Dispose() => s_current.Value = previous;
    }
}

/// <summary>
/// Called at four points, in this order. What a method throws leaves the builder's constructor, or <c>Build</c>, as it is: a test ends
/// an entry point that it needs no further by throwing from <see cref="Built"/>.
/// </summary>
internal abstract class DistributedApplicationInterceptor
{
    /// <summary>A builder is about to be made: options and settings can be changed, and nothing has read them yet.</summary>
    public virtual void Constructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
    {
    }

    /// <summary>A builder is complete and holds no resource yet.</summary>
    public virtual void Constructed(DistributedApplicationBuilder builder)
    {
    }

    /// <summary>The entry point has called <c>Build</c>: resources and services can still be changed.</summary>
    public virtual void Building(DistributedApplicationBuilder builder)
    {
    }

    /// <summary>The application is built and has not started; the entry point gets it when this returns.</summary>
    public virtual void Built(DistributedApplication application)
    {
    }
}
