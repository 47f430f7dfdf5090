using Aspire.Hosting;
using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Images;
using Hosting.Fargate.Tests.Publishing;
using Hosting.Fargate.Tests.Publishing.Images;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hosting.Fargate.Tests.Images;

#pragma warning disable ASPIRECSHARPAPPS001 // File-based apps.

/// <summary>File-based apps (AddCSharpApp): a file of C# is published and made an image of by the SDK, as a project is.</summary>
public sealed class FileBasedAppTests : IAsyncLifetime
{
    private TestEcr _ecr = null!;

    public async ValueTask InitializeAsync()
    {
        _ecr = await TestEcr.StartAsync();
        await BaseImage.PushAsync(_ecr, "base/runtime", "10.0", "one", SampleCheckout.Machine == Architecture.Arm64 ? "arm64" : "amd64");
    }

    public ValueTask DisposeAsync() => _ecr?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task It_is_a_service_as_a_project_is()
    {
        using var checkout = NewCheckout("hello");
        var published = await checkout.PublishAsync(Model);

        Assert.Equal("Ref ApiImage", published.Template().Container("api").At("Image").Show());
        Assert.Contains("AddCSharpApp(\"api\")", published.Template()["ApiService"].Comment, StringComparison.Ordinal);
        Assert.Equal("Production", published.Template().Variable("api", "DOTNET_ENVIRONMENT"));
    }

    [Fact]
    public async Task Its_image_goes_to_its_repository_with_a_tag_of_its_content_and_nothing_is_left_beside_the_file()
    {
        using var one = NewCheckout("hello");
        using var other = NewCheckout("hello");
        var first = await DeployAsync(one);

        Assert.True(first.IsPushed);
        var content = await ImageContent.ReadAsync(_ecr, "shop/api", first.ContentTag);
        Assert.Contains("app/api.dll", content.Files.Keys);
        Assert.Equal(["api.cs"], Directory.EnumerateFileSystemEntries(one.PathOf("api")).Select(Path.GetFileName));

        // In another folder it is the same, and another text is another image.
        Assert.False((await DeployAsync(other)).IsPushed);
        WriteApp(other, "good day");
        var second = await DeployAsync(other);
        Assert.True(second.IsPushed);
        Assert.NotEqual(first.ContentTag, second.ContentTag);
    }

    [Fact]
    public async Task One_that_does_not_compile_is_named()
    {
        using var checkout = NewCheckout("hello");
        checkout.Write("api/api.cs", "int x = \"text\";");

        var failure = await Assert.ThrowsAsync<ImageDeploymentException>(() => DeployAsync(checkout));

        Assert.Contains("'api' does not build", failure.Message, StringComparison.Ordinal);
        Assert.Contains("api.cs(1,9): error CS0029", failure.Message, StringComparison.Ordinal);
    }

    private Checkout NewCheckout(string text)
    {
        var checkout = new Checkout();
        WriteApp(checkout, text);
        return checkout;
    }

    private void WriteApp(Checkout checkout, string text) =>
        checkout.Write(
            "api/api.cs",
            $"""
            #:property PublishAot=false
            #:property ContainerBaseImage={_ecr.Host}/base/runtime:10.0
            System.Console.WriteLine("{text}");
            """
        );

    private static void Model(IDistributedApplicationBuilder builder) =>
        builder.AddCSharpApp("api", "../api/api.cs").PublishAsFargateService(service => service.Architecture = SampleCheckout.Machine);

    private async Task<DeployedImage> DeployAsync(Checkout checkout)
    {
        var (publication, model) = await checkout.ModelAsync(Model);
        _ecr.Repositories.TryAdd("shop/api", 0);
        return Assert.Single(
            await new ImageDeployment(_ecr.Client, checkout.PathOf("AppHost/obj/fargate"), NullLogger.Instance).DeployAsync(
                publication.Application,
                model,
                _ => null,
                commit: "0123456789abcdef",
                TestContext.Current.CancellationToken
            )
        );
    }
}
