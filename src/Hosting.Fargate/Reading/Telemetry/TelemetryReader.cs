using System.Collections.Immutable;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// What a task has for its traces and metrics: a sidecar or none, and where the application sends to. Sources:
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-OpenTelemetry-Sections.html,
/// https://aws-otel.github.io/docs/setup/ecs
/// </summary>
/// <remarks>
/// Logs go one way alone, by the awslogs driver: it has every container's, before a process can send any and after it cannot, and a line is
/// billed once. They have their trace's id (<c>TraceId</c>, among the scopes). By OTLP too they would be billed twice, and the agent would
/// put them into <c>/aws/cwagent/otlp</c>:
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Agent-OpenTelemetry-config-applications.html.
/// </remarks>
internal static class TelemetryReader
{
    /// <summary>A version that has OTLP; a newer one is set by WithTelemetry(…, image).</summary>
    private const string AgentImage = "public.ecr.aws/cloudwatch-agent/cloudwatch-agent:1.300072.0b1766";

    private const string CollectorImage = "public.ecr.aws/aws-observability/aws-otel-collector:v0.48.0";

    /// <summary>
    /// Where both of them listen:
    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Agent-OpenTelemetry-config-applications.html,
    /// https://github.com/aws-observability/aws-otel-collector/blob/main/config/ecs/ecs-default-config.yaml.
    /// </summary>
    private const string Grpc = "http://127.0.0.1:4317";

    private const string Http = "http://127.0.0.1:4318";

    /// <param name="telemetry">How it goes.</param>
    /// <param name="image">The sidecar's image where it is not the usual one.</param>
    /// <param name="httpProtocol">The protocol of the program, where that is not gRPC.</param>
    public static (ImmutableArray<Container> Sidecars, ImmutableArray<EnvironmentVariable> Variables) Read(
        Telemetry telemetry,
        string? image,
        string? httpProtocol
    ) =>
        telemetry switch
        {
            Telemetry.CloudWatchAgent => ([Agent(image ?? AgentImage)], OnLocalhost(httpProtocol)),
            Telemetry.Collector => ([Collector(image ?? CollectorImage)], OnLocalhost(httpProtocol)),
            Telemetry.Direct => ([], Direct()),
            _ => ([], []),
        };

    private static Container Agent(string image) =>
        new()
        {
            Name = "cloudwatch-agent",
            Image = new RegistryImage(image),
            Essential = false,
            Cpu = 64,
            Memory = 192,
            Environment = [new("CW_CONFIG_CONTENT", new Text("""{"opentelemetry":{"collect":{"otlp":{"span_metrics_enabled":true}}}}"""))],
            Reason = "takes OTLP on localhost and sends it on to CloudWatch; started again when it stops, and never the end of the task",
        };

    private static Container Collector(string image) =>
        new()
        {
            Name = "otel-collector",
            Image = new RegistryImage(image),
            Essential = false,
            Cpu = 64,
            Memory = 192,
            Command = [new Text("--config=/etc/ecs/ecs-default-config.yaml")],
            HealthCheck = new ContainerHealthCheck("CMD", "/healthcheck"),
            Reason =
                "takes OTLP on localhost and sends it on to X-Ray and CloudWatch; started again when it stops, and never the end of the "
                + "task",
        };

    /// <summary>An address a signal: the general one would be that of logs too. One for HTTP is used as it is, with its path.</summary>
    private static ImmutableArray<EnvironmentVariable> OnLocalhost(string? httpProtocol) =>
        [
            new("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", new Text(httpProtocol is null ? Grpc : $"{Http}/v1/metrics")),
            new("OTEL_EXPORTER_OTLP_PROTOCOL", new Text(httpProtocol ?? "grpc")),
            new("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", new Text(httpProtocol is null ? Grpc : $"{Http}/v1/traces")),
            NoLogs,
        ];

    /// <summary>
    /// For SDKs that export logs unless told:
    /// https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/#exporter-selection.
    /// </summary>
    private static EnvironmentVariable NoLogs => new("OTEL_LOGS_EXPORTER", new Text("none"));

    private static ImmutableArray<EnvironmentVariable> Direct() =>
        [
            new("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", new StackText("https://monitoring.${AWS::Region}.${AWS::URLSuffix}/v1/metrics")),
            new("OTEL_EXPORTER_OTLP_PROTOCOL", new Text("http/protobuf")),
            new("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", new StackText("https://xray.${AWS::Region}.${AWS::URLSuffix}/v1/traces")),
            NoLogs,
        ];
}
