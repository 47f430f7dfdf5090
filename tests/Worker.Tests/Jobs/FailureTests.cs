using Profiles;
using Testing;

namespace Worker.Tests.Jobs;

public sealed class FailureTests(AwsEmulator aws)
{
    [Fact]
    public async Task A_job_that_fails_once_is_done_at_the_next_attempt()
    {
        var resources = await aws.CreateResourcesAsync();
        var jobs = new TestJobs(aws, resources);
        var id = await jobs.AddAsync(csv: null);
        await using var worker = await new TestWorker(aws, resources).StartAsync();

        var waiting = await jobs.StateAsync(
            id,
            state => state is { Status: ProfileStatus.Queued, Error: not null },
            "the first attempt failed"
        );
        Assert.StartsWith("Attempt 1 of 3 failed: ", waiting.Error);
        await jobs.PutSourceAsync(id, TestJobs.Csv);

        var state = await jobs.StateAsync(id, ProfileStatus.Done);
        Assert.Equal((2, null), (state.Attempt?.Number, state.Error));
    }

    [Fact]
    public async Task A_job_that_always_fails_ends_in_the_dead_letter_queue_and_the_profile_says_why()
    {
        var resources = await aws.CreateResourcesAsync(maxReceives: 2);
        var jobs = new TestJobs(aws, resources);
        var id = await jobs.AddAsync(csv: null);
        await using var worker = await new TestWorker(aws, resources).StartAsync();

        Assert.Contains(id.ToString(), (await jobs.DeadLetterAsync()).Body);
        var state = await jobs.StateAsync(id, ProfileStatus.Failed);
        Assert.Equal($"Attempt 2 of 2 failed: The uploaded file, profiles/{id}/source.csv, is not in the bucket.", state.Error);
        await jobs.EmptyQueueAsync();
    }

    [Fact]
    public async Task A_job_sent_back_from_the_dead_letter_queue_is_tried_again()
    {
        var resources = await aws.CreateResourcesAsync(maxReceives: 1);
        var jobs = new TestJobs(aws, resources);
        var id = await jobs.AddAsync(csv: null);
        await using var worker = await new TestWorker(aws, resources).StartAsync();
        var dead = await jobs.DeadLetterAsync();
        await jobs.StateAsync(id, ProfileStatus.Failed);

        await jobs.PutSourceAsync(id, TestJobs.Csv);
        await jobs.SendAsync(dead.Body);

        Assert.Null((await jobs.StateAsync(id, ProfileStatus.Done)).Error);
    }

    [Fact]
    public async Task A_file_that_is_no_CSV_fails_at_once_and_is_no_dead_letter()
    {
        var resources = await aws.CreateResourcesAsync();
        var jobs = new TestJobs(aws, resources);
        var id = await jobs.AddAsync("a,b\n1,\"the quote that never ends\n");
        await using var worker = await new TestWorker(aws, resources).StartAsync();

        var state = await jobs.StateAsync(id, ProfileStatus.Failed);
        Assert.Equal(1, state.Attempt?.Number);
        Assert.False(string.IsNullOrWhiteSpace(state.Error));
        await jobs.EmptyQueueAsync();
        Assert.False(await jobs.HasDeadLettersAsync());
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"profileId":"../../secrets"}""")]
    public async Task A_message_that_is_no_job_ends_in_the_dead_letter_queue(string body)
    {
        var resources = await aws.CreateResourcesAsync(maxReceives: 1);
        var jobs = new TestJobs(aws, resources);
        await jobs.SendAsync(body);
        await using var worker = await new TestWorker(aws, resources).StartAsync();

        Assert.Equal(body, (await jobs.DeadLetterAsync()).Body);
    }
}
