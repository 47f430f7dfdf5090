using Profiles;
using Testing;
using Worker.Jobs;

namespace Worker.Tests.Jobs;

public sealed class JobTests(AwsEmulator aws)
{
    [Fact]
    public async Task A_job_becomes_a_profile_and_leaves_the_queue()
    {
        var resources = await aws.CreateResourcesAsync();
        var jobs = new TestJobs(aws, resources);
        var id = await jobs.AddAsync();
        await using var worker = await new TestWorker(aws, resources).StartAsync();

        var state = await jobs.StateAsync(id, ProfileStatus.Done);
        Assert.Equal(new ProfileProgress(2, TestJobs.Csv.Length), state.Progress);
        Assert.Equal(1, state.Attempt?.Number);
        var profile = await jobs.Store.FindProfileAsync(id, CancellationToken.None);
        Assert.Equal(["name", "age"], profile!.Columns.Select(column => column.Name));
        await jobs.EmptyQueueAsync();
        Assert.False(await jobs.HasDeadLettersAsync());
    }

    [Fact]
    public async Task A_job_of_a_queue_without_a_dead_letter_queue_has_no_last_attempt()
    {
        var resources = await aws.CreateResourcesAsync();
        await aws.Sqs.SetQueueAttributesAsync(resources.QueueUrl, new() { ["RedrivePolicy"] = "" });
        var jobs = new TestJobs(aws, resources);
        var id = await jobs.AddAsync();
        await using var worker = await new TestWorker(aws, resources).StartAsync();

        Assert.Equal(
            (1, null),
            ((await jobs.StateAsync(id, ProfileStatus.Done)).Attempt?.Number, (await jobs.StateAsync(id, ProfileStatus.Done)).Attempt?.Of)
        );
    }

    [Fact]
    public async Task Of_many_attempts_at_once_one_writes_the_result()
    {
        var resources = await aws.CreateResourcesAsync();
        var jobs = new TestJobs(aws, resources);
        var id = await jobs.AddAsync();
        await using var one = new TestWorker(aws, resources);
        await using var other = new TestWorker(aws, resources);

        var outcomes = await Task.WhenAll(
            Enumerable.Range(1, 8).Select(number => (number % 2 is 0 ? one : other).ProcessAsync(id, number, maxAttempts: 100))
        );

        Assert.Single(outcomes, JobOutcome.Done);
        Assert.All(outcomes, outcome => Assert.Contains(outcome, new[] { JobOutcome.Done, JobOutcome.AlreadyDone, JobOutcome.Superseded }));
        Assert.Equal(ProfileStatus.Done, (await jobs.Store.FindAsync(id, CancellationToken.None))!.Value.Status);
    }

    [Fact]
    public async Task A_result_whose_writer_was_killed_before_it_said_so_is_kept()
    {
        var resources = await aws.CreateResourcesAsync();
        var jobs = new TestJobs(aws, resources);
        var id = await jobs.AddAsync();
        var written = new Profile
        {
            Rows = 4711,
            Bytes = 1,
            Columns = [],
        };
        Assert.True(await jobs.Store.TryWriteProfileAsync(id, written, CancellationToken.None));
        await using var worker = new TestWorker(aws, resources);

        Assert.Equal(JobOutcome.AlreadyDone, await worker.ProcessAsync(id, number: 2, maxAttempts: 3));
        Assert.Equal(4711, (await jobs.Store.FindProfileAsync(id, CancellationToken.None))!.Rows);
        Assert.Equal(ProfileStatus.Done, (await jobs.Store.FindAsync(id, CancellationToken.None))!.Value.Status);
    }

    [Fact]
    public async Task A_job_that_was_done_before_is_not_done_again()
    {
        var resources = await aws.CreateResourcesAsync();
        var jobs = new TestJobs(aws, resources);
        var id = await jobs.AddAsync();
        await using var worker = await new TestWorker(aws, resources).StartAsync();
        var first = await jobs.StateAsync(id, ProfileStatus.Done);

        await jobs.SendAsync(id);
        await jobs.EmptyQueueAsync();
        Assert.Equal(first, (await jobs.Store.FindAsync(id, CancellationToken.None))!.Value);
    }

    [Fact]
    public async Task A_deleted_profile_is_dropped_with_all_that_was_left_of_it()
    {
        var resources = await aws.CreateResourcesAsync();
        var jobs = new TestJobs(aws, resources);
        var id = await jobs.AddAsync();
        await jobs.Store.DeleteAsync(id, CancellationToken.None);
        await jobs.PutSourceAsync(id, TestJobs.Csv);
        await using var worker = await new TestWorker(aws, resources).StartAsync();

        await jobs.EmptyQueueAsync();
        Assert.Empty(await jobs.ObjectsAsync(id));
    }

    [Fact]
    public async Task A_new_job_knows_its_profile_and_asks_S3_three_times()
    {
        var resources = await aws.CreateResourcesAsync();
        var jobs = new TestJobs(aws, resources);
        var id = await jobs.AddAsync();
        using var calls = new S3Calls();
        await using var worker = await new TestWorker(aws, resources, calls).StartAsync();

        await jobs.EmptyQueueAsync();
        Assert.Equal(ProfileStatus.Done, (await jobs.Store.FindAsync(id, CancellationToken.None))?.Value.Status);
        Assert.Equal(["GET source.csv", "PUT profile.json", "PUT state.json"], calls.All);
    }

    [Fact]
    public async Task What_a_job_knows_of_its_profile_may_be_out_of_date()
    {
        var resources = await aws.CreateResourcesAsync();
        var jobs = new TestJobs(aws, resources);
        await using var worker = new TestWorker(aws, resources);
        var (deleted, changed) = (await jobs.AddAsync(), await jobs.AddAsync());
        var (ofDeleted, ofChanged) = (
            await jobs.Store.FindAsync(deleted, CancellationToken.None),
            await jobs.Store.FindAsync(changed, CancellationToken.None)
        );
        await jobs.Store.DeleteAsync(deleted, CancellationToken.None);
        await jobs.Store.UpdateAsync(changed, ofChanged, state => state with { AcceptedBy = "another" }, CancellationToken.None);

        Assert.Equal(JobOutcome.Dropped, await worker.ProcessAsync(deleted, ofDeleted, number: 1, maxAttempts: 3));
        Assert.Equal(JobOutcome.Done, await worker.ProcessAsync(changed, ofChanged, number: 1, maxAttempts: 3));
        Assert.Equal(JobOutcome.AlreadyDone, await worker.ProcessAsync(changed, ofChanged, number: 1, maxAttempts: 3));
        var state = (await jobs.Store.FindAsync(changed, CancellationToken.None))!.Value;
        Assert.Equal((ProfileStatus.Done, "another"), (state.Status, state.AcceptedBy));
    }

    [Fact]
    public async Task A_profile_deleted_while_its_file_is_read_is_given_up()
    {
        var resources = await aws.CreateResourcesAsync();
        var jobs = new TestJobs(aws, resources);
        var id = await jobs.AddAsync();
        using var gate = new SourceGate();
        await using var worker = await new TestWorker(aws, resources, gate).StartAsync();
        await gate.Reached;

        await jobs.Store.DeleteAsync(id, CancellationToken.None);

        // The gate stays shut: only who gives up comes this far.
        await jobs.EmptyQueueAsync();
        Assert.Empty(await jobs.ObjectsAsync(id));
    }

    [Fact]
    public async Task A_job_in_hand_for_longer_than_the_visibility_timeout_stays_in_hand()
    {
        var resources = await aws.CreateResourcesAsync();
        var jobs = new TestJobs(aws, resources);
        var id = await jobs.AddAsync();
        using var gate = new SourceGate();
        await using var worker = await new TestWorker(aws, resources, gate, visibilityTimeout: "00:00:02").StartAsync();
        await gate.Reached;
        await using var other = await new TestWorker(aws, resources, visibilityTimeout: "00:00:02").StartAsync();

        await jobs.StateAsync(
            id,
            state => state.UpdatedAt - state.Attempt?.StartedAt > TimeSpan.FromSeconds(5),
            "the attempt lasts for 5 s"
        );
        gate.Open();

        Assert.Equal(1, (await jobs.StateAsync(id, ProfileStatus.Done)).Attempt?.Number);
    }
}
