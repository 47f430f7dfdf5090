using Aws.CloudFormation;
using Hosting.Fargate.Validation;

namespace Hosting.Fargate.Tests.Validation;

public sealed class QuotaTests
{
    private readonly Template _template = new("shop", "a shop");

    [Theory]
    [InlineData(500, 200)]
    [InlineData(501, 201)]
    public void A_template_has_what_CloudFormation_takes_at_the_most(int resources, int others)
    {
        for (var i = 0; i < resources; i++)
        {
            _template.Add(new TemplateResource($"Queue{i}", "AWS::SQS::Queue"));
        }

        for (var i = 0; i < others; i++)
        {
            _template.Parameters[$"Parameter{i}"] = new TemplateMap { ["Type"] = "String" };
            _template.Outputs[$"Output{i}"] = new TemplateMap { ["Value"] = "1" };
        }

        string Fault(int count, string what, int limit) =>
            $"The template of 'shop' has {count} {what}, and CloudFormation takes {limit}. Publish as nested stacks, or as several environments.";
        Assert.Equal(
            resources <= 500 ? [] : [Fault(501, "resources", 500), Fault(201, "parameters", 200), Fault(201, "outputs", 200)],
            TemplateValidator.Validate(_template)
        );
    }

    [Theory]
    [InlineData("api-queue")]
    [InlineData("Api_Queue")]
    [InlineData("")]
    [InlineData("Café")]
    public void A_logical_id_is_letters_and_digits(string id)
    {
        _template.Add(new TemplateResource(id, "AWS::SQS::Queue"));
        _template.Outputs[id] = new TemplateMap { ["Value"] = "1" };
        Assert.Equal(
            [
                $"The template of 'shop' has the resource '{id}', and a logical id is 1 to 255 letters and digits. Rename it.",
                $"The template of 'shop' has the output '{id}', and a logical id is 1 to 255 letters and digits. Rename it.",
            ],
            TemplateValidator.Validate(_template)
        );
    }

    [Theory]
    [InlineData(255, 0)]
    [InlineData(256, 1)]
    public void A_logical_id_has_255_characters_at_the_most(int length, int faults)
    {
        _template.Add(new TemplateResource(new string('a', length), "AWS::SQS::Queue"));
        Assert.Equal(faults, TemplateValidator.Validate(_template).Count);
    }
}
