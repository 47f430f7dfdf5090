using System.Text.Json.Nodes;
using Amazon.S3.Model;
using Amazon.SQS.Model;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate;

namespace EndToEnd;

public sealed class FaultTests
{
    private const int MostKills = 6;

    [Fact]
    public async Task A_job_whose_worker_is_killed_is_done_by_another()
    {
        await using var application = await ReferenceApplication.StartAsync();
        var address = await application.PostAsync(new GeneratedCsv(megabytes: 100));
        await application.WaitForStateAsync(address, "running");

        await application.KillAsync("worker");
        await application.StartAgainAsync("worker");

        var end = await application.EndOfAsync(address);
        Assert.Equal("done", (string?)end["state"]);
    }

    [Fact]
    public async Task A_worker_told_to_stop_finishes_its_job_or_hands_it_back()
    {
        await using var application = await ReferenceApplication.StartAsync(
            builder => ReferenceApplication.Environment(builder, "worker", "Worker__VisibilityTimeout", "00:10:00"));
        var address = await application.PostAsync(new GeneratedCsv(megabytes: 60));
        await application.WaitForStateAsync(address, "running");

        await application.CommandAsync("worker", KnownResourceCommands.StopCommand);
        await application.StartAgainAsync("worker");

        // With ten minutes of visibility, only a job that was finished or handed back is done in time.
        Assert.Equal("done", (string?)(await application.EndOfAsync(address))["state"]);
    }

    [Fact]
    public async Task What_was_accepted_outlives_the_emulator()
    {
        await using var application = await ReferenceApplication.StartAsync();
        await application.CommandAsync("worker", KnownResourceCommands.StopCommand);
        var addresses = new List<Uri>();
        for (var i = 0; i < 10; i++) addresses.Add(await application.PostAsync($"n\n{i}\n"));

        await application.KillAsync("aws");
        await application.StartAgainAsync("aws");
        await application.StartAgainAsync("worker");

        foreach (var address in addresses) Assert.Equal("done", (string?)(await application.EndOfAsync(address))["state"]);
    }

    [Fact]
    public async Task A_job_that_always_fails_ends_in_the_dead_letter_queue_and_the_profile_says_why()
    {
        await using var application = await ReferenceApplication.StartAsync();
        await application.CommandAsync("worker", KnownResourceCommands.StopCommand);
        var address = await application.PostAsync("n\n1\n");
        using var s3 = application.S3();
        var id = address.Segments[^1];
        var (bucket, source) = await ObjectOfAsync(s3, id, "source.csv");
        await s3.DeleteObjectAsync(bucket, source);
        await application.StartAgainAsync("worker");

        var end = await application.EndOfAsync(address);
        Assert.Equal("failed", (string?)end["state"]);
        Assert.Contains("source.csv", (string?)end["error"]);

        using var sqs = application.Sqs();
        var deadLetters = (await sqs.ListQueuesAsync(new ListQueuesRequest())).QueueUrls
            .Single(url => url.Contains("dead", StringComparison.OrdinalIgnoreCase) || url.EndsWith("-dlq", StringComparison.Ordinal));
        var dead = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(deadLetters) { WaitTimeSeconds = 20 });
        Assert.Contains(id, Assert.Single(dead.Messages).Body);
    }

    [Fact]
    public async Task Two_hundred_jobs_under_random_kills_give_two_hundred_results()
    {
        await using var application = await ReferenceApplication.StartAsync(builder =>
        {
            ReferenceApplication.Environment(builder, "worker", "Worker__VisibilityTimeout", "00:00:03");
            // Every kill may hit the same job.
            builder.CreateResourceBuilder(builder.Resources.OfType<SqsQueueResource>().Single()).WithDeadLetterQueue(maxReceives: MostKills + 1);
        });
        using var finished = new CancellationTokenSource();
        var kills = KillAgainAndAgainAsync(application, finished.Token);

        var addresses = new List<Uri>();
        for (var i = 0; i < 200; i++) addresses.Add(await application.PostAsync($"n\n{i}\n"));
        var written = new Dictionary<Uri, DateTime>();
        foreach (var address in addresses)
        {
            var end = await application.EndOfAsync(address);
            Assert.True((string?)end["state"] == "done", end.ToJsonString());
            written[address] = await ResultWrittenAtAsync(application, address);
        }
        await finished.CancelAsync();
        Assert.True(await kills >= 2, "the worker was killed fewer than two times: the test showed nothing");

        foreach (var (address, i) in addresses.Select((address, i) => (address, i)))
        {
            var profile = JsonNode.Parse(await application.Api.GetStringAsync(address))!["profile"]!;
            Assert.Equal($"{i}", (string?)profile["columns"]![0]!["max"]);
            Assert.Equal(written[address], await ResultWrittenAtAsync(application, address));
        }
    }

    private static async Task<int> KillAgainAndAgainAsync(ReferenceApplication application, CancellationToken finished)
    {
        var random = new Random(20261123);
        var kills = 0;
        while (!finished.IsCancellationRequested)
        {
            await application.KillAsync("worker");
            await application.StartAgainAsync("worker");
            kills++;
            try
            {
                // Not a wait for something: the pace of the kills is what this test varies.
                await Task.Delay(kills < MostKills ? TimeSpan.FromMilliseconds(random.Next(200, 1500)) : Timeout.InfiniteTimeSpan, finished);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }
        return kills;
    }

    /// <summary>When the result was written, to the millisecond: a later attempt that wrote it again would change it.</summary>
    private static async Task<DateTime> ResultWrittenAtAsync(ReferenceApplication application, Uri address)
    {
        using var s3 = application.S3();
        var (bucket, key) = await ObjectOfAsync(s3, address.Segments[^1], "profile.json");
        return (await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket, Prefix = key })).S3Objects.Single().LastModified!.Value;
    }

    private static async Task<(string Bucket, string Key)> ObjectOfAsync(Amazon.S3.IAmazonS3 s3, string id, string name)
    {
        foreach (var bucket in (await s3.ListBucketsAsync()).Buckets)
        {
            var objects = await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket.BucketName, Prefix = $"profiles/{id}/" });
            if (objects.S3Objects?.SingleOrDefault(o => o.Key.EndsWith("/" + name, StringComparison.Ordinal)) is { } found) return (bucket.BucketName, found.Key);
        }
        throw new InvalidOperationException($"No {name} of {id} in any bucket.");
    }
}
