using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Tests.Publishing;

/// <summary>A parameter or secret is in the templates in the forms in which it is used, and in no other.</summary>
public sealed class ValueFormTests
{
    [Fact]
    public async Task A_secret_that_is_only_used_percent_encoded_is_one_secret()
    {
        var published = await Published.ModelAsync(builder =>
            builder
                .AddWorker("worker")
                .WithEnvironment("URL", ReferenceExpression.Create($"https://user:{builder.AddParameter("password", secret: true):uri}@db"))
        );
        Assert.Equal("PasswordUriEncodedSecret", Assert.Single(published.Application.Secrets).Id);
        Assert.False(published.Templates.Foundation.Contains("PasswordSecret"));
    }

    [Fact]
    public async Task A_parameter_that_only_decides_is_one_parameter()
    {
        var published = await Published.ModelAsync(builder =>
            builder
                .AddWorker("worker")
                .WithEnvironment(
                    "SIZE",
                    ReferenceExpression.CreateConditional(
                        builder.AddParameter("stage", "Prod").Resource,
                        "prod",
                        ReferenceExpression.Create($"big"),
                        ReferenceExpression.Create($"small")
                    )
                )
        );
        Assert.Equal("StageLowercase", Assert.Single(published.Application.Parameters).Id);
    }

    [Fact]
    public async Task A_parameter_in_two_forms_is_two()
    {
        var published = await Published.ModelAsync(builder =>
            builder
                .AddWorker("worker")
                .WithEnvironment("A", ReferenceExpression.Create($"{builder.AddParameter("stage", "a b"):uri}"))
                .WithEnvironment("B", builder.CreateResourceBuilder<ParameterResource>("stage"))
        );
        Assert.Equal(["Stage", "StageUriEncoded"], published.Application.Parameters.Select(parameter => parameter.Id).Order());
    }

    [Fact]
    public async Task What_exists_is_text_in_text()
    {
        var published = await Published.ModelAsync(builder =>
            builder
                .AddWorker("worker")
                .WithEnvironment(
                    "QUEUE",
                    ReferenceExpression.Create(
                        $"{builder.AddSqsQueue("jobs").UseExisting("arn:aws:sqs:us-east-1:123456789012:jobs").Resource.QueueUrl}?${{x}}"
                    )
                )
        );
        Assert.Contains(
            "{Name: QUEUE, Value: \"https://sqs.us-east-1.amazonaws.com/123456789012/jobs?${x}\"}",
            published.File("shop.template.yaml"),
            StringComparison.Ordinal
        );
    }
}
