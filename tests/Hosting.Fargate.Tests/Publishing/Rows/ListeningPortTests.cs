using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>What the model tells a program of where to listen wins over what publish says, and others look for it elsewhere.</summary>
public sealed class ListeningPortTests
{
    [Theory]
    [InlineData("ASPNETCORE_URLS", "http://+:5005", "5005")]
    [InlineData("ASPNETCORE_URLS", "http://*:5005;https://*:5006", "5005 and 5006")]
    [InlineData("URLS", "http://0.0.0.0", "80")]
    [InlineData("Kestrel__Endpoints__Http__Url", "http://[::]:5005", "5005")]
    public async Task A_project_that_listens_where_no_endpoint_of_it_is_is_told(string variable, string value, string ports)
    {
        var published = await Published.ModelAsync(builder => builder.AddWeb("api").WithEnvironment(variable, value));

        Assert.Contains(
            $"listens on {ports} ({variable}), and on AWS its endpoint 'http' is port 8080, where nobody answers then.",
            published.Notices("api"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task One_that_listens_and_has_no_endpoint_is_told()
    {
        var published = await Published.ModelAsync(builder =>
            builder.AddWorker("gateway").WithEnvironment("ASPNETCORE_URLS", "http://+:9000")
        );

        Assert.Contains(
            "listens on 9000 (ASPNETCORE_URLS), and has no endpoint in the model, without which nobody reaches it on AWS. Give it one: "
                + ".WithHttpEndpoint(targetPort: 9000)",
            published.Notices("gateway"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_is_to_be_written_then_is_no_longer_told()
    {
        var published = await Published.ModelAsync(builder =>
            builder
                .AddWeb("api")
                .WithEnvironment("ASPNETCORE_URLS", "http://+:5005")
                .WithEndpoint("http", endpoint => endpoint.TargetPort = 5005)
        );

        Assert.DoesNotContain("listens on", published.Notices("api"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://+:8080")]
    [InlineData("http://+:8080;https://+:8443")]
    [InlineData("")]
    public async Task One_that_listens_where_it_is_looked_for_is_not(string value)
    {
        var published = await Published.ModelAsync(builder => builder.AddWeb("api").WithEnvironment("ASPNETCORE_URLS", value));

        Assert.DoesNotContain("listens on", published.Notices("api"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS", "https://+:8443;http://+:8080")]
    [InlineData("ASPNETCORE_HTTPS_PORTS", "8443")]
    [InlineData("Kestrel__Endpoints__Https__Url", "https://*:8443")]
    public async Task One_that_is_to_speak_TLS_without_a_certificate_is_told(string variable, string value)
    {
        Assert.Contains(
            $"is to listen with TLS ({variable}), for which its image has no certificate",
            (await Published.ModelAsync(builder => builder.AddWeb("api").WithEnvironment(variable, value))).Notices("api"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "is to listen with TLS",
            (
                await Published.ModelAsync(builder =>
                    builder
                        .AddWeb("api")
                        .WithEnvironment(variable, value)
                        .WithEnvironment("ASPNETCORE_Kestrel__Certificates__Default__Path", "/certificates/api.pem")
                )
            ).Notices("api"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Of_TLS_alone_no_port_is_told_to_be_given_to_an_endpoint()
    {
        var published = await Published.ModelAsync(builder =>
            builder.AddWorker("api").WithHttpsEndpoint().WithEnvironment("ASPNETCORE_URLS", "https://+:7443")
        );

        Assert.DoesNotContain("listens on 7443", published.Notices("api"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PORT", true)]
    [InlineData(null, false)]
    public async Task A_port_that_a_variable_alone_has_is_told_for_Kestrel_does_not_know_it(string? variable, bool isTold) =>
        Assert.Equal(
            isTold,
            (await Published.ModelAsync(builder => builder.AddWeb("api").WithHttpEndpoint(name: "public", env: variable)))
                .Notices("api")
                .Contains($"has the port of its endpoint 'public' in {variable} alone", StringComparison.Ordinal)
        );

    [Fact]
    public async Task One_that_listens_on_localhost_alone_is_told()
    {
        var published = await Published.ModelAsync(builder =>
            builder.AddWeb("api").WithEnvironment("ASPNETCORE_URLS", "http://localhost:8080")
        );

        Assert.Contains("listens on localhost alone (ASPNETCORE_URLS)", published.Notices("api"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3000", true)]
    [InlineData("8000", false)]
    public async Task So_is_a_program_in_another_language_by_its_PORT(string port, bool isTold)
    {
        var published = await Published.ModelAsync(builder =>
            builder.AddContainer("web", "example/web", "1").WithHttpEndpoint(targetPort: 8000, env: "PORT").WithEnvironment("PORT", port)
        );

        Assert.Equal(isTold, published.Notices("web").Contains("listens on 3000 (PORT)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_Dockerfile_exposes_is_what_it_serves_with_whatever_PORT_says()
    {
        using var checkout = new Images.Checkout();
        checkout.Write("web/Dockerfile", "FROM nginx\nEXPOSE 80\n");

        var published = await checkout.PublishAsync(builder =>
            builder
                .AddExecutable("web", "npm", "../web", "run", "dev")
                .WithHttpEndpoint(port: 4002, targetPort: 4002, isProxied: false)
                .WithEnvironment("PORT", "4002")
                .PublishAsDockerFile()
        );

        Assert.DoesNotContain("(PORT)", published.Notices("web"), StringComparison.Ordinal);
    }
}
