namespace Aws.Ecs.Telemetry.Export;

/// <summary>One of the three kinds of telemetry, as OTLP and CloudWatch know it.</summary>
/// <param name="Name">The word in its variables and its path: <c>OTEL_EXPORTER_OTLP_TRACES_ENDPOINT</c>, <c>/v1/traces</c>.</param>
/// <param name="Item">What is counted, in the name of the metric of it: <c>otel.sdk.exporter.span.exported</c>.</param>
/// <param name="AwsService">The service that takes it: the first word of its host, and the name that requests to it are signed for.</param>
/// <param name="AwsRequestBytes">The most that a request to AWS may have, in bytes before compression.</param>
/// <param name="AwsRequestItems">The most items that a request to AWS may have.</param>
/// <remarks>The limits: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-OTLPEndpoint.html</remarks>
internal sealed record OtlpSignal(string Name, string Item, string AwsService, int AwsRequestBytes, int AwsRequestItems)
{
    public static OtlpSignal Traces { get; } = new("traces", "span", "xray", 5_000_000, 10_000);

    public static OtlpSignal Metrics { get; } = new("metrics", "metric_data_point", "monitoring", 1_000_000, 1_000);

    public static OtlpSignal Logs { get; } = new("logs", "log", "logs", 1_000_000, 10_000);

    public static IReadOnlyList<OtlpSignal> All { get; } = [Traces, Metrics, Logs];
}
