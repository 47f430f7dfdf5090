using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Account;

/// <summary>A base image without anything that runs: what is built on it is only pushed.</summary>
internal static class BaseImage
{
    private const string Manifest = "application/vnd.docker.distribution.manifest.v2+json";

    /// <summary>Puts an image into a registry and gives its name there.</summary>
    public static async Task<string> PushAsync(DockerRegistry registry)
    {
        const string Repository = "base/aspnet";
        using var http = new HttpClient { BaseAddress = new Uri($"http://{registry.Address}") };
        var (tar, layer) = await LayerAsync();
        var config = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                architecture = "amd64",
                os = "linux",
                config = new { Env = new[] { "PATH=/usr/bin", "APP_UID=1654" } },
                rootfs = new { type = "layers", diff_ids = new[] { Digest(tar) } },
            }
        );
        foreach (var blob in new[] { config, layer })
        {
            using var start = await http.PostAsync($"/v2/{Repository}/blobs/uploads/", null);
            var location = start.EnsureSuccessStatusCode().Headers.Location!.ToString();
            using var end = await http.PutAsync(
                $"{location}{(location.Contains('?') ? '&' : '?')}digest={Digest(blob)}",
                Content(blob, "application/octet-stream")
            );
            end.EnsureSuccessStatusCode();
        }

        var manifest = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                schemaVersion = 2,
                mediaType = Manifest,
                config = new
                {
                    mediaType = "application/vnd.docker.container.image.v1+json",
                    size = config.Length,
                    digest = Digest(config),
                },
                layers = new[]
                {
                    new
                    {
                        mediaType = "application/vnd.docker.image.rootfs.diff.tar.gzip",
                        size = layer.Length,
                        digest = Digest(layer),
                    },
                },
            }
        );
        using var put = await http.PutAsync($"/v2/{Repository}/manifests/10.0", Content(manifest, Manifest));
        put.EnsureSuccessStatusCode();
        return $"{registry.Address}/{Repository}:10.0";
    }

    private static async Task<(byte[] Tar, byte[] Zipped)> LayerAsync()
    {
        using var tar = new MemoryStream();
        await using (var writer = new TarWriter(tar, leaveOpen: true))
        {
            await writer.WriteEntryAsync(
                new PaxTarEntry(TarEntryType.RegularFile, "etc/os-release")
                {
                    DataStream = new MemoryStream("ID=test\n"u8.ToArray()),
                    ModificationTime = DateTimeOffset.UnixEpoch,
                }
            );
        }

        using var zipped = new MemoryStream();
        await using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(tar.ToArray());
        }

        return (tar.ToArray(), zipped.ToArray());
    }

    private static ByteArrayContent Content(byte[] bytes, string type)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new(type);
        return content;
    }

    private static string Digest(byte[] bytes) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
}
