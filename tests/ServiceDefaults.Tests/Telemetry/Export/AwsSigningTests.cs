using Aws.Ecs.Telemetry.Export;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Exporter;

namespace ServiceDefaults.Tests.Telemetry.Export;

public sealed class AwsSigningTests
{
    [Theory]
    [InlineData("TRACES", "https://xray.eu-west-1.amazonaws.com/v1/traces", "xray", "eu-west-1")]
    [InlineData("METRICS", "https://monitoring.us-gov-west-1.amazonaws.com/v1/metrics", "monitoring", "us-gov-west-1")]
    [InlineData("LOGS", "https://logs.cn-north-1.amazonaws.com.cn/v1/logs", "logs", "cn-north-1")]
    public void An_endpoint_of_CloudWatch_gets_signed_requests_over_HTTP_for_its_region(
        string signal,
        string endpoint,
        string service,
        string region
    )
    {
        // With the protocol of the variable's default: these endpoints take no other than HTTP.
        var (of, configuration) = (Signal(signal), Configuration(($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT", endpoint)));

        var settings = OtlpSettings.Of(of, configuration)!;

        Assert.Equal(OtlpExportProtocol.HttpProtobuf, settings.Protocol);
        Assert.Equal(endpoint, settings.Endpoint.AbsoluteUri);
        Assert.Equal(new AwsSigning(service, region), AwsSigning.Of(of, settings, configuration));
    }

    [Theory]
    [InlineData("TRACES", "https://logs.eu-west-1.amazonaws.com/v1/traces")]
    [InlineData("TRACES", "http://xray.eu-west-1.amazonaws.com/v1/traces")]
    [InlineData("TRACES", "https://xray.eu-west-1.amazonaws.com.example.org/v1/traces")]
    [InlineData("TRACES", "https://xray.example.org/v1/traces")]
    [InlineData("LOGS", "https://127.0.0.1:4318/v1/logs")]
    public void Nobody_else_gets_a_signature(string signal, string endpoint)
    {
        var configuration = Configuration(
            ($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT", endpoint),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
        );

        Assert.Null(AwsSigning.Of(Signal(signal), OtlpSettings.Of(Signal(signal), configuration)!, configuration));
    }

    [Fact]
    public void A_sidecar_gets_all_signals_over_gRPC()
    {
        var configuration = Configuration(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4317"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")
        );

#pragma warning disable CS0618 // Of .NET Framework alone.
        Assert.All(OtlpSignal.All, signal => Assert.Equal(OtlpExportProtocol.Grpc, OtlpSettings.Of(signal, configuration)!.Protocol));
#pragma warning restore CS0618
        Assert.All(OtlpSignal.All, signal =>
            Assert.Equal("http://127.0.0.1:4317/", OtlpSettings.Of(signal, configuration)!.Endpoint.AbsoluteUri)
        );
    }

    [Fact]
    public void A_signal_without_an_address_is_not_exported()
    {
        var configuration = Configuration(("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://127.0.0.1:4317"));

        Assert.NotNull(OtlpSettings.Of(OtlpSignal.Traces, configuration));
        Assert.Null(OtlpSettings.Of(OtlpSignal.Metrics, configuration));
        Assert.Null(OtlpSettings.Of(OtlpSignal.Logs, configuration));
    }

    [Fact]
    public void The_variables_of_a_signal_go_before_the_general_ones()
    {
        var configuration = Configuration(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318/base/"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "a=1"),
            ("OTEL_EXPORTER_OTLP_LOGS_HEADERS", "b=2"),
            ("OTEL_EXPORTER_OTLP_LOGS_TIMEOUT", "1500"),
            ("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip"),
            ("OTEL_EXPORTER_OTLP_LOGS_COMPRESSION", "none")
        );

        Assert.Equal(
            new OtlpSettings(
                new("http://127.0.0.1:4318/base/v1/traces"),
                OtlpExportProtocol.HttpProtobuf,
                "a=1",
                TimeSpan.FromSeconds(10),
                IsCompressed: true
            ),
            OtlpSettings.Of(OtlpSignal.Traces, configuration)
        );
        Assert.Equal(
            new OtlpSettings(
                new("http://127.0.0.1:4318/base/v1/logs"),
                OtlpExportProtocol.HttpProtobuf,
                "b=2",
                TimeSpan.FromSeconds(1.5),
                IsCompressed: false
            ),
            OtlpSettings.Of(OtlpSignal.Logs, configuration)
        );
    }

    private static OtlpSignal Signal(string name) => OtlpSignal.All.Single(signal => signal.Name == name.ToLowerInvariant());

    private static IConfiguration Configuration(params (string Name, string? Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(value => value.Name, value => value.Value)).Build();
}
