using Aspire.Hosting;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing;

/// <summary>What is there for a rollback, and must not go by age.</summary>
public sealed class FoundationTests
{
    /// <summary>
    /// A lifecycle rule knows when an image was pushed or pulled, and not that a service runs it:
    /// https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html.
    /// </summary>
    [Fact]
    public async Task No_image_expires_for_going_back_to_an_old_one_pushes_nothing() =>
        Assert.All(
            (await TemplateMatrix.Models)
                .SelectMany(row => row.Publications)
                .SelectMany(publication => publication.Templates.Foundation.OfType("AWS::ECR::Repository")),
            repository => Assert.Null(repository.Properties["LifecyclePolicy"])
        );

    [Fact]
    public async Task No_template_of_a_nested_stack_expires_for_a_rollback_wants_it()
    {
        var foundation = (
            await Published.ModelAsync(builder =>
            {
                builder.AddFargateEnvironment("shop").WithNestedStacks();
                builder.AddWorker("worker");
            })
        ).Templates.Foundation;
        Assert.Null(foundation.Property("TemplatesBucket", "LifecycleConfiguration"));
    }
}
