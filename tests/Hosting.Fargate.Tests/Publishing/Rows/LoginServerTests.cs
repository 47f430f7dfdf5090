using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>A server at which people log in has two names: browsers' and services'.</summary>
public sealed class LoginServerTests
{
    [Fact]
    public async Task It_is_told_the_address_that_browsers_have_of_it_and_answers_services_by_its_name()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var login = Add(builder, "login").WithHttpEndpoint(targetPort: 9000, name: "management").WithExternalHttpEndpoints();
            builder.AddWeb("api").WithReference(login.GetEndpoint("http"));
        });

        var template = published.Template();
        Assert.Equal("Sub http://${LoadBalancer.DNSName}", template.Variable("login", "KC_HOSTNAME"));
        Assert.Equal("true", template.Variable("login", "KC_HOSTNAME_BACKCHANNEL_DYNAMIC"));
        Assert.Equal("http://login:8080", template.Variable("api", "services__login__http__0"));
        Assert.Contains("'HTTPS required'", published.Notices("login"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_has_the_domain_and_the_path_of_the_server()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithDomain("shop.example.com", "Z0123456789ABCDEFGHIJ");
            Add(builder, "login").WithEnvironment("KC_HTTP_RELATIVE_PATH", "/auth/").WithExternalHttpEndpoints();
        });

        Assert.Equal("https://shop.example.com/auth", published.Template().Variable("login", "KC_HOSTNAME"));
        Assert.DoesNotContain("'HTTPS required'", published.Notices("login"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_model_says_of_it_stays_and_an_older_server_is_told_nothing()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                Add(builder, "told").WithEnvironment("KC_HOSTNAME", "login.example.com").WithExternalHttpEndpoints();
                Add(builder, "argued").WithArgs("start", "--hostname=https://login.example.com").WithExternalHttpEndpoints();
                Add(builder, "older", "24.0.5").WithExternalHttpEndpoints();
                Add(builder, "inside");
            })
        ).Template();

        Assert.Equal("login.example.com", template.Variable("told", "KC_HOSTNAME"));
        Assert.All(["told", "argued", "older", "inside"], name => Assert.Null(template.Variable(name, "KC_HOSTNAME_BACKCHANNEL_DYNAMIC")));
        Assert.All(["argued", "older", "inside"], name => Assert.Null(template.Variable(name, "KC_HOSTNAME")));
    }

    [Fact]
    public async Task Its_management_is_for_no_browser_though_all_its_endpoints_are_made_external()
    {
        var published = await Published.ModelAsync(builder =>
        {
            Add(builder, "login").WithHttpEndpoint(targetPort: 9000, name: "management").WithExternalHttpEndpoints();
            builder
                .AddContainer("store", "example/store", "1")
                .WithHttpEndpoint(targetPort: 9001, name: "management")
                .WithExternalHttpEndpoints();
        });

        Assert.Equal(
            [8080],
            published.Application.Services.Single(service => service.Name == "login").Routes.Select(route => route.Port.Number)
        );
        Assert.Equal(
            [9001],
            published.Application.Services.Single(service => service.Name == "store").Routes.Select(route => route.Port.Number)
        );
    }

    [Theory]
    [InlineData("start-dev", true)]
    [InlineData("start", false)]
    public async Task Its_development_mode_is_told(string command, bool isTold)
    {
        var published = await Published.ModelAsync(builder => Add(builder, "login").WithArgs(command, "--import-realm"));

        Assert.Equal(isTold, published.Notices("login").Contains("runs in its development mode on AWS too", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("KC_FEATURES", true)]
    [InlineData("KC_HTTPS_CERTIFICATE_FILE", false)]
    public async Task Without_plain_HTTP_and_without_a_certificate_it_does_not_start(string variable, bool isTold)
    {
        var published = await Published.ModelAsync(builder =>
            Add(builder, "login").WithEnvironment("KC_HTTP_ENABLED", "false").WithEnvironment(variable, "/etc/tls.crt")
        );

        Assert.Equal(
            isTold,
            published.Notices("login").Contains("does not start: it is told to speak no plain HTTP", StringComparison.Ordinal)
        );
    }

    private static IResourceBuilder<ContainerResource> Add(IDistributedApplicationBuilder builder, string name, string tag = "26.4") =>
        builder.AddContainer(name, "quay.io/keycloak/keycloak", tag).WithHttpEndpoint(targetPort: 8080);
}
