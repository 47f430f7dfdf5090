using Aspire.Hosting;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Rows;

public sealed class ParameterTests
{
    [Fact]
    public async Task A_plain_parameter_is_one_of_the_template()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder.AddWorker("worker").WithEnvironment("STAGE", builder.AddParameter("stage").WithDescription("Where it runs."))
            )
        ).Template();

        Assert.Equal("Ref Stage", template.Variable("worker", "STAGE"));
        Assert.Equal("{Type: String, Description: Where it runs.}", template.Parameters["Stage"].Show());
    }

    [Fact]
    public async Task The_value_it_has_now_is_in_the_parameters_file_and_not_in_the_template()
    {
        var published = await Published.ModelAsync(
            builder => builder.AddWorker("worker").WithEnvironment("STAGE", builder.AddParameter("stage")),
            "--Parameters:stage=blue"
        );

        Assert.Null(published.Template().Parameters.At("Stage", "Default"));
        Assert.Equal(
            """
            [
              {
                "ParameterKey": "Stage",
                "ParameterValue": "blue"
              }
            ]

            """.ReplaceLineEndings("\n"),
            published.File("shop.parameters.json")
        );
    }

    [Fact]
    public async Task A_default_that_the_model_publishes_is_the_templates()
    {
        var published = await Published.ModelAsync(builder =>
            builder
                .AddWorker("worker")
                .WithEnvironment("KEPT", builder.AddParameter("kept", "a", publishValueAsDefault: true))
                .WithEnvironment("GIVEN", builder.AddParameter("given", "b"))
        );

        Assert.Equal("a", published.Template().Parameters.At("Kept", "Default").Show());
        Assert.Null(published.Template().Parameters.At("Given", "Default"));
        Assert.Contains("\"ParameterValue\": \"b\"", published.File("shop.parameters.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_is_missing_is_deploys_to_ask_for()
    {
        var published = await Published.ModelAsync(builder =>
            builder.AddWorker("worker").WithEnvironment("STAGE", builder.AddParameter("stage"))
        );

        Assert.NotNull(published.Template().Parameters["Stage"]);
        Assert.Equal("[]\n", published.File("shop.parameters.json"));
    }

    [Fact]
    public async Task One_that_nothing_uses_is_not_in_the_template_and_is_said()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddParameter("forgotten");
            builder.AddWorker("worker");
        });

        Assert.Null(published.Template().Parameters["Forgotten"]);
        Assert.Contains("nothing published here uses", published.Notices("forgotten"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vpc", "'Vpc'", "what all share (AWS::EC2::VPC)")]
    [InlineData("worker-service", "'WorkerService'", "'worker' (AWS::ECS::Service)")]
    public async Task One_that_would_have_the_id_of_a_resource_is_refused(string name, string id, string whose)
    {
        var refusal = await Published.RefusalAsync(builder =>
            builder.AddWorker("worker").WithEnvironment("VALUE", builder.AddParameter(name))
        );

        Assert.Contains(
            $"would be {id} in the template: '{name}' (AddParameter) and {whose}. Rename one of them.",
            refusal,
            StringComparison.Ordinal
        );
    }
}
