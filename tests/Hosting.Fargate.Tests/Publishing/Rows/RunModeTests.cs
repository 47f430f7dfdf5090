using System.Security.Cryptography.X509Certificates;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Rows;

#pragma warning disable ASPIRECERTIFICATES001 // Certificates that Aspire gives in run mode.
#pragma warning disable ASPIRECOMPUTE003 // Registries.

/// <summary>What Aspire does in run mode, or for another environment: told, where it is not done here.</summary>
public sealed class RunModeTests
{
    [Fact]
    public async Task Images_go_to_ECR_whatever_registry_the_model_has()
    {
        var published = await Published.ModelAsync(builder =>
            builder.AddWeb("web").WithContainerRegistry(builder.AddContainerRegistry("hub", "registry.example.com", "me/shop"))
        );

        Assert.Equal("Ref WebImage", published.Template().Container("web").At("Image").Show());
        Assert.Contains("images go to Amazon ECR", published.Notices("hub"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_has_no_certificate_of_Aspire_s()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var authorities = builder.AddCertificateAuthorityCollection("company");
            builder
                .AddContainer("proxy", "traefik", "3")
                .WithHttpsEndpoint(targetPort: 8443)
                .WithHttpsDeveloperCertificate()
                .WithCertificateAuthorityCollection(authorities);
            builder.AddContainer("plain", "traefik", "3").WithHttpEndpoint(targetPort: 8080).WithHttpsDeveloperCertificate();
            builder.AddContainer("own", "traefik", "3").WithHttpsEndpoint(targetPort: 8443);
            builder.AddWeb("web").WithHttpsDeveloperCertificate();
        });

        Assert.Contains("has its certificate from Aspire here", published.Notices("proxy"), StringComparison.Ordinal);
        Assert.Contains("trusts the certificates of 'company' here alone", published.Notices("proxy"), StringComparison.Ordinal);
        Assert.All(["plain", "own", "web"], name =>
            Assert.DoesNotContain("certificate", published.Notices(name), StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Variables_of_a_build_are_told()
    {
        var published = await Published.ModelAsync(builder =>
            builder.AddWeb("web").WithDotnetProgramBuildEnvironment(_ => Task.CompletedTask)
        );

        Assert.Contains("(WithDotnetProgramBuildEnvironment), which are left out", published.Notices("web"), StringComparison.Ordinal);
        Assert.DoesNotContain("variables for its build", published.Notices("api"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_string_that_is_another_s_stays_as_it_is()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var shared = builder.AddConnectionString("shared");
            builder.AddWeb("web").WithReference(builder.AddRedis("cache").WithConnectionStringRedirection(shared.Resource));
        });

        Assert.Equal("Ref SharedSecretArn", published.Template().Secret("web", "ConnectionStrings__cache"));
        Assert.Contains("has the connection string of 'shared'", published.Notices("cache"), StringComparison.Ordinal);
    }
}
