using System.Text.Json.Nodes;
using Amazon.S3.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using Profiles;

namespace EndToEnd;

[Collection(RunningApplication.Collection)]
public sealed class FaultTests(RunningApplication running) : IAsyncLifetime
{
    private ReferenceApplication Application => running.Application;

    public ValueTask InitializeAsync()
    {
        ProcessTree.SkipWhereUnreadable();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync() => await Application.StartWhatEndedAsync();

    [Fact]
    public async Task A_job_whose_worker_is_killed_is_done_by_another()
    {
        Uri address;
        using (var hold = Application.Downloads.HoldEach())
        {
            address = await PostHeldAsync(hold);
            await Application.KillAsync("worker");
        }
        // Dead in the middle of it, the worker says nothing more.
        Assert.Equal((ProfileStatus.Running, 1), await StateAsync(address));

        await Application.StartAgainAsync("worker");

        Assert.Equal("done", (string?)(await Application.EndOfAsync(address))["state"]);
        Assert.Equal((ProfileStatus.Done, 2), await StateAsync(address));
    }

    [Fact]
    public async Task A_worker_told_to_stop_hands_its_job_back()
    {
        Uri address;
        using (var hold = Application.Downloads.HoldEach())
        {
            address = await PostHeldAsync(hold);
            await Application.StopAsync("worker");
        }
        // Said to be waiting, and waiting: whoever takes it from here is another attempt.
        Assert.Equal((ProfileStatus.Queued, 1), await StateAsync(address));
        Assert.Equal((1, 0), (await WaitingAsync(), await InHandAsync()));

        await Application.StartAgainAsync("worker");

        Assert.Equal("done", (string?)(await Application.EndOfAsync(address))["state"]);
    }

    [Fact]
    public async Task What_was_accepted_outlives_the_emulator()
    {
        await Application.StopAsync("worker");
        var addresses = new List<Uri>();
        for (var i = 0; i < 10; i++)
            addresses.Add(await Application.PostAsync($"n\n{i}\n"));

        await Application.KillAsync("aws");
        await Application.StartAgainAsync("aws");
        await Application.StartAgainAsync("worker");

        foreach (var address in addresses)
            Assert.Equal("done", (string?)(await Application.EndOfAsync(address))["state"]);
    }

    [Fact]
    public async Task What_was_accepted_outlives_the_api()
    {
        await Application.StopAsync("worker");
        var address = await Application.PostAsync("n\n1\n");

        await Application.KillAsync("api");
        await Application.StartAgainAsync("worker");
        await Application.StartAgainAsync("api");

        Assert.Equal("done", (string?)(await Application.EndOfAsync(address))["state"]);
    }

    [Fact]
    public async Task A_job_that_always_fails_ends_in_the_dead_letter_queue_and_the_profile_says_why()
    {
        await Application.StopAsync("worker");
        var address = await Application.PostAsync("n\n1\n");
        using var s3 = Application.S3();
        var id = address.Segments[^1];
        await s3.DeleteObjectAsync("datasets", $"profiles/{id}/source.csv");
        await Application.StartAgainAsync("worker");

        var end = await Application.EndOfAsync(address);
        Assert.Equal("failed", (string?)end["state"]);
        Assert.Contains("source.csv", (string?)end["error"]);

        using var sqs = Application.Sqs();
        var deadLetters = (await sqs.GetQueueUrlAsync("jobs-dead-letters")).QueueUrl;
        var dead = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(deadLetters) { WaitTimeSeconds = 20 });
        Assert.Contains(id, Assert.Single(dead.Messages).Body);
        await sqs.PurgeQueueAsync(deadLetters);
    }

    [Fact]
    public async Task Two_hundred_jobs_under_random_kills_give_two_hundred_results()
    {
        const int enough = 4;
        await using var limit = await ReceiveLimit.RaiseAsync(Application, to: 20);
        await Application.StopAsync("worker");
        var addresses = new Uri[200];
        await Parallel.ForAsync(0, addresses.Length, async (i, _) => addresses[i] = await Application.PostAsync(Rows(i)));

        var hits = 0;
        var kills = 0;
        var random = new Random(20261123);
        while (hits < enough && await WaitingAsync() > 0)
        {
            await Application.StartAgainAsync("worker");
            await UntilAsync(async () => await InHandAsync() > 0, "a job is in hand");
            // Not a wait for something: where in its jobs the worker is killed is what this test varies.
            await Task.Delay(random.Next(50));
            await Application.KillAsync("worker");
            kills++;
            if (await InHandAsync() > 0)
                hits++;
            // What is in hand at the next kill was taken since this one.
            await UntilAsync(async () => await InHandAsync() == 0, "the queue has given up on the dead worker");
        }
        Assert.True(hits >= enough, $"Of {kills} kills {hits} hit a job in hand, and {enough} had to.");
        await Application.StartAgainAsync("worker");

        var written = new Dictionary<Uri, DateTime>();
        for (var i = 0; i < addresses.Length; i++)
        {
            var end = await Application.EndOfAsync(addresses[i]);
            Assert.True((string?)end["state"] == "done", end.ToJsonString());
            Assert.Equal($"{i}", (string?)end["profile"]!["columns"]![0]!["max"]);
            written[addresses[i]] = await ResultWrittenAtAsync(addresses[i]);
        }

        // Whoever still held one of them has had the time to write it again.
        await UntilAsync(async () => await WaitingAsync() + await InHandAsync() == 0, "the queue is empty");
        foreach (var address in addresses)
            Assert.Equal(written[address], await ResultWrittenAtAsync(address));
    }

    // A file that takes the worker some milliseconds, and whose profile says which it was.
    private static string Rows(int i) => $"n,text\n{string.Concat(Enumerable.Repeat($"{i},some text that has to be read\n", 2_000))}";

    /// <summary>Posts a file whose download is held, and returns once the worker has it in hand.</summary>
    private async Task<Uri> PostHeldAsync(SourceDownloads.Hold hold)
    {
        var address = await Application.PostAsync(new GeneratedCsv(megabytes: 4));
        await hold.Reached.WaitAsync(ReferenceApplication.Patience);
        await UntilAsync(async () => await StateAsync(address) is (ProfileStatus.Running, 1), "the first attempt has said that it runs");
        return address;
    }

    private async Task<(ProfileStatus Status, int? Attempt)> StateAsync(Uri address)
    {
        var state = await Application.StateOfAsync(address);
        return (state.Status, state.Attempt?.Number);
    }

    private async Task<int> WaitingAsync() => await CountAsync(QueueAttributeName.ApproximateNumberOfMessages);

    private async Task<int> InHandAsync() => await CountAsync(QueueAttributeName.ApproximateNumberOfMessagesNotVisible);

    // The emulator's numbers are exact.
    private async Task<int> CountAsync(QueueAttributeName attribute)
    {
        using var sqs = Application.Sqs();
        var queue = (await sqs.GetQueueUrlAsync("jobs")).QueueUrl;
        return int.Parse((await sqs.GetQueueAttributesAsync(queue, [attribute.Value])).Attributes[attribute.Value], null);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        using var deadline = new CancellationTokenSource(ReferenceApplication.Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await condition())
        {
            Assert.False(deadline.IsCancellationRequested, $"Not within {ReferenceApplication.Patience}: {what}");
            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>When the result was written, to the millisecond: a later attempt that wrote it again would change it.</summary>
    private async Task<DateTime> ResultWrittenAtAsync(Uri address)
    {
        using var s3 = Application.S3();
        var result = new ListObjectsV2Request { BucketName = "datasets", Prefix = $"profiles/{address.Segments[^1]}/profile.json" };
        return (await s3.ListObjectsV2Async(result)).S3Objects.Single().LastModified!.Value;
    }

    /// <summary>How often the queue gives out a job before it puts it aside: for a while more often than the model says.</summary>
    private sealed class ReceiveLimit(IAmazonSQS sqs, string queue, string policy) : IAsyncDisposable
    {
        public static async Task<ReceiveLimit> RaiseAsync(ReferenceApplication application, int to)
        {
            var sqs = application.Sqs();
            var queue = (await sqs.GetQueueUrlAsync("jobs")).QueueUrl;
            var policy = (await sqs.GetQueueAttributesAsync(queue, [QueueAttributeName.RedrivePolicy.Value])).Attributes["RedrivePolicy"];
            var raised = JsonNode.Parse(policy)!;
            raised["maxReceiveCount"] = to;
            await SetAsync(sqs, queue, raised.ToJsonString());
            return new ReceiveLimit(sqs, queue, policy);
        }

        public async ValueTask DisposeAsync()
        {
            await SetAsync(sqs, queue, policy);
            sqs.Dispose();
        }

        private static Task SetAsync(IAmazonSQS sqs, string queue, string policy) =>
            sqs.SetQueueAttributesAsync(queue, new Dictionary<string, string> { [QueueAttributeName.RedrivePolicy.Value] = policy });
    }
}
