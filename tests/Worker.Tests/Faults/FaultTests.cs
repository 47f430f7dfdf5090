using Profiles;
using Testing;
using Worker.Tests.Jobs;

namespace Worker.Tests.Faults;

/// <summary>The worker as a process, and AWS at its worst.</summary>
public sealed class FaultTests(AwsEmulator aws)
{
    private const int Rows = 200_000;
    private const int Middle = 1_000_000;
    private static readonly (string, string) _soonStalled = ("Worker__StallTimeout", "00:00:03");
    private static readonly string _csv = "id,name\n" + string.Concat(Enumerable.Range(0, Rows).Select(i => $"{i},name {i}\n"));

    [Fact]
    public async Task A_download_that_stalls_goes_on_from_where_it_was()
    {
        var (resources, jobs) = await PrepareAsync();
        var id = await jobs.AddAsync(_csv);
        await using var proxy = await FaultyAws.StartAsync(aws.Url, call =>
            call is { Operation: "GET source.csv", Nth: 1 } ? new Fault(StopAfter: Middle) : null
        );
        await using var worker = new WorkerProcess(proxy.Url, resources, _soonStalled);

        await AssertDoneAsync(jobs, id, attempt: 1);
        // A busy machine may answer late once more, and is asked for the same bytes again.
        Assert.Equal(
            ["", $"bytes={Middle}-"],
            proxy.Calls.Where(call => call.Operation == "GET source.csv").Select(call => call.Range).Distinct()
        );
    }

    [Fact]
    public async Task A_download_whose_connection_breaks_again_and_again_comes_to_its_end()
    {
        var (resources, jobs) = await PrepareAsync();
        var id = await jobs.AddAsync(_csv);
        await using var proxy = await FaultyAws.StartAsync(aws.Url, call =>
            call is { Operation: "GET source.csv", Nth: < 8 } ? new Fault(StopAfter: 300_000, Breaks: true) : null
        );
        await using var worker = new WorkerProcess(proxy.Url, resources);

        await AssertDoneAsync(jobs, id, attempt: 1);
    }

    [Fact]
    public async Task A_job_that_stands_still_is_done_by_another_worker()
    {
        var (resources, jobs) = await PrepareAsync();
        var id = await jobs.AddAsync(_csv);
        await using var proxy = await FaultyAws.StartAsync(aws.Url, call =>
            call.Operation == "GET source.csv" ? new Fault(StopAfter: 0) : null
        );
        await using var stuck = new WorkerProcess(
            proxy.Url,
            resources,
            ("Worker__VisibilityTimeout", "00:00:03"),
            ("Worker__StallTimeout", "00:00:06"),
            ("Worker__Concurrency", "1")
        );
        await Eventually.GetAsync(
            () => Task.FromResult(proxy.Calls.FirstOrDefault(call => call.Operation == "GET source.csv")),
            "the first worker waits for the file"
        );

        // It asks for the file for four times as long; what it does not do any more is keep the job.
        await using var other = new WorkerProcess(aws.Url, resources);

        await AssertDoneAsync(jobs, id, attempt: 2);
        Assert.InRange(proxy.Calls.Count(call => call.Operation == "ChangeMessageVisibility"), 1, 7);
    }

    [Fact]
    public async Task A_file_that_never_comes_fails_with_what_happened()
    {
        var resources = await aws.CreateResourcesAsync(maxReceives: 1);
        var jobs = new TestJobs(aws, resources);
        var id = await jobs.AddAsync(_csv);
        await using var proxy = await FaultyAws.StartAsync(aws.Url, call =>
            call.Operation == "GET source.csv" ? new Fault(StopAfter: call.Nth == 1 ? Middle : 0) : null
        );
        await using var worker = new WorkerProcess(proxy.Url, resources, _soonStalled);

        var state = await jobs.StateAsync(id, ProfileStatus.Failed);
        Assert.StartsWith("Attempt 1 of 1 failed: The uploaded file stopped coming at byte ", state.Error, StringComparison.Ordinal);
        Assert.Contains(id.ToString(), (await jobs.DeadLetterAsync()).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task S3_that_answers_500_for_a_while_costs_no_try_of_a_download_and_one_at_most_of_a_result()
    {
        var (resources, jobs) = await PrepareAsync();
        var id = await jobs.AddAsync(_csv);
        await using var proxy = await FaultyAws.StartAsync(aws.Url, call => call switch
            {
                { Operation: "GET source.csv", Nth: 1 } => new Fault(StopAfter: Middle, Breaks: true),
                { Operation: "GET source.csv", Nth: < 8 } => new Fault(Status: 500),
                { Operation: "PUT profile.json", Nth: < 6 } => new Fault(Status: 500),
                _ => null,
            });
        await using var worker = new WorkerProcess(proxy.Url, resources);

        await AssertDoneAsync(jobs, id, attempt: 2);
    }

    [Fact]
    public async Task S3_that_always_answers_500_ends_the_job_in_the_dead_letter_queue()
    {
        var resources = await aws.CreateResourcesAsync(maxReceives: 2);
        var jobs = new TestJobs(aws, resources);
        var id = await jobs.AddAsync(_csv);
        await using var proxy = await FaultyAws.StartAsync(aws.Url, call =>
            call.Operation == "GET source.csv" ? new Fault(Status: 500) : null
        );
        await using var worker = new WorkerProcess(proxy.Url, resources);

        Assert.Contains(id.ToString(), (await jobs.DeadLetterAsync()).Body, StringComparison.Ordinal);
        Assert.StartsWith(
            "Attempt 2 of 2 failed: The uploaded file stopped coming at byte ",
            (await jobs.StateAsync(id, ProfileStatus.Failed)).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_worker_outlives_SQS()
    {
        var (resources, jobs) = await PrepareAsync();
        var isGone = true;
        await using var proxy = await FaultyAws.StartAsync(aws.Url, call =>
            Volatile.Read(ref isGone) && char.IsAsciiLetterUpper(call.Operation[1]) is false ? new Fault(Breaks: true) : null
        );
        await using var worker = new WorkerProcess(proxy.Url, resources);
        await Eventually.GetAsync(() => Task.FromResult(proxy.Calls.Count > 8 ? "" : null), "the worker asks a queue that is not there");

        Assert.True(worker.IsRunning);
        var id = await jobs.AddAsync(_csv);
        Volatile.Write(ref isGone, false);

        await AssertDoneAsync(jobs, id, attempt: 1);
    }

    [Fact]
    public async Task SQS_that_goes_while_a_job_is_in_hand_does_not_undo_it()
    {
        var (resources, jobs) = await PrepareAsync();
        var id = await jobs.AddAsync(_csv);
        await using var proxy = await FaultyAws.StartAsync(aws.Url, call =>
            call.Operation is "DeleteMessage" && call.Nth < 6 ? new Fault(Breaks: true) : null
        );
        // A busy machine holds a beat up for seconds: the job is not to be another's meanwhile.
        await using var worker = new WorkerProcess(proxy.Url, resources, ("Worker__VisibilityTimeout", "00:00:10"));

        await AssertDoneAsync(jobs, id, attempt: 1);
        await jobs.EmptyQueueAsync();
        Assert.False(await jobs.HasDeadLettersAsync());
    }

    private async Task<(AwsResources Resources, TestJobs Jobs)> PrepareAsync()
    {
        var resources = await aws.CreateResourcesAsync();
        return (resources, new TestJobs(aws, resources));
    }

    private static async Task AssertDoneAsync(TestJobs jobs, ProfileId id, int attempt)
    {
        var state = await jobs.StateAsync(id, ProfileStatus.Done);
        Assert.Equal((attempt, null), (state.Attempt?.Number, state.Error));
        var profile = (await jobs.Store.FindProfileAsync(id, CancellationToken.None))!;
        Assert.Equal((Rows, _csv.Length), (profile.Rows, profile.Bytes));
        Assert.Equal($"{Rows - 1}", profile.Columns[0].Max);
    }
}
