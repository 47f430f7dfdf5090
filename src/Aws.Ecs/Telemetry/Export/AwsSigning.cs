using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Aws.Ecs.Telemetry.Export;

/// <summary>For whom requests to the OTLP endpoints of AWS are signed.</summary>
/// <param name="Service">The signing name: <c>xray</c>, <c>monitoring</c>, <c>logs</c>.</param>
/// <param name="Region">The region: <c>eu-west-1</c>.</param>
internal sealed partial record AwsSigning(string Service, string Region)
{
    /// <summary>
    /// A region, set where requests must be signed though the address does not say so: that of an interface endpoint by its own name,
    /// of a proxy, of a receiver in a test.
    /// </summary>
    public const string RegionKey = "Telemetry:Aws:SigningRegion";

    /// <summary>Null where requests are sent as they are.</summary>
    public static AwsSigning? Of(OtlpSignal signal, OtlpSettings settings, IConfiguration configuration)
    {
        if (settings.Protocol != OpenTelemetry.Exporter.OtlpExportProtocol.HttpProtobuf)
        {
            return null;
        }

        if (configuration[RegionKey] is { Length: > 0 } region)
        {
            return new AwsSigning(signal.AwsService, region);
        }

        return Match(signal, settings.Endpoint) is { } match ? new AwsSigning(signal.AwsService, match.Groups["region"].Value) : null;
    }

    /// <summary>
    /// Whether it is an address of https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-OTLPEndpoint.html
    /// </summary>
    public static bool IsAwsEndpoint(OtlpSignal signal, Uri endpoint) => Match(signal, endpoint) is not null;

    private static Match? Match(OtlpSignal signal, Uri endpoint) =>
        endpoint.Scheme == Uri.UriSchemeHttps
        && Host().Match(endpoint.Host) is { Success: true } match
        && match.Groups["service"].Value == signal.AwsService
            ? match
            : null;

    [GeneratedRegex(@"^(?<service>[a-z]+)\.(?<region>[a-z]{2,}(-[a-z]+)+-\d+)\.amazonaws\.(com|com\.cn|eu)$")]
    private static partial Regex Host();
}
