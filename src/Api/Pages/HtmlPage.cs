using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using Api.Reading;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http.Timeouts;

namespace Api.Pages;

/// <summary>
/// A page of markup and one style sheet, both in the one response. Its content security policy lets in that style sheet, by its hash, and
/// nothing else: were text of somebody's CSV ever taken for markup, it could still do nothing.
/// </summary>
internal sealed class HtmlPage : IResult
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly Type _component;
    private readonly Dictionary<string, object?> _parameters;

    private HtmlPage(Type component, Dictionary<string, object?> parameters) => (_component, _parameters) = (component, parameters);

    /// <summary>The style sheet.</summary>
    public static string Style { get; } = ReadStyle();

    private static readonly string ContentSecurityPolicy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static IResult Of<TComponent>(Dictionary<string, object?> parameters)
        where TComponent : IComponent
        => new HtmlPage(typeof(TComponent), parameters);

    // Made first, then sent: components are large, a page is not, and its reader may be slow.
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var right = await httpContext.RequestServices.GetRequiredService<ReadLimits>().PageAsync(httpContext.RequestAborted);
        using var page = await RenderAsync(httpContext.RequestServices, httpContext.RequestAborted);
        httpContext.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();

        var response = httpContext.Response;
        response.ContentType = $"{MediaTypeNames.Text.Html}; charset=utf-8";
        response.ContentLength = page.Length;
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        response.Headers["Referrer-Policy"] = "no-referrer";
        await response.Body.WriteAsync(page.GetBuffer().AsMemory(0, (int)page.Length), httpContext.RequestAborted);
    }

    private async Task<MemoryStream> RenderAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        using var right = await services.GetRequiredService<ReadLimits>().RenderingAsync(cancellationToken);
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync(_component, ParameterView.FromDictionary(_parameters));
            var page = new MemoryStream();
            await using var writer = new StreamWriter(page, Utf8, leaveOpen: true);
            root.WriteHtmlTo(writer);
            return page;
        });
    }

    private static string ReadStyle()
    {
        using var reader = new StreamReader(typeof(HtmlPage).Assembly.GetManifestResourceStream("Page.css")!);
        return reader.ReadToEnd();
    }
}
