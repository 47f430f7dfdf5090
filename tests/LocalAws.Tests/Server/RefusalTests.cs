using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Amazon.SQS;
using LocalAws.Tests.Emulators;

namespace LocalAws.Tests.Server;

/// <summary>What LocalAws does not do, it says.</summary>
public sealed class RefusalTests(LocalAwsEmulator emulator) : IClassFixture<LocalAwsEmulator>, IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private readonly string _bucket = $"bucket-{Guid.NewGuid():N}";

    [Fact]
    public async Task An_sqs_operation_that_is_not_implemented_is_unknown()
    {
        var exception = await Assert.ThrowsAnyAsync<AmazonSQSException>(() =>
            emulator.Sqs.StartMessageMoveTaskAsync(new() { SourceArn = "arn:aws:sqs:us-east-1:000000000000:x" })
        );
        Assert.Equal("UnknownOperationException", exception.ErrorCode);
        Assert.Contains("StartMessageMoveTask", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_service_is_unknown()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, emulator.Url) { Content = new StringContent("{}") };
        request.Headers.Add("X-Amz-Target", "DynamoDB_20120810.ListTables");
        using var response = await _http.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("UnknownOperationException", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_not_json_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, emulator.Url) { Content = new StringContent("{\"QueueName\":") };
        request.Headers.Add("X-Amz-Target", "AmazonSQS.CreateQueue");
        using var response = await _http.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("SerializationException;Sender", Assert.Single(response.Headers.GetValues("x-amzn-query-error")));
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.EndsWith("#SerializationException", body.RootElement.GetProperty("__type").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fifo_queue_is_refused_by_name()
    {
        var exception = await Assert.ThrowsAnyAsync<AmazonSQSException>(() => emulator.Sqs.CreateQueueAsync("jobs.fifo"));
        Assert.Equal("AWS.SimpleQueueService.UnsupportedOperation", exception.ErrorCode);
        Assert.Contains("jobs.fifo", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "?acl")]
    [InlineData("GET", "?versions")]
    [InlineData("GET", "")]
    [InlineData("PUT", "?lifecycle")]
    [InlineData("GET", "/key?tagging")]
    [InlineData("GET", "/key?versionId=1")]
    [InlineData("POST", "/key?restore")]
    [InlineData("POST", "")]
    [InlineData("PATCH", "/key")]
    public async Task An_s3_operation_that_is_not_implemented_is_not_implemented(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"{emulator.Url}/{_bucket}{path}");
        using var response = await _http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotImplemented, response.StatusCode);
        Assert.Contains("<Code>NotImplemented</Code>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x-amz-tagging", "a=b")]
    [InlineData("x-amz-server-side-encryption-customer-algorithm", "AES256")]
    [InlineData("x-amz-object-lock-mode", "GOVERNANCE")]
    public async Task A_header_that_would_be_without_effect_is_refused(string name, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{emulator.Url}/{_bucket}/key") { Content = new StringContent("x") };
        request.Headers.Add(name, value);
        using var response = await _http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotImplemented, response.StatusCode);
    }

    [Theory]
    [InlineData("Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA==", "BadDigest")]
    [InlineData("Content-MD5", "nonsense", "InvalidDigest")]
    [InlineData("x-amz-checksum-crc32", "AAAAAA==", "BadDigest")]
    [InlineData("x-amz-checksum-crc32c", "AAAAAA==", "BadDigest")]
    [InlineData("x-amz-checksum-crc64nvme", "AAAAAAAAAAA=", "BadDigest")]
    [InlineData("x-amz-content-sha256", "0000000000000000000000000000000000000000000000000000000000000000", "XAmzContentSHA256Mismatch")]
    public async Task A_body_that_is_not_what_its_digest_says_is_refused_and_not_kept(string name, string value, string code)
    {
        var before = Blobs();
        using var response = await PutAsync("key", "hello", content => content.TryAddWithoutValidation(name, value));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains($"<Code>{code}</Code>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var read = await _http.GetAsync(new Uri($"{emulator.Url}/{_bucket}/key"));
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
        Assert.Equal(before, Blobs());
    }

    [Theory]
    [InlineData("x-amz-checksum-crc32c", "mnG7TA==")]
    [InlineData("x-amz-checksum-crc32", "NhCmhg==")]
    public async Task A_body_that_is_what_its_digest_says_is_taken(string name, string value)
    {
        using var response = await PutAsync("digest", "hello", content => content.TryAddWithoutValidation(name, value));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(value, Assert.Single(response.Headers.GetValues(name)));
    }

    [Theory]
    [InlineData("5;chunk-signature=0\r\nhello\r\n0;chunk-signature=0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n", "200")]
    [InlineData("2\r\nhe\r\n3\r\nllo\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n", "200")]
    [InlineData("5\r\nhello\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n", "BadDigest")]
    [InlineData("5\r\nhello\r\n", "IncompleteBody")]
    [InlineData("5\r\nhel", "IncompleteBody")]
    [InlineData("4\r\nhell\r\n0\r\n\r\n", "IncompleteBody")]
    [InlineData("zz\r\nhello\r\n0\r\n\r\n", "IncompleteBody")]
    [InlineData("-5\r\nhello\r\n0\r\n\r\n", "IncompleteBody")]
    public async Task An_aws_chunked_body_is_decoded_and_verified(string body, string expected)
    {
        using var response = await PutAsync("chunked", body, headers =>
        {
            headers.TryAddWithoutValidation("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
            headers.TryAddWithoutValidation("x-amz-decoded-content-length", "5");
            headers.TryAddWithoutValidation("x-amz-trailer", "x-amz-checksum-crc32");
            headers.TryAddWithoutValidation("Content-Encoding", "aws-chunked");
        });
        var text = await response.Content.ReadAsStringAsync();
        if (expected != "200")
        {
            Assert.Contains($"<Code>{expected}</Code>", text, StringComparison.Ordinal);
            return;
        }
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var read = await _http.GetAsync(new Uri($"{emulator.Url}/{_bucket}/chunked"));
        Assert.Equal("hello", await read.Content.ReadAsStringAsync());
        Assert.Empty(read.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task A_body_that_goes_on_beyond_what_it_said_is_refused_there()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(emulator.Url).Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"PUT /{_bucket}/long HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nx-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER\r\n"
                    + "x-amz-decoded-content-length: 5\r\nContent-Encoding: aws-chunked\r\n\r\n"
            )
        );
        // One aws-chunk of a gigabyte in chunks of HTTP. A megabyte of it is sent; the answer must not wait for more.
        var piece = Encoding.ASCII.GetBytes($"10000\r\n{new string('x', 0x10000)}\r\n");
        await stream.WriteAsync("A\r\n40000000\r\n\r\n"u8.ToArray());
        for (var i = 0; i < 16; i++)
            await stream.WriteAsync(piece);

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var answer = new byte[4096];
        var length = await stream.ReadAsync(answer, deadline.Token);
        Assert.Contains("IncompleteBody", Encoding.ASCII.GetString(answer, 0, length), StringComparison.Ordinal);
    }

    public async ValueTask InitializeAsync() => await emulator.S3.PutBucketAsync(_bucket);

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<HttpResponseMessage> PutAsync(string key, string body, Action<HttpContentHeaders> headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{emulator.Url}/{_bucket}/{key}")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };
        headers(request.Content.Headers);
        return await _http.SendAsync(request);
    }

    private IEnumerable<string> Blobs() =>
        new[] { "incoming", "objects" }
            .SelectMany(folder => Directory.GetFiles(Path.Combine(emulator.DataPath, folder), "*", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .ToList();
}
