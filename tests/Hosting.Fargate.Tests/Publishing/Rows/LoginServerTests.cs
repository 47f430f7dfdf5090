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

    private static IResourceBuilder<ContainerResource> Add(IDistributedApplicationBuilder builder, string name, string tag = "26.4") =>
        builder.AddContainer(name, "quay.io/keycloak/keycloak", tag).WithHttpEndpoint(targetPort: 8080);
}
