using System.Diagnostics;
using Amazon.S3.Model;
using Microsoft.AspNetCore.Builder;
using ServiceDefaults.Tests.Aws;

namespace ServiceDefaults.Tests.Telemetry;

public sealed class TraceTests
{
    [Fact]
    public async Task Requests_are_traced_and_health_checks_are_not()
    {
        await using var host = await ObservedHost.StartAsync(map: app => app.MapGet("/work", () => "done"));
        using var root = ObservedHost.Source.StartActivity("test")!;

        await host.Client.GetStringAsync("/health");
        await host.Client.GetStringAsync("/alive");
        await host.Client.GetStringAsync("/work");

        var spans = await host.SpansOfAsync(root.TraceId, 4);
        Assert.Equal("GET /work", Assert.Single(spans, span => span.Kind == ActivityKind.Server).DisplayName);
    }

    [Fact]
    public async Task A_request_that_throws_is_a_failed_span_with_its_exception()
    {
        await using var host = await ObservedHost.StartAsync(map: app =>
            app.MapGet("/fail", string () => throw new InvalidOperationException("no"))
        );
        using var root = ObservedHost.Source.StartActivity("test")!;

        using var response = await host.Client.GetAsync("/fail");

        var span = Assert.Single(await host.SpansOfAsync(root.TraceId, 2), span => span.Kind == ActivityKind.Server);
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal("System.InvalidOperationException", span.GetTagItem("error.type"));
        Assert.Contains(span.Events, happened => happened.Name == "exception");
    }

    [Fact]
    public async Task A_call_of_S3_is_one_span()
    {
        await using var aws = await AwsServer.StartAsync(_ => new AwsAnswer(200, "", Headers: new() { ["ETag"] = "\"0\"" }));
        await using var host = await ObservedHost.StartAsync();
        using var s3 = S3.ClientOf(aws);
        using var root = ObservedHost.Source.StartActivity("test")!;

        await s3.PutObjectAsync(
            new()
            {
                BucketName = "datasets",
                Key = "a.csv",
                ContentBody = "a,b",
            }
        );
        root.Stop();

        var span = Assert.Single(await host.SpansOfAsync(root.TraceId, 2), span => span != root);
        Assert.Equal("S3.PutObject", span.DisplayName);
        Assert.Equal(ActivityKind.Client, span.Kind);
        Assert.Equal("datasets", span.GetTagItem("aws.s3.bucket"));
        Assert.Equal("aws-api", span.GetTagItem("rpc.system"));
        Assert.Equal("PutObject", span.GetTagItem("rpc.method"));
        Assert.Equal("request-1", span.GetTagItem("aws.request_id"));
        Assert.Null(span.GetTagItem("error.type"));

        // And AWS is told of that span alone.
        var headers = Assert.Single(aws.Requests).Headers;
        Assert.Contains($"Parent={span.SpanId}", headers["X-Amzn-Trace-Id"]);
        Assert.DoesNotContain("traceparent", headers.Keys);
    }

    [Fact]
    public async Task A_call_of_S3_that_fails_has_the_services_error()
    {
        await using var aws = await AwsServer.StartAsync(_ => new AwsAnswer(
            404,
            "<Error><Code>NoSuchKey</Code><Message>no</Message></Error>",
            "application/xml"
        ));
        await using var host = await ObservedHost.StartAsync();
        using var s3 = S3.ClientOf(aws);
        using var root = ObservedHost.Source.StartActivity("test")!;

        await Assert.ThrowsAsync<NoSuchKeyException>(() => s3.GetObjectAsync("datasets", "a.csv"));
        root.Stop();

        var span = Assert.Single(await host.SpansOfAsync(root.TraceId, 2), span => span != root);
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal("NoSuchKey", span.GetTagItem("error.type"));
        Assert.Equal(404, span.GetTagItem("http.response.status_code"));
    }
}
