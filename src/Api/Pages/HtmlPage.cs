using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Pages;

/// <summary>
/// A page of markup and one style sheet, both in the one response. Its content security policy lets in that style sheet, by its hash, and
/// nothing else: were text of somebody's CSV ever taken for markup, it could still do nothing.
/// </summary>
internal static class HtmlPage
{
    /// <summary>The style sheet.</summary>
    public static string Style { get; } = ReadStyle();

    private static readonly string ContentSecurityPolicy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static IResult Of<TComponent>(Dictionary<string, object?> parameters)
        where TComponent : IComponent
        => new SecuredResult(new RazorComponentResult<TComponent>(parameters) { ContentType = $"{MediaTypeNames.Text.Html}; charset=utf-8" });

    private static string ReadStyle()
    {
        using var reader = new StreamReader(typeof(HtmlPage).Assembly.GetManifestResourceStream("Page.css")!);
        return reader.ReadToEnd();
    }

    private sealed class SecuredResult(IResult page) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var headers = httpContext.Response.Headers;
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            return page.ExecuteAsync(httpContext);
        }
    }
}
