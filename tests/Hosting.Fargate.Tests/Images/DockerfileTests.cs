using Aspire.Hosting;
using Hosting.Fargate.Images;
using Hosting.Fargate.Tests.Publishing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hosting.Fargate.Tests.Images;

/// <summary>Images of Dockerfiles: what decides their identity, and the way through an engine to a registry.</summary>
public sealed class DockerfileTests : IDisposable
{
    private readonly DirectoryInfo _context = Directory.CreateTempSubdirectory();

    public void Dispose() => _context.Delete(recursive: true);

    [Theory]
    [InlineData("busybox", "docker.io/library/busybox:latest")]
    [InlineData("docker.io/busybox", "docker.io/library/busybox:latest")]
    [InlineData("grafana/grafana:1", "docker.io/grafana/grafana:1")]
    [InlineData("localhost:5000/a/b", "localhost:5000/a/b:latest")]
    [InlineData("mcr.microsoft.com/dotnet/aspnet:10.0@sha256:12", "mcr.microsoft.com/dotnet/aspnet:10.0@sha256:12")]
    public void A_name_says_registry_repository_and_tag(string text, string name) => Assert.Equal(name, ImageName.Parse(text).ToString());

    [Fact]
    public async Task An_image_of_a_Dockerfile_is_built_pushed_and_left_alone_while_nothing_changes()
    {
        Engine.Require();
        await using var ecr = await TestEcr.StartAsync();
        ecr.Repositories.TryAdd("shop/site", 0);
        Write("Dockerfile", "FROM scratch\nARG COLOR\nLABEL color=$COLOR\nCOPY index.html /\nCMD [\"/none\"]\n");
        Write("index.html", "one");

        var first = await DeployAsync(ecr, "red");
        Assert.True(first.IsPushed);
        Assert.Equal($"{ecr.Host}/shop/site@{await ecr.DigestAsync("shop/site", first.ContentTag)}", first.Reference);

        ecr.TagsPut.Clear();
        Assert.Equal(first.Reference, (await DeployAsync(ecr, "red")).Reference);
        Assert.Empty(ecr.TagsPut);

        Assert.NotEqual(first.ContentTag, (await DeployAsync(ecr, "blue")).ContentTag);
        Write("index.html", "two");
        Assert.NotEqual(first.ContentTag, (await DeployAsync(ecr, "red")).ContentTag);
    }

    [Fact]
    public async Task A_build_that_fails_is_shown_with_the_resource()
    {
        Engine.Require();
        await using var ecr = await TestEcr.StartAsync();
        ecr.Repositories.TryAdd("shop/site", 0);
        Write("Dockerfile", "FROM scratch\nCOPY missing.html /\n");

        var failure = await Assert.ThrowsAsync<ImageDeploymentException>(() => DeployAsync(ecr, "red"));

        Assert.StartsWith("'site' could not be pushed", failure.Message);
        Assert.Contains("missing.html", failure.Message);
    }

    private async Task<DeployedImage> DeployAsync(TestEcr ecr, string color)
    {
        var (publication, model) = await Published.InFolderAsync(_context.FullName, builder =>
            builder
                .AddDockerfile("site", ".")
                .WithBuildArg("COLOR", color)
                .PublishAsFargateService(service => service.Architecture = SampleCheckout.Machine)
        );
        using var builds = new TemporaryFolder();
        return Assert.Single(
            await new ImageDeployment(ecr.Client, builds.Path, NullLogger.Instance).DeployAsync(
                publication.Application,
                model,
                _ => null,
                commit: null,
                TestContext.Current.CancellationToken
            )
        );
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(_context.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private sealed class TemporaryFolder : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

        public string Path => _folder.FullName;

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
