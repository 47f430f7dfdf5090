using System.Collections.Concurrent;
using System.Diagnostics;
using Amazon.SQS.Model;
using Profiles;
using Testing;

namespace Worker.Tests.Jobs;

public sealed class TraceTests(AwsEmulator aws)
{
    [Fact]
    public async Task The_sender_s_trace_goes_on_to_the_worker_s_last_span()
    {
        var trace = ActivityTraceId.CreateRandom();
        var ended = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == trace)
                    ended.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);

        var resources = await aws.CreateResourcesAsync();
        var jobs = new TestJobs(aws, resources);
        var id = await jobs.AddAsync();
        await aws.Sqs.PurgeQueueAsync(resources.QueueUrl);
        await aws.Sqs.SendMessageAsync(
            new SendMessageRequest(resources.QueueUrl, $$"""{"profileId":"{{id}}"}""")
            {
                MessageAttributes = new()
                {
                    ["traceparent"] = new MessageAttributeValue
                    {
                        DataType = "String",
                        StringValue = $"00-{trace}-{ActivitySpanId.CreateRandom()}-01",
                    },
                },
            }
        );
        await using var worker = await new TestWorker(aws, resources).StartAsync();
        await jobs.StateAsync(id, ProfileStatus.Done);

        await Eventually.GetAsync(
            () => Task.FromResult(ended.FirstOrDefault(activity => activity.Kind is ActivityKind.Consumer)),
            "the span of processing has ended"
        );
        Assert.Contains(ended, activity => activity.OperationName == "profile csv");
    }
}
