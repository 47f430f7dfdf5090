using System.ComponentModel;
using System.Net;
using System.Net.Http.Json;
using Aspire.Hosting;
using Aws.CloudFormation;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Deploying.Sites;
using Hosting.Fargate.Tests.Publishing;
using Microsoft.Playwright;
using Testing.Edge;
using static Microsoft.Playwright.Assertions;

namespace Hosting.Fargate.Tests.Deploying.Sites;

/// <summary>
/// The front end of samples/Shop as a browser has it, of what was published without a domain: CloudFront and the load balancer are stood in
/// for by what their template says, and the API has the variables of its task definition.
/// </summary>
public sealed class EdgeBrowserTests : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("storefront-");
    private OrdersApi _api = null!;
    private LoadBalancerStandIn _balancer = null!;
    private EdgeStandIn _edge = null!;

    public async ValueTask InitializeAsync()
    {
        await BuildFrontEndAsync();
        var publication = await Published.ModelAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithCloudFront(edge => edge.PublicLoadBalancer = true);
            builder.AddWeb("api").WithExternalHttpEndpoints().PublishAsFargateService(service => service.WithRoute("/api/*"));
            builder.AddViteApp("web", "web").PublishAsStaticSite();
        });
        var template = publication.Template();
        _api = await OrdersApi.StartAsync(
            template
                .Container("api")
                .At("Environment")
                .Maps()
                .Where(variable => variable.At("Value").AsText() is not null)
                .Select(variable => KeyValuePair.Create(variable.At("Name").AsText()!, variable.At("Value").AsText()!))
        );
        _balancer = await LoadBalancerStandIn.StartAsync(
            TemplateJson.ToMap(template),
            new Dictionary<string, Uri> { ["ApiTargetGroup"] = _api.Address }
        );
        var site = await BuiltSite.ReadAsync(
            Assert.Single(publication.Application.Sites),
            Path.Combine(_folder.FullName, "dist"),
            TestContext.Current.CancellationToken
        );
        _edge = await EdgeStandIn.StartAsync(TemplateJson.ToMap(template), "Distribution", site.AsBuckets("files-web"), _balancer.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await (_edge?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_balancer?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_api?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_browser_has_pages_API_login_WebSocket_and_long_poll_over_HTTPS_under_one_name()
    {
        Assert.SkipUnless(File.Exists(Chromium), $"There is no {Chromium}: install with apt-get install chromium.");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = Chromium,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
            }
        );
        await using var context = await browser.NewContextAsync(new() { IgnoreHTTPSErrors = true });
        var page = await context.NewPageAsync();

        // A page calls its API.
        await page.GotoAsync(_edge.Address.ToString());
        await page.GetByLabel("Article").FillAsync("table");
        await page.GetByLabel("Count").FillAsync("2");
        await page.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Ordered.");
        await Expect(page.GetByRole(AriaRole.Listitem)).ToHaveTextAsync("2 × table at 5 each: new");

        // An address that the front end made up, opened anew.
        await page.GotoAsync(new Uri(_edge.Address, "/orders/1").ToString());
        var again = await page.ReloadAsync();
        Assert.Equal(200, again!.Status);
        await Expect(page.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);

        // A login: the application knows that the browser speaks HTTPS, and so its cookie goes nowhere else.
        Assert.Equal(200, await page.EvaluateAsync<int>("async () => (await fetch('/api/login', { method: 'POST' })).status"));
        var cookie = Assert.Single(await context.CookiesAsync());
        Assert.True(cookie.Secure, "The cookie is not Secure.");
        Assert.True(cookie.HttpOnly, "The cookie is not HttpOnly.");
        Assert.Equal(
            $"Ada {_edge.Address.GetLeftPart(UriPartial.Authority)} 127.0.0.1",
            await page.EvaluateAsync<string>(
                "async () => { const me = await (await fetch('/api/me')).json(); return `${me.name} ${me.origin} ${me.browser}`; }"
            )
        );

        // What stays open: a WebSocket, and a long poll that ends with the next order.
        Assert.Equal(
            ["one", "two"],
            await page.EvaluateAsync<string[]>(
                """
                () => new Promise((resolve, reject) => {
                  const answers = [];
                  const socket = new WebSocket(`wss://${location.host}/api/echo`);
                  socket.onerror = () => reject(new Error('The WebSocket failed.'));
                  socket.onopen = () => socket.send('one');
                  socket.onmessage = message => {
                    answers.push(message.data);
                    if (answers.length === 1) socket.send('two'); else socket.close();
                  };
                  socket.onclose = () => resolve(answers);
                })
                """
            )
        );
        var next = page.WaitForResponseAsync(answer => answer.Url.EndsWith("/api/orders/next", StringComparison.Ordinal));
        await page.EvaluateAsync("() => { fetch('/api/orders/next'); }");
        await _api.WaitedForAsync();
        await page.GetByRole(AriaRole.Button).ClickAsync();
        Assert.Equal("lamp", (await (await next).JsonAsync())!.Value.GetProperty("article").GetString());
    }

    [Fact]
    public async Task Who_goes_round_the_edge_is_refused()
    {
        using var http = new HttpClient();
        foreach (var key in new[] { null, "a-key" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_balancer.Address, "/api/me"));
            request.Headers.Add(EdgeComposer.DistributionHeader, "/");
            if (key is not null)
            {
                request.Headers.Add(EdgeComposer.KeyHeader, key);
            }

            using var refused = await http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        }

        // By the edge it is answered, and what a browser says of itself does not count.
        using var browser = new HttpClient(
            new HttpClientHandler
            {
                ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
            }
        );
        browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", "http");
        browser.DefaultRequestHeaders.Add("CloudFront-Forwarded-Proto", "http");
        browser.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        var seen = await browser.GetFromJsonAsync<Seen>(new Uri(_edge.Address, "/api/me"), TestContext.Current.CancellationToken);
        Assert.Equal(new Seen(null, _edge.Address.GetLeftPart(UriPartial.Authority), "127.0.0.1"), seen);
    }

    /// <summary>As its package.json says, in a copy of the folder.</summary>
    private async Task BuildFrontEndAsync()
    {
        var source = Path.Combine(Repository.Root, "samples", "Shop", "storefront");
        foreach (var file in new[] { "build.mjs", "package.json", "src/index.html", "src/main.js" })
        {
            var copy = new FileInfo(Path.Combine(_folder.FullName, file));
            copy.Directory!.Create();
            File.Copy(Path.Combine(source, file), copy.FullName);
        }

        try
        {
            var build = await ProcessRun.StartAsync("node", ["build.mjs"], _folder.FullName);
            Assert.True(build.ExitCode == 0, build.Errors);
        }
        catch (Win32Exception)
        {
            Assert.Skip("Node.js is not installed, which builds the front end and runs CloudFront's functions here.");
        }
    }
}
