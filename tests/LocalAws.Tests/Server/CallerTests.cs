using System.Net;
using Amazon.S3.Model;
using LocalAws.Tests.Emulators;

namespace LocalAws.Tests.Server;

/// <summary>Programs of this machine are served, pages in its browser are not.</summary>
public sealed class CallerTests(LocalAwsEmulator emulator) : IClassFixture<LocalAwsEmulator>, IAsyncLifetime
{
    private readonly string _bucket = $"bucket-{Guid.NewGuid():N}";
    private readonly HttpClient _http = new();

    [Theory]
    [InlineData("Origin", "https://example.com")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://localhost:3000")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task A_page_cannot_change_anything(string header, string value)
    {
        // As a form or a fetch without preflight sends it.
        var delete = "<Delete><Object><Key>key</Key></Object></Delete>";
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Post, $"{_bucket}?delete", header, value, delete));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Put, $"{_bucket}/key", header, value, "changed"));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Post, "", header, value, "Action=PurgeQueue"));

        using var read = await emulator.S3.GetObjectAsync(_bucket, "key");
        using var reader = new StreamReader(read.ResponseStream);
        Assert.Equal("hello", await reader.ReadToEndAsync());
    }

    [Theory]
    [InlineData("example.com")]
    [InlineData("127.0.0.1.example.com")]
    [InlineData("localhost.example.com")]
    [InlineData("notlocalhost")]
    public async Task A_site_with_a_name_that_resolves_to_here_is_not_served(string host)
    {
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Get, $"{_bucket}/key", "Host", host));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(HttpMethod.Delete, $"{_bucket}/key", "Host", host));
    }

    [Theory]
    [InlineData("127.0.0.1:4566")]
    [InlineData("[::1]:4566")]
    [InlineData("172.17.0.1:4566")]
    [InlineData("localhost:4566")]
    [InlineData("host.docker.internal:4566")]
    [InlineData("aspire.dev.internal")]
    public async Task A_program_is_served_by_whatever_name_this_machine_has_for_it(string host) =>
        Assert.Equal(HttpStatusCode.OK, await SendAsync(HttpMethod.Get, $"{_bucket}/key", "Host", host));

    public async ValueTask InitializeAsync()
    {
        await emulator.S3.PutBucketAsync(_bucket);
        await emulator.S3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = _bucket,
                Key = "key",
                ContentBody = "hello",
            }
        );
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<HttpStatusCode> SendAsync(HttpMethod method, string path, string header, string value, string? body = null)
    {
        using var request = new HttpRequestMessage(method, $"{emulator.Url}/{path}")
        {
            Content = body is null ? null : new StringContent(body),
        };
        request.Headers.TryAddWithoutValidation(header, value);
        using var response = await _http.SendAsync(request);
        return response.StatusCode;
    }
}
