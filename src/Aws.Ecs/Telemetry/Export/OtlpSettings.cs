using System.Globalization;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Exporter;

namespace Aws.Ecs.Telemetry.Export;

/// <summary>
/// Where and how a signal is exported, by the variables of the specification: the signal's own goes before the general one.
/// https://opentelemetry.io/docs/specs/otel/protocol/exporter/#configuration-options
/// </summary>
/// <param name="Endpoint">The address, with the signal's path where the protocol is HTTP.</param>
/// <param name="Protocol">gRPC unless said otherwise, as the .NET exporter has it.</param>
/// <param name="Headers">As the variable has them: <c>a=1,b=2</c>.</param>
/// <param name="Timeout">How long one export may take.</param>
/// <param name="IsCompressed">Whether bodies are sent as gzip.</param>
internal sealed record OtlpSettings(Uri Endpoint, OtlpExportProtocol Protocol, string? Headers, TimeSpan Timeout, bool IsCompressed)
{
    private const string Prefix = "OTEL_EXPORTER_OTLP_";

    /// <summary>
    /// The variable that has a signal exported, and what it says, which need not be an address; null where the signal is not exported.
    /// </summary>
    public static (string Variable, string Value)? Configured(OtlpSignal signal, IConfiguration configuration)
    {
        return Of(Own(signal)) ?? Of(General);

        (string, string)? Of(string variable) => configuration[variable]?.Trim() is { Length: > 0 } value ? (variable, value) : null;
    }

    /// <summary>Null where the signal is not exported, for want of an address.</summary>
    public static OtlpSettings? Of(OtlpSignal signal, IConfiguration configuration)
    {
        if (Configured(signal, configuration) is not { } configured || Address(configured.Value) is not { } endpoint)
        {
            return null;
        }

        var protocol =
            Value("PROTOCOL") == "http/protobuf" || AwsSigning.IsAwsEndpoint(signal, endpoint) ? OtlpExportProtocol.HttpProtobuf : Grpc;
        return new OtlpSettings(
            configured.Variable == General && protocol == OtlpExportProtocol.HttpProtobuf
                ? new Uri($"{endpoint.AbsoluteUri.TrimEnd('/')}/v1/{signal.Name}")
                : endpoint,
            protocol,
            Value("HEADERS"),
            TimeSpan.FromMilliseconds(
                int.TryParse(Value("TIMEOUT"), NumberStyles.None, CultureInfo.InvariantCulture, out var timeout) ? timeout : 10_000
            ),
            string.Equals(Value("COMPRESSION"), "gzip", StringComparison.OrdinalIgnoreCase)
        );

        string? Value(string name) =>
            configuration[$"{Prefix}{signal.Name.ToUpperInvariant()}_{name}"]?.Trim() is { Length: > 0 } specific
                ? specific
                : configuration[$"{Prefix}{name}"]?.Trim();
    }

#pragma warning disable CS0618 // Of .NET Framework alone: the exporter's own gRPC client goes away there.
    private static OtlpExportProtocol Grpc => OtlpExportProtocol.Grpc;
#pragma warning restore CS0618

    private static string General => $"{Prefix}ENDPOINT";

    private static string Own(OtlpSignal signal) => $"{Prefix}{signal.Name.ToUpperInvariant()}_ENDPOINT";

    // localhost:4317 is a URI too, of the scheme localhost.
    private static Uri? Address(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : null;
}
