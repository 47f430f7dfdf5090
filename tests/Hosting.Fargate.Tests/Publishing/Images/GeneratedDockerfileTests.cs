using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Publishing;
using Hosting.Fargate.Writing;

namespace Hosting.Fargate.Tests.Publishing.Images;

#pragma warning disable ASPIREDOCKERFILEBUILDER001 // As integrations generate Dockerfiles.

/// <summary>Dockerfiles that the model generates are in the output, to be read, and are the same wherever they are generated.</summary>
public sealed class GeneratedDockerfileTests
{
    [Fact]
    public async Task It_is_written_beside_the_templates_with_what_its_build_leaves_out()
    {
        using var checkout = new Checkout();
        var published = await checkout.PublishAsync(builder =>
        {
            var site = builder
                .AddContainer("site", "placeholder")
                .WithDockerfileBuilder("../site", context =>
                    context.Builder.From("node:22-slim").WorkDir("/app").Copy(".", ".").Entrypoint(["node", "server.js"])
                )
                .WithHttpEndpoint(targetPort: 3000);
            site.Resource.Annotations.OfType<DockerfileBuildAnnotation>().Single().BuildContextIgnoreContent = "node_modules\r\n.git";
        });

        Assert.Equal(
            "FROM node:22-slim\nWORKDIR /app\nCOPY . .\nENTRYPOINT [\"node\",\"server.js\"]\n",
            published.File("shop.images/site/Dockerfile")
        );
        Assert.Equal("node_modules\n.git\n", published.File("shop.images/site/Dockerfile.dockerignore"));
        Assert.Equal("Ref SiteImage", published.Template().Container("site").At("Image").Show());
        Assert.Contains("`shop.images/site/Dockerfile`", published.File("README.md"), StringComparison.Ordinal);
        Assert.Contains("`../site`, from the AppHost's folder", published.File("README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_authors_own_list_of_what_is_left_out_goes_first()
    {
        using var checkout = new Checkout();
        checkout.Write("site/.dockerignore", "logs\n");
        var published = await checkout.PublishAsync(builder =>
        {
            var site = builder.AddContainer("site", "placeholder").WithDockerfileFactory("../site", _ => "FROM scratch");
            site.Resource.Annotations.OfType<DockerfileBuildAnnotation>().Single().BuildContextIgnoreContent = "node_modules";
        });

        Assert.DoesNotContain(published.Files, file => file.Name == "shop.images/site/Dockerfile.dockerignore");
        Assert.Equal("FROM scratch\n", published.File("shop.images/site/Dockerfile"));
    }

    [Fact]
    public async Task All_that_publish_writes_has_the_same_bytes_in_another_checkout_and_at_another_time()
    {
        using var one = new Checkout();
        using var other = new Checkout();
        foreach (var checkout in new[] { one, other })
        {
            checkout.Write("data/b.sql", "insert");
            checkout.Write("data/a.sql", "create");
            checkout.Write("settings/proxy.conf", "listen 80;");
            checkout.Write("tool/Dockerfile", "FROM scratch");
        }

        static void Model(IDistributedApplicationBuilder builder)
        {
            var frontend = builder.AddFrontend("web-frontend", "../frontend");
            builder.AddServer("server", "../server").PublishWithContainerFiles(frontend, "./static");
            builder.AddWeb("api").PublishWithContainerFiles(frontend, "wwwroot").WithExternalHttpEndpoints();
            builder
                .AddPostgres("db")
                .WithContainerFiles("/docker-entrypoint-initdb.d", "../data")
                .WithVolume("db-data", "/var/lib/postgresql/data");
            builder
                .AddContainer("proxy", "nginx", "1.29")
                .WithBindMount("../settings/proxy.conf", "/etc/nginx/proxy.conf", isReadOnly: true);
            builder.AddDockerfile("tool", "../tool").WithBuildArg("VERSION", builder.AddParameter("version"));
        }

        var first = await one.PublishAsync(Model);
        foreach (var file in Directory.EnumerateFiles(other.PathOf("data")))
        {
            System.IO.File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        }

        var second = await other.PublishAsync(Model);

        Assert.Equal(
            first.Files.Select(file => (file.Name, Convert.ToHexString(file.ToBytes()))),
            second.Files.Select(file => (file.Name, Convert.ToHexString(file.ToBytes())))
        );
        Assert.Contains(
            "ARG WEB_FRONTEND_IMAGENAME=web-frontend\n\nFROM ${WEB_FRONTEND_IMAGENAME} AS web_frontend_stage\n",
            first.File("shop.images/server/Dockerfile"),
            StringComparison.Ordinal
        );
        Assert.Superset(
            new HashSet<string> { "shop.images/db/files/docker-entrypoint-initdb.d/a.sql", "shop.images/proxy/files/etc/nginx/proxy.conf" },
            first.Files.Select(file => file.Name).ToHashSet()
        );
        Assert.All(first.Files, file => Assert.DoesNotContain(Path.GetTempPath(), file.Content, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_publish_wrote_is_known_again_and_what_was_changed_by_hand_is_not_overwritten()
    {
        using var checkout = new Checkout();
        var published = await checkout.PublishAsync(builder =>
            builder
                .AddContainer("site", "placeholder")
                .WithDockerfileFactory("../site", _ => "# syntax=docker/dockerfile:1\n# escape=\\\nFROM scratch\n")
        );
        var output = new OutputFolder(checkout.PathOf("out"));
        Task<IReadOnlyList<FileOutcome>> WriteAsync(IReadOnlyList<PublishedFile> files) =>
            output.WriteAsync(files, published.NestedFolder, published.ImagesFolder, TestContext.Current.CancellationToken);
        await WriteAsync(published.Files);

        // What is for the parser comes before any comment.
        var file = checkout.PathOf("out/shop.images/site/Dockerfile");
        var lines = await System.IO.File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal(["# syntax=docker/dockerfile:1", "# escape=\\"], lines[..2]);
        Assert.Matches("^# Made by publish from the model: .* Content [0-9a-f]{16}[.]$", lines[2]);
        Assert.Equal(["FROM scratch"], lines[3..]);
        Assert.All(await WriteAsync(published.Files), outcome => Assert.Equal(FileChange.None, outcome.Change));

        await System.IO.File.AppendAllTextAsync(file, "RUN true\n", TestContext.Current.CancellationToken);
        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(() => WriteAsync(published.Files));
        Assert.Contains("'shop.images/site/Dockerfile' was changed after publish wrote it", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_leaves_the_model_leaves_the_output_and_nothing_else_does()
    {
        using var checkout = new Checkout();
        var seed = checkout.Write("AppHost/seed.md", "one");
        var published = await checkout.PublishAsync(builder =>
            builder
                .AddContainer("db", "postgres", "17.6")
                .WithContainerFiles(
                    "/docker-entrypoint-initdb.d",
                    [new ContainerFile { Name = "seed.md", SourcePath = seed }, new ContainerFile { Name = "b.yaml", Contents = "b" }]
                )
        );
        checkout.Write("out/shop.images/mine/notes.txt", "mine");
        var output = new OutputFolder(checkout.PathOf("out"));
        await output.WriteAsync(published.Files, published.NestedFolder, published.ImagesFolder, TestContext.Current.CancellationToken);
        Assert.Equal(
            "one"u8.ToArray(),
            await System.IO.File.ReadAllBytesAsync(
                checkout.PathOf("out/shop.images/db/files/docker-entrypoint-initdb.d/seed.md"),
                TestContext.Current.CancellationToken
            )
        );

        var without = await checkout.PublishAsync(builder => builder.AddContainer("db", "postgres", "17.6"));
        await output.WriteAsync(without.Files, without.NestedFolder, without.ImagesFolder, TestContext.Current.CancellationToken);

        Assert.Equal(
            ["mine/notes.txt"],
            Directory
                .EnumerateFiles(checkout.PathOf("out/shop.images"), "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(checkout.PathOf("out/shop.images"), file))
        );
    }

    [Fact]
    public async Task One_that_fails_is_empty_or_has_a_path_of_this_machine_is_refused_by_name()
    {
        using var checkout = new Checkout();
        Task RefusesAsync(Func<DockerfileFactoryContext, string> generate, params string[] words) =>
            checkout.RefusesAsync(
                builder => builder.AddContainer("site", "placeholder").WithDockerfileFactory("../site", generate),
                ["'site' has a Dockerfile that the model generates", .. words]
            );

        await RefusesAsync(_ => throw new InvalidOperationException("no package.json."), "no package.json.", "WithDockerfile");
        await RefusesAsync(_ => " \n", "it is empty");
        await RefusesAsync(_ => $"FROM scratch\nCOPY {checkout.PathOf("site")}/app /app\n", checkout.PathOf("site"), "contextPath");
    }

    [Fact]
    public void A_Dockerfile_is_bytes_without_a_mark_of_the_encoding() =>
        Assert.Equal((byte)'#', new PublishedFile("shop.images/site/Dockerfile", "FROM scratch\n").ToBytes()[0]);
}
