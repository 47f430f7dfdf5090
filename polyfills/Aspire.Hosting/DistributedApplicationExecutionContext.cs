using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting;

/// <summary>What an AppHost was started for.</summary>
public enum DistributedApplicationOperation
{
    /// <summary>To run the application here.</summary>
    Run,

    /// <summary>To publish or deploy it.</summary>
    Publish,
}

/// <summary>What an AppHost was started for, and its services.</summary>
public class DistributedApplicationExecutionContext
{
    private readonly DistributedApplicationExecutionContextOptions? _options;

    /// <summary>Creates a context without services.</summary>
    public DistributedApplicationExecutionContext(DistributedApplicationOperation operation) : this(operation, "manifest")
    {
    }

    /// <summary>Creates a context without services.</summary>
    public DistributedApplicationExecutionContext(DistributedApplicationOperation operation, string publisherName)
    {
        Operation = operation;
        PublisherName = publisherName;
    }

    /// <summary>Creates a context whose services come when they are built.</summary>
    public DistributedApplicationExecutionContext(DistributedApplicationExecutionContextOptions options)
        : this(options.Operation, options.PublisherName ?? "manifest") => _options = options;

    /// <summary>The name of the publisher.</summary>
    public string PublisherName { get; set; }

    /// <summary>What the AppHost was started for.</summary>
    public DistributedApplicationOperation Operation { get; }

    /// <summary>Whether to publish or deploy.</summary>
    public bool IsPublishMode => Operation == DistributedApplicationOperation.Publish;

    /// <summary>Whether to run here.</summary>
    public bool IsRunMode => Operation == DistributedApplicationOperation.Run;

    /// <summary>The application's services.</summary>
    [Obsolete("Use Services instead.")]
    public IServiceProvider ServiceProvider => Services;

    /// <summary>The application's services.</summary>
    /// <exception cref="InvalidOperationException">They have not been built, or the context is without.</exception>
    public IServiceProvider Services => _options is null
        ? throw new InvalidOperationException(
            "IServiceProvider is not available because execution context was not constructed with DistributedApplicationExecutionContextOptions.")
        : _options.Services ?? throw new InvalidOperationException("IServiceProvider is not available because the container has not yet been built.");
}

/// <summary>What an execution context is made of.</summary>
public class DistributedApplicationExecutionContextOptions
{
    /// <summary>Creates options.</summary>
    public DistributedApplicationExecutionContextOptions(DistributedApplicationOperation operation) => Operation = operation;

    /// <summary>Creates options.</summary>
    public DistributedApplicationExecutionContextOptions(DistributedApplicationOperation operation, string publisherName) : this(operation) =>
        PublisherName = publisherName;

    /// <summary>What the AppHost was started for.</summary>
    public DistributedApplicationOperation Operation { get; }

    /// <summary>The name of the publisher.</summary>
    public string? PublisherName { get; }

    /// <summary>The application's services, once built.</summary>
    [Obsolete("Use Services instead.")]
    public IServiceProvider? ServiceProvider
    {
        get => Services;
        set => Services = value;
    }

    /// <summary>The application's services, once built.</summary>
    public IServiceProvider? Services { get; set; }
}
