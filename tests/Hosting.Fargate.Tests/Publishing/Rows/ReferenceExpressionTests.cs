using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Rows;

public sealed class ReferenceExpressionTests
{
    [Fact]
    public async Task Expressions_may_be_inside_each_other()
    {
        var template = await PublishAsync(
            (builder, worker) =>
            {
                var stage = builder.AddParameter("stage", "prod");
                var inner = ReferenceExpression.Create($"[{stage}]");
                worker.WithEnvironment("VALUE", ReferenceExpression.Create($"a {ReferenceExpression.Create($"b {inner}")} c"));
            }
        );

        Assert.Equal("Sub a b [${Stage}] c", template.Variable("worker", "VALUE"));
    }

    [Fact]
    public async Task An_expression_of_text_alone_is_text()
    {
        var template = await PublishAsync(
            (_, worker) =>
                worker
                    .WithEnvironment("TEXT", ReferenceExpression.Create($"{{literal}} ${{HOME}} $5"))
                    .WithEnvironment("EMPTY", ReferenceExpression.Create($""))
        );

        Assert.Equal("{literal} ${HOME} $5", template.Variable("worker", "TEXT"));
        Assert.Equal("", template.Variable("worker", "EMPTY"));
    }

    [Fact]
    public async Task What_CloudFormation_would_take_for_its_own_is_escaped_beside_a_value()
    {
        var template = await PublishAsync(
            (builder, worker) =>
            {
                var stage = builder.AddParameter("stage", "prod");
                worker.WithEnvironment("VALUE", ReferenceExpression.Create($"${{HOME}} $$ {stage} ${{AWS::Region}}"));
            }
        );

        Assert.Equal("Sub ${!HOME} $$ ${Stage} ${!AWS::Region}", template.Variable("worker", "VALUE"));
    }

    [Fact]
    public async Task Text_numbers_and_truths_are_text_in_any_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" } };
            var template = await PublishAsync(
                (_, worker) =>
                    worker.WithEnvironment(context =>
                    {
                        context.EnvironmentVariables["NUMBER"] = 42;
                        context.EnvironmentVariables["FRACTION"] = 1.5;
                        context.EnvironmentVariables["TRUTH"] = true;
                        context.EnvironmentVariables["NOTHING"] = null!;
                    })
            );

            Assert.Equal("42", template.Variable("worker", "NUMBER"));
            Assert.Equal("1.5", template.Variable("worker", "FRACTION"));
            Assert.Equal("true", template.Variable("worker", "TRUTH"));
            Assert.Equal("", template.Variable("worker", "NOTHING"));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public async Task A_choice_by_a_parameter_is_a_condition_of_the_template_without_regard_to_case()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var stage = builder.AddParameter("stage", "Prod");
            builder
                .AddWorker("worker")
                .WithEnvironment(
                    "VALUE",
                    ReferenceExpression.CreateConditional(
                        stage.Resource,
                        "PROD",
                        ReferenceExpression.Create($"yes"),
                        ReferenceExpression.Create($"no")
                    )
                );
        });

        Assert.Equal("StageIsProd ? yes : no", published.Template().Variable("worker", "VALUE"));
        Assert.Equal("Equals [Ref StageLowercase, prod]", published.Template().Conditions["StageIsProd"].Show());
        Assert.Contains("\"ParameterValue\": \"prod\"", published.File("shop.parameters.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parameter_that_only_decides_is_there_once()
    {
        var template = await PublishAsync(
            (builder, worker) =>
                worker.WithEnvironment(
                    "VALUE",
                    ReferenceExpression.CreateConditional(
                        builder.AddParameter("stage", "prod").Resource,
                        "prod",
                        ReferenceExpression.Create($"yes"),
                        ReferenceExpression.Create($"no")
                    )
                )
        );

        Assert.Equal(["StageLowercase", "WorkerImage"], template.Parameters.Keys.Order());
    }

    [Fact]
    public async Task Choices_of_values_that_differ_in_signs_alone_are_different_conditions()
    {
        var template = await PublishAsync(
            (builder, worker) =>
            {
                var stage = builder.AddParameter("stage", "a");
                foreach (var (index, match) in new[] { "a-b", "ab", "a.b", "a-1", "a1", "é" }.Index())
                {
                    worker.WithEnvironment(
                        $"VALUE{index}",
                        ReferenceExpression.CreateConditional(
                            stage.Resource,
                            match,
                            ReferenceExpression.Create($"yes"),
                            ReferenceExpression.Create($"no")
                        )
                    );
                }
            }
        );

        Assert.Equal(6, template.Conditions.Count);
        Assert.Equal(
            ["a-1", "a-b", "a.b", "a1", "ab", "é"],
            template
                .Conditions.Select(condition => condition.Value.AsFunction()!.Argument.Items().Last().AsText())
                .Order(StringComparer.Ordinal)
        );
        Assert.StartsWith("StageIsAB ?", template.Variable("worker", "VALUE0"), StringComparison.Ordinal);
        Assert.StartsWith("StageIsAb ?", template.Variable("worker", "VALUE1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_choice_may_be_inside_text()
    {
        var template = await PublishAsync(
            (builder, worker) =>
            {
                var stage = builder.AddParameter("stage", "prod");
                var choice = ReferenceExpression.CreateConditional(
                    stage.Resource,
                    "prod",
                    ReferenceExpression.Create($"1"),
                    ReferenceExpression.Create($"2")
                );
                worker.WithEnvironment("VALUE", ReferenceExpression.Create($"level={choice};"));
            }
        );

        Assert.Equal("Sub level=${StageIsProd1}; {StageIsProd1: StageIsProd ? 1 : 2}", template.Variable("worker", "VALUE"));
    }

    [Fact]
    public async Task A_choice_that_is_known_now_is_made_now()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var key = builder.AddParameter("api-key", secret: true);
            var api = builder.AddWeb("api");
            builder
                .AddWorker("worker")
                .WithEnvironment(
                    "VALUE",
                    ReferenceExpression.CreateConditional(
                        api.GetEndpoint("http").Property(EndpointProperty.TlsEnabled),
                        "true",
                        ReferenceExpression.Create($"{key}"),
                        ReferenceExpression.Create($"plain")
                    )
                );
        });

        Assert.Equal("plain", published.Template().Variable("worker", "VALUE"));
        Assert.Empty(published.Template().Conditions);
        Assert.Empty(published.Templates.Foundation.OfType("AWS::SecretsManager::Secret"));
    }

    [Fact]
    public async Task A_choice_between_a_secret_and_text_is_a_secret()
    {
        var template = await PublishAsync(
            (builder, worker) =>
            {
                var stage = builder.AddParameter("stage", "prod");
                var key = builder.AddParameter("api-key", secret: true);
                worker.WithEnvironment(
                    "VALUE",
                    ReferenceExpression.CreateConditional(
                        stage.Resource,
                        "prod",
                        ReferenceExpression.Create($"key {key}"),
                        ReferenceExpression.Create($"none")
                    )
                );
            }
        );

        Assert.Null(template.Variable("worker", "VALUE"));
        Assert.Equal("Ref WorkerVALUESecret", template.Secret("worker", "VALUE"));
        Assert.Equal(
            "StageIsProd ? Sub key {{resolve:secretsmanager:${ApiKeySecretArn}:SecretString}} : none",
            template.Property("WorkerVALUESecret", "SecretString")
        );
    }

    [Fact]
    public async Task Text_for_an_address_is_encoded_now_and_a_parameter_has_an_encoded_twin()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var user = builder.AddParameter("user", "a b/c");
            var text = "x y&";
            builder.AddWorker("worker").WithEnvironment("VALUE", ReferenceExpression.Create($"http://host/{text:uri}{user:uri}"));
        });

        Assert.Equal("Sub http://host/x%20y%26${UserUriEncoded}", published.Template().Variable("worker", "VALUE"));
        Assert.Contains("\"ParameterValue\": \"a%20b%2Fc\"", published.File("shop.parameters.json"), StringComparison.Ordinal);
        Assert.Null(published.Template().Parameters["User"]);
    }

    [Fact]
    public async Task A_secret_for_an_address_has_an_encoded_twin_and_no_other()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var key = builder.AddParameter("api-key", secret: true);
            builder.AddWorker("worker").WithEnvironment("VALUE", ReferenceExpression.Create($"amqp://u:{key:uri}@host"));
        });

        Assert.Equal(
            "shop/api-key-uri-encoded",
            Assert.Single(published.Templates.Foundation.OfType("AWS::SecretsManager::Secret")).Properties.At("Name").Show()
        );
        Assert.Equal(
            "Sub amqp://u:{{resolve:secretsmanager:${ApiKeyUriEncodedSecretArn}:SecretString}}@host",
            published.Template().Property("WorkerVALUESecret", "SecretString")
        );
    }

    [Fact]
    public async Task An_output_of_a_queue_is_imported_and_that_of_one_that_exists_is_text()
    {
        var template = await PublishAsync(
            (builder, worker) =>
            {
                var jobs = builder.AddSqsQueue("jobs");
                var old = builder.AddSqsQueue("old").UseExisting("arn:aws:sqs:eu-west-1:123456789012:old-jobs");
                worker
                    .WithReference(jobs, QueueAccess.Send)
                    .WithReference(old, QueueAccess.Send)
                    .WithEnvironment("BOTH", ReferenceExpression.Create($"{jobs.Resource.QueueUrl} {old.Resource.QueueUrl}"));
            }
        );

        Assert.Equal("Ref JobsQueueUrl", template.Variable("worker", "AWS__Resources__jobs__QueueUrl"));
        Assert.Equal(
            "https://sqs.eu-west-1.amazonaws.com/123456789012/old-jobs",
            template.Variable("worker", "AWS__Resources__old__QueueUrl")
        );
        Assert.Equal("Sub ${JobsQueueUrl} https://sqs.eu-west-1.amazonaws.com/123456789012/old-jobs", template.Variable("worker", "BOTH"));
    }

    private static async Task<Template> PublishAsync(Action<IDistributedApplicationBuilder, IResourceBuilder<ProjectResource>> model) =>
        (await Published.ModelAsync(builder => model(builder, builder.AddWorker("worker")))).Template();
}
