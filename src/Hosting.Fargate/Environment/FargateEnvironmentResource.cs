using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS;
using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate;

#pragma warning disable ASPIRECOMPUTE002 // The address of an endpoint is the environment's to say.

/// <summary>Amazon ECS on Fargate as the place where the resources of a model run. Its name is that of the stack.</summary>
[AspireExport]
public sealed class FargateEnvironmentResource : Resource, IComputeEnvironmentResource, IComputeEnvironmentWithVolumeMounts
{
    /// <summary>Creates the environment.</summary>
    /// <param name="name">Its name in the model, and the stack's.</param>
    public FargateEnvironmentResource(string name)
        : base(name) { }

    /// <summary>The folder of the AppHost's project, in whose obj folder images are made ready.</summary>
    internal string AppHostDirectory { get; init; } = Directory.GetCurrentDirectory();

    /// <summary>Which profile deploys, and to which region; the SDK's own choice where null.</summary>
    internal IAWSSDKConfig? Aws { get; set; }

    internal NetworkPlan Network { get; set; } = new OwnNetwork();

    internal Ingress Ingress { get; set; } = new();

    internal Telemetry Telemetry { get; set; } = Telemetry.CloudWatchAgent;

    internal string? TelemetryImage { get; set; }

    /// <summary>Whether services share keys of Data Protection, and the image that writes them where it is not the usual one.</summary>
    internal (bool Enabled, string? Image) DataProtection { get; set; } = (true, null);

    internal ContainerInsights? Insights { get; set; }

    internal AlarmPlan Alarms { get; set; } = new(Enabled: true, TopicArn: null);

    internal ManagedInstancesPlan ManagedInstances { get; set; } = new();

    internal string? PermissionsBoundary { get; set; }

    internal bool NestedStacks { get; set; }

    internal Safeguards Safeguards { get; set; } = new();

    internal Dictionary<string, string> Tags { get; } = [];

    internal List<Action<Template>> TemplateConfigurations { get; } = [];

    /// <summary>
    /// The image that the model names for a sidecar: for the one of the environment, and for no other that a service has in its place.
    /// </summary>
    internal string? TelemetryImageOf(Telemetry telemetry) => telemetry == Telemetry ? TelemetryImage : null;

    ReferenceExpression IComputeEnvironmentResource.GetHostAddressExpression(EndpointReference endpointReference) =>
        ReferenceExpression.Create($"{new EnvironmentAddress(this, endpointReference, EndpointProperty.Host)}");

    ReferenceExpression IComputeEnvironmentResource.GetEndpointPropertyExpression(
        EndpointReferenceExpression endpointReferenceExpression
    ) =>
        ReferenceExpression.Create(
            $"{new EnvironmentAddress(this, endpointReferenceExpression.Endpoint, endpointReferenceExpression.Property)}"
        );
}

/// <summary>
/// What an environment says of an endpoint: of an external one its public address, of an internal one its name in the network.
/// </summary>
internal sealed record EnvironmentAddress(FargateEnvironmentResource Environment, EndpointReference Endpoint, EndpointProperty Property)
    : IManifestExpressionProvider,
        IValueProvider,
        IValueWithReferences
{
    public string ValueExpression =>
        $"{{{Endpoint.Resource.Name}.bindings.{Endpoint.EndpointName}.{Property.ToString().ToLowerInvariant()}}}";

    IEnumerable<object> IValueWithReferences.References => [Environment];

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) =>
        throw new DistributedApplicationException(
            $"The address of '{Endpoint.Resource.Name}' in '{Environment.Name}' is known once it is deployed."
        );
}
