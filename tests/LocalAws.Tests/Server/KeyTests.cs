using System.Net;
using System.Net.Sockets;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using LocalAws.Tests.Emulators;

namespace LocalAws.Tests.Server;

/// <summary>A key is data, whatever it looks like.</summary>
public sealed class KeyTests(LocalAwsEmulator emulator) : IClassFixture<LocalAwsEmulator>, IAsyncLifetime
{
    private readonly string _bucket = $"bucket-{Guid.NewGuid():N}";

    public static TheoryData<string> Keys =>
        [
            "a//b",
            "trailing/",
            ".",
            "a b+c%20d",
            "a?b#c&d=e",
            "\u00e9\u4e2d\U0001F600",
            "con\u0001trol",
            "back\\slash",
            "<&>\"'",
            new string('k', 1024),
        ];

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task A_key_of_any_kind_names_one_object(string key)
    {
        await emulator.S3.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = _bucket,
                Key = key,
                ContentBody = "hello",
            }
        );

        Assert.Equal(5, (await emulator.S3.GetObjectMetadataAsync(_bucket, key)).ContentLength);
        var listed = await emulator.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = _bucket, Encoding = EncodingType.Url });
        Assert.Equal(key, WebUtility.UrlDecode(Assert.Single(listed.S3Objects).Key));
        await emulator.S3.DeleteObjectAsync(_bucket, key);
        Assert.Null((await emulator.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = _bucket })).S3Objects);
    }

    // A client's own handling of addresses would change such a path, so this one goes over the wire as it is.
    [Theory]
    [InlineData("{root}/escaped")]
    [InlineData("/{root}/escaped")]
    [InlineData("escaped")]
    [InlineData("../escaped")]
    [InlineData("../../escaped")]
    [InlineData("../../../escaped")]
    [InlineData("../../../../escaped")]
    [InlineData("..%2F..%2Fescaped")]
    [InlineData("%2e%2e/%2e%2e/%2e%2e/escaped")]
    [InlineData("a/../../../../escaped")]
    public async Task A_key_does_not_leave_the_data_folder(string path)
    {
        // Wherever such a key leads, from whichever folder of the data it is taken, a file is there that is not to be read, written or
        // deleted.
        using var root = new TemporaryFolder();
        var data = Path.Combine(root.Path, "a", "b", "c", "data");
        await using var server = await LocalAwsServer.StartAsync(data);
        await server.S3.PutBucketAsync(_bucket);
        path = path.Replace("{root}", root.Path, StringComparison.Ordinal);
        foreach (var folder in Directory.GetDirectories(root.Path, "*", SearchOption.AllDirectories).Append(root.Path))
            await File.WriteAllTextAsync(Path.Combine(folder, "escaped"), "planted");
        var planted = Planted(root);
        Assert.InRange(planted.Length, 6, int.MaxValue);

        Assert.StartsWith("HTTP/1.1 404", await SendAsync(server.Url, "GET", path), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", await SendAsync(server.Url, "PUT", path, "hello"), StringComparison.Ordinal);
        Assert.Equal(planted, Planted(root));
        Assert.EndsWith("hello", await SendAsync(server.Url, "GET", path), StringComparison.Ordinal);
        var listed = await server.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = _bucket });
        Assert.Equal(Uri.UnescapeDataString(path), Assert.Single(listed.S3Objects).Key);
        Assert.StartsWith("HTTP/1.1 204", await SendAsync(server.Url, "DELETE", path), StringComparison.Ordinal);
        Assert.Equal(planted, Planted(root));
    }

    [Fact]
    public async Task A_key_that_is_too_long_is_refused()
    {
        var exception = await Assert.ThrowsAnyAsync<AmazonS3Exception>(() =>
            emulator.S3.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = _bucket,
                    Key = new string('\u00e9', 513),
                    ContentBody = "hello",
                }
            )
        );
        Assert.Equal("KeyTooLongError", exception.ErrorCode);
    }

    public async ValueTask InitializeAsync() => await emulator.S3.PutBucketAsync(_bucket);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // Files by this name, each with what is in it.
    private static string[] Planted(TemporaryFolder root) =>
        [
            .. Directory
                .GetFiles(root.Path, "*escaped*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(file => $"{file}: {File.ReadAllText(file)}"),
        ];

    private async Task<string> SendAsync(string url, string method, string path, string body = "")
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(url).Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"{method} /{_bucket}/{path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"
            )
        );
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
