using Aspire.Hosting;
using Hosting.Fargate.Application;
using Hosting.Fargate.Deploying.Sites;
using Hosting.Fargate.Tests.Publishing.Images;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hosting.Fargate.Tests.Images;

/// <summary>Front ends whose files an engine builds, out of whose image they are taken.</summary>
public sealed class EngineSiteTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public EngineSiteTests() => Engine.Require();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public async Task Files_are_those_of_the_image_built_with_the_variables_and_those_alone()
    {
        // There is no shell in it: a name shows that the build was told the variable.
        _checkout.Write(
            "web/Dockerfile",
            "FROM scratch\nARG VITE_TITLE\nCOPY site /app/dist\nCOPY page /app/dist/$VITE_TITLE\nCOPY page /other\n"
        );
        _checkout.Write("web/site/index.html", "first");
        _checkout.Write("web/site/assets/app.js", "script");
        _checkout.Write("web/page", "page");
        Assert.Equal(["assets/app.js", "index.html", "shop.html"], await BuildAsync());

        System.IO.File.Delete(_checkout.PathOf("web/site/assets/app.js"));
        _checkout.Write("web/site/assets/next.js", "script");
        Assert.Equal(["assets/next.js", "index.html", "shop.html"], await BuildAsync());
    }

    [Fact]
    public async Task A_build_that_fails_and_a_folder_that_the_image_has_not_are_said()
    {
        _checkout.Write("web/Dockerfile", "FROM scratch\nCOPY no-such-folder /app/dist\n");
        var failed = await Assert.ThrowsAsync<SiteException>(BuildAsync);
        Assert.StartsWith("The files of 'web' are not built: ", failed.Message, StringComparison.Ordinal);
        Assert.Contains("no-such-folder", failed.Message, StringComparison.Ordinal);

        _checkout.Write("web/page", "page");
        _checkout.Write("web/Dockerfile", "FROM scratch\nCOPY page /elsewhere\n");
        var missing = await Assert.ThrowsAsync<SiteException>(BuildAsync);
        Assert.Contains("The files /app/dist of 'web' are not in its image", missing.Message, StringComparison.Ordinal);
    }

    private async Task<IEnumerable<string>> BuildAsync()
    {
        var (publication, _) = await _checkout.ModelAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithCloudFront();
            builder
                .AddDockerfile("web", "../web")
                .WithEnvironment("VITE_TITLE", "shop.html")
                .PublishAsStaticSite(site => site.OutputFolder = "/app/dist");
        });
        var builds = new SiteBuilds(_checkout.PathOf("obj"), _ => null, NullLogger.Instance, TimeProvider.System);
        var built = await builds.BuildAsync(publication.Application.Sites, TestContext.Current.CancellationToken);
        return Assert.Single(built).Files.Select(file => file.Path);
    }
}
