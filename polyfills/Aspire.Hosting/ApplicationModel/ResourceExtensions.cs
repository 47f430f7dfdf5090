using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Reads what is known about a resource.</summary>
public static partial class ResourceExtensions
{
    /// <summary>Finds the last annotation of a type.</summary>
    public static bool TryGetLastAnnotation<T>(this IResource resource, [NotNullWhen(true)] out T? annotation) where T : IResourceAnnotation
    {
        annotation = resource.Annotations.OfType<T>().LastOrDefault();
        return annotation is not null;
    }

    /// <summary>Finds the annotations of a type.</summary>
    public static bool TryGetAnnotationsOfType<T>(this IResource resource, [NotNullWhen(true)] out IEnumerable<T>? result)
        where T : IResourceAnnotation
    {
        var found = resource.Annotations.OfType<T>().ToArray();
        result = found.Length > 0 ? found : null;
        return result is not null;
    }

    /// <summary>Whether there is an annotation of a type.</summary>
    public static bool HasAnnotationOfType<T>(this IResource resource) where T : IResourceAnnotation => resource.Annotations.OfType<T>().Any();

    /// <summary>Finds the annotations of a type, also on the resources that this one belongs to.</summary>
    public static bool TryGetAnnotationsIncludingAncestorsOfType<T>(this IResource resource, [NotNullWhen(true)] out IEnumerable<T>? result)
        where T : IResourceAnnotation
    {
        var found = resource.SelfAndAncestors().SelectMany(candidate => candidate.Annotations.OfType<T>()).ToArray();
        result = found.Length > 0 ? found : null;
        return result is not null;
    }

    /// <summary>Whether there is an annotation of a type, also on the resources that this one belongs to.</summary>
    public static bool HasAnnotationIncludingAncestorsOfType<T>(this IResource resource) where T : IResourceAnnotation =>
        resource.SelfAndAncestors().Any(HasAnnotationOfType<T>);

    /// <summary>Finds what sets environment variables.</summary>
    public static bool TryGetEnvironmentVariables(
        this IResource resource, [NotNullWhen(true)] out IEnumerable<EnvironmentCallbackAnnotation>? environmentVariables) =>
        resource.TryGetAnnotationsOfType(out environmentVariables);

    /// <summary>Finds the mounts.</summary>
    public static bool TryGetContainerMounts(this IResource resource, [NotNullWhen(true)] out IEnumerable<ContainerMountAnnotation>? volumeMounts) =>
        resource.TryGetAnnotationsOfType(out volumeMounts);

    /// <summary>Finds the endpoints.</summary>
    public static bool TryGetEndpoints(this IResource resource, [NotNullWhen(true)] out IEnumerable<EndpointAnnotation>? endpoints) =>
        resource.TryGetAnnotationsOfType(out endpoints);

    /// <summary>Finds the addresses to show.</summary>
    public static bool TryGetUrls(this IResource resource, [NotNullWhen(true)] out IEnumerable<ResourceUrlAnnotation>? urls) =>
        resource.TryGetAnnotationsOfType(out urls);

    /// <summary>The environment variables, resolved.</summary>
    [Obsolete($"Use {nameof(ExecutionConfigurationBuilder)} instead.")]
    public static async ValueTask<Dictionary<string, string>> GetEnvironmentVariableValuesAsync(
        this IResourceWithEnvironment resource, DistributedApplicationOperation applicationOperation = DistributedApplicationOperation.Run)
    {
        var configuration = await ExecutionConfigurationBuilder.Create(resource).WithEnvironmentVariablesConfig()
            .BuildAsync(new(applicationOperation), NullLogger.Instance);
        return configuration.EnvironmentVariables.ToDictionary();
    }

    /// <summary>The arguments, resolved.</summary>
    [Obsolete($"Use {nameof(ExecutionConfigurationBuilder)} instead.")]
    public static async ValueTask<string[]> GetArgumentValuesAsync(
        this IResourceWithArgs resource, DistributedApplicationOperation applicationOperation = DistributedApplicationOperation.Run)
    {
        var configuration = await ExecutionConfigurationBuilder.Create(resource).WithArgumentsConfig()
            .BuildAsync(new(applicationOperation), NullLogger.Instance);
        return [.. configuration.Arguments.Select(argument => argument.Value)];
    }

    /// <summary>How many processes the resource has: one where the model says nothing.</summary>
    public static int GetReplicaCount(this IResource resource) =>
        resource.TryGetLastAnnotation<ReplicaAnnotation>(out var replicas) ? replicas.Replicas : 1;

    /// <summary>Resolves a value as this resource sees it: in run mode to text, in publish mode to its expression.</summary>
    internal static async ValueTask<ResolvedValue> ResolveValueAsync(
        this IResource resource, DistributedApplicationExecutionContext executionContext, object? value, CancellationToken cancellationToken)
    {
        var source = value is IResourceBuilder<IResource> { Resource: IExpressionValue wrapped } ? wrapped : value;
        return source switch
        {
            string text => new(text, IsSensitive: false),
            IValueProvider provider when executionContext.IsRunMode => await ValueResolver.ResolveAsync(
                provider, new() { ExecutionContext = executionContext, Caller = resource }, cancellationToken),
            IManifestExpressionProvider provider when executionContext.IsPublishMode => new(provider.ValueExpression, IsSensitive: false),
            IFormattable number => new(number.ToString(null, CultureInfo.InvariantCulture), IsSensitive: false),
            _ => new(source?.ToString(), IsSensitive: false),
        };
    }

    /// <summary>The network that the resource sees others in.</summary>
    internal static NetworkIdentifier GetDefaultNetwork(this IResource resource) =>
        resource.IsContainer() ? KnownNetworkIdentifiers.DefaultAspireContainerNetwork : KnownNetworkIdentifiers.LocalhostNetwork;

    private static IEnumerable<IResource> SelfAndAncestors(this IResource resource)
    {
        yield return resource;
        while (resource is IResourceWithParent { Parent: var parent })
        {
            yield return resource = parent;
        }
    }
}
