using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Tests.Publishing.Images;

/// <summary>Files of settings that name other resources by name and port, as containers find each other on a laptop.</summary>
public sealed class NamesInFilesTests
{
    [Fact]
    public async Task A_port_that_the_endpoint_has_here_alone_is_told_with_how_it_is_the_same_on_both()
    {
        using var checkout = new Checkout();
        checkout.Write("AppHost/collector.yml", "endpoint: tracing:4317\nother: \"http://store:9000\"\n");
        var published = await checkout.PublishAsync(builder =>
        {
            builder.AddContainer("tracing", "example/tracing", "1").WithEndpoint(port: 14317, targetPort: 4317, name: "otlp");
            builder.AddContainer("store", "example/store", "1").WithHttpEndpoint(targetPort: 9000);
            builder.AddContainer("collector", "example/collector", "1").WithBindMount("collector.yml", "/etc/collector.yml");
        });

        var notices = published.Notices("collector");
        Assert.Contains(
            "names 'tracing:4317': on AWS that is 'tracing:14317'. Write it there, or have the file take it from a variable. Without a port of "
                + "this machine (WithEndpoint(targetPort: …) without port) it is the same on both.",
            notices,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("'store:9000'", notices, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_whose_settings_name_a_service_calls_it_and_is_told_of_another_port()
    {
        using var checkout = new Checkout();
        checkout.Write("nginx/nginx.conf", "# server old:8080;\nupstream a { server files:9000; }\nupstream b { server api:8080; }\n");
        var published = await checkout.PublishAsync(builder =>
        {
            builder.AddContainer("files", "example/files", "1").WithHttpEndpoint(targetPort: 9000);
            builder.AddContainer("old", "example/old", "1").WithHttpEndpoint(targetPort: 8080);
            builder.AddWeb("api");
            builder.AddContainer("proxy", "nginx", "1.29").WithBindMount("../nginx/nginx.conf", "/etc/nginx/nginx.conf", isReadOnly: true);
        });

        var template = published.Template();
        Assert.Equal("GetAtt ProxySecurityGroup.GroupId", template.Property("Files9000FromProxy", "SourceSecurityGroupId"));
        Assert.Equal("GetAtt ProxySecurityGroup.GroupId", template.Property("Api8080FromProxy", "SourceSecurityGroupId"));
        Assert.False(template.Contains("Old8080FromProxy"));
        var notices = published.Notices("proxy");
        Assert.Contains(
            "has /etc/nginx/nginx.conf in its image, which names 'api:8080': on AWS that is 'api:80'",
            notices,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("'files:9000'", notices, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_names_what_AWS_runs_is_told_that_the_name_is_made_up()
    {
        using var checkout = new Checkout();
        checkout.Write("settings/app.toml", "url = \"postgres://u:p@pg:5432/orders\"\n");
        var published = await checkout.PublishAsync(builder =>
        {
            builder.AddPostgresServer("pg");
            builder.AddContainer("app", "example/app", "1").WithBindMount("../settings", "/etc/app");
        });

        Assert.Contains(
            "which names 'pg:5432': AWS runs it under a name that it makes up",
            published.Notices("app"),
            StringComparison.Ordinal
        );
        Assert.True(published.Template().Contains("PgDatabaseFromApp"));
    }
}
