using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Tests.Publishing.Refusals;

/// <summary>Programs of this machine, and what is written in their place.</summary>
public sealed class ExecutableTests
{
    [Theory]
    [InlineData("pnpm", "AddViteApp or AddJavaScriptApp(\"tool\", …) of Aspire.Hosting.JavaScript")]
    [InlineData("node", "AddNodeApp(\"tool\", …) of Aspire.Hosting.JavaScript")]
    [InlineData("/usr/bin/python3", "AddPythonApp(\"tool\", …) of Aspire.Hosting.Python")]
    [InlineData(@".venv\Scripts\uvicorn.exe", "AddUvicornApp(\"tool\", …) of Aspire.Hosting.Python")]
    [InlineData("go", "AddGoApp(\"tool\", …) of Aspire.Hosting.Go")]
    [InlineData("mvnw.cmd", "AddJavaApp(\"tool\", …) of Aspire.Hosting.Java")]
    [InlineData("dotnet", "What 'dotnet run' starts is a project")]
    public Task The_method_is_named_that_has_an_image_of_the_same_program(string command, string method) =>
        Refused.ForAsync(
            builder => builder.AddExecutable("tool", command, ".", "run", "start"),
            "'tool' is an executable, which runs here only",
            ".PublishAsDockerFile()",
            method
        );

    [Theory]
    [InlineData("docker", "build", "-t", "shop/api:dev", ".")]
    [InlineData("podman", "build", ".", "--tag=shop/api:dev")]
    [InlineData("docker", "buildx", "build", "--tag", "shop/api:dev", ".")]
    public Task An_image_that_is_built_on_this_machine_alone_is_refused(string command, params string[] arguments) =>
        Refused.ForAsync(
            builder =>
                builder
                    .AddContainer("api", "shop/api", "dev")
                    .WaitForCompletion(builder.AddExecutable("image", command, ".", arguments).ExcludeFromManifest()),
            "'api' runs the image 'shop/api:dev', which 'image' builds on this machine alone",
            "builder.AddDockerfile(\"api\", …)"
        );

    [Fact]
    public async Task What_somebody_starts_by_hand_is_left_out()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddExecutable("seed", "pwsh", ".", "seed.ps1").WithExplicitStart();
            builder.AddContainer("api", "shop/api", "1");
        });

        Assert.Equal("api", Assert.Single(published.Application.Services).Name);
        Assert.Contains("runs here only, and is left out", published.Notices("seed"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_image_stops_nobody()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddExecutable("image", "docker", ".", "build", "-t", "shop/other:dev", ".").ExcludeFromManifest();
            builder.AddExecutable("run", "docker", ".", "run", "-t", "shop/api:dev").ExcludeFromManifest();
            builder.AddContainer("api", "shop/api", "dev");
        });

        Assert.Equal("api", Assert.Single(published.Application.Services).Name);
    }
}
