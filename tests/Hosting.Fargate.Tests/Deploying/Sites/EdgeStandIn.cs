using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.RegularExpressions;
using Aws.CloudFormation;
using Hosting.Fargate.Deploying.Sites;
using Hosting.Fargate.Tests.Publishing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hosting.Fargate.Tests.Deploying.Sites;

/// <summary>
/// What a distribution of a template does, over HTTPS, on this machine: it finds the behaviour of a path as CloudFront does, runs its
/// function, which Node.js does, and asks the origin, a folder for a bucket and a server for the load balancer.
/// </summary>
internal sealed class EdgeStandIn : IAsyncDisposable
{
    private readonly Template _template;
    private readonly TemplateNode _distribution;
    private readonly IReadOnlyDictionary<string, BuiltSite> _buckets;
    private readonly Uri _loadBalancer;
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false });
    private readonly WebApplication _app;

    private EdgeStandIn(Template template, string distribution, IReadOnlyDictionary<string, BuiltSite> buckets, Uri loadBalancer)
    {
        (_template, _buckets, _loadBalancer) = (template, buckets, loadBalancer);
        _distribution = template[distribution].Properties.At("DistributionConfig")!;
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder
            .WebHost.UseKestrelCore()
            .UseKestrelHttpsConfiguration()
            .ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(Certificate())));
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public Uri Address => new(_app.Urls.Single());

    /// <param name="template">The application's template.</param>
    /// <param name="distribution">The logical id of the distribution.</param>
    /// <param name="buckets">The files of each site, by the name of the origin.</param>
    /// <param name="loadBalancer">What is behind the load balancer.</param>
    public static async Task<EdgeStandIn> StartAsync(
        Template template,
        string distribution,
        IReadOnlyDictionary<string, BuiltSite> buckets,
        Uri loadBalancer
    )
    {
        var edge = new EdgeStandIn(template, distribution, buckets, loadBalancer);
        await edge._app.StartAsync(TestContext.Current.CancellationToken);
        return edge;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        TemplateNode behavior = _distribution
            .At("CacheBehaviors")
            .Maps()
            .FirstOrDefault(candidate => Matches(candidate.At("PathPattern").AsText()!, path))
            ?? _distribution.At("DefaultCacheBehavior")!;
        if (!behavior.At("AllowedMethods").Items().Any(method => method.AsText() == context.Request.Method))
        {
            context.Response.StatusCode = 403;
            return;
        }

        foreach (var function in behavior.At("FunctionAssociations").Maps())
        {
            path = await RunAsync(function.At("FunctionARN").References().Single(), path);
        }

        var origin = _distribution.At("Origins").Maps().Single(item => item.At("Id").AsText() == behavior.At("TargetOriginId").AsText());
        if (origin.At("S3OriginConfig") is not null)
        {
            await FromBucketAsync(context, $"{origin.At("OriginPath").AsText()}{path}", _buckets[origin.At("Id").AsText()!]);
        }
        else
        {
            await FromLoadBalancerAsync(context, origin, path);
        }
    }

    /// <summary>https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html</summary>
    private static bool Matches(string pattern, string path) =>
        Regex.IsMatch(
            path,
            $"\\A{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal)}\\z"
        );

    private async Task<string> RunAsync(string function, string path)
    {
        var code = _template[function].Properties.At("FunctionCode").AsText();
        var run = await ProcessRun.StartAsync(
            "node",
            ["-e", $"{code}\nconsole.log(handler({{ request: {{ uri: {JsonSerializer.Serialize(path)} }} }}).uri);"]
        );
        return run.ExitCode == 0 ? run.Output.Trim() : throw new InvalidOperationException(run.Errors);
    }

    private static async Task FromBucketAsync(HttpContext context, string key, BuiltSite site)
    {
        if (site.Files.FirstOrDefault(file => $"/files/{file.Path}" == key) is not { } found)
        {
            context.Response.StatusCode = 404;
            return;
        }

        context.Response.Headers.CacheControl = found.CacheControl;
        context.Response.ContentType = found.ContentType;
        await context.Response.SendFileAsync(found.FullPath, context.RequestAborted);
    }

    private async Task FromLoadBalancerAsync(HttpContext context, TemplateNode origin, string path)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(context.Request.Method),
            new Uri(_loadBalancer, path + context.Request.QueryString)
        );
        request.Content = context.Request.ContentLength > 0 ? new StreamContent(context.Request.Body) : null;
        request.Headers.Host = context.Request.Host.Value;
        foreach (var header in origin.At("OriginCustomHeaders").Maps())
        {
            request.Headers.TryAddWithoutValidation(header.At("HeaderName").AsText()!, header.At("HeaderValue").AsText());
        }

        using var response = await _http.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
