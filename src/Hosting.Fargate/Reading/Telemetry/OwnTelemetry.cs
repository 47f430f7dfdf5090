using System.Text.RegularExpressions;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// What the model itself says of a program's telemetry: where it goes, such as a collector of the model, and how it is sent. An address of
/// a signal wins over the general one: https://opentelemetry.io/docs/specs/otel/protocol/exporter/#endpoint-urls-for-otlphttp, so that
/// those of an agent beside the program would leave a collector of the model without anything.
/// </summary>
internal static partial class OwnTelemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";

    /// <summary>Whether the model says where telemetry goes: an address of this machine is what it was on a laptop.</summary>
    public static bool HasEndpoint(WorkloadDraft draft) =>
        ValueOf(draft, Endpoint) is { } value && !(value is Text { Content: var text } && (text.Length == 0 || Here().IsMatch(text)));

    /// <summary>The protocol that the program speaks, where that is one over HTTP; null for gRPC, which all else speaks.</summary>
    public static string? HttpProtocolOf(WorkloadDraft draft) =>
        ValueOf(draft, Protocol) is Text { Content: var given }
            ? (given.StartsWith("http/", StringComparison.OrdinalIgnoreCase) ? given : null)
            : draft.Resource.Resource.Annotations.OfType<OtlpExporterAnnotation>().LastOrDefault()?.RequiredProtocol switch
            {
                OtlpProtocol.HttpProtobuf => "http/protobuf",
                OtlpProtocol.HttpJson => "http/json",
                _ => null,
            };

    public static IEnumerable<Notice> Notices(WorkloadDraft draft)
    {
        if (!PublishesTelemetry.Of(draft.Resource.Resource) || !HasEndpoint(draft))
        {
            yield break;
        }

        if (draft.Resource.Options.Telemetry is null)
        {
            yield return new Notice(
                draft.Resource.Name,
                $"sends its traces and metrics where the model says ({Endpoint}), and none to CloudWatch: no agent is beside it. Where "
                    + "CloudWatch is meant, give the variable in run mode alone (builder.ExecutionContext.IsRunMode).",
                IsNews: true
            );
        }

        if (ValueOf(draft, Endpoint)!.Parts.FirstOrDefault() is { } first && SchemeOf(first) == "tcp")
        {
            yield return new Notice(
                draft.Resource.Name,
                $"is to send its telemetry to an address that begins with tcp:// ({Endpoint}), which exporters of OTLP do not take. Give the "
                    + "endpoint the scheme of HTTP, gRPC too: .WithEndpoint(\"…\", endpoint => endpoint.UriScheme = \"http\").",
                IsWarning: true
            );
        }
    }

    private static string? SchemeOf(Value value) =>
        value switch
        {
            Text { Content: var text } => text.StartsWith("tcp://", StringComparison.OrdinalIgnoreCase) ? "tcp" : null,
            CalledAddress { Named: var named } => named.Parts.Select(SchemeOf).FirstOrDefault(),
            _ => null,
        };

    private static Value? ValueOf(WorkloadDraft draft, string name) =>
        draft.Variables.FirstOrDefault(variable => variable.Name == name)?.Value;

    [GeneratedRegex(
        @"\A(?:[a-z]+://)?(?:localhost|127\.0\.0\.1|\[::1\]|[a-z.]+\.(?:docker|containers|dev)\.internal)(?::|/|\z)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Here();
}
