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
        Assert.Equal(1, (await jobs.StateAsync(id, ProfileStatus.Done)).Attempt?.Number);
    }

    [Fact]
    public async Task A_job_that_is_interrupted_more_often_than_it_may_fail_is_done_all_the_same()
    {
        var resources = await aws.CreateResourcesAsync(maxReceives: 2);
        var jobs = new TestJobs(aws, resources);
        var id = await jobs.AddAsync();
        for (var interruption = 0; interruption < 4; interruption++)
        {
            using var gate = new SourceGate();
            await using var worker = await new TestWorker(aws, resources, gate, LongerThanTheTest, TimeSpan.FromSeconds(5)).StartAsync();
            await gate.Reached;
            await worker.StopAsync();
        }

        await using var last = await new TestWorker(aws, resources).StartAsync();
        Assert.Equal(1, (await jobs.StateAsync(id, ProfileStatus.Done)).Attempt?.Number);
        await jobs.EmptyQueueAsync();
        Assert.False(await jobs.HasDeadLettersAsync());
    }

    [Fact]
    public async Task A_failed_try_still_counts_when_the_job_is_handed_back()
    {
        var resources = await aws.CreateResourcesAsync(maxReceives: 2);
        var jobs = new TestJobs(aws, resources);
        var id = await jobs.AddAsync(csv: null);
        await using (var failing = await new TestWorker(aws, resources, retryDelay: LongerThanTheTest).StartAsync())
            await jobs.StateAsync(id, state => state is { Status: ProfileStatus.Queued, Error: not null }, "the first try failed");
        // The second receive is interrupted before it can fail, and the third is the second try.
        await jobs.SendAsync(id, failedTries: 1);

        await using var worker = await new TestWorker(aws, resources).StartAsync();
        Assert.StartsWith("Attempt 2 of 2 failed", (await jobs.StateAsync(id, ProfileStatus.Failed)).Error, StringComparison.Ordinal);
        Assert.Contains(id.ToString(), (await jobs.DeadLetterAsync()).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_whose_worker_says_nothing_any_more_is_done_by_another()
    {
        var resources = await aws.CreateResourcesAsync();
        var jobs = new TestJobs(aws, resources);
        var id = await jobs.AddAsync();
        // What a killed worker leaves: a message in its hands.
        var taken = await aws.Sqs.ReceiveMessageAsync(
            new Amazon.SQS.Model.ReceiveMessageRequest(resources.QueueUrl) { VisibilityTimeout = 2, WaitTimeSeconds = 20 }
        );
        Assert.Single(taken.Messages);

        await using var other = await new TestWorker(aws, resources).StartAsync();
        Assert.Equal(2, (await jobs.StateAsync(id, ProfileStatus.Done)).Attempt?.Number);
    }
}
