using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>A model that has a collector of its own, or programs that speak OTLP over HTTP.</summary>
public sealed class OwnTelemetryTests
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    [Fact]
    public async Task Telemetry_goes_to_the_collector_of_the_model()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var collector = builder.AddContainer("collector", "example/collector", "1").WithHttpEndpoint(targetPort: 4317, name: "grpc");
            builder.AddWeb("api").WithEnvironment(Endpoint, collector.GetEndpoint("grpc"));
        });
        var template = published.Template();

        Assert.Equal("http://collector:4317", template.Variable("api", Endpoint));
        Assert.Null(template.Variable("api", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"));
        Assert.Null(template.Variable("api", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"));
        Assert.Null(template.Variable("api", "OTEL_LOGS_EXPORTER"));
        Assert.Equal(["api"], template.Containers("api").Select(container => container.At("Name").Show()));
        Assert.Contains("and none to CloudWatch: no agent is beside it", published.Notices("api"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:4317")]
    [InlineData("http://host.docker.internal:18889")]
    [InlineData("")]
    public async Task An_address_of_this_machine_is_none(string address)
    {
        var published = await Published.ModelAsync(builder => builder.AddWeb("api").WithEnvironment(Endpoint, address));

        Assert.Equal("http://127.0.0.1:4317", published.Template().Variable("api", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"));
        Assert.DoesNotContain("none to CloudWatch", published.Notices("api"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_service_says_of_its_telemetry_wins()
    {
        var published = await Published.ModelAsync(builder =>
            builder
                .AddWeb("api")
                .WithEnvironment(Endpoint, "http://collector.example.com:4317")
                .PublishAsFargateService(service => service.Telemetry = Telemetry.CloudWatchAgent)
        );

        Assert.Equal("http://127.0.0.1:4317", published.Template().Variable("api", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"));
    }

    [Fact]
    public async Task An_endpoint_that_does_not_say_that_it_speaks_HTTP_is_told()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var collector = builder.AddContainer("collector", "example/collector", "1").WithEndpoint(targetPort: 4317, name: "grpc");
            builder.AddWeb("api").WithEnvironment(Endpoint, collector.GetEndpoint("grpc"));
        });

        Assert.Contains(
            "to an address that begins with tcp:// (OTEL_EXPORTER_OTLP_ENDPOINT)",
            published.Notices("api"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(OtlpProtocol.HttpProtobuf, null, "http/protobuf")]
    [InlineData(OtlpProtocol.HttpJson, null, "http/json")]
    [InlineData(OtlpProtocol.HttpProtobuf, "grpc", null)]
    [InlineData(OtlpProtocol.Grpc, "http/protobuf", "http/protobuf")]
    [InlineData(OtlpProtocol.Grpc, null, null)]
    public async Task A_program_that_speaks_HTTP_has_the_addresses_of_the_agent_for_it(
        OtlpProtocol protocol,
        string? variable,
        string? http
    )
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var app = builder.AddContainer("app", "example/app", "1").WithOtlpExporter(protocol);
                if (variable is not null)
                {
                    app.WithEnvironment("OTEL_EXPORTER_OTLP_PROTOCOL", variable);
                }
            })
        ).Template();

        Assert.Equal(http ?? "grpc", template.Variable("app", "OTEL_EXPORTER_OTLP_PROTOCOL"));
        Assert.Equal(
            http is null ? "http://127.0.0.1:4317" : "http://127.0.0.1:4318/v1/traces",
            template.Variable("app", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
        );
        Assert.Equal(
            http is null ? "http://127.0.0.1:4317" : "http://127.0.0.1:4318/v1/metrics",
            template.Variable("app", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT")
        );
    }
}
