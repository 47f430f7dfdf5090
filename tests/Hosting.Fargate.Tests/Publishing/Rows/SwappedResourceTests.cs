using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>
/// PublishAsDockerFile puts a container in the place of an executable or a project; what was said of that before is said of the container.
/// </summary>
public sealed class SwappedResourceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public SwappedResourceTests() => System.IO.File.WriteAllText(Path.Combine(_folder.FullName, "Dockerfile"), "FROM scratch\n");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task References_made_before_lead_to_the_container()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var frontend = builder
                    .AddExecutable("frontend", "node", _folder.FullName, "server.js")
                    .WithHttpEndpoint(targetPort: 3000, env: "PORT")
                    .WithExternalHttpEndpoints();
                var api = builder.AddWeb("api").WithReference(frontend.GetEndpoint("http")).WaitFor(frontend);
                frontend.WithEnvironment("SELF", frontend.GetEndpoint("http").Property(EndpointProperty.TargetPort));
                builder
                    .AddWorker("worker")
                    .WithEnvironment("API", api.GetEndpoint("http"))
                    .WithEnvironment("FRONTEND", frontend.GetEndpoint("http"));
                frontend.PublishAsDockerFile();
            })
        ).Template();

        Assert.Equal("Ref FrontendImage", template.Container("frontend").At("Image").Show());
        Assert.Equal("3000", template.Variable("frontend", "PORT"));
        Assert.Equal("3000", template.Variable("frontend", "SELF"));
        Assert.Equal("http://frontend:3000", template.Variable("api", "services__frontend__http__0"));
        Assert.Equal("Sub http://${LoadBalancer.DNSName}", template.Variable("worker", "FRONTEND"));
        Assert.Null(template.Container("frontend").At("Command"));
        Assert.Contains("FrontendService", template["ApiService"].DependsOn);
        Assert.Contains("frontend.PublishAsDockerFile()", template["FrontendService"].Comment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_may_stand_in_the_place_of_an_executable()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var migrate = builder.AddExecutable("migrate", "node", _folder.FullName, "migrate.js");
            builder.AddWorker("worker").WaitForCompletion(migrate);
            migrate.PublishAsDockerFile().PublishAsFargateTask();
        });

        Assert.Equal("migrate", Assert.Single(published.Application.Tasks).Name);
    }

    [Fact]
    public async Task A_project_with_a_Dockerfile_speaks_plain_HTTP_behind_the_load_balancer_and_is_told_what_projects_are()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var api = builder.AddProject<SampleProject>("api").WithHttpsEndpoint().WithHttpEndpoint().WithExternalHttpEndpoints();
                builder.AddWorker("worker").WithReference(api);
                api.PublishAsDockerFile();
            })
        ).Template();

        Assert.Equal("http://api:8080", template.Variable("worker", "services__api__http__0"));
        Assert.Null(template.Variable("worker", "services__api__https__0"));
        Assert.Null(template.Variable("api", "HTTPS_PORTS"));
        Assert.Equal("8080", template.Variable("api", "HTTP_PORTS"));
        Assert.Equal("Production", template.Variable("api", "DOTNET_ENVIRONMENT"));
    }

    [Theory]
    [InlineData("FROM node AS build\nEXPOSE 5173\nFROM nginx\nEXPOSE 80/tcp\n", "80")]
    [InlineData("FROM nginx\nEXPOSE 80 443\n", "5173")]
    [InlineData("FROM nginx AS base\nEXPOSE \\\n  80/tcp 443/udp\nFROM node AS build\nEXPOSE 5173\nFROM base AS final\nEXPOSE 80\n", "80")]
    [InlineData("FROM node\nRUN <<EOF\nEXPOSE 80\nEOF\n", "5173")]
    [InlineData("FROM node\nEXPOSE 80/udp\n", "5173")]
    [InlineData("FROM nginx\n", "5173")]
    public async Task The_one_port_that_its_Dockerfile_exposes_is_that_of_its_endpoint(string dockerfile, string port)
    {
        using var checkout = new Images.Checkout();
        checkout.Write("web/Dockerfile", dockerfile);
        var published = await checkout.PublishAsync(builder =>
            builder
                .AddExecutable("web", "npm", "../web", "run", "dev")
                .WithHttpEndpoint(port: 5173, targetPort: 5173, env: "PORT", isProxied: false)
                .WithExternalHttpEndpoints()
                .PublishAsDockerFile()
        );

        Assert.Equal(port, published.Template().Container("web").At("PortMappings").Maps().Single().At("ContainerPort").Show());
        Assert.Equal(port, published.Template().Variable("web", "PORT"));
        Assert.Equal(
            port == "80",
            published.Notices("web").Contains("listens on 80, as its Dockerfile says (EXPOSE), and not on 5173", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("FROM node AS build\nFROM --platform=linux/amd64 docker.io/library/nginx:1.29-alpine AS web\nCOPY . .\n", "80")]
    [InlineData("FROM nginxinc/nginx-unprivileged:1.29\n", "8080")]
    [InlineData("FROM node\nCOPY . .\n", "8000")]
    public async Task A_web_server_listens_where_its_image_says_unless_the_model_does(string dockerfile, string port)
    {
        using var checkout = new Images.Checkout();
        checkout.Write("web/Dockerfile", dockerfile);
        var published = await checkout.PublishAsync(builder =>
            builder.AddExecutable("web", "npm", "../web", "run", "dev").WithHttpEndpoint(env: "PORT").PublishAsDockerFile()
        );

        Assert.Equal(port, published.Template().Container("web").At("PortMappings").Maps().Single().At("ContainerPort").Show());
        Assert.Equal(port, published.Template().Variable("web", "PORT"));
    }

    [Theory]
    [InlineData("FROM node\nEXPOSE 8000 8001\n", "8000")]
    [InlineData("FROM nginx:1.29\n", "80")]
    [InlineData("FROM python\nCMD work\n", null)]
    public async Task A_port_of_its_Dockerfile_without_an_endpoint_is_told_for_nobody_reaches_it(string dockerfile, string? port)
    {
        using var checkout = new Images.Checkout();
        checkout.Write("web/Dockerfile", dockerfile);
        var published = await checkout.PublishAsync(builder =>
        {
            builder.AddDockerfile("web", "../web").WithExternalHttpEndpoints();
            builder.AddDockerfile("job", "../web").PublishAsFargateTask();
            builder.AddDockerfile("told", "../web").WithHttpEndpoint(targetPort: 80);
        });

        const string words = "as its Dockerfile says (EXPOSE), and has no endpoint in the model";
        Assert.Equal(port is not null, published.Notices("web").Contains($"listens on {port}, {words}", StringComparison.Ordinal));
        Assert.All(["job", "told"], name => Assert.DoesNotContain(words, published.Notices(name), StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_executable_that_nothing_stands_for_is_still_refused_by_name()
    {
        var message = await Published.RefusalAsync(builder =>
            builder
                .AddWorker("worker")
                .WithEnvironment("TOOL", builder.AddExecutable("tool", "ls", ".").WithHttpEndpoint().GetEndpoint("http"))
        );

        Assert.Contains("TOOL of 'worker' refers to 'tool', an executable, which runs here only.", message, StringComparison.Ordinal);
    }

    private sealed class SampleProject : IProjectMetadata
    {
        public string ProjectPath { get; } = Path.Combine(Path.GetTempPath(), "no-such-directory", "Sample.csproj");

        public LaunchSettings LaunchSettings { get; } = new();
    }
}
