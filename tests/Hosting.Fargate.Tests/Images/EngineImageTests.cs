using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;
using Hosting.Fargate.Images;
using Hosting.Fargate.Publishing;
using Hosting.Fargate.Tests.Publishing;
using Hosting.Fargate.Tests.Publishing.Images;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hosting.Fargate.Tests.Images;

/// <summary>
/// Images that an engine builds from what publish makes, in a registry: generated Dockerfiles, files of other images, files of the model.
/// </summary>
public sealed class EngineImageTests : IAsyncLifetime
{
    private const string Below = "localhost/fargate-test-below:1";

    private readonly Checkout _checkout = new();
    private TestEcr _ecr = null!;

    public async ValueTask InitializeAsync()
    {
        Engine.Require();
        _ecr = await TestEcr.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _checkout.Dispose();
        if (_ecr is not null)
        {
            await _ecr.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_generated_Dockerfile_is_built_in_the_authors_folder_and_has_the_bytes_of_the_output()
    {
        _checkout.Write("site/index.html", "one");
        static void Model(IDistributedApplicationBuilder builder) =>
            Here(
                builder
                    .AddContainer("site", "placeholder")
                    .WithDockerfileFactory("../site", _ => "FROM scratch\nCOPY . /srv\nCMD [\"/none\"]\n")
            );

        var first = Assert.Single(await DeployAsync(Model));
        var content = await ImageContent.ReadAsync(_ecr, "shop/site", first.ContentTag);
        Assert.Equal("one", content.Text("srv/index.html"));
        Assert.Null(content.Text("srv/Dockerfile"));
        Assert.Equal(
            (await _checkout.PublishAsync(Model)).Files.Single(file => file.Name == "shop.images/site/Dockerfile").ToBytes(),
            await System.IO.File.ReadAllBytesAsync(
                _checkout.PathOf($"obj/images/{SampleCheckout.Machine}/site/Dockerfile"),
                TestContext.Current.CancellationToken
            )
        );

        Assert.False(Assert.Single(await DeployAsync(Model)).IsPushed);
        _checkout.Write("site/index.html", "two");
        Assert.NotEqual(first.ContentTag, Assert.Single(await DeployAsync(Model)).ContentTag);
    }

    [Fact]
    public async Task A_server_in_another_language_has_the_files_of_its_front_end()
    {
        _checkout.Write("frontend/index.html", "front end");
        _checkout.Write("server/server", "program");
        static void Model(IDistributedApplicationBuilder builder) =>
            Here(
                builder
                    .AddServer("server", "../server")
                    .PublishWithContainerFiles(builder.AddFrontend("frontend", "../frontend"), "./static")
            );

        var first = Assert.Single(await DeployAsync(Model));
        var content = await ImageContent.ReadAsync(_ecr, "shop/server", first.ContentTag);
        Assert.Equal("front end", content.Text("app/static/index.html"));
        Assert.Equal("program", content.Text("app/server"));

        _checkout.Write("frontend/index.html", "another");
        var second = Assert.Single(await DeployAsync(Model));
        Assert.Equal("another", (await ImageContent.ReadAsync(_ecr, "shop/server", second.ContentTag)).Text("app/static/index.html"));
    }

    [Fact]
    public async Task A_project_that_the_SDK_builds_has_the_files_of_its_front_end_and_another_of_the_same_project_has_not()
    {
        await BaseImage.PushAsync(_ecr, "base/runtime", "10.0", "one", SampleCheckout.Machine == Architecture.Arm64 ? "arm64" : "amd64");
        using var program = new SampleCheckout(_ecr, "unused");
        _checkout.Write("frontend/index.html", "front end");
        _checkout.Write("frontend/assets/app.js", "script");
        void Model(IDistributedApplicationBuilder builder)
        {
            var project = Path.Combine(program.Root, "App", "App.csproj");
            Here(builder.AddProject("api", project).PublishWithContainerFiles(builder.AddFrontend("frontend", "../frontend"), "wwwroot"));
            Here(builder.AddProject("jobs", project));
        }

        var first = await DeployAsync(Model);
        var api = await ImageContent.ReadAsync(_ecr, "shop/api", first.Single(image => image.Resource == "api").ContentTag);
        Assert.Equal("front end", api.Text("app/wwwroot/index.html"));
        Assert.Equal("script", api.Text("app/wwwroot/assets/app.js"));
        Assert.Contains("app/App.dll", api.Files.Keys);
        var jobs = await ImageContent.ReadAsync(_ecr, "shop/jobs", first.Single(image => image.Resource == "jobs").ContentTag);
        Assert.Contains("app/App.dll", jobs.Files.Keys);
        Assert.DoesNotContain("app/wwwroot/index.html", jobs.Files.Keys);

        // What is in the front end decides on the tag of the API, and on no other.
        Assert.All(await DeployAsync(Model), image => Assert.False(image.IsPushed));
        _checkout.Write("frontend/index.html", "another");
        var second = await DeployAsync(Model);
        Assert.Equal(["api"], second.Where(image => image.IsPushed).Select(image => image.Resource));
        Assert.Equal(
            "another",
            (await ImageContent.ReadAsync(_ecr, "shop/api", second.Single(image => image.Resource == "api").ContentTag)).Text(
                "app/wwwroot/index.html"
            )
        );
    }

    [Fact]
    public async Task Files_outside_of_a_projects_folder_and_files_that_are_not_there_are_said_by_name()
    {
        await BaseImage.PushAsync(_ecr, "base/runtime", "10.0", "one", SampleCheckout.Machine == Architecture.Arm64 ? "arm64" : "amd64");
        using var program = new SampleCheckout(_ecr, "unused");
        _checkout.Write("frontend/index.html", "front end");
        var project = Path.Combine(program.Root, "App", "App.csproj");

        var outside = await Assert.ThrowsAsync<ImageDeploymentException>(() =>
            DeployAsync(builder =>
                Here(
                    builder.AddProject("api", project).PublishWithContainerFiles(builder.AddFrontend("frontend", "../frontend"), "/srv/www")
                )
            )
        );
        Assert.Contains(
            "'api' has no image: the files of 'frontend' are to be at /srv/www in it (PublishWithContainerFiles), and the SDK makes images of what is in /app alone.",
            outside.Message,
            StringComparison.Ordinal
        );

        var missing = await Assert.ThrowsAsync<ImageDeploymentException>(() =>
            DeployAsync(builder =>
            {
                var frontend = builder
                    .AddFrontend("frontend", "../frontend")
                    .ClearContainerFilesSources()
                    .WithContainerFilesSource("/app/build");
                Here(builder.AddProject("api", project).PublishWithContainerFiles(frontend, "/app/wwwroot"));
            })
        );
        Assert.Contains("The files /app/build of 'frontend' are not in its image", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_of_the_model_lie_on_top_of_the_image_with_owners_and_modes_and_change_nothing_else_of_it()
    {
        MakeBelow();
        _checkout.Write("realms/shop.json", "realm");
        _checkout.Write("AppHost/nginx.conf", "config");
        static void Model(IDistributedApplicationBuilder builder) =>
            Here(
                builder
                    .AddContainer("web", "localhost/fargate-test-below", "1")
                    .WithContainerFiles(
                        "/etc/app",
                        [
                            new ContainerFile { Name = "a.conf", Contents = "a" },
                            new ContainerDirectory
                            {
                                Name = "private",
                                Owner = 70,
                                Group = 71,
                                Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                                Entries =
                                [
                                    new ContainerFile
                                    {
                                        Name = "b.conf",
                                        Contents = "b",
                                        Mode = UnixFileMode.UserRead,
                                    },
                                ],
                            },
                        ],
                        defaultOwner: 60,
                        defaultGroup: 61
                    )
                    .WithContainerFiles("/opt/import", "../realms")
                    .WithBindMount("nginx.conf", "/etc/nginx/nginx.conf", isReadOnly: true)
            );

        var image = Assert.Single(await DeployAsync(Model));
        var content = await ImageContent.ReadAsync(_ecr, "shop/web", image.ContentTag);

        Assert.Equal(("a", 60, 61, "644"), Entry("etc/app/a.conf"));
        Assert.Equal(("b", 70, 71, "400"), Entry("etc/app/private/b.conf"));
        Assert.Equal("700", Entry("etc/app/private").Mode);
        Assert.Equal(("realm", 0, 0, "644"), Entry("opt/import/shop.json"));
        Assert.Equal(("config", 0, 0, "644"), Entry("etc/nginx/nginx.conf"));
        Assert.Equal("below", content.Text("etc/below"));
        Assert.Equal("5:5", content.Config["User"]!.GetValue<string>());
        Assert.Equal("/srv", content.Config["WorkingDir"]!.GetValue<string>());
        Assert.Equal("/run-me", content.Config["Entrypoint"]![0]!.GetValue<string>());

        _checkout.Write("realms/shop.json", "another realm");
        Assert.NotEqual(image.ContentTag, Assert.Single(await DeployAsync(Model)).ContentTag);

        (string Text, int Uid, int Gid, string Mode) Entry(string path)
        {
            var (text, mode, uid, gid) = content.Files[path];
            return (text, uid, gid, Convert.ToString((int)mode, 8));
        }
    }

    [Fact]
    public async Task Files_go_on_top_of_an_image_that_a_Dockerfile_of_the_author_makes()
    {
        _checkout.Write(
            "site/Dockerfile",
            "FROM scratch\nARG COLOR\nLABEL color=$COLOR\nWORKDIR /srv\nCOPY index.html .\nCMD [\"/none\"]\n"
        );
        _checkout.Write("site/index.html", "page");
        _checkout.Write("frontend/app.js", "script");

        var image = Assert.Single(
            await DeployAsync(
                builder =>
                    Here(
                        builder
                            .AddDockerfile("Site", "../site")
                            .WithBuildArg("COLOR", builder.AddParameter("color"))
                            .WithContainerFiles("/srv/config", [new ContainerFile { Name = "app.json", Contents = "{}" }])
                            .WithAnnotation(
                                new ContainerFilesDestinationAnnotation
                                {
                                    Source = builder.AddFrontend("frontend", "../frontend").Resource,
                                    DestinationPath = "static",
                                }
                            )
                    ),
                ("color", "red")
            )
        );

        var content = await ImageContent.ReadAsync(_ecr, "shop/site", image.ContentTag);
        Assert.Equal("page", content.Text("srv/index.html"));
        Assert.Equal("{}", content.Text("srv/config/app.json"));
        Assert.Equal("script", content.Text("srv/static/app.js"));
        Assert.Equal("red", content.Config["Labels"]!["color"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_parameter_of_a_build_without_a_value_is_said_by_name()
    {
        _checkout.Write("site/Dockerfile", "FROM scratch\nARG COLOR\nLABEL color=$COLOR\n");
        var failure = await Assert.ThrowsAsync<ImageDeploymentException>(() =>
            DeployAsync(builder => Here(builder.AddDockerfile("site", "../site").WithBuildArg("COLOR", builder.AddParameter("color"))))
        );

        Assert.Contains(
            "'site' has no image: its build takes the parameter 'color', which has no value. Set the environment variable Parameters__color.",
            failure.Message,
            StringComparison.Ordinal
        );
    }

    private async Task<IReadOnlyList<DeployedImage>> DeployAsync(
        Action<IDistributedApplicationBuilder> model,
        params (string Name, string Value)[] values
    )
    {
        var (publication, resources) = await _checkout.ModelAsync(model);
        foreach (var workload in publication.Application.Workloads)
        {
            _ecr.Repositories.TryAdd($"shop/{workload.Name.ToLowerInvariant()}", 0);
        }

        return await new ImageDeployment(_ecr.Client, _checkout.PathOf("obj"), NullLogger.Instance).DeployAsync(
            publication.Application,
            resources,
            name => values.FirstOrDefault(value => value.Name == name).Value,
            commit: null,
            TestContext.Current.CancellationToken
        );
    }

    /// <summary>An image that no registry has, with a user and a folder of its own.</summary>
    private void MakeBelow()
    {
        _checkout.Write("below/Dockerfile", "FROM scratch\nCOPY below /etc/below\nUSER 5:5\nWORKDIR /srv\nENTRYPOINT [\"/run-me\"]\n");
        _checkout.Write("below/below", "below");
        Engine.Do("build", "--tag", Below, _checkout.PathOf("below"));
    }

    private static void Here<T>(IResourceBuilder<T> builder)
        where T : IComputeResource => builder.PublishAsFargateService(service => service.Architecture = SampleCheckout.Machine);
}
