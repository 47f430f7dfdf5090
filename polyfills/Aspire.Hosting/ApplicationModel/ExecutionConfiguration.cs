using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Gathers what a resource is started with.</summary>
public interface IExecutionConfigurationBuilder
{
    /// <summary>Adds a gatherer.</summary>
    IExecutionConfigurationBuilder AddExecutionConfigurationGatherer(IExecutionConfigurationGatherer gatherer);

    /// <summary>Gathers and resolves. What cannot be resolved is in the result's exception.</summary>
    Task<IExecutionConfigurationResult> BuildAsync(
        DistributedApplicationExecutionContext executionContext, ILogger? resourceLogger = null, CancellationToken cancellationToken = default);
}

/// <summary>Gathers a part of what a resource is started with.</summary>
public interface IExecutionConfigurationGatherer
{
    /// <summary>Adds to what is in the context.</summary>
    ValueTask GatherAsync(
        IExecutionConfigurationGathererContext context,
        IResource resource,
        ILogger resourceLogger,
        DistributedApplicationExecutionContext executionContext,
        CancellationToken cancellationToken = default);
}

/// <summary>Takes what a resource is started with.</summary>
public interface IExecutionConfigurationGathererContext
{
    /// <summary>The arguments so far, unresolved.</summary>
    List<object> Arguments { get; }

    /// <summary>The environment variables so far, unresolved.</summary>
    Dictionary<string, object> EnvironmentVariables { get; }

    /// <summary>Adds something else.</summary>
    void AddAdditionalData(IExecutionConfigurationData metadata);
}

/// <summary>Something else that a resource is started with.</summary>
public interface IExecutionConfigurationData;

/// <summary>What a resource is started with.</summary>
public interface IExecutionConfigurationResult
{
    /// <summary>The values that went into it.</summary>
    IEnumerable<object> References { get; }

    /// <summary>The environment variables, before and after they were resolved.</summary>
    IEnumerable<KeyValuePair<string, (object Unprocessed, string Processed)>> EnvironmentVariablesWithUnprocessed { get; }

    /// <summary>The environment variables.</summary>
    IEnumerable<KeyValuePair<string, string>> EnvironmentVariables { get; }

    /// <summary>The arguments, before and after they were resolved.</summary>
    IEnumerable<(object Unprocessed, string Processed, bool IsSensitive)> ArgumentsWithUnprocessed { get; }

    /// <summary>The arguments.</summary>
    IEnumerable<(string Value, bool IsSensitive)> Arguments { get; }

    /// <summary>What else there is.</summary>
    IEnumerable<IExecutionConfigurationData> AdditionalConfigurationData { get; }

    /// <summary>What could not be resolved.</summary>
    Exception? Exception { get; }
}

/// <summary>Reads what a resource is started with.</summary>
public static class ExecutionConfigurationResultExtensions
{
    /// <summary>Finds something else by its type.</summary>
    public static bool TryGetAdditionalData<T>(this IExecutionConfigurationResult configuration, [NotNullWhen(true)] out T? additionalData)
        where T : IExecutionConfigurationData
    {
        additionalData = configuration.AdditionalConfigurationData.OfType<T>().FirstOrDefault();
        return additionalData is not null;
    }
}
