using System.Diagnostics;
using Amazon.SQS;
using Amazon.SQS.Model;
using Aws.Ecs.Messaging;
using Aws.Ecs.Telemetry;
using OpenTelemetry;
using ServiceDefaults.Tests.Aws;

namespace ServiceDefaults.Tests.Messaging;

public sealed class SqsSpanTests
{
    [Fact]
    public async Task Sending_is_one_PRODUCER_span()
    {
        await using var test = await MessagingTest.StartAsync();
        test.BeginTrace();

        var sent = await test.Sqs.SendMessageAsync(test.Queue.Url, "job");

        var span = Assert.Single(await test.EndAsync(spans: 1));
        Assert.Equal($"send {test.Queue.Name}", span.DisplayName);
        Assert.Equal(ActivityKind.Producer, span.Kind);
        Assert.Equal(test.Root.SpanId, span.ParentSpanId);
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
        var server = new Uri(test.Queue.Url);
        Assert.Equivalent(
            new Dictionary<string, object?>
            {
                ["messaging.system"] = "aws_sqs",
                ["messaging.operation.name"] = "send",
                ["messaging.operation.type"] = "send",
                ["messaging.destination.name"] = test.Queue.Name,
                ["messaging.message.id"] = sent.MessageId,
                ["aws.sqs.queue.url"] = test.Queue.Url,
                ["aws.request_id"] = "request-1",
                ["rpc.system"] = "aws-api",
                ["rpc.service"] = "SQS",
                ["rpc.method"] = "SendMessage",
                ["server.address"] = server.Host,
                ["server.port"] = server.Port,
                ["http.response.status_code"] = 200,
            },
            span.TagObjects.ToDictionary(),
            strict: true
        );
    }

    [Fact]
    public async Task One_trace_goes_from_the_sender_through_the_queue_to_the_settled_message()
    {
        await using var test = await MessagingTest.StartAsync();
        test.BeginTrace();
        Baggage.Current = Baggage.Create(new() { ["tenant"] = "t1" });

        await test.Sqs.SendMessageAsync(test.Queue.Url, "job");
        Baggage.Current = default;
        await ConsumeAsync();

        var spans = await test.EndAsync(spans: 3);
        var (send, settle, process) = (test.Span(spans, "send"), test.Span(spans, "settle"), test.Span(spans, "process"));
        Assert.Equal(ActivityKind.Consumer, process.Kind);
        Assert.Equal(send.SpanId, process.ParentSpanId);
        Assert.Equal(send.SpanId, Assert.Single(process.Links).Context.SpanId);
        Assert.Equal(send.GetTagItem("messaging.message.id"), process.GetTagItem("messaging.message.id"));
        Assert.Equal("process", process.GetTagItem("messaging.operation.type"));
        Assert.Equal(test.Queue.Name, process.GetTagItem("messaging.destination.name"));
        Assert.Equal(ActivityKind.Client, settle.Kind);
        Assert.Equal(process.SpanId, settle.ParentSpanId);
        Assert.Equal("DeleteMessage", settle.GetTagItem("rpc.method"));

        // The receive is of no message alone: a trace of its own, linked to what it got.
        var receive = Assert.Single(test.Host.Spans, span => span.DisplayName == $"receive {test.Queue.Name}");
        Assert.Equal(ActivityKind.Client, receive.Kind);
        Assert.NotEqual(send.TraceId, receive.TraceId);
        Assert.Equal(send.SpanId, Assert.Single(receive.Links).Context.SpanId);
        Assert.Equal(1, receive.GetTagItem("messaging.batch.message_count"));
        Assert.Equal("receive", receive.GetTagItem("messaging.operation.type"));

        async Task ConsumeAsync()
        {
            Activity.Current = null;
            var received = await test.Sqs.ReceiveMessageAsync(test.Queue.Url);
            var message = Assert.Single(received.Messages);
            using var activity = SqsTelemetry.StartProcess(message, test.Queue.Url);
            Assert.Equal("t1", Baggage.Current.GetBaggage("tenant"));
            await test.Sqs.DeleteMessageAsync(test.Queue.Url, message.ReceiptHandle);
        }
    }

    [Fact]
    public async Task Each_message_of_a_batch_carries_the_context_of_the_one_send()
    {
        await using var test = await MessagingTest.StartAsync();
        test.BeginTrace();

        await test.Sqs.SendMessageBatchAsync(test.Queue.Url, [new("0", "a"), new("1", "b"), new("2", "c")]);
        var received = await test.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest(test.Queue.Url) { MaxNumberOfMessages = 10 });

        var spans = await test.EndAsync(spans: 2);
        var send = test.Span(spans, "send");
        Assert.Equal(3, send.GetTagItem("messaging.batch.message_count"));
        Assert.Equal(3, test.Span(spans, "receive").Links.Count());
        Assert.Equal(3, received.Messages.Count);
        Assert.All(received.Messages, message => Assert.Equal(send.SpanId, SqsPropagation.Extract(message).ActivityContext.SpanId));
    }

    [Fact]
    public async Task An_empty_receive_makes_no_span_of_any_kind()
    {
        await using var test = await MessagingTest.StartAsync();
        test.BeginTrace();

        await test.Sqs.ReceiveMessageAsync(test.Queue.Url);

        Assert.Single(test.Queue.Server.Requests);
        Assert.Empty(await test.EndAsync(spans: 0));
    }

    [Fact]
    public async Task A_receive_that_fails_is_a_span_with_the_error()
    {
        await using var test = await MessagingTest.StartAsync();
        test.BeginTrace();
        test.Queue.Instead = _ => new AwsAnswer(400, """{ "__type": "com.amazonaws.sqs#QueueDoesNotExist", "message": "no such queue" }""");

        await Assert.ThrowsAnyAsync<AmazonSQSException>(() => test.Sqs.ReceiveMessageAsync(test.Queue.Url));

        var span = Assert.Single(await test.EndAsync(spans: 1));
        Assert.Equal($"receive {test.Queue.Name}", span.DisplayName);
        AssertFailed(span, "QueueDoesNotExist");
    }

    [Fact]
    public async Task A_receive_that_is_cancelled_is_no_failure()
    {
        await using var test = await MessagingTest.StartAsync();
        test.BeginTrace();
        using var stop = new CancellationTokenSource();
        test.Queue.Instead = _ =>
        {
            stop.Cancel();
            return null;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test.Sqs.ReceiveMessageAsync(test.Queue.Url, stop.Token));

        Assert.Empty(await test.EndAsync(spans: 0));
    }

    [Fact]
    public async Task A_send_that_fails_is_a_span_with_the_error()
    {
        await using var test = await MessagingTest.StartAsync();
        test.BeginTrace();
        test.Queue.Instead = _ => new AwsAnswer(403, """{ "__type": "com.amazonaws.sqs#AccessDenied", "message": "no" }""");

        await Assert.ThrowsAnyAsync<AmazonSQSException>(() => test.Sqs.SendMessageAsync(test.Queue.Url, "job"));

        AssertFailed(Assert.Single(await test.EndAsync(spans: 1)), "AccessDenied");
    }

    [Fact]
    public async Task A_batch_of_which_a_part_failed_is_a_failed_span()
    {
        await using var test = await MessagingTest.StartAsync();
        test.BeginTrace();

        await test.Sqs.DeleteMessageBatchAsync(test.Queue.Url, [new("0", "stale")]);

        var span = Assert.Single(await test.EndAsync(spans: 1));
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal("ReceiptHandleIsInvalid", span.GetTagItem("error.type"));
    }

    [Fact]
    public async Task A_request_is_left_as_it_was_so_that_it_can_be_sent_again()
    {
        await using var test = await MessagingTest.StartAsync();
        test.BeginTrace();
        var request = new SendMessageRequest(test.Queue.Url, "job");

        await test.Sqs.SendMessageAsync(request);
        await test.Sqs.SendMessageAsync(request);

        Assert.Null(request.MessageAttributes);
        var parents = test.Queue.Server.Requests.Select(sent =>
            System.Text.Json.Nodes.JsonNode.Parse(sent.Body)!["MessageAttributes"]!["traceparent"]!["StringValue"]!.ToString()
        );
        Assert.Equal(2, parents.Distinct().Count());
    }

    [Fact]
    public async Task Ten_attributes_of_the_application_are_sent_and_received_as_they_are()
    {
        await using var test = await MessagingTest.StartAsync();
        test.BeginTrace();
        var own = Enumerable
            .Range(0, 10)
            .ToDictionary(index => $"own{index}", index => new MessageAttributeValue { DataType = "String", StringValue = $"{index}" });

        await test.Sqs.SendMessageAsync(new SendMessageRequest(test.Queue.Url, "job") { MessageAttributes = own });
        var received = await test.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest(test.Queue.Url) { MessageAttributeNames = ["All"] });

        Assert.Equal(own.Keys.Order(), Assert.Single(received.Messages).MessageAttributes.Keys.Order());
    }

    [Fact]
    public async Task Processing_a_message_of_no_trace_is_a_child_of_what_goes_on()
    {
        await using var test = await MessagingTest.StartAsync();
        test.BeginTrace();

        using (var activity = SqsTelemetry.StartProcess(new Message { MessageId = "m1" }, test.Queue.Url))
        {
            activity.SetFailure(new InvalidDataException("not a CSV"));
        }

        var span = Assert.Single(await test.EndAsync(spans: 1));
        Assert.Equal(test.Root.SpanId, span.ParentSpanId);
        Assert.Equal("System.IO.InvalidDataException", span.GetTagItem("error.type"));
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal("exception", Assert.Single(span.Events).Name);
    }

    private static void AssertFailed(Activity span, string errorType)
    {
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal(errorType, span.GetTagItem("error.type"));
        Assert.InRange((int)span.GetTagItem("http.response.status_code")!, 400, 499);
        Assert.Equal("exception", Assert.Single(span.Events).Name);
    }

    /// <summary>A queue, a client of it that the service defaults instrument, and a trace that the test is in.</summary>
    private sealed class MessagingTest : IAsyncDisposable
    {
        private MessagingTest(MemoryQueue queue, ObservedHost host)
        {
            (Queue, Host) = (queue, host);
            Sqs = queue.CreateClient();
        }

        public MemoryQueue Queue { get; }

        public ObservedHost Host { get; }

        public AmazonSQSClient Sqs { get; }

        public Activity Root { get; private set; } = null!;

        public static async Task<MessagingTest> StartAsync() => new(await MemoryQueue.StartAsync(), await ObservedHost.StartAsync());

        // Not in StartAsync: the current activity flows into what is called, never out of an asynchronous method.
        public void BeginTrace() => Root = ObservedHost.Source.StartActivity("test")!;

        /// <summary>Ends the test's own span and gives the others of its trace.</summary>
        public async Task<IReadOnlyList<Activity>> EndAsync(int spans)
        {
            Root.Stop();
            return [.. (await Host.SpansOfAsync(Root.TraceId, spans + 1)).Where(span => span.SpanId != Root.SpanId)];
        }

        public Activity Span(IEnumerable<Activity> spans, string operation) =>
            Assert.Single(spans, span => span.DisplayName == $"{operation} {Queue.Name}");

        public async ValueTask DisposeAsync()
        {
            Root.Dispose();
            Sqs.Dispose();
            await Host.DisposeAsync();
            await Queue.DisposeAsync();
        }
    }
}
