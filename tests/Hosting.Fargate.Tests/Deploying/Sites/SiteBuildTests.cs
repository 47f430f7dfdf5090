using Hosting.Fargate.Application;
using Hosting.Fargate.Deploying.Sites;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hosting.Fargate.Tests.Deploying.Sites;

/// <summary>Builds of front ends by programs of this machine; <c>sh</c> stands for the package manager.</summary>
public sealed class SiteBuildTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("site-build-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Packages_are_installed_where_their_list_has_changed_and_without_the_variables_of_the_build()
    {
        await WriteAsync("package-lock.json", "{}");
        await WriteAsync("install.sh", "mkdir -p node_modules; echo \"install $VITE_TITLE\" >> log");
        await WriteAsync("build.sh", "mkdir -p dist; echo \"build $VITE_TITLE\" >> log; echo page > dist/index.html");

        await BuildAsync();
        await BuildAsync();
        Assert.Equal(["install ", "build Shop", "build Shop"], await LogAsync());

        await WriteAsync("package-lock.json", "{ }");
        await BuildAsync();
        Directory.Delete(Path.Combine(_folder.FullName, "app", "node_modules"));
        var site = Assert.Single(await BuildAsync());
        Assert.Equal(["install ", "build Shop", "install ", "build Shop"], (await LogAsync()).Skip(3));
        Assert.Equal(["index.html"], site.Files.Select(file => file.Path));
    }

    [Fact]
    public async Task A_program_that_is_not_there_and_a_folder_without_a_page_are_said()
    {
        var missing = Site() with
        {
            Build = new LocalBuild(_folder.FullName, "web", null, new SiteCommand("no-such-npm", ["run", "build"]), "dist"),
        };
        Assert.Equal(
            "The files of 'web' are built by 'no-such-npm run build', and no-such-npm is not on PATH. Install it, or have a "
                + "container build them: "
                + ".PublishAsStaticSite(site => site.BuildInContainer = true).",
            Assert.Single(SiteBuilds.Missing([missing]))
        );

        await WriteAsync("install.sh", "");
        await WriteAsync("build.sh", "");
        Assert.Contains(
            "The build of 'web' left no index.html in dist",
            (await Assert.ThrowsAsync<SiteException>(BuildAsync)).Message,
            StringComparison.Ordinal
        );
    }

    private Site Site() =>
        new()
        {
            Name = "web",
            Place = new SitePlace(null, null),
            DeepLinks = true,
            Build = new LocalBuild(
                Path.Combine(_folder.FullName, "app"),
                "app",
                new SiteCommand("sh", ["install.sh"]),
                new SiteCommand("sh", ["build.sh"]),
                "dist"
            ),
            Variables = [new BuildArgument("VITE_TITLE", new Text("Shop"))],
        };

    private Task<IReadOnlyList<BuiltSite>> BuildAsync() =>
        new SiteBuilds(Path.Combine(_folder.FullName, "obj"), _ => null, NullLogger.Instance, TimeProvider.System).BuildAsync(
            [Site()],
            TestContext.Current.CancellationToken
        );

    private async Task<string[]> LogAsync() => await File.ReadAllLinesAsync(Path.Combine(_folder.FullName, "app", "log"));

    private async Task WriteAsync(string name, string text)
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "app"));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "app", name), text);
    }
}
