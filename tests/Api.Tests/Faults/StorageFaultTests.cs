using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Testing;

namespace Api.Tests.Faults;

/// <summary>
/// S3 and SQS as they are on a bad day. Whatever happens, each request is answered before its sender's load balancer gives up.
/// </summary>
public sealed class StorageFaultTests(AwsEmulator aws, FaultyApi api) : IClassFixture<FaultyApi>, IAsyncLifetime
{
    // Other tests of the class leave profiles.
    private string[] _before = [];

    public static TheoryData<string> Uploads =>
        ["PutObject", "CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload", "state.json", "SendMessage"];

    [Theory]
    [MemberData(nameof(Uploads))]
    public async Task Where_a_call_of_an_upload_fails_nothing_is_accepted_and_nothing_stays(string call)
    {
        Fault(call, new Fault { Status = 500 });

        using var response = await UploadAsync(call);

        await AssertUnavailableAsync(response);
        await AssertNothingStaysAsync();
    }

    [Theory]
    [MemberData(nameof(Uploads))]
    public async Task Where_a_call_of_an_upload_stalls_nothing_is_accepted_and_nothing_stays(string call)
    {
        Fault(call, new Fault { StallsUpload = true });
        var watch = Stopwatch.StartNew();

        using var response = await UploadAsync(call);

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, FaultyApi.ProxyTimeout);
        await AssertUnavailableAsync(response);
        await AssertNothingStaysAsync();
    }

    [Fact]
    public async Task A_call_that_fails_once_is_made_again()
    {
        var failed = 0;
        api.Faulty.Decide = request =>
            Is(request, "UploadPart") && Interlocked.Increment(ref failed) == 1 ? new Fault { Status = 503 } : Faults.Fault.None;

        using var response = await UploadAsync("UploadPart");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.True(failed > 1);
    }

    [Fact]
    public async Task Where_the_queue_is_gone_nothing_is_accepted_and_nothing_stays()
    {
        Fault("SendMessage", new Fault { Refuses = true });

        using var response = await UploadAsync("SendMessage");

        await AssertUnavailableAsync(response);
        await AssertNothingStaysAsync();
    }

    [Theory]
    [InlineData("/profiles/{0}", false)]
    [InlineData("/profiles/{0}", true)]
    [InlineData("/profiles/{0}?wait=5", true)]
    [InlineData("/profiles", false)]
    [InlineData("/profiles", true)]
    public async Task A_read_that_S3_does_not_answer_is_answered(string address, bool stalls)
    {
        var id = await api.AddAsync();
        api.Faulty.Decide = _ => stalls ? new Fault { StallsUpload = true } : new Fault { Status = 500 };
        var watch = Stopwatch.StartNew();

        using var response = await api.Client.GetAsync(string.Format(null, address, id));

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, FaultyApi.ProxyTimeout);
        await AssertUnavailableAsync(response);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_result_that_breaks_off_is_not_taken_for_whole(bool stalls)
    {
        var id = await api.AddDoneAsync(columns: 2000);
        api.Faulty.Decide = request =>
            request.Path.Value!.EndsWith("profile.json", StringComparison.Ordinal)
                ? stalls
                    ? new Fault { BytesBeforeStall = 100_000 }
                    : new Fault { BytesBeforeBreak = 100_000 }
                : Faults.Fault.None;
        var watch = Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => api.Client.GetStringAsync($"/profiles/{id}"));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, FaultyApi.ProxyTimeout);
    }

    public async ValueTask InitializeAsync()
    {
        await aws.Sqs.PurgeQueueAsync(api.Resources.QueueUrl);
        _before = await KeysAsync();
    }

    public ValueTask DisposeAsync()
    {
        api.Faulty.Decide = _ => Faults.Fault.None;
        return ValueTask.CompletedTask;
    }

    private static bool Is(HttpRequest request, string call) =>
        call switch
        {
            "SendMessage" => FaultyAws.IsSqs(request, call),
            "PutObject" => request.Method == "PUT"
                && request.Path.Value!.EndsWith("source.csv", StringComparison.Ordinal)
                && !request.Query.ContainsKey("uploadId"),
            "CreateMultipartUpload" => request.Method == "POST" && request.Query.ContainsKey("uploads"),
            "UploadPart" => request.Method == "PUT" && request.Query["partNumber"] == "2",
            "CompleteMultipartUpload" => request.Method == "POST" && request.Query.ContainsKey("uploadId"),
            _ => request.Method == "PUT" && request.Path.Value!.EndsWith(call, StringComparison.Ordinal),
        };

    private void Fault(string call, Fault fault) => api.Faulty.Decide = request => Is(request, call) ? fault : Faults.Fault.None;

    private Task<HttpResponseMessage> UploadAsync(string call) =>
        api.Client.PostAsync("/profiles", TestApi.Csv(new string('x', call is "PutObject" ? 1000 : 20 << 20)));

    private async Task AssertUnavailableAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter?.Delta);
        Assert.Contains("send it again", (string?)JsonNode.Parse(body)!["detail"]);
        Assert.DoesNotContain("secret-bucket-name", body);
        Assert.DoesNotContain(api.Resources.Bucket, body);
        Assert.DoesNotContain("Exception", body);
    }

    private async Task AssertNothingStaysAsync()
    {
        var bucket = api.Resources.Bucket;
        Assert.Equal(_before, await KeysAsync());
        Assert.Empty(
            (
                await aws.S3.ListMultipartUploadsAsync(new Amazon.S3.Model.ListMultipartUploadsRequest { BucketName = bucket })
            ).MultipartUploads
                ?? []
        );
        Assert.Empty((await aws.Sqs.ReceiveMessageAsync(api.Resources.QueueUrl)).Messages ?? []);
    }

    private async Task<string[]> KeysAsync() =>
        [
            .. (
                (await aws.S3.ListObjectsV2Async(new() { BucketName = api.Resources.Bucket, Prefix = "profiles/" })).S3Objects ?? []
            ).Select(found => found.Key),
        ];
}
