using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hosting.Fargate.Images;

/// <summary>
/// How much went to the registry: the layers of an image that the SDK says it has uploaded, those that were there left out.
/// </summary>
internal static partial class PushedLayers
{
    public static long? SizeOf(string manifest, IEnumerable<string> lines, string repositoryUri)
    {
        var uploaded = lines
            .Select(line => UploadLine().Match(line))
            .Where(match => match.Success)
            .Select(match => match.Groups[1].Value)
            .ToHashSet();
        try
        {
            using var document = JsonDocument.Parse(manifest);
            return document
                .RootElement.GetProperty("layers")
                .EnumerateArray()
                .Where(layer => uploaded.Contains(layer.GetProperty("digest").GetString()!))
                .Sum(layer => layer.GetProperty("size").GetInt64());
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"Finished uploading layer '?(sha256:[0-9a-f]{64})")]
    private static partial Regex UploadLine();
}
