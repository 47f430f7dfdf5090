using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Reading;

namespace Hosting.Fargate.Tests.Publishing.Refusals;

#pragma warning disable ASPIRECOMPUTE001, ASPIRECOMPUTE002 // Another environment beside this one.

/// <summary>What Aspire refuses of a model with another environment, by the trace of a stack, is said before, with what to write.</summary>
public sealed class EnvironmentBindingTests
{
    [Fact]
    public void Who_does_not_say_which_of_two_environments_it_is_for_is_told_what_to_write()
    {
        var why = WhyNot(
            (builder, _) =>
            {
                builder.AddResource(new DockerComposeEnvironmentResource("compose"));
                builder.AddContainer("api", "example/api", "1");
                builder.AddContainer("cache", "redis", "8").WithAnnotation(new DockerComposeServiceCustomizationAnnotation());
            }
        );

        Assert.StartsWith(
            "The model has the compute environments 'shop' and 'compose', and 'api' and 'cache' do not say which it is for.",
            why,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "WithComputeEnvironment(shop); where shop is what AddFargateEnvironment(\"shop\") returns",
            why,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "Where 'compose' is no longer meant, take it away, and the calls of PublishAsDockerComposeService, which ask for it.",
            why,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_line_has_the_environment_s_name_as_a_variable_may_have_it() =>
        Assert.Contains(
            "WithComputeEnvironment(myShopEu); where myShopEu is what AddFargateEnvironment(\"my-shop-eu\") returns",
            WhyNot(
                (builder, _) =>
                {
                    builder.AddResource(new DockerComposeEnvironmentResource("compose"));
                    builder.AddContainer("api", "example/api", "1");
                },
                "my-shop-eu"
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public void The_line_that_is_told_to_be_written_is_enough()
    {
        var why = WhyNot(
            (builder, shop) =>
            {
                builder.AddResource(new DockerComposeEnvironmentResource("compose"));
                builder.AddContainer("api", "example/api", "1").WithAnnotation(new DockerComposeServiceCustomizationAnnotation());
                foreach (
                    var resource in builder
                        .Resources.OfType<IComputeResource>()
                        .Where(resource => resource.GetComputeEnvironment() is null)
                        .ToList()
                )
                {
                    builder.CreateResourceBuilder(resource).WithComputeEnvironment(shop);
                }
            }
        );

        Assert.Null(why);
    }

    [Fact]
    public void What_a_package_publishes_to_an_environment_that_is_gone_is_told()
    {
        var why = WhyNot(
            (builder, _) =>
                builder.AddContainer("api", "example/api", "1").WithAnnotation(new DockerComposeServiceCustomizationAnnotation())
        );

        Assert.Equal(
            "'api' has PublishAsDockerComposeService, whose package refuses a model without its environment (DockerComposeEnvironmentResource). "
                + "Take the calls away: what they say is for that environment alone.",
            why
        );
    }

    [Fact]
    public void One_environment_is_that_of_all() => Assert.Null(WhyNot((builder, _) => builder.AddContainer("api", "example/api", "1")));

    [Fact]
    public async Task The_run_ends_with_the_message_alone_and_writes_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("environments-");
        try
        {
            Assert.Equal(1, await Pipeline.PublishAsync(folder.FullName, builder =>
                {
                    builder.AddResource(new DockerComposeEnvironmentResource("compose"));
                    builder.AddContainer("api", "example/api", "1");
                }));
            Assert.Empty(folder.EnumerateFileSystemInfos());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string? WhyNot(
        Action<IDistributedApplicationBuilder, IResourceBuilder<FargateEnvironmentResource>> model,
        string name = "shop"
    )
    {
        var builder = DistributedApplication.CreateBuilder(
            new DistributedApplicationOptions { Args = ["--operation", "publish", "--step", "publish"], DisableDashboard = true }
        );
        model(builder, builder.AddFargateEnvironment(name));
        return EnvironmentBindings.WhyNot(new DistributedApplicationModel(builder.Resources));
    }

    /// <summary>As Aspire.Hosting.Docker has them: they are known by their names.</summary>
    private sealed class DockerComposeEnvironmentResource(string name) : Resource(name), IComputeEnvironmentResource;

    private sealed class DockerComposeServiceCustomizationAnnotation : IResourceAnnotation;
}
