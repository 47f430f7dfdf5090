using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Tests.Publishing.Images;

/// <summary>Files of one image in another (PublishWithContainerFiles): none is dropped, and the output says which go where.</summary>
public sealed class ContainerFilesTests
{
    [Fact]
    public async Task A_project_gets_the_files_of_a_front_end_that_is_no_service()
    {
        using var checkout = new Checkout();
        var published = await checkout.PublishAsync(builder =>
            builder
                .AddWeb("api")
                .WithExternalHttpEndpoints()
                .PublishWithContainerFiles(builder.AddFrontend("frontend", "../frontend"), "wwwroot")
        );

        var files = Assert.Single(Assert.IsType<BuiltImage>(published.Application.Services.Single().Main.Image).Files);
        Assert.Equal(("frontend", "wwwroot"), (files.Source.Resource, files.Destination));
        Assert.Equal(["/app/dist"], files.Paths);
        Assert.Equal("FROM scratch\nWORKDIR /app\nCOPY . ./dist\n", published.File("shop.images/frontend/Dockerfile"));
        Assert.Contains(
            "`/app/dist` of `frontend` at `wwwroot` of `api`, from its working directory",
            published.File("README.md"),
            StringComparison.Ordinal
        );
        Assert.Equal("is no service of its own: its files become part of other images.", published.Notices("frontend"));
        Assert.Null(published.Templates.Foundation.Resources.FirstOrDefault(resource => resource.Id == "FrontendRepository"));
    }

    [Fact]
    public async Task A_container_that_does_not_copy_them_itself_gets_them_on_top()
    {
        using var checkout = new Checkout();
        checkout.Write("site/Dockerfile", "FROM scratch\n");
        var published = await checkout.PublishAsync(builder =>
        {
            var frontend = builder.AddFrontend("web-frontend", "../frontend");
            builder
                .AddContainer("gateway", "yarp", "2.3")
                .WithImageRegistry("mcr.microsoft.com")
                .WithAnnotation(new ContainerFilesDestinationAnnotation { Source = frontend.Resource, DestinationPath = "/app/wwwroot" });
            builder
                .AddDockerfile("site", "../site")
                .WithAnnotation(new ContainerFilesDestinationAnnotation { Source = frontend.Resource, DestinationPath = "public" });
        });

        Assert.Equal(
            "ARG WEB_FRONTEND_IMAGENAME=web-frontend\nFROM ${WEB_FRONTEND_IMAGENAME} AS web_frontend_stage\nFROM mcr.microsoft.com/yarp:2.3\nCOPY --from=web_frontend_stage [\"/app/dist\", \"/app/wwwroot\"]\n",
            published.File("shop.images/gateway/Dockerfile")
        );
        Assert.Equal(
            "ARG SITE_IMAGENAME=site\nARG WEB_FRONTEND_IMAGENAME=web-frontend\nFROM ${WEB_FRONTEND_IMAGENAME} AS web_frontend_stage\nFROM ${SITE_IMAGENAME}\nCOPY --from=web_frontend_stage [\"/app/dist\", \"public\"]\n",
            published.File("shop.images/site/Dockerfile")
        );
        Assert.Equal("Ref GatewayImage", published.Template().Container("gateway").At("Image").Show());
        Assert.Equal("shop/gateway", published.Templates.Foundation.Property("GatewayRepository", "RepositoryName"));
    }

    [Fact]
    public async Task Files_may_go_from_image_to_image()
    {
        using var checkout = new Checkout();
        var published = await checkout.PublishAsync(builder =>
        {
            var icons = builder.AddFrontend("icons", "../icons");
            var server = builder.AddServer("server", "../server").PublishWithContainerFiles(icons, "icons");
            builder
                .AddWeb("api")
                .WithAnnotation(new ContainerFilesDestinationAnnotation { Source = server.Resource, DestinationPath = "wwwroot" });
            server.WithAnnotation(new ContainerFilesSourceAnnotation { SourcePath = "/app" });
        });

        var api = Assert.IsType<BuiltImage>(published.Application.Services.Single(service => service.Name == "api").Main.Image);
        Assert.Equal(["icons", "server"], api.Builds.Select(build => build.Name));
    }

    [Fact]
    public async Task What_cannot_be_taken_from_is_refused_by_name()
    {
        using var checkout = new Checkout();
        await checkout.RefusesAsync(
            builder =>
            {
                var server = builder.AddServer("server", "../server");
                builder
                    .AddWeb("api")
                    .WithAnnotation(new ContainerFilesDestinationAnnotation { Source = server.Resource, DestinationPath = "wwwroot" });
            },
            "'api' is to have the files of 'server' (PublishWithContainerFiles), which does not say where they are",
            "server.WithContainerFilesSource("
        );
        await checkout.RefusesAsync(
            builder =>
            {
                var worker = builder.AddWorker("worker").WithAnnotation(new ContainerFilesSourceAnnotation { SourcePath = "/app" });
                builder
                    .AddWeb("api")
                    .WithAnnotation(new ContainerFilesDestinationAnnotation { Source = worker.Resource, DestinationPath = "wwwroot" });
            },
            "'api' is to have the files of 'worker' (PublishWithContainerFiles), which has no Dockerfile"
        );
        var circle = await Published.RefusalAsync(checkout.AppHost, builder =>
        {
            var one = builder.AddServer("one", "../one").WithAnnotation(new ContainerFilesSourceAnnotation { SourcePath = "/app" });
            var two = builder.AddServer("two", "../two").WithAnnotation(new ContainerFilesSourceAnnotation { SourcePath = "/app" });
            one.WithAnnotation(new ContainerFilesDestinationAnnotation { Source = two.Resource, DestinationPath = "two" });
            two.WithAnnotation(new ContainerFilesDestinationAnnotation { Source = one.Resource, DestinationPath = "one" });
        });
        Assert.Contains(
            "Images take files of each other in a circle: 'one' → 'two' → 'one' (PublishWithContainerFiles)",
            circle,
            StringComparison.Ordinal
        );
    }
}
