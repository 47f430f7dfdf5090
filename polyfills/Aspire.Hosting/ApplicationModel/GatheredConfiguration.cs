using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a resource is started with, before it is resolved.</summary>
internal sealed class GatheredConfiguration : IExecutionConfigurationGathererContext
{
    private readonly HashSet<IExecutionConfigurationData> _additionalData = [];

    public List<object> Arguments { get; } = [];

    public Dictionary<string, object> EnvironmentVariables { get; } = [];

    public void AddAdditionalData(IExecutionConfigurationData metadata) => _additionalData.Add(metadata);

    /// <summary>Resolves everything that can be; what has no value is left out, what fails is left out and reported.</summary>
    public async Task<IExecutionConfigurationResult> ResolveAsync(
        IResource resource, ILogger logger, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
    {
        var references = new HashSet<object>();
        var failures = new List<Exception>();
        var arguments = new List<(object, string, bool)>();
        foreach (var argument in Arguments)
        {
            if (await ResolveOrReportAsync(argument, "an argument") is { Value: { } value, IsSensitive: var isSensitive })
            {
                arguments.Add((argument, value, isSensitive));
            }
        }

        var variables = new Dictionary<string, (object, string)>();
        foreach (var (name, variable) in EnvironmentVariables)
        {
            if (await ResolveOrReportAsync(variable, $"environment variable '{name}'") is { Value: { } value })
            {
                variables[name] = (variable, value);
            }
        }

        return new ResolvedConfiguration(
            references,
            variables,
            arguments,
            _additionalData,
            failures.Count == 0 ? null : new AggregateException("One or more errors occurred while resolving resource configuration.", failures));

        async Task<ResolvedValue?> ResolveOrReportAsync(object unresolved, string what)
        {
            try
            {
                var resolved = await resource.ResolveValueAsync(executionContext, unresolved, cancellationToken);
                if (resolved.Value is not null && unresolved is IValueProvider or IManifestExpressionProvider)
                {
                    references.Add(unresolved);
                }

                return resolved;
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                logger.LogError("Cannot resolve {What} of '{Resource}': {Problem}", what, resource.Name, exception.Message);
                failures.Add(exception);
                return null;
            }
        }
    }

    private sealed record ResolvedConfiguration(
        IEnumerable<object> References,
        IEnumerable<KeyValuePair<string, (object Unprocessed, string Processed)>> EnvironmentVariablesWithUnprocessed,
        IEnumerable<(object Unprocessed, string Processed, bool IsSensitive)> ArgumentsWithUnprocessed,
        IEnumerable<IExecutionConfigurationData> AdditionalConfigurationData,
        Exception? Exception) : IExecutionConfigurationResult
    {
        public IEnumerable<KeyValuePair<string, string>> EnvironmentVariables =>
            EnvironmentVariablesWithUnprocessed.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Processed));

        public IEnumerable<(string Value, bool IsSensitive)> Arguments =>
            ArgumentsWithUnprocessed.Select(argument => (argument.Processed, argument.IsSensitive));
    }
}
