using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Amazon.S3.Model;
using Amazon.SQS.Model;
using Profiles;
using Testing;

namespace Api.Tests.Faults;

/// <summary>An API that is killed between storing a file and sending its job.</summary>
public sealed class OutboxTests(AwsEmulator aws)
{
    private static readonly (string, string) SoonGone = ("Api__SenderTimeout", "00:00:04");

    [Fact]
    public async Task What_a_killed_api_has_not_sent_another_one_sends_once()
    {
        var resources = await aws.CreateResourcesAsync();
        await using var faulty = await FaultyAws.StartAsync(aws.Url);
        faulty.Decide = request => FaultyAws.IsSqs(request, "SendMessage") ? new Fault { StallsUpload = true } : Fault.None;
        var killed = await ApiProcess.StartAsync(resources, faulty.Url, SoonGone);
        using var client = killed.Client();
        using var end = new CancellationTokenSource();
        var sending = client.PostAsync("/profiles", TestApi.Csv(), end.Token);
        await Eventually.GetAsync(
            () => Task.FromResult(faulty.Calls.FirstOrDefault(call => call.EndsWith("SendMessage", StringComparison.Ordinal))),
            "it sends the job"
        );

        var record = Assert.Single(await SendersAsync(resources));
        await killed.DisposeAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => sending);
        Assert.Empty((await aws.Sqs.ReceiveMessageAsync(resources.QueueUrl)).Messages ?? []);

        await using var second = await ApiProcess.StartAsync(resources, aws.Url, SoonGone);
        await using var third = await ApiProcess.StartAsync(resources, aws.Url, SoonGone);
        await Eventually.GetAsync(async () => (await SendersAsync(resources)).Contains(record) ? null : "", "the killed one is dealt with");
        using var list = second.Client();
        var profile = Assert.Single((await list.GetFromJsonAsync<JsonNode>("/profiles"))!["profiles"]!.AsArray());
        // The record went after the job.
        var sent = await aws.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest(resources.QueueUrl) { MaxNumberOfMessages = 10 });
        Assert.Equal($$"""{"profileId":"{{profile!["id"]}}"}""", Assert.Single(sent.Messages).Body);
        var again = await aws.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest(resources.QueueUrl) { WaitTimeSeconds = 5 });
        Assert.Empty(again.Messages ?? []);
    }

    [Fact]
    public async Task What_a_killed_api_has_sent_or_a_worker_has_begun_is_not_sent_again()
    {
        var resources = await aws.CreateResourcesAsync();
        var killed = await ApiProcess.StartAsync(resources, aws.Url, SoonGone);
        using (var client = killed.Client())
        {
            foreach (var status in new[] { ProfileStatus.Running, ProfileStatus.Done, ProfileStatus.Failed })
            {
                using var accepted = await client.PostAsync("/profiles", TestApi.Csv());
                await ChangeAsync(resources, accepted.Headers.Location!, status);
            }
        }

        await aws.Sqs.PurgeQueueAsync(resources.QueueUrl);
        await killed.DisposeAsync();

        await using var second = await ApiProcess.StartAsync(resources, aws.Url, SoonGone);
        await Eventually.GetAsync(async () => await SendersAsync(resources) is [] ? "" : null, "the killed one is dealt with");
        Assert.Empty((await aws.Sqs.ReceiveMessageAsync(resources.QueueUrl)).Messages ?? []);
    }

    [Fact]
    public async Task An_api_that_lives_is_left_alone_and_one_that_is_told_to_stop_leaves_nothing()
    {
        var resources = await aws.CreateResourcesAsync();
        await using var faulty = await FaultyAws.StartAsync(aws.Url);
        await using (var api = TestApi.Start(resources, faulty.Url, ("Api:SenderTimeout", "00:00:04")))
        {
            using var client = api.Client();
            using var accepted = await client.PostAsync("/profiles", TestApi.Csv());
            var mine = Assert.Single(await SendersAsync(resources));
            await using var other = await ApiProcess.StartAsync(resources, faulty.Url, SoonGone);
            // Each looks for others that are gone every two seconds.
            await Eventually.GetAsync(
                () =>
                    Task.FromResult(faulty.Calls.Count(call => call.Contains("prefix=senders", StringComparison.Ordinal)) > 8 ? "" : null),
                "they look for each other"
            );
            Assert.Equal(mine, Assert.Single(await SendersAsync(resources)));
            Assert.Equal(1, faulty.Calls.Count(call => call.EndsWith("SendMessage", StringComparison.Ordinal)));
        }

        Assert.Empty(await SendersAsync(resources));
    }

    [Fact]
    public async Task Accepting_a_file_takes_three_calls()
    {
        var resources = await aws.CreateResourcesAsync();
        await using var faulty = await FaultyAws.StartAsync(aws.Url);
        await using var api = TestApi.Start(resources, faulty.Url);
        using var client = api.Client();
        using var first = await client.PostAsync("/profiles", TestApi.Csv());
        var before = faulty.Calls.Count;

        using var second = await client.PostAsync("/profiles", TestApi.Csv());

        Assert.Equal(["PUT source.csv", "PUT state.json", "AmazonSQS.SendMessage"], faulty.Calls.Skip(before).Select(Short));
    }

    [Fact]
    public async Task Of_many_files_at_once_one_says_that_the_process_lives()
    {
        var resources = await aws.CreateResourcesAsync();
        await using var faulty = await FaultyAws.StartAsync(aws.Url);
        await using var api = TestApi.Start(resources, faulty.Url);
        using var client = api.Client();

        var responses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.PostAsync("/profiles", TestApi.Csv())));

        Assert.All(responses, response => Assert.Equal(HttpStatusCode.Accepted, response.StatusCode));
        Assert.Equal(1, faulty.Calls.Count(call => call.Contains("/senders/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_was_not_accepted_is_taken_back_though_S3_fails_at_first()
    {
        var resources = await aws.CreateResourcesAsync();
        await using var faulty = await FaultyAws.StartAsync(aws.Url);
        await using var api = await ApiProcess.StartAsync(resources, faulty.Url, SoonGone);
        using var client = api.Client();
        faulty.Decide = request =>
            FaultyAws.IsSqs(request, "SendMessage") || request.Method == "DELETE" ? new Fault { Status = 500 } : Fault.None;

        using var response = await client.PostAsync("/profiles", TestApi.Csv());

        Assert.Equal(503, (int)response.StatusCode);
        Assert.NotEmpty(await KeysAsync(resources, "profiles/"));
        faulty.Decide = _ => Fault.None;
        await Eventually.GetAsync(async () => await KeysAsync(resources, "profiles/") is [] ? "" : null, "nothing is left of it");
    }

    private static string Short(string call) =>
        call.StartsWith("PUT", StringComparison.Ordinal) ? $"PUT {call.Split('?')[0].Split('/')[^1]}" : call;

    private async Task ChangeAsync(AwsResources resources, Uri location, ProfileStatus status)
    {
        var store = new ProfileStore(aws.S3, new ProfileResources(resources.Bucket, resources.QueueUrl));
        var now = DateTimeOffset.UtcNow;
        await store.UpdateAsync(
            ProfileId.Parse(location.ToString().Split('/')[^1]),
            known: null,
            state => state with { Status = status, Attempt = new ProfileAttempt(1, 3, now, now.AddMinutes(5)) },
            CancellationToken.None
        );
    }

    private Task<string[]> SendersAsync(AwsResources resources) => KeysAsync(resources, "senders/");

    private async Task<string[]> KeysAsync(AwsResources resources, string prefix)
    {
        var listing = await aws.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = resources.Bucket, Prefix = prefix });
        return [.. (listing.S3Objects ?? []).Select(found => found.Key)];
    }
}
