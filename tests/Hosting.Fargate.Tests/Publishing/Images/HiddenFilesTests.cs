using Aspire.Hosting;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Images;

/// <summary>A volume on EFS starts empty, and hides what the image has in its folder.</summary>
public sealed class HiddenFilesTests
{
    [Fact]
    public async Task Keycloak_has_its_realms_beside_its_data()
    {
        using var checkout = new Checkout();
        checkout.Write("realms/shop.json", "{}");
        var published = await checkout.PublishAsync(builder =>
            builder
                .AddContainer("login", "quay.io/keycloak/keycloak", "26.3")
                .WithVolume("login-data", "/opt/keycloak/data")
                .WithContainerFiles("/opt/keycloak/data/import", "../realms")
                .WithArgs("start", "--import-realm")
        );

        Assert.Contains("/opt/keycloak/data/import/", published.File("shop.images/login/Dockerfile"), StringComparison.Ordinal);
        Assert.Equal(
            "[{SourceVolume: login-data, ContainerPath: /opt/keycloak/data/h2, ReadOnly: false}]",
            published.Template().Container("login").At("MountPoints").Show()
        );
        Assert.Contains("keeps /opt/keycloak/data/h2 in the volume 'login-data'", published.Notices("login"), StringComparison.Ordinal);

        // Behind a load balancer, without which 'start' ends at once.
        Assert.Equal(
            ("true", "false", "xforwarded"),
            (
                published.Template().Variable("login", "KC_HTTP_ENABLED"),
                published.Template().Variable("login", "KC_HOSTNAME_STRICT"),
                published.Template().Variable("login", "KC_PROXY_HEADERS")
            )
        );
    }

    [Fact]
    public async Task Any_other_is_refused_by_the_volume_and_the_file()
    {
        using var checkout = new Checkout();
        checkout.Write("pages/index.html", "hello");
        await checkout.RefusesAsync(
            builder =>
                builder
                    .AddContainer("wiki", "example/wiki", "1")
                    .WithVolume("wiki-data", "/wiki")
                    .WithContainerFiles("/wiki/pages", "../pages"),
            "'wiki' has the volume 'wiki-data' at /wiki, which hides what the model puts into its image there (/wiki/pages/index.html)"
        );
    }

    [Fact]
    public async Task One_on_the_tasks_own_disk_has_what_the_image_has()
    {
        using var checkout = new Checkout();
        checkout.Write("pages/index.html", "hello");
        var published = await checkout.PublishAsync(builder =>
            builder.AddContainer("wiki", "example/wiki", "1").WithVolume("/wiki").WithContainerFiles("/wiki/pages", "../pages")
        );

        Assert.Equal("/wiki", published.Template().Container("wiki").At("MountPoints").Maps().Single().At("ContainerPath").Show());
    }
}
