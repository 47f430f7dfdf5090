using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.S3.Model;
using Profiles;
using Testing;

namespace Api.Tests;

public sealed class UploadTests(AwsEmulator aws)
{
    private const int TwentyMebibytes = 20 << 20;

    [Fact]
    public async Task A_file_is_stored_and_a_job_sent()
    {
        await using var api = await TestApi.StartAsync(aws);
        using var client = api.Client();

        using var response = await client.PostAsync("/profiles", TestApi.Csv("a\n1\n"));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var state = await response.Content.ReadFromJsonAsync<JsonNode>();
        Assert.Equal("queued", (string?)state!["state"]);
        Assert.Equal($"/profiles/{state["id"]}", response.Headers.Location?.ToString());

        using var source = await aws.S3.GetObjectAsync(api.Resources.Bucket, ProfileStore.SourceKey(ProfileId.Parse((string)state["id"]!)));
        using var reader = new StreamReader(source.ResponseStream);
        Assert.Equal("a\n1\n", await reader.ReadToEndAsync());

        var message = Assert.Single((await aws.Sqs.ReceiveMessageAsync(api.Resources.QueueUrl)).Messages);
        var job = JsonSerializer.Deserialize(message.Body, ProfilesJson.Default.ProfileJob)!;
        Assert.Equal((string?)state["id"], job.ProfileId.ToString());
        Assert.Equal(await api.Store.FindAsync(job.ProfileId, CancellationToken.None), job.Accepted);
    }

    [Theory]
    [InlineData((8 << 20) - 1)]
    [InlineData(8 << 20)]
    [InlineData(TwentyMebibytes)]
    public async Task A_file_of_unknown_length_arrives_byte_for_byte(int length)
    {
        await using var api = await TestApi.StartAsync(aws);
        using var client = api.Client();
        var bytes = RandomNumberGenerator.GetBytes(length);

        using var response = await client.SendAsync(Chunked(bytes));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var state = await response.Content.ReadFromJsonAsync<JsonNode>();
        Assert.Equal(length, (int)state!["size"]!);
        using var source = await aws.S3.GetObjectAsync(api.Resources.Bucket, ProfileStore.SourceKey(ProfileId.Parse((string)state["id"]!)));
        Assert.Equal(SHA256.HashData(bytes), await SHA256.HashDataAsync(source.ResponseStream));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(10 << 20)]
    public async Task A_file_that_is_too_large_is_refused_and_nothing_of_it_stays(int limit)
    {
        using var s3 = new RecordingHandler();
        await using var api = await TestApi.StartAsync(aws, s3, ("Api:MaxUploadSize", $"{limit}"));
        using var client = api.Client();

        using var response = await client.SendAsync(Chunked(new byte[TwentyMebibytes]));

        await AssertProblemAsync(response, HttpStatusCode.RequestEntityTooLarge, $"{limit:N0} bytes");
        await AssertNothingIsStoredAsync(api);
        Assert.Equal(s3.Count("POST", "uploads"), s3.Count("DELETE", "uploadId"));
    }

    [Fact]
    public async Task A_file_that_says_that_it_is_too_large_is_refused_before_it_is_sent()
    {
        await using var api = await TestApi.StartAsync(aws, ("Api:MaxUploadSize", "100"));
        using var client = api.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/profiles") { Content = TestApi.Csv(new string('x', 101)) };
        request.Headers.ExpectContinue = true;

        using var response = await client.SendAsync(request);
        await AssertProblemAsync(response, HttpStatusCode.RequestEntityTooLarge, "100 bytes");
    }

    [Fact]
    public async Task A_sender_that_goes_away_leaves_nothing()
    {
        using var s3 = new RecordingHandler();
        await using var api = await TestApi.StartAsync(aws, s3);
        using var client = api.Client();
        using var away = new CancellationTokenSource();
        using var content = new StreamContent(new EndlessStream(cancelAfter: TwentyMebibytes, away))
        {
            Headers = { ContentType = new("text/csv") },
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.PostAsync("/profiles", content, away.Token));

        await Eventually.GetAsync(() => Task.FromResult(s3.Count("DELETE", "uploadId") > 0 ? s3 : null), "the multipart upload is aborted");
        await AssertNothingIsStoredAsync(api);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("text/csv; charset=utf-16")]
    [InlineData("text/csv; charset=latin1")]
    public async Task What_is_not_CSV_in_UTF_8_is_refused(string? contentType)
    {
        await using var api = await TestApi.StartAsync(aws);
        using var client = api.Client();
        using var content = new ByteArrayContent("a\n1\n"u8.ToArray());
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);

        using var response = await client.PostAsync("/profiles", content);

        await AssertProblemAsync(response, HttpStatusCode.UnsupportedMediaType, "Send text/csv.");
        Assert.Equal("text/csv", response.Headers.GetValues("Accept").Single());
    }

    [Theory]
    [InlineData("text/csv; charset=UTF-8")]
    [InlineData("text/csv; charset=us-ascii; header=present")]
    [InlineData("application/csv")]
    public async Task What_is_CSV_in_UTF_8_is_taken(string contentType)
    {
        await using var api = await TestApi.StartAsync(aws);
        using var client = api.Client();
        using var content = new ByteArrayContent("a\n1\n"u8.ToArray())
        {
            Headers = { ContentType = MediaTypeHeaderValue.Parse(contentType) },
        };

        using var response = await client.PostAsync("/profiles", content);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [Fact]
    public async Task A_compressed_body_is_refused()
    {
        await using var api = await TestApi.StartAsync(aws);
        using var client = api.Client();
        using var content = TestApi.Csv();
        content.Headers.ContentEncoding.Add("gzip");

        using var response = await client.PostAsync("/profiles", content);
        await AssertProblemAsync(response, HttpStatusCode.UnsupportedMediaType, "gzip");
    }

    [Fact]
    public async Task An_empty_body_is_refused()
    {
        await using var api = await TestApi.StartAsync(aws);
        using var client = api.Client();

        using var response = await client.PostAsync("/profiles", TestApi.Csv(""));

        await AssertProblemAsync(response, HttpStatusCode.BadRequest, "The body is empty.");
        await AssertNothingIsStoredAsync(api);
    }

    [Fact]
    public async Task Where_no_job_can_be_sent_nothing_is_accepted()
    {
        await using var api = await TestApi.StartAsync(
            aws,
            ("AWS:Resources:jobs:QueueUrl", $"{aws.Url}/000000000000/there-is-no-such-queue")
        );
        using var client = api.Client();

        using var response = await client.PostAsync("/profiles", TestApi.Csv());

        await AssertProblemAsync(response, HttpStatusCode.ServiceUnavailable, "send it again");
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter?.Delta);
        await AssertNothingIsStoredAsync(api);
    }

    private static HttpRequestMessage Chunked(byte[] bytes)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/profiles") { Content = new StreamContent(new MemoryStream(bytes)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        request.Headers.TransferEncodingChunked = true;
        // The answer may come before the end of the request.
        request.Headers.ExpectContinue = true;
        return request;
    }

    private async Task AssertNothingIsStoredAsync(TestApi api)
    {
        var listing = await aws.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = api.Resources.Bucket, Prefix = "profiles/" });
        Assert.Empty(listing.S3Objects ?? []);
    }

    private static async Task AssertProblemAsync(HttpResponseMessage response, HttpStatusCode status, string detail)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains(detail, (string?)(await response.Content.ReadFromJsonAsync<JsonNode>())!["detail"]);
    }
}
