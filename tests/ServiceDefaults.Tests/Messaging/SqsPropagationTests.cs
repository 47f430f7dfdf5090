using System.Diagnostics;
using Amazon.SQS.Model;
using Aws.Ecs.Messaging;
using OpenTelemetry;

namespace ServiceDefaults.Tests.Messaging;

public sealed class SqsPropagationTests
{
    private static readonly ActivityContext Context = new(
        ActivityTraceId.CreateRandom(),
        ActivitySpanId.CreateRandom(),
        ActivityTraceFlags.Recorded,
        "vendor=value"
    );

    [Fact]
    public void What_is_injected_is_extracted()
    {
        Baggage.Current = Baggage.Create(new() { ["tenant"] = "a b,c=d" });
        var request = new SendMessageRequest { MessageBody = "job" };

        SqsPropagation.Inject(Context, request);

        var extracted = SqsPropagation.Extract(Received(request));
        Assert.Equal(Context.TraceId, extracted.ActivityContext.TraceId);
        Assert.Equal(Context.SpanId, extracted.ActivityContext.SpanId);
        Assert.Equal(ActivityTraceFlags.Recorded, extracted.ActivityContext.TraceFlags);
        Assert.Equal("vendor=value", extracted.ActivityContext.TraceState);
        Assert.True(extracted.ActivityContext.IsRemote);
        Assert.Equal("a b,c=d", extracted.Baggage.GetBaggage("tenant"));
    }

    [Theory]
    [InlineData(0, "traceparent,tracestate,baggage")]
    [InlineData(7, "traceparent,tracestate,baggage")]
    [InlineData(8, "traceparent,tracestate")]
    [InlineData(9, "traceparent")]
    [InlineData(10, "")]
    public void The_applications_attributes_come_first_and_baggage_goes_first(int own, string expected)
    {
        Baggage.Current = Baggage.Create(new() { ["tenant"] = "t" });
        var attributes = Attributes(own);
        var request = new SendMessageRequest { MessageBody = "job", MessageAttributes = attributes };

        SqsPropagation.Inject(Context, request);

        Assert.Equal(own, attributes.Count);
        Assert.All(attributes, attribute => Assert.Same(attribute.Value, request.MessageAttributes[attribute.Key]));
        Assert.Equal(expected, string.Join(',', request.MessageAttributes.Keys.Except(attributes.Keys)));
    }

    [Fact]
    public void With_ten_attributes_of_its_own_a_message_still_has_AWSs_trace_header()
    {
        var request = new SendMessageRequest { MessageBody = "job", MessageAttributes = Attributes(10) };

        SqsPropagation.Inject(Context, request);

        Assert.Equal(Context.TraceId, SqsPropagation.Extract(Received(request)).ActivityContext.TraceId);
        Assert.Equal(Context.SpanId, SqsPropagation.Extract(Received(request)).ActivityContext.SpanId);
    }

    [Fact]
    public void A_message_that_fills_its_size_is_not_made_larger()
    {
        var request = new SendMessageRequest { MessageBody = new string('a', 1024 * 1024) };

        SqsPropagation.Inject(Context, request);

        Assert.Empty(request.MessageAttributes);
    }

    [Fact]
    public void A_batch_that_nearly_fills_its_size_gets_as_much_as_fits()
    {
        List<SendMessageBatchRequestEntry> entries = [new("0", new string('a', 512 * 1024)), new("1", new string('a', 512 * 1024 - 99))];

        SqsPropagation.Inject(Context, entries);

        Assert.Equal(["traceparent"], entries[0].MessageAttributes.Keys);
        Assert.Empty(entries[1].MessageAttributes);
    }

    [Fact]
    public void A_context_that_the_application_set_stays()
    {
        var own = new MessageAttributeValue
        {
            DataType = "String",
            StringValue = $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-01",
        };
        var request = new SendMessageRequest
        {
            MessageBody = "job",
            MessageAttributes = new() { ["traceparent"] = own },
        };

        SqsPropagation.Inject(Context, request);

        Assert.Same(own, Assert.Single(request.MessageAttributes).Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Root=1-5759e988-bd862e3fe1be46a994272793")]
    [InlineData("Root=1-5759e988-bd862e3fe1be46a99427279g;Parent=53995c3f42cd8ad8;Sampled=1")]
    [InlineData("Root=15759e988bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8")]
    [InlineData(";;=;Root;Parent=;Sampled")]
    public void A_message_without_a_context_has_none(string? traceHeader)
    {
        var message = new Message { MessageAttributes = new() { ["traceparent"] = new() { StringValue = "00-zz-01" } } };
        if (traceHeader is not null)
        {
            message.Attributes = new() { ["AWSTraceHeader"] = traceHeader };
        }

        Assert.Equal(default, SqsPropagation.Extract(message).ActivityContext);
        Assert.Equal(default, SqsPropagation.Extract(new Message()).ActivityContext);
    }

    [Fact]
    public void The_trace_header_of_an_AWS_service_is_a_context()
    {
        var message = new Message
        {
            Attributes = new()
            {
                ["AWSTraceHeader"] =
                    "Self=1-a;Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=a87bd80c:1",
            },
        };

        var context = SqsPropagation.Extract(message).ActivityContext;

        Assert.Equal("5759e988bd862e3fe1be46a994272793", context.TraceId.ToHexString());
        Assert.Equal("53995c3f42cd8ad8", context.SpanId.ToHexString());
        Assert.Equal(ActivityTraceFlags.Recorded, context.TraceFlags);
    }

    private static Dictionary<string, MessageAttributeValue> Attributes(int count) =>
        Enumerable
            .Range(0, count)
            .ToDictionary(index => $"own{index}", index => new MessageAttributeValue { DataType = "String", StringValue = $"{index}" });

    private static Message Received(SendMessageRequest request) =>
        new()
        {
            MessageAttributes = request.MessageAttributes,
            Attributes = request.MessageSystemAttributes.ToDictionary(attribute => attribute.Key, attribute => attribute.Value.StringValue),
        };
}
