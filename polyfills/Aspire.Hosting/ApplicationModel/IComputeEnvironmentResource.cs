using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A place that compute resources are deployed to.</summary>
public interface IComputeEnvironmentResource : IResource
{
    /// <summary>The host that an endpoint has there.</summary>
    /// <exception cref="NotImplementedException">The environment does not say.</exception>
    [Experimental("ASPIRECOMPUTE002", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
    ReferenceExpression GetHostAddressExpression(EndpointReference endpointReference) => throw new NotImplementedException();

    /// <summary>A part of the address that an endpoint has there.</summary>
    [Experimental("ASPIRECOMPUTE002", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
    ReferenceExpression GetEndpointPropertyExpression(EndpointReferenceExpression endpointReferenceExpression)
    {
        ArgumentNullException.ThrowIfNull(endpointReferenceExpression);
        var reference = endpointReferenceExpression.Endpoint;
        var endpoint = reference.EndpointAnnotation;
        var scheme = endpoint.UriScheme;
        int? schemePort = scheme.ToLowerInvariant() switch { "http" => 80, "https" => 443, _ => null };
        var port = endpoint.Port ?? schemePort
            ?? throw new InvalidOperationException($"Endpoint '{endpoint.Name}' must specify a port for scheme '{scheme}'.");
        var portText = port.ToString(CultureInfo.InvariantCulture);

        return endpointReferenceExpression.Property switch
        {
            EndpointProperty.Url when port == schemePort => ReferenceExpression.Create($"{scheme}://{GetHostAddressExpression(reference)}"),
            EndpointProperty.Url => ReferenceExpression.Create($"{scheme}://{GetHostAddressExpression(reference)}:{portText}"),
            EndpointProperty.Host or EndpointProperty.IPV4Host => GetHostAddressExpression(reference),
            EndpointProperty.Port => ReferenceExpression.Create($"{portText}"),
            EndpointProperty.TargetPort when endpoint.TargetPort is { } target =>
                ReferenceExpression.Create($"{target.ToString(CultureInfo.InvariantCulture)}"),
            EndpointProperty.TargetPort => ReferenceExpression.Create($"{new ContainerPortReference(reference.Resource)}"),
            EndpointProperty.Scheme => ReferenceExpression.Create($"{scheme}"),
            EndpointProperty.HostAndPort => ReferenceExpression.Create($"{GetHostAddressExpression(reference)}:{portText}"),
            EndpointProperty.TlsEnabled => ReferenceExpression.Create($"{(endpoint.TlsEnabled ? bool.TrueString : bool.FalseString)}"),
            var property => throw new InvalidOperationException($"The property '{property}' is not supported for the endpoint '{endpoint.Name}'."),
        };
    }
}

/// <summary>The compute environment that a resource is bound to.</summary>
internal sealed class ComputeEnvironmentAnnotation(IComputeEnvironmentResource computeEnvironment) : IResourceAnnotation
{
    public IComputeEnvironmentResource ComputeEnvironment { get; } = computeEnvironment;
}

/// <summary>Where a compute resource goes.</summary>
public sealed class DeploymentTargetAnnotation(IResource target) : IResourceAnnotation
{
    /// <summary>What the resource becomes there.</summary>
    public IResource DeploymentTarget { get; set; } = target;

    /// <summary>The registry that its image goes to.</summary>
    public IContainerRegistry? ContainerRegistry { get; set; }

    /// <summary>The environment.</summary>
    public IComputeEnvironmentResource? ComputeEnvironment { get; set; }
}

/// <summary>A registry of container images.</summary>
public interface IContainerRegistry
{
    /// <summary>Its name.</summary>
    ReferenceExpression Name { get; }

    /// <summary>Its address.</summary>
    ReferenceExpression Endpoint { get; }

    /// <summary>What stands before an image's name.</summary>
    ReferenceExpression? Repository => null;
}

/// <summary>The port that a resource's container listens on, where the compute environment chooses it.</summary>
public class ContainerPortReference(IResource resource) : IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    /// <summary>The resource.</summary>
    public IResource Resource { get; } = resource;

    /// <inheritdoc/>
    public string ValueExpression => $"{{{Resource.Name}.containerPort}}";

    /// <inheritdoc/>
    public IEnumerable<object> References => [Resource];

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException($"The container port of '{Resource.Name}' is known to its compute environment only.");
}
