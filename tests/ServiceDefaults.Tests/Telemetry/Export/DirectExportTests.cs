using System.Collections.Concurrent;
using System.Text.Json;
using Amazon.Runtime;
using Aws.Ecs.Tasks;
using Microsoft.AspNetCore.Http;
using ServiceDefaults.Tests.Tasks;

namespace ServiceDefaults.Tests.Telemetry.Export;

/// <summary>To a receiver that stands for CloudWatch's OTLP endpoints.</summary>
[Collection(CountedExports.Name)]
public sealed class DirectExportTests
{
    private static readonly (string, string?) Gzip = ("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip");
    private static readonly (string, string?) LogHeaders = (
        "OTEL_EXPORTER_OTLP_LOGS_HEADERS",
        "x-aws-log-group=/my-app/api,x-aws-log-stream=api/otel"
    );

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, "a session/token+=")]
    [InlineData(true, "a session/token+=")]
    public async Task Every_request_has_the_signature_that_the_specification_asks_for(bool isCompressed, string? token)
    {
        var credentials = new Rotating(token);
        var exports = await ExportsAsync(credentials, LogHeaders, isCompressed ? Gzip : ("", null));

        Assert.Equal(["/v1/logs", "/v1/metrics", "/v1/traces"], exports.Select(export => export.Export.Path).Distinct().Order());
        Assert.All(exports, export => Assert.Equal(export.SignatureBy(credentials.Of(export.AccessKey)), export.Signature));
        Assert.All(exports, export => Assert.Equal((ExportingHost.Region, ServiceOf(export.Export.Path)), (export.Region, export.Service)));
        Assert.All(exports, export => Assert.Equal(token, export.Export.Headers.GetValueOrDefault("x-amz-security-token")));
        Assert.All(exports, export =>
            Assert.Equal(isCompressed ? "gzip" : null, export.Export.Headers.GetValueOrDefault("Content-Encoding"))
        );
        Assert.All(exports, export => Assert.Equal("application/x-protobuf", export.Export.Headers["Content-Type"]));
        // Everything that AWS reads is signed.
        Assert.All(exports, export =>
            Assert.Superset(
                export
                    .Export.Headers.Keys.Select(header => header.ToLowerInvariant())
                    .Where(header => header.StartsWith("x-a") || header == "host")
                    .ToHashSet(),
                export.SignedHeaders.ToHashSet()
            )
        );
        Assert.Contains(exports, export => export.Export.Body.Contains("a span"));
        Assert.Contains(exports, export => export.Export.Body.Contains("a metric") || export.Export.Body.Contains("a.metric"));
        Assert.Contains(exports, export => export.Export.Body.Contains("a log record"));
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "a session/token+=")]
    public async Task Every_request_has_the_signature_that_botocore_would_have_made(bool isCompressed, string? token)
    {
        var credentials = new Rotating(token);
        var exports = await ExportsAsync(credentials, LogHeaders, isCompressed ? Gzip : ("", null));

        var expected = await Botocore.SignaturesAsync(exports, credentials.Of);

        Assert.Equal(expected, exports.Select(export => export.Signature));
    }

    [Fact]
    public async Task Credentials_that_rotate_are_used_from_then_on()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var credentials = new Rotating("token");
        await using var host = await ExportingHost.StartAsync(receiver.Address, credentials);

        host.Work();
        await Until.TrueAsync(() => receiver.Spans.Any(), "the first span has come");
        credentials.Rotate();
        host.Work();
        await host.StopAsync();

        var keys = receiver.Exports.Select(export => new SignedExport(export)).ToList();
        Assert.Equal(2, keys.Select(export => export.AccessKey).Distinct().Count());
        Assert.All(keys, export => Assert.Equal(export.SignatureBy(credentials.Of(export.AccessKey)), export.Signature));
    }

    // As on Fargate: the credentials of the task's role, from the address that ECS sets, which expire.
    [Fact]
    public async Task The_credentials_are_those_of_the_task_s_role_and_are_renewed_before_they_expire()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var given = new ConcurrentDictionary<string, ImmutableCredentials>();
        await using var role = await OtlpReceiver.StartAsync(context =>
        {
            var credentials = new ImmutableCredentials($"ASIA{given.Count}", $"secret {given.Count}", $"token {given.Count}");
            given[credentials.AccessKey] = credentials;
            return context.Response.WriteAsync(
                JsonSerializer.Serialize(
                    new
                    {
                        AccessKeyId = credentials.AccessKey,
                        SecretAccessKey = credentials.SecretKey,
                        credentials.Token,
                        Expiration = DateTime.UtcNow.AddMinutes(1),
                    }
                )
            );
        });
        await using var service = await ServiceProcess.StartAsync(
            receiver.Address,
            ("Telemetry__Aws__SigningRegion", ExportingHost.Region),
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", role.Address),
            ("OTEL_BSP_SCHEDULE_DELAY", "50")
        );

        for (var count = 1; count < 3; count++)
        {
            await service.Client.GetStringAsync("/work");
            await Until.TrueAsync(() => receiver.Spans.Count(span => span.Name == "a step that works") >= count, "the span has come");
        }

        var exports = receiver.Exports.Select(export => new SignedExport(export)).ToList();
        Assert.All(exports, export => Assert.Equal(export.SignatureBy(given[export.AccessKey]), export.Signature));
        Assert.All(exports, export => Assert.Equal(given[export.AccessKey].Token, export.Export.Headers["x-amz-security-token"]));
        Assert.True(exports.DistinctBy(export => export.AccessKey).Count() > 1, "All were signed with the same credentials.");
        // Fetching them is no work of the application.
        Assert.DoesNotContain(receiver.Spans, span => span.Kind == OpenTelemetry.Proto.Trace.V1.Span.Types.SpanKind.Client);
    }

    [Fact]
    public async Task Logs_name_the_stream_that_the_task_definition_set()
    {
        var logs = Assert.Single(await ExportsAsync(new Rotating(token: null), LogHeaders), export => export.Export.Path == "/v1/logs");

        Assert.Equal("/my-app/api", logs.Export.Headers["x-aws-log-group"]);
        Assert.Equal("api/otel", logs.Export.Headers["x-aws-log-stream"]);
    }

    [Fact]
    public async Task Logs_without_a_stream_go_to_the_container_s_own()
    {
        var (server, address) = await MetadataServer.StartAsync("fargate");
        await using var _ = server;

        var logs = Assert.Single(await ExportsAsync(new Rotating(token: null), (EcsDetection.EndpointVariable, address)), export =>
            export.Export.Path == "/v1/logs"
        );

        Assert.Equal("/ecs/containerlogs", logs.Export.Headers["x-aws-log-group"]);
        Assert.Equal("ecs/curl/cd189a933e5849daa93386466019ab50", logs.Export.Headers["x-aws-log-stream"]);
    }

    [Fact]
    public async Task Logs_without_any_stream_go_to_one_named_after_the_application()
    {
        var logs = Assert.Single(
            await ExportsAsync(new Rotating(token: null), ("OTEL_EXPORTER_OTLP_LOGS_HEADERS", "x-aws-log-group=/my-app/api")),
            export => export.Export.Path == "/v1/logs"
        );

        Assert.StartsWith("Exporting", logs.Export.Headers["x-aws-log-stream"]);
    }

    [Fact]
    public async Task A_receiver_that_is_not_AWS_gets_no_signature()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using (var host = await ExportingHost.StartAsync(receiver.Address, credentials: null, Gzip))
        {
            host.Work();
        }

        Assert.All(receiver.Exports, export => Assert.DoesNotContain("Authorization", export.Headers.Keys));
        Assert.All(receiver.Exports, export => Assert.Equal("gzip", export.Headers["Content-Encoding"]));
        Assert.Contains(receiver.Spans, span => span.Name == "a span");
    }

    private static async Task<IReadOnlyList<SignedExport>> ExportsAsync(AWSCredentials credentials, params (string, string?)[] settings)
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using (var host = await ExportingHost.StartAsync(receiver.Address, credentials, settings))
        {
            host.Work();
        }

        return [.. receiver.Exports.Select(export => new SignedExport(export))];
    }

    private static string ServiceOf(string path) =>
        path switch
        {
            "/v1/traces" => "xray",
            "/v1/metrics" => "monitoring",
            _ => "logs",
        };

    private sealed class Rotating(string? token) : AWSCredentials
    {
        private int _generation;

        public ImmutableCredentials Of(string accessKey) => new(accessKey, $"the secret of {accessKey}", token);

        public void Rotate() => Interlocked.Increment(ref _generation);

        public override ImmutableCredentials GetCredentials() => Of($"AKIA{Volatile.Read(ref _generation)}");
    }
}
