using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Hosting.Fargate.Tests.Images;

/// <summary>A base image without anything that runs: what is built on it is only looked at.</summary>
internal static class BaseImage
{
    /// <summary>Puts an image past the password, with a file of some text in it.</summary>
    public static async Task PushAsync(TestEcr registry, string repository, string tag, string text, string architecture)
    {
        using var tar = new MemoryStream();
        await using (var writer = new TarWriter(tar, leaveOpen: true))
        {
            await writer.WriteEntryAsync(
                new PaxTarEntry(TarEntryType.RegularFile, "etc/os-release")
                {
                    DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
                    ModificationTime = DateTimeOffset.UnixEpoch,
                }
            );
        }

        using var zipped = new MemoryStream();
        await using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(tar.ToArray());
        }

        using var http = new HttpClient();
        var config = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                architecture,
                os = "linux",
                created = "2026-01-01T00:00:00Z",
                config = new { Env = new[] { "PATH=/usr/bin", "APP_UID=1654" } },
                rootfs = new { type = "layers", diff_ids = new[] { Digest(tar.ToArray()) } },
                history = new[] { new { created_by = "test" } },
            }
        );
        var manifest = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                schemaVersion = 2,
                mediaType = "application/vnd.docker.distribution.manifest.v2+json",
                config = new
                {
                    mediaType = "application/vnd.docker.container.image.v1+json",
                    size = config.Length,
                    digest = await BlobAsync(config),
                },
                layers = new[]
                {
                    new
                    {
                        mediaType = "application/vnd.docker.image.rootfs.diff.tar.gzip",
                        size = zipped.Length,
                        digest = await BlobAsync(zipped.ToArray()),
                    },
                },
            }
        );
        using var content = Content(manifest, "application/vnd.docker.distribution.manifest.v2+json");
        using var put = await http.PutAsync(registry.Direct($"/v2/{repository}/manifests/{tag}"), content);
        put.EnsureSuccessStatusCode();

        async Task<string> BlobAsync(byte[] bytes)
        {
            using var start = await http.PostAsync(registry.Direct($"/v2/{repository}/blobs/uploads/"), null);
            var location = start.Headers.Location!.ToString();
            using var blob = Content(bytes, "application/octet-stream");
            using var end = await http.PutAsync(
                registry.Direct($"{location}{(location.Contains('?') ? '&' : '?')}digest={Digest(bytes)}"),
                blob
            );
            end.EnsureSuccessStatusCode();
            return Digest(bytes);
        }
    }

    private static ByteArrayContent Content(byte[] bytes, string type)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new(type);
        return content;
    }

    private static string Digest(byte[] bytes) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
}
