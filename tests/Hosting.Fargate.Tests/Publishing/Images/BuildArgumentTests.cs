using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;
using Hosting.Fargate.Images;

namespace Hosting.Fargate.Tests.Publishing.Images;

/// <summary>Build arguments and build secrets use parameters; what no build can know is refused.</summary>
public sealed class BuildArgumentTests
{
    [Fact]
    public async Task A_parameter_of_a_build_is_used_and_is_in_no_template()
    {
        using var checkout = new Checkout();
        var published = await checkout.PublishAsync(builder =>
        {
            builder.Configuration["Parameters:color"] = "red";
            builder
                .AddDockerfile("site", "../site")
                .WithBuildArg("COLOR", builder.AddParameter("color"))
                .WithBuildArg("TITLE", ReferenceExpression.Create($"The {builder.AddParameter("title")} shop"))
                .WithBuildArg("FAST", true)
                .WithBuildArg("LEVEL", 3)
                .WithBuildSecret("TOKEN", builder.AddParameter("npm-token", secret: true));
            builder.AddParameter("unused");
        });

        var build = Assert.IsType<BuiltImage>(published.Application.Services.Single().Main.Image).Build!;
        string? ValueOf(string name) => name == "title" ? "best" : null;
        Assert.Equal(
            ["COLOR=red", "FAST=true", "LEVEL=3", "TITLE=The best shop"],
            build.Arguments.Select(argument => $"{argument.Name}={BuildParameters.ValueOf(argument.Value, ValueOf)}")
        );
        Assert.Equal(["TOKEN"], build.Secrets.Select(secret => secret.Name));
        Assert.Equal(["npm-token"], BuildParameters.Missing(published.Application, ValueOf));
        Assert.Equal(["title", "npm-token"], BuildParameters.Missing(published.Application, _ => null));
        Assert.Empty(published.Application.Parameters);
        Assert.Empty(published.Application.Secrets);
        Assert.Equal(
            ["unused"],
            published
                .Application.Notices.Where(notice => notice.Text.Contains("nothing published here uses", StringComparison.Ordinal))
                .Select(notice => notice.Resource)
        );
    }

    [Fact]
    public async Task The_arguments_of_an_image_that_is_there_for_its_files_count_too()
    {
        using var checkout = new Checkout();
        var published = await checkout.PublishAsync(builder =>
        {
            var frontend = builder.AddFrontend("frontend", "../frontend");
            frontend.PublishAsDockerFile(container => container.WithBuildArg("TITLE", builder.AddParameter("title")));
            builder.AddWeb("api").PublishWithContainerFiles(frontend, "wwwroot");
        });

        Assert.Equal(["title"], BuildParameters.Missing(published.Application, _ => null));
        Assert.Equal("", published.Notices("title"));
    }

    [Fact]
    public async Task What_a_build_cannot_know_or_everybody_would_see_is_refused()
    {
        using var checkout = new Checkout();
        await checkout.RefusesAsync(
            builder => builder.AddDockerfile("site", "../site").WithBuildArg("API", builder.AddWeb("api").GetEndpoint("http")),
            "The build argument API of 'site' is an address of 'api', which is known once the application is there",
            "WithEnvironment"
        );
        await checkout.RefusesAsync(
            builder =>
                builder.AddDockerfile("site", "../site").WithBuildArg("KEY", (object)builder.AddParameter("key", secret: true).Resource),
            "The build argument KEY of 'site' holds the secret 'key'",
            "WithBuildSecret"
        );
        await checkout.RefusesAsync(
            builder =>
                builder
                    .AddDockerfile("site", "../site")
                    .WithBuildSecret("KEY", builder.AddParameter("key", new GenerateParameterDefault(), secret: true)),
            "The build secret KEY of 'site' is 'key', which deploy makes up"
        );
    }
}
