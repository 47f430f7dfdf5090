using Profiles;
using Testing;

namespace Worker.Tests.Jobs;

public sealed class StopTests(AwsEmulator aws)
{
    private const string LongerThanTheTest = "00:10:00";

    [Fact]
    public async Task A_worker_told_to_stop_finishes_a_job_that_ends_in_time()
    {
        var resources = await aws.CreateResourcesAsync();
        var jobs = new TestJobs(aws, resources);
        var id = await jobs.AddAsync();
        using var gate = new SourceGate();
        await using var worker = await new TestWorker(aws, resources, gate, LongerThanTheTest).StartAsync();
        await gate.Reached;

        var stopping = worker.StopAsync();
        gate.Open();
        await stopping;

        var state = (await jobs.Store.FindAsync(id, CancellationToken.None))!.Value;
        Assert.Equal((ProfileStatus.Done, 1), (state.Status, state.Attempt?.Number));
        await jobs.EmptyQueueAsync();
    }

    [Fact]
    public async Task A_worker_told_to_stop_hands_back_what_does_not_end_in_time()
    {
        var resources = await aws.CreateResourcesAsync();
        var jobs = new TestJobs(aws, resources);
        var id = await jobs.AddAsync();
        using var gate = new SourceGate();
        await using (var worker = await new TestWorker(aws, resources, gate, LongerThanTheTest, TimeSpan.FromSeconds(6)).StartAsync())
        {
            await gate.Reached;
            await worker.StopAsync();
        }

        var handedBack = (await jobs.Store.FindAsync(id, CancellationToken.None))!.Value;
        Assert.Equal((ProfileStatus.Queued, null), (handedBack.Status, handedBack.Error));

        // Its visibility timeout is ten minutes: only a message that was given back is seen again.
        await using var other = await new TestWorker(aws, resources).StartAsync();
        Assert.Equal(2, (await jobs.StateAsync(id, ProfileStatus.Done)).Attempt?.Number);
    }

    [Fact]
    public async Task A_job_whose_worker_says_nothing_any_more_is_done_by_another()
    {
        var resources = await aws.CreateResourcesAsync();
        var jobs = new TestJobs(aws, resources);
        var id = await jobs.AddAsync();
        // What a killed worker leaves: a message in its hands.
        var taken = await aws.Sqs.ReceiveMessageAsync(
            new Amazon.SQS.Model.ReceiveMessageRequest(resources.QueueUrl) { VisibilityTimeout = 2, WaitTimeSeconds = 20 });
        Assert.Single(taken.Messages);

        await using var other = await new TestWorker(aws, resources).StartAsync();
        Assert.Equal(2, (await jobs.StateAsync(id, ProfileStatus.Done)).Attempt?.Number);
    }
}
