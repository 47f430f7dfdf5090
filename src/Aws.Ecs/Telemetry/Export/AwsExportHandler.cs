using Amazon.Runtime;
using Aws.Ecs.Tasks;
using OpenTelemetry;

namespace Aws.Ecs.Telemetry.Export;

/// <summary>
/// Sends exports to the OTLP endpoints of AWS, without an agent between: each as one or more requests within the limits of the
/// endpoint, signed, and those of logs with the stream that they belong to, which must exist.
/// </summary>
/// <param name="signal">The signal.</param>
/// <param name="settings">Where to and how.</param>
/// <param name="report">Learns what becomes of it.</param>
/// <param name="signing">For whom it is signed.</param>
/// <param name="credentials">Gives the process's credentials, renewed where they expire.</param>
/// <param name="ecs">Names the container's own log group and stream, for those that the headers do not name.</param>
/// <param name="serviceName">The log stream where neither does.</param>
/// <param name="transport">Sends.</param>
internal sealed class AwsExportHandler(
    OtlpSignal signal,
    OtlpSettings settings,
    ExportReport report,
    AwsSigning signing,
    Func<AWSCredentials> credentials,
    EcsDetection ecs,
    string serviceName,
    HttpMessageHandler transport
) : ExportHandler(signal, settings, report, transport)
{
    private const string LogGroupHeader = "x-aws-log-group";
    private const string LogStreamHeader = "x-aws-log-stream";

    private readonly OtlpSignal _signal = signal;
    private readonly OtlpSettings _settings = settings;

    // Synchronous in both cases: of the two, the exporter uses HTTP's Send alone for these endpoints.
    protected override IReadOnlyList<ExportPart> Prepare(HttpRequestMessage request, ReadOnlyMemory<byte> body)
    {
        // Where they have to be fetched, that is no span of anybody's work.
        using var suppressed = SuppressInstrumentationScope.Begin();
        var signer = credentials().GetCredentials();
        var parts = OtlpRequest.Of(_signal, body).Divide(_signal, out var lost);
        if (lost > 0)
        {
            ReportLost(lost, $"AWS takes {_signal.AwsRequestBytes} bytes in a request, and a single item has more.");
        }

        return [.. parts.Select(part => new ExportPart(Sign(request, part, signer), part.ItemCount))];
    }

    private HttpRequestMessage Sign(HttpRequestMessage original, OtlpRequest part, ImmutableCredentials signer)
    {
        var request = new HttpRequestMessage(original.Method, original.RequestUri);
        foreach (var (name, values) in original.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, values);
        }

        if (_signal == OtlpSignal.Logs)
        {
            AddMissing(request, LogGroupHeader, ecs.Metadata?.LogGroup);
            AddMissing(request, LogStreamHeader, ecs.Metadata?.LogStream ?? serviceName);
        }

        var body = SetBody(request, part.Body, original.Content!, _settings.IsCompressed);
        AwsSignature.Sign(request, body, signing, signer, DateTimeOffset.UtcNow);
        return request;
    }

    private static void AddMissing(HttpRequestMessage request, string header, string? value)
    {
        if (value is not null && !request.Headers.Contains(header))
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }
    }
}
