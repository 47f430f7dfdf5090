using System.Collections.Frozen;
using System.Security.Cryptography;

namespace Aspire.Dashboard.Frontend;

/// <summary>Serves what a browser loads from the resources of this assembly.</summary>
internal static class EmbeddedAssets
{
    /// <summary>Where Fluent UI's style sheet and script are, without their endings.</summary>
    public const string FluentUI = "_content/Microsoft.FluentUI.AspNetCore.Components/Microsoft.FluentUI.AspNetCore.Components";

    private static readonly FrozenDictionary<string, string> s_contentTypes = new Dictionary<string, string>
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> s_forLogin = new[]
    {
        "/assets/dashboard.css", "/assets/theme.js", "/assets/dashboard.js", "/assets/favicon.svg", "/_framework/blazor.web.js",
        "/" + FluentUI + ".bundle.scp.css", "/" + FluentUI + ".lib.module.js",
    }.ToFrozenSet();

    /// <summary>Whether the login page needs it: none of these tells anything about the application.</summary>
    public static bool IsForLogin(PathString path) => s_forLogin.Contains(path.Value ?? string.Empty);

    public static void MapEmbeddedAssets(this WebApplication app)
    {
        foreach (var name in typeof(EmbeddedAssets).Assembly.GetManifestResourceNames())
        {
            if (s_contentTypes.TryGetValue(Path.GetExtension(name), out var contentType))
            {
                var asset = new Lazy<(byte[] Content, string ETag)>(() => Read(name));
                app.MapGet("/" + name, (HttpContext context) => SendAsync(context, asset.Value, contentType));
            }
        }
    }

    private static Task SendAsync(HttpContext context, (byte[] Content, string ETag) asset, string contentType)
    {
        context.Response.Headers.ETag = asset.ETag;
        context.Response.Headers.CacheControl = "no-cache";
        if (context.Request.Headers.IfNoneMatch == asset.ETag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        context.Response.ContentType = contentType;
        context.Response.ContentLength = asset.Content.Length;
        return context.Response.Body.WriteAsync(asset.Content, context.RequestAborted).AsTask();
    }

    private static (byte[] Content, string ETag) Read(string name)
    {
        using var stream = typeof(EmbeddedAssets).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return (content, $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8))}\"");
    }
}
