using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Tests.ApplicationModel;

public sealed class ContainerTests
{
    [Theory]
    [InlineData("redis", "redis:latest")]
    [InlineData("redis:7.4", "redis:7.4")]
    [InlineData("library/redis", "library/redis:latest")]
    [InlineData("localhost:5000/redis", "localhost:5000/redis:latest")]
    [InlineData("ghcr.io/org/app:1.0", "ghcr.io/org/app:1.0")]
    [InlineData("ghcr.io/org/app@sha256:abc", "ghcr.io/org/app@sha256:abc")]
    public void An_image_is_taken_apart_and_put_together(string image, string expected)
    {
        Assert.True(Models.ToRun().AddContainer("c", image).Resource.TryGetContainerImageName(out var name));
        Assert.Equal(expected, name);
    }

    [Fact]
    public void A_digest_takes_the_place_of_a_tag_and_back()
    {
        var container = Models.ToRun().AddContainer("c", "redis", "7.4").WithImageRegistry("ghcr.io").WithImageSHA256("abc");
        Assert.True(container.Resource.TryGetContainerImageName(out var byDigest));
        container.WithImageTag("8");
        Assert.True(container.Resource.TryGetContainerImageName(out var byTag));

        Assert.Equal(("ghcr.io/redis@sha256:abc", "ghcr.io/redis:8"), (byDigest, byTag));
    }

    [Fact]
    public void A_tag_said_twice_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => Models.ToRun().AddContainer("c", "redis:7", "8"));

    [Fact]
    public void A_Dockerfile_gives_the_image_its_name()
    {
        var app = Models.ToPublish();
        var built = app.AddDockerfile("Web", "src/web", stage: "final").WithBuildArg("VERSION", "1");
        var annotation = Assert.Single(built.Resource.Annotations.OfType<DockerfileBuildAnnotation>());

        Assert.Equal(Path.Combine(app.AppHostDirectory, "src", "web", "Dockerfile"), annotation.DockerfilePath);
        Assert.True(built.Resource.TryGetContainerImageName(out var image));
        Assert.Equal("web:latest", image);
        Assert.True(built.Resource.RequiresImageBuildAndPush());
        Assert.Throws<InvalidOperationException>(() => built.WithBuildArg("KEY", app.AddParameter("key", secret: true)));
    }

    [Fact]
    public void Bind_mounts_are_relative_to_the_AppHost_and_anonymous_volumes_are_written_to()
    {
        var app = Models.ToRun();
        var container = app.AddContainer("c", "redis").WithBindMount("./config", "/config", isReadOnly: true).WithVolume("/data");

        Assert.True(container.Resource.TryGetContainerMounts(out var mounts));
        Assert.Equal([Path.Combine(app.AppHostDirectory, "config"), null], mounts.Select(mount => mount.Source));
        Assert.Throws<ArgumentException>(() => container.WithVolume(null, "/data", isReadOnly: true));
    }
}
