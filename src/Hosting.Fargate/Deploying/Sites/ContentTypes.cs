using System.Collections.Frozen;

namespace Hosting.Fargate.Deploying.Sites;

/// <summary>
/// What a file is, by the end of its name: those that front ends have, of which CloudFront compresses the text:
/// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html.
/// </summary>
internal static class ContentTypes
{
    private static readonly FrozenDictionary<string, string> s_types = new Dictionary<string, string>
    {
        ["avif"] = "image/avif",
        ["css"] = "text/css; charset=utf-8",
        ["csv"] = "text/csv; charset=utf-8",
        ["eot"] = "application/vnd.ms-fontobject",
        ["gif"] = "image/gif",
        ["htm"] = "text/html; charset=utf-8",
        ["html"] = "text/html; charset=utf-8",
        ["ico"] = "image/x-icon",
        ["jpeg"] = "image/jpeg",
        ["jpg"] = "image/jpeg",
        ["js"] = "text/javascript; charset=utf-8",
        ["json"] = "application/json",
        ["map"] = "application/json",
        ["md"] = "text/markdown; charset=utf-8",
        ["mjs"] = "text/javascript; charset=utf-8",
        ["mp3"] = "audio/mpeg",
        ["mp4"] = "video/mp4",
        ["otf"] = "font/otf",
        ["pdf"] = "application/pdf",
        ["png"] = "image/png",
        ["svg"] = "image/svg+xml",
        ["ttf"] = "font/ttf",
        ["txt"] = "text/plain; charset=utf-8",
        ["wasm"] = "application/wasm",
        ["webm"] = "video/webm",
        ["webmanifest"] = "application/manifest+json",
        ["webp"] = "image/webp",
        ["woff"] = "font/woff",
        ["woff2"] = "font/woff2",
        ["xml"] = "text/xml; charset=utf-8",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static string Of(string path) => s_types.GetValueOrDefault(path[(path.LastIndexOf('.') + 1)..], "application/octet-stream");
}
