using System.ComponentModel;
using System.Net;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Deploying.Sites;
using Hosting.Fargate.Publishing;
using Hosting.Fargate.Tests.Publishing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Testing.Edge;

namespace Hosting.Fargate.Tests.Deploying.Sites;

/// <summary>What browsers get of a front end and its API under one name, by the distribution that the template has.</summary>
public sealed class EdgeStandInTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edge-");
    private readonly HttpClient _browser = new(
        new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator }
    );
    private WebApplication _api = null!;

    public async ValueTask InitializeAsync()
    {
        try
        {
            await ProcessRun.StartAsync("node", ["--version"]);
        }
        catch (Win32Exception)
        {
            Assert.Skip("Node.js is not installed, which runs CloudFront's functions here.");
        }

        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        _api = builder.Build();
        _api.Run(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            context.Response.StatusCode =
                context.Request.Path == "/api/orders" ? 200
                : context.Request.Path == "/api/secret" ? 403
                : 404;
            await context.Response.WriteAsync(
                $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} "
                    + $"{context.Request.Headers[EdgeComposer.DistributionHeader]} {await body.ReadToEndAsync()}"
            );
        });
        await _api.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await (_api?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_page_is_there_at_every_address_of_its_own_and_errors_of_the_API_stay_errors()
    {
        await using var edge = await StartAsync(
            "Distribution",
            builder => builder.AddViteApp("web", "web").PublishAsStaticSite(),
            ["index.html", "assets/app-Ab12Cd34.js", ".well-known/apple-app-site-association"]
        );

        foreach (var path in new[] { "/", "/index.html", "/orders/7", "/orders/", "/apiary" })
        {
            Assert.Equal("200 index.html no-cache", await AskAsync(edge, path));
        }

        Assert.Equal("200 assets/app-Ab12Cd34.js public, max-age=31536000, immutable", await AskAsync(edge, "/assets/app-Ab12Cd34.js"));
        Assert.StartsWith("200 .well-known/apple-app-site-association", await AskAsync(edge, "/.well-known/apple-app-site-association"));
        Assert.Equal("404  ", await AskAsync(edge, "/assets/app-Zz99Zz99.js"));
        Assert.Equal("403  ", await AskAsync(edge, "/orders/7", HttpMethod.Post));

        Assert.Equal("200 GET /api/orders?page=2 /  ", await AskAsync(edge, "/api/orders?page=2"));
        Assert.Equal("200 POST /api/orders / an order ", await AskAsync(edge, "/api/orders", HttpMethod.Post, "an order"));
        Assert.Equal("404 GET /api/none /  ", await AskAsync(edge, "/api/none"));
        Assert.Equal("403 GET /api/secret /  ", await AskAsync(edge, "/api/secret"));
    }

    [Fact]
    public async Task A_site_of_several_pages_has_one_below_each_address()
    {
        await using var edge = await StartAsync(
            "Distribution",
            builder => builder.AddViteApp("web", "web").PublishAsStaticSite(site => site.DeepLinks = false),
            ["index.html", "about/index.html"]
        );

        Assert.Equal("200 index.html no-cache", await AskAsync(edge, "/"));
        Assert.Equal("200 about/index.html no-cache", await AskAsync(edge, "/about"));
        Assert.Equal("200 about/index.html no-cache", await AskAsync(edge, "/about/"));
        Assert.Equal("404  ", await AskAsync(edge, "/orders"));
    }

    private async Task<EdgeStandIn> StartAsync(string distribution, Action<IDistributedApplicationBuilder> site, string[] files)
    {
        var publication = await Published.ModelAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithCloudFront();
            builder.AddWeb("api").WithExternalHttpEndpoints().PublishAsFargateService(service => service.WithRoute("/api/*"));
            site(builder);
        });
        foreach (var file in files)
        {
            var path = Path.Combine(_folder.FullName, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, file, TestContext.Current.CancellationToken);
        }

        var built = await BuiltSite.ReadAsync(
            Assert.Single(publication.Application.Sites),
            _folder.FullName,
            TestContext.Current.CancellationToken
        );
        return await EdgeStandIn.StartAsync(
            TemplateJson.ToMap(publication.Template()),
            distribution,
            built.AsBuckets("files-web"),
            new Uri(_api.Urls.Single())
        );
    }

    /// <summary>Status, content and Cache-Control of an answer.</summary>
    private async Task<string> AskAsync(EdgeStandIn edge, string path, HttpMethod? method = null, string? body = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(edge.Address, path));
        request.Content = body is null ? null : new StringContent(body);
        using var response = await _browser.SendAsync(request, TestContext.Current.CancellationToken);
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)} {response.Headers.CacheControl}";
    }
}
