using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Run.Endpoints;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Run;

/// <summary>An argument as the instance gets it.</summary>
internal sealed record ResourceArgument(string Value, bool IsSensitive);

/// <summary>The arguments and environment variables of one instance, with every reference resolved.</summary>
/// <param name="Arguments">The arguments, in order.</param>
/// <param name="Environment">The variables that the model sets.</param>
/// <param name="SensitiveVariables">The names of those that hold a secret.</param>
internal sealed record ResourceConfiguration(
    ImmutableArray<ResourceArgument> Arguments,
    ImmutableDictionary<string, string> Environment,
    ImmutableHashSet<string> SensitiveVariables)
{
    private const string OtlpHeaders = "OTEL_EXPORTER_OTLP_HEADERS";
    private const string OtelResourceAttributes = "OTEL_RESOURCE_ATTRIBUTES";

    /// <summary>Asks the model, which may have to wait for values.</summary>
    /// <exception cref="ResourceStartException">A value cannot be had.</exception>
    public static async Task<ResourceConfiguration> GatherAsync(
        ResourceInstance instance, DistributedApplicationExecutionContext context, ILogger logger, CancellationToken cancellationToken)
    {
        var resource = instance.Resource;
        var result = await ExecutionConfigurationBuilder.Create(resource)
            .WithEnvironmentVariablesConfig()
            .WithArgumentsConfig()
            .BuildAsync(context, logger, cancellationToken).ConfigureAwait(false);
        if (result.Exception is { } exception)
        {
            var problems = exception is AggregateException several ? several.InnerExceptions.Select(inner => inner.Message) : [exception.Message];
            throw new ResourceStartException(string.Join(" ", problems.Distinct()), exception);
        }

        var environment = ImmutableDictionary.CreateBuilder<string, string>();
        var sensitive = ImmutableHashSet.CreateBuilder<string>();
        foreach (var (name, (unprocessed, processed)) in result.EnvironmentVariablesWithUnprocessed)
        {
            environment[name] = instance.ReplacePorts(processed);
            var value = await resource.ResolveValueAsync(context, unprocessed, cancellationToken).ConfigureAwait(false);
            if (value.IsSensitive || name == OtlpHeaders)
            {
                sensitive.Add(name);
            }
        }

        if (resource.HasAnnotationOfType<OtlpExporterAnnotation>())
        {
            var identity = $"service.instance.id={instance.TelemetryInstanceId}";
            environment[OtelResourceAttributes] = environment.TryGetValue(OtelResourceAttributes, out var own) ? $"{own},{identity}" : identity;
        }

        return new ResourceConfiguration(
            [.. result.Arguments.Select(argument => new ResourceArgument(instance.ReplacePorts(argument.Value), argument.IsSensitive))],
            environment.ToImmutable(),
            sensitive.ToImmutable());
    }
}
