using System.Formats.Tar;
using System.IO.Compression;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Hosting.Fargate.Tests.Images;

/// <summary>What is in an image, as its registry has it.</summary>
/// <param name="Files">The files and folders, as the last layer that has them has them.</param>
/// <param name="Config">What the image says of how it runs.</param>
internal sealed record ImageContent(IReadOnlyDictionary<string, ImageEntry> Files, JsonNode Config)
{
    public static async Task<ImageContent> ReadAsync(TestEcr ecr, string repository, string tag)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, ecr.Direct($"/v2/{repository}/manifests/{tag}"));
        request.Headers.Accept.ParseAdd("application/vnd.docker.distribution.manifest.v2+json");
        request.Headers.Accept.ParseAdd("application/vnd.oci.image.manifest.v1+json");
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        var manifest = (await response.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
        Dictionary<string, ImageEntry> files = [];
        foreach (var layer in manifest["layers"]!.AsArray())
        {
            await using var blob = await http.GetStreamAsync(
                ecr.Direct($"/v2/{repository}/blobs/{layer!["digest"]}"),
                TestContext.Current.CancellationToken
            );
            await using var tar = new TarReader(new GZipStream(blob, CompressionMode.Decompress));
            while (await tar.GetNextEntryAsync(copyData: true, TestContext.Current.CancellationToken) is { } entry)
            {
                using var content = new MemoryStream();
                await (entry.DataStream?.CopyToAsync(content) ?? Task.CompletedTask);
                files[entry.Name.TrimStart('.').Trim('/')] = new ImageEntry(
                    Encoding.UTF8.GetString(content.ToArray()),
                    entry.Mode,
                    entry.Uid,
                    entry.Gid
                );
            }
        }

        var config = await http.GetFromJsonAsync<JsonNode>(
            ecr.Direct($"/v2/{repository}/blobs/{manifest["config"]!["digest"]}"),
            TestContext.Current.CancellationToken
        );
        return new ImageContent(files, config!["config"]!);
    }

    public string? Text(string path) => Files.GetValueOrDefault(path)?.Text;
}

/// <summary>A file or folder of an image.</summary>
internal sealed record ImageEntry(string Text, UnixFileMode Mode, int Uid, int Gid);
