#nullable enable

using System.Collections.ObjectModel;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace AwsProtocols;

/// <summary>What each client sets in Core, the same for all of them.</summary>
internal sealed class ServicePipeline(string serviceId) : IServiceMetadata
{
    private static readonly RegionalEndpointResolver EndpointResolver = new();

    public string ServiceId { get; } = serviceId;

    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>(0);

    /// <summary>
    /// The defaults modes with the times that the official clients have,
    /// https://docs.aws.amazon.com/sdkref/latest/guide/feature-smart-config-defaults.html
    /// </summary>
    public static DefaultConfigurationProvider Defaults { get; } =
        new(
            new ReadOnlyCollection<IDefaultConfiguration>([
                Mode(DefaultConfigurationMode.Standard, 3100),
                Mode(DefaultConfigurationMode.InRegion, 1100),
                Mode(DefaultConfigurationMode.CrossRegion, 3100),
                Mode(DefaultConfigurationMode.Mobile, 30000),
                Mode(DefaultConfigurationMode.Auto, 1100),
            ])
        );

    public static void Customize(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new RegionalEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new SigV4AuthSchemeHandler());
    }

    public static Endpoint DetermineEndpoint(ClientConfig config, ServiceOperationEndpointParameters parameters)
    {
        var request = new DefaultRequest(parameters.Request, config.ServiceId) { AlternateEndpoint = parameters.AlternateEndpoint };
        var context = new RequestContext(enableMetric: false)
        {
            ClientConfig = config,
            OriginalRequest = parameters.Request,
            Request = request,
        };
        return EndpointResolver.GetEndpoint(new Amazon.Runtime.Internal.ExecutionContext(context, null));
    }

    private static DefaultConfiguration Mode(DefaultConfigurationMode name, int milliseconds) =>
        new()
        {
            Name = name,
            RetryMode = RequestRetryMode.Standard,
            S3UsEast1RegionalEndpoint = S3UsEast1RegionalEndpointValue.Regional,
            ConnectTimeout = TimeSpan.FromMilliseconds(milliseconds),
            TlsNegotiationTimeout = TimeSpan.FromMilliseconds(milliseconds),
        };
}
