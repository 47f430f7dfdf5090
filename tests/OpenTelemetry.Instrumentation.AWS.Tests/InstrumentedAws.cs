using System.Collections.Concurrent;
using System.Diagnostics;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;
using Amazon.SQS;
using OpenTelemetry.Trace;
using ServiceDefaults.Tests.Aws;

namespace OpenTelemetry.Instrumentation.AWS.Tests;

/// <summary>Instrumented clients of a server of the test's own, and the spans of a trace that the test is in.</summary>
internal sealed class InstrumentedAws : IAsyncDisposable
{
    /// <summary>The collection of the tests that change what the AWS SDK keeps once a process, so that they run one by one.</summary>
    public const string Process = "AWS telemetry of the process";

    private static readonly ActivitySource Source = new("Tests");

    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly TracerProvider _traces;

    private InstrumentedAws(AwsServer server, Action<AWSClientInstrumentationOptions>? configure)
    {
        Server = server;

        // The first registration holds for the process, so the one of another test has to go.
        RuntimePipelineCustomizerRegistry.Instance.Deregister("AWS Tracing Registration Customization");
        _traces = Sdk.CreateTracerProviderBuilder()
            .AddSource(Source.Name)
            .AddAWSInstrumentation(configure)
            .AddProcessor(new Collector(_ended))
            .Build();

        var credentials = new BasicAWSCredentials("access", "secret");
        S3 = new AmazonS3Client(
            credentials,
            new AmazonS3Config
            {
                ServiceURL = server.Address,
                ForcePathStyle = true,
                AuthenticationRegion = "eu-west-1",
                MaxErrorRetry = 0,
            }
        );
        Sqs = new AmazonSQSClient(
            credentials,
            new AmazonSQSConfig
            {
                ServiceURL = server.Address,
                AuthenticationRegion = "eu-west-1",
                MaxErrorRetry = 0,
            }
        );
    }

    public AwsServer Server { get; }

    public AmazonS3Client S3 { get; }

    public AmazonSQSClient Sqs { get; }

    public static async Task<InstrumentedAws> StartAsync(
        Func<AwsRequest, AwsAnswer> answer,
        Action<AWSClientInstrumentationOptions>? configure = null
    ) => new(await AwsServer.StartAsync(answer), configure);

    /// <summary>A span for the calls to be in.</summary>
    public static Activity StartTrace() => Source.StartActivity("test")!;

    public IReadOnlyList<Activity> Spans(Activity root) =>
        [.. _ended.Where(span => span.TraceId == root.TraceId && span.SpanId != root.SpanId)];

    public async ValueTask DisposeAsync()
    {
        S3.Dispose();
        Sqs.Dispose();
        _traces.Dispose();
        await Server.DisposeAsync();
    }

    private sealed class Collector(ConcurrentQueue<Activity> ended) : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data) => ended.Enqueue(data);
    }
}
