using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;

namespace Aspire.Dashboard.Tests;

public sealed class OtlpTests : IAsyncLifetime
{
    private const string ApiKey = "otlp-key";

    private readonly HttpClient _client = new();
    private DashboardServer _dashboard = null!;

    public async ValueTask InitializeAsync() =>
        _dashboard = await DashboardServer.StartAsync(
            new DashboardOptions { OtlpApiKey = ApiKey, MaxAttributeCount = 4, MaxAttributeLength = 100 }, SampleModel.Create(), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _dashboard.DisposeAsync();
    }

    [Theory]
    [InlineData(OtlpExportProtocol.Grpc, OtlpExportCompression.None)]
    [InlineData(OtlpExportProtocol.Grpc, OtlpExportCompression.GZip)]
    [InlineData(OtlpExportProtocol.HttpProtobuf, OtlpExportCompression.None)]
    [InlineData(OtlpExportProtocol.HttpProtobuf, OtlpExportCompression.GZip)]
    public void What_the_official_exporter_sends_arrives_whole(OtlpExportProtocol protocol, OtlpExportCompression compression)
    {
        using (var service = new SampleService("api", "api-1", _dashboard, protocol, ApiKey, compression))
        {
            using var parent = service.Source.StartActivity("parent", System.Diagnostics.ActivityKind.Server);
            using var child = service.Source.StartActivity("child");
            child!.SetTag("long", new string('x', 500)).SetTag("number", 42);
            child.SetStatus(System.Diagnostics.ActivityStatusCode.Error, "broken");
            child.AddException(new InvalidOperationException("no"));
            service.Logger("Category").LogWarning("Hello {Name}", "world");
            service.Jobs.Add(3, new KeyValuePair<string, object?>("outcome", "done"));
            service.Duration.Record(0.25);
        }

        var store = _dashboard.Telemetry;
        var trace = Assert.Single(store.Traces);
        var childSpan = Assert.Single(trace.Spans, span => span.Name == "child");
        Assert.Equal(("parent", "Server"), (trace.Root.Name, trace.Root.Kind));
        Assert.Equal(trace.Root.SpanId, childSpan.ParentSpanId);
        Assert.Equal(("api", "api-1"), (childSpan.Resource.ServiceName, childSpan.Resource.InstanceId));
        Assert.Equal((true, "broken"), (childSpan.IsError, childSpan.StatusMessage));
        Assert.Equal(100, childSpan.Attributes.Single(a => a.Key == "long").Value.Length);
        Assert.Equal("42", childSpan.Attributes.Single(a => a.Key == "number").Value);
        Assert.Equal("exception", Assert.Single(childSpan.Events).Name);
        var log = Assert.Single(store.Logs);
        Assert.Equal(("Hello world", "Category", Aspire.Dashboard.Telemetry.LogSeverity.Warning), (log.Message, log.Category, log.Severity));
        Assert.Equal((trace.TraceId, childSpan.SpanId), (log.TraceId, log.SpanId));
        var counter = store.Metrics.Find(store.Metrics.Instruments.Single(i => i.Key.Name == "jobs").Key)!;
        Assert.Equal(("outcome=done", 3d), (counter.Dimensions[0].Name, counter.Dimensions[0].Points[^1].Value));
        var histogram = store.Metrics.Find(store.Metrics.Instruments.Single(i => i.Key.Name == "job.duration").Key)!;
        Assert.Equal(1ul, histogram.Dimensions[0].Points[^1].Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Json_as_the_specification_shows_it_is_taken(bool gzip)
    {
        // https://github.com/open-telemetry/opentelemetry-proto/blob/main/examples/trace.json
        const string Example = """
            {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"my.service"}}]},
            "scopeSpans":[{"scope":{"name":"my.library","version":"1.0.0","attributes":[{"key":"my.scope.attribute","value":{"stringValue":"some scope attribute"}}]},
            "spans":[{"traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174","parentSpanId":"EEE19B7EC3C1B173","name":"I'm a server span",
            "startTimeUnixNano":"1544712660000000000","endTimeUnixNano":"1544712661000000000","kind":2,"someNewField":1,
            "attributes":[{"key":"my.span.attr","value":{"stringValue":"some value"}}]}]}]}]}
            """;
        using var response = await PostAsync("v1/traces", Encoding.UTF8.GetBytes(Example), "application/json", gzip);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        var span = Assert.Single(Assert.Single(_dashboard.Telemetry.Traces).Spans);
        Assert.Equal(("5b8efff798038103d269b633813fc60c", "eee19b7ec3c1b174", "eee19b7ec3c1b173"), (span.TraceId, span.SpanId, span.ParentSpanId));
        Assert.Equal(("I'm a server span", "Server", TimeSpan.FromSeconds(1)), (span.Name, span.Kind, span.Duration));
    }

    [Fact]
    public async Task A_span_without_a_valid_id_is_refused_alone_and_counted()
    {
        const string Json = """{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"00","spanId":"00"},{"traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174"}]}]}]}""";
        using var response = await PostAsync("v1/traces", Encoding.UTF8.GetBytes(Json), "application/json");

        Assert.Contains("\"rejectedSpans\": \"1\"", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Single(_dashboard.Telemetry.Traces);
    }

    [Theory]
    [InlineData("application/json", "{\"resourceSpans\":[{")]
    [InlineData("application/json", "null")]
    [InlineData("application/json", "[1,2]")]
    [InlineData("application/json", "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"not hex\"}]}]}]}")]
    [InlineData("application/json", "{\"a\":1,\"a\":2}")]
    [InlineData("application/x-protobuf", "this is not protobuf")]
    public async Task A_malformed_body_is_a_bad_request(string contentType, string body)
    {
        using var response = await PostAsync("v1/traces", Encoding.UTF8.GetBytes(body), contentType);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Random_bytes_never_make_the_server_fail()
    {
        var random = new Random(20261123);
        for (var i = 0; i < 600; i++)
        {
            var body = new byte[random.Next(0, 400)];
            random.NextBytes(body);
            using var response = await PostAsync((i % 3) switch { 0 => "v1/traces", 1 => "v1/logs", _ => "v1/metrics" }, body,
                i % 2 == 0 ? "application/x-protobuf" : "application/json", gzip: i % 5 == 0);
            Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{response.StatusCode} for {Convert.ToHexString(body)}");
        }
    }

    [Fact]
    public async Task A_body_that_unpacks_to_more_than_the_limit_is_too_large()
    {
        using var response = await PostAsync("v1/logs", new byte[Otlp.OtlpHttpEndpoints.MaxRequestBytes + 1], "application/x-protobuf", gzip: true);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task Without_the_key_nothing_is_taken(string? key)
    {
        using var response = await PostAsync("v1/traces", [], "application/x-protobuf", key: key);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        using (var service = new SampleService("api", "1", _dashboard, OtlpExportProtocol.Grpc, key))
        {
            service.Source.StartActivity("refused")?.Dispose();
        }

        Assert.Empty(_dashboard.Telemetry.Traces);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, byte[] body, string contentType, bool gzip = false, string? key = ApiKey)
    {
        using var packed = new MemoryStream();
        if (gzip)
        {
            await using var stream = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true);
            await stream.WriteAsync(body);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_dashboard.OtlpHttpUrl, path)) { Content = new ByteArrayContent(gzip ? packed.ToArray() : body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        if (gzip)
        {
            request.Content.Headers.ContentEncoding.Add("gzip");
        }

        if (key is not null)
        {
            request.Headers.Add("x-otlp-api-key", key);
        }

        return await _client.SendAsync(request);
    }
}
