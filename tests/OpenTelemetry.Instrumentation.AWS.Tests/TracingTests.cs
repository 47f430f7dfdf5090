using System.Diagnostics;
using System.Text.Json.Nodes;
using Amazon.S3.Model;
using Amazon.SQS.Model;
using ServiceDefaults.Tests.Aws;

namespace OpenTelemetry.Instrumentation.AWS.Tests;

[Collection(InstrumentedAws.Process)]
public sealed class TracingTests
{
    private const string MessageId = "00000000-0000-0000-0000-000000000001";

    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html; the digest is that of "job".
    private const string Sent = $$"""{ "MessageId": "{{MessageId}}", "MD5OfMessageBody": "9dddd5ce1b1375bc497feeb871842d4b" }""";

    [Fact]
    public async Task A_call_is_a_CLIENT_span_with_the_SDKs_own_steps_below_it()
    {
        await using var aws = await InstrumentedAws.StartAsync(_ => new AwsAnswer(200, "", Headers: new() { ["x-amz-id-2"] = "extended" }));
        using var root = InstrumentedAws.StartTrace();

        await aws.S3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = "datasets",
                Key = "a.csv",
                ContentBody = "a,b",
            }
        );

        var spans = aws.Spans(root);
        var call = Assert.Single(spans, span => span.Kind == ActivityKind.Client);
        Assert.Equal("S3.PutObject", call.DisplayName);
        Assert.Equal("AWSSDK.S3", call.Source.Name);
        Assert.Equal("https://opentelemetry.io/schemas/1.28.0", call.Source.TelemetrySchemaUrl);
        Assert.Equal(root.SpanId, call.ParentSpanId);
        Assert.Equal(ActivityStatusCode.Unset, call.Status);
        Assert.Equal("aws-api", call.GetTagItem("rpc.system"));
        Assert.Equal("S3", call.GetTagItem("rpc.service"));
        Assert.Equal("PutObject", call.GetTagItem("rpc.method"));
        Assert.Equal("request-1", call.GetTagItem("aws.request_id"));
        Assert.Equal("datasets", call.GetTagItem("aws.s3.bucket"));
        Assert.Equal("a.csv", call.GetTagItem("aws.s3.key"));
        Assert.Null(call.GetTagItem("aws.extended_request_id"));
        Assert.Contains(spans, span =>
            span.DisplayName == "HttpRequest" && span.Kind == ActivityKind.Internal && span.ParentSpanId == call.SpanId
        );
    }

    [Fact]
    public async Task What_is_below_a_call_can_be_kept_out()
    {
        await using var aws = await InstrumentedAws.StartAsync(
            _ => new AwsAnswer(200, ""),
            options => options.SuppressDownstreamInstrumentation = true
        );
        using var root = InstrumentedAws.StartTrace();

        await aws.S3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = "datasets",
                Key = "a.csv",
                ContentBody = "a,b",
            }
        );

        Assert.Equal("S3.PutObject", Assert.Single(aws.Spans(root)).DisplayName);
    }

    [Fact]
    public async Task The_newest_conventions_name_messaging_and_the_extended_request_id()
    {
        await using var aws = await InstrumentedAws.StartAsync(
            _ => new AwsAnswer(200, Sent, Headers: new() { ["x-amz-id-2"] = "extended" }),
            options => options.SemanticConventionVersion = SemanticConventionVersion.Latest
        );
        using var root = InstrumentedAws.StartTrace();

        await SendAsync(aws);

        var call = Assert.Single(aws.Spans(root), span => span.Kind == ActivityKind.Client);
        Assert.Equal("https://opentelemetry.io/schemas/1.40.0", call.Source.TelemetrySchemaUrl);
        Assert.Equal("aws-api", call.GetTagItem("rpc.system.name"));
        Assert.Equal("aws_sqs", call.GetTagItem("messaging.system"));
        Assert.Equal("jobs", call.GetTagItem("messaging.destination.name"));
        Assert.Equal("SendMessage", call.GetTagItem("messaging.operation.name"));
        Assert.Equal("send", call.GetTagItem("messaging.operation.type"));
        Assert.Equal(MessageId, call.GetTagItem("messaging.message.id"));
        Assert.Equal("127.0.0.1", call.GetTagItem("server.address"));
        Assert.Equal("extended", call.GetTagItem("aws.extended_request_id"));
        Assert.NotNull(call.GetTagItem("aws.sqs.queue.url"));
    }

    [Fact]
    public async Task The_default_conventions_name_the_queue_as_before()
    {
        await using var aws = await InstrumentedAws.StartAsync(_ => new AwsAnswer(200, Sent));
        using var root = InstrumentedAws.StartTrace();

        await SendAsync(aws);

        var call = Assert.Single(aws.Spans(root), span => span.Kind == ActivityKind.Client);
        Assert.EndsWith("/000000000000/jobs", (string?)call.GetTagItem("aws.queue_url"));
        Assert.Null(call.GetTagItem("messaging.system"));
    }

    [Fact]
    public async Task A_call_that_fails_has_the_exception_and_the_services_code()
    {
        await using var aws = await InstrumentedAws.StartAsync(_ => new AwsAnswer(
            404,
            "<Error><Code>NoSuchKey</Code><Message>gone</Message><RequestId>request-1</RequestId></Error>",
            "application/xml"
        ));
        using var root = InstrumentedAws.StartTrace();

        await Assert.ThrowsAsync<NoSuchKeyException>(() => aws.S3.GetObjectAsync("datasets", "a.csv"));

        var call = Assert.Single(aws.Spans(root), span => span.Kind == ActivityKind.Client);
        Assert.Equal(ActivityStatusCode.Error, call.Status);
        Assert.Equal("NoSuchKey", call.GetTagItem("aws.error_code"));
        Assert.Equal(404, call.GetTagItem("http.status_code"));
        Assert.Equal("request-1", call.GetTagItem("aws.request_id"));
        Assert.Equal("exception", Assert.Single(call.Events).Name);
    }

    [Fact]
    public async Task A_request_carries_AWSs_trace_header()
    {
        await using var aws = await InstrumentedAws.StartAsync(_ => new AwsAnswer(200, ""));
        using var root = InstrumentedAws.StartTrace();

        await aws.S3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = "datasets",
                Key = "a.csv",
                ContentBody = "a,b",
            }
        );

        var call = Assert.Single(aws.Spans(root), span => span.Kind == ActivityKind.Client);
        var trace = root.TraceId.ToHexString();
        Assert.Equal(
            $"Root=1-{trace[..8]}-{trace[8..]};Parent={call.SpanId};Sampled=1",
            Assert.Single(aws.Server.Requests).Headers["X-Amzn-Trace-Id"]
        );
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(9, true)]
    [InlineData(10, false)]
    public async Task A_message_carries_the_context_where_it_has_room(int own, bool expected)
    {
        await using var aws = await InstrumentedAws.StartAsync(_ => new AwsAnswer(200, Sent));
        using var root = InstrumentedAws.StartTrace();

        await SendAsync(aws, Enumerable.Range(0, own).ToDictionary(index => $"own{index}", _ => Text("x")));

        var call = Assert.Single(aws.Spans(root), span => span.Kind == ActivityKind.Client);
        Assert.Equal(expected ? $"00-{call.TraceId}-{call.SpanId}-01" : null, TraceParent(aws));
    }

    [Fact]
    public async Task A_context_that_a_message_has_already_stays()
    {
        await using var aws = await InstrumentedAws.StartAsync(_ => new AwsAnswer(200, Sent));
        using var root = InstrumentedAws.StartTrace();

        await SendAsync(aws, new() { ["traceparent"] = Text("the application's") });

        Assert.Equal("the application's", TraceParent(aws));
    }

    [Fact]
    public async Task A_message_of_an_unsampled_trace_carries_the_context_too()
    {
        await using var aws = await InstrumentedAws.StartAsync(_ => new AwsAnswer(200, Sent));
        using var unsampled = new Activity("unsampled").SetIdFormat(ActivityIdFormat.W3C).Start();

        await SendAsync(aws);

        Assert.Equal($"00-{unsampled.TraceId}", TraceParent(aws)?[..35]);
        Assert.EndsWith("-00", TraceParent(aws));
        Assert.Empty(unsampled.TagObjects);
    }

    private static Task SendAsync(InstrumentedAws aws, Dictionary<string, MessageAttributeValue>? attributes = null) =>
        aws.Sqs.SendMessageAsync(
            new SendMessageRequest($"{aws.Server.Address}/000000000000/jobs", "job") { MessageAttributes = attributes }
        );

    private static MessageAttributeValue Text(string value) => new() { DataType = "String", StringValue = value };

    private static string? TraceParent(InstrumentedAws aws) =>
        (string?)JsonNode.Parse(Assert.Single(aws.Server.Requests).Body)!["MessageAttributes"]?["traceparent"]?["StringValue"];
}
