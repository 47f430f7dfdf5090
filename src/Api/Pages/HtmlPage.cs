using System.IO.Pipelines;
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

    private readonly IDisposable? _right;

    private HtmlPage(Type component, Dictionary<string, object?> parameters, IDisposable? right) =>
        (_component, _parameters, _right) = (component, parameters, right);

    /// <summary>The style sheet.</summary>
    public static string Style { get; } = ReadStyle();

    private static readonly string ContentSecurityPolicy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <param name="parameters">What it is made of.</param>
    /// <param name="right">The right to send a page, where what it is made of is large and was not to be read before; it is given back at
    /// the end.</param>
    public static IResult Of<TComponent>(Dictionary<string, object?> parameters, IDisposable? right = null)
        where TComponent : IComponent => new HtmlPage(typeof(TComponent), parameters, right);

    // Made first, then sent: components are large, a page is not, and its reader may be slow.
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var right = _right
            ?? await httpContext.RequestServices.GetRequiredService<ReadLimits>().PageAsync(httpContext.RequestAborted);
        // Without a pause it takes the whole page, in pieces of a pool, and gives them back as they are sent.
        var page = new Pipe(
            new PipeOptions(pauseWriterThreshold: 0, minimumSegmentSize: PacedResponse.ChunkSize, useSynchronizationContext: false)
        );
        await RenderAsync(page.Writer, httpContext.RequestServices, httpContext.RequestAborted);
        httpContext.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();

        var read = await page.Reader.ReadAsync(httpContext.RequestAborted);
        var response = httpContext.Response;
        response.ContentType = $"{MediaTypeNames.Text.Html}; charset=utf-8";
        response.ContentLength = read.Buffer.Length;
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        response.Headers["Referrer-Policy"] = "no-referrer";
        page.Reader.AdvanceTo(read.Buffer.Start);
        await SendAsync(page.Reader, httpContext);
    }

    private static async Task SendAsync(PipeReader page, HttpContext httpContext)
    {
        using var paced = new PacedResponse(httpContext);
        try
        {
            while (await page.ReadAsync(httpContext.RequestAborted) is { Buffer: { IsEmpty: false } buffer })
            {
                await paced.WriteAsync(buffer.First);
                page.AdvanceTo(buffer.GetPosition(buffer.First.Length));
            }
        }
        catch (OperationCanceledException)
        {
            // Its reader is too slow, or gone.
            httpContext.Abort();
        }
        finally
        {
            await page.CompleteAsync();
        }
    }

    private async Task RenderAsync(PipeWriter page, IServiceProvider services, CancellationToken cancellationToken)
    {
        using var right = await services.GetRequiredService<ReadLimits>().RenderingAsync(cancellationToken);
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync(_component, ParameterView.FromDictionary(_parameters));
            await using var writer = new StreamWriter(page.AsStream(leaveOpen: true), Utf8);
            root.WriteHtmlTo(writer);
        });
        await page.CompleteAsync();
    }

    private static string ReadStyle()
    {
        using var reader = new StreamReader(typeof(HtmlPage).Assembly.GetManifestResourceStream("Page.css")!);
        return reader.ReadToEnd();
    }
}
