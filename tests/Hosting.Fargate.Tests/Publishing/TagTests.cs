using Aspire.Hosting;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing;

/// <summary>The tags that the model has, and those of what holds a service.</summary>
public sealed class TagTests
{
    [Theory]
    [InlineData("cost-center", "R&D")]
    [InlineData("owner", "somebody <somebody@example.com>")]
    [InlineData("", "x")]
    [InlineData("aws:owner", "x")]
    public async Task A_tag_with_characters_that_AWS_does_not_take_is_refused(string key, string value)
    {
        var refusal = await Published.RefusalAsync(builder =>
            builder.AddWorker("worker").PublishAsFargateService(service => service.Tags[key] = value)
        );
        Assert.Contains($"'worker' has the tag {key}={value}. AWS takes", refusal, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<ArgumentException>(() =>
            Published.ModelAsync(builder => builder.AddFargateEnvironment("shop").WithTag(key, value))
        );
    }

    [Fact]
    public async Task A_tag_in_any_script_is_taken()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithTag("Kostenstelle", "Tübingen 7");
            builder.AddWorker("worker").PublishAsFargateService(service => service.Tags["team"] = "注文@shop.example.com");
        });
        Assert.Contains("Tübingen 7", published.File("shop.template.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stack_of_a_service_has_the_tags_of_the_service()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithNestedStacks();
            builder.AddWorker("worker").PublishAsFargateService(service => service.Tags["team"] = "orders");
        });
        var tags = published
            .Template()["WorkerStack"]
            .Properties.At("Tags")
            .Maps()
            .ToDictionary(tag => tag.At("Key").AsText()!, tag => tag.At("Value").AsText());
        Assert.Equal(
            ("shop", "Production", "worker", "orders"),
            (tags["aspire:application"], tags["aspire:environment"], tags["aspire:resource"], tags["team"])
        );
    }
}
