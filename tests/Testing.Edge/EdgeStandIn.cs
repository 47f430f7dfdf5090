using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.RegularExpressions;
using Aws.CloudFormation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Testing.Edge;

/// <summary>
/// What a distribution of a template does, over HTTPS, on this machine: it finds the behaviour of a path as CloudFront does, runs its
/// function, which Node.js does, and asks the origin, a folder for a bucket and a server for the load balancer, with the headers that
/// CloudFront sets. WebSockets and answers that take their time pass.
/// </summary>
internal sealed class EdgeStandIn : IAsyncDisposable
{
    private readonly TemplateMap _template;
    private readonly TemplateNode _distribution;
    private readonly IReadOnlyDictionary<string, Func<string, EdgeFile?>> _buckets;
    private readonly Uri _loadBalancer;
    private readonly Forwarding _forwarding = new();
    private readonly WebApplication _app;

    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
    private const string AllViewerAndCloudFrontHeaders = "33f36d7e-f396-46d9-90e0-52428a34d9dc";

    private EdgeStandIn(
        TemplateMap template,
        string distribution,
        IReadOnlyDictionary<string, Func<string, EdgeFile?>> buckets,
        Uri loadBalancer
    )
    {
        (_template, _buckets, _loadBalancer) = (template, buckets, loadBalancer);
        _distribution = template.At("Resources", distribution, "Properties", "DistributionConfig")!;
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder
            .WebHost.UseKestrelCore()
            .UseKestrelHttpsConfiguration()
            .ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listen =>
                {
                    // CloudFront takes WebSockets by HTTP/1.1:
                    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-working-with.websockets.html.
                    listen.Protocols = HttpProtocols.Http1;
                    listen.UseHttps(Certificate());
                }));
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public Uri Address => new(_app.Urls.Single());

    /// <param name="template">The application's template.</param>
    /// <param name="distribution">The logical id of the distribution.</param>
    /// <param name="buckets">The file of a key, by the name of the origin that has it.</param>
    /// <param name="loadBalancer">What is behind the load balancer.</param>
    public static async Task<EdgeStandIn> StartAsync(
        TemplateMap template,
        string distribution,
        IReadOnlyDictionary<string, Func<string, EdgeFile?>> buckets,
        Uri loadBalancer
    )
    {
        var edge = new EdgeStandIn(template, distribution, buckets, loadBalancer);
        await edge._app.StartAsync(TestContext.Current.CancellationToken);
        return edge;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _forwarding.Dispose();
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
            await FromLoadBalancerAsync(context, behavior, origin, path);
        }
    }

    /// <summary>https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html</summary>
    public static bool Matches(string pattern, string path) =>
        Regex.IsMatch(
            path,
            $"\\A{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal)}\\z"
        );

    private async Task<string> RunAsync(string function, string path)
    {
        var code = _template.At("Resources", function, "Properties", "FunctionCode").AsText();
        var start = new ProcessStartInfo(
            "node",
            ["-e", $"{code}\nconsole.log(handler({{ request: {{ uri: {JsonSerializer.Serialize(path)} }} }}).uri);"]
        )
        {
            RedirectStandardOutput = true,
        };
        using var node = Process.Start(start)!;
        var said = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        return node.ExitCode == 0 ? said.Trim() : throw new InvalidOperationException($"The function {function} failed: {said}");
    }

    private static async Task FromBucketAsync(HttpContext context, string key, Func<string, EdgeFile?> bucket)
    {
        if (bucket(key) is not { } found)
        {
            context.Response.StatusCode = 404;
            return;
        }

        context.Response.Headers.CacheControl = found.CacheControl;
        context.Response.ContentType = found.ContentType;
        await context.Response.SendFileAsync(found.FullPath, context.RequestAborted);
    }

    /// <summary>
    /// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html,
    /// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/adding-cloudfront-headers.html
    /// </summary>
    private async Task FromLoadBalancerAsync(HttpContext context, TemplateNode behavior, TemplateNode origin, string path)
    {
        var browser = context.Connection.RemoteIpAddress!.ToString();
        Dictionary<string, string?> headers = new(StringComparer.OrdinalIgnoreCase)
        {
            ["X-Forwarded-Proto"] = null,
            ["X-Forwarded-For"] = string.Join(", ", context.Request.Headers["X-Forwarded-For"].Append(browser)),
            ["Via"] = "1.1 edge.cloudfront.net (CloudFront)",
        };
        foreach (var sent in context.Request.Headers.Keys.Where(name => name.StartsWith("CloudFront-", StringComparison.OrdinalIgnoreCase)))
        {
            headers[sent] = null;
        }

        if (behavior.At("OriginRequestPolicyId").AsText() == AllViewerAndCloudFrontHeaders)
        {
            headers["CloudFront-Forwarded-Proto"] = "https";
            headers["CloudFront-Viewer-Address"] = $"{browser}:{context.Connection.RemotePort}";
        }

        foreach (var header in origin.At("OriginCustomHeaders").Maps())
        {
            headers[header.At("HeaderName").AsText()!] = TextOf(header.At("HeaderValue")!);
        }

        await _forwarding.SendAsync(context, new Uri(_loadBalancer, path + context.Request.QueryString), headers);
    }

    /// <summary>A value of the template: a secret's is its reference here, the same wherever it is.</summary>
    public static string TextOf(TemplateNode value) => value.AsText() ?? string.Join(' ', value.References());

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}

/// <summary>A file of a bucket, with what it is served with.</summary>
internal sealed record EdgeFile(string FullPath, string? ContentType, string? CacheControl);
