using System.Reflection;
using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Hosting.Fargate.Stacks;

namespace Hosting.Fargate.Tests.Deploying;

/// <summary>When CloudFormation is not asked for a change set.</summary>
public sealed class UnchangedStackTests
{
    private const string Template = """
        {"Parameters":{"Image":{"Type":"String"},"Zones":{"Type":"CommaDelimitedList","Default":"a,b"}},"Resources":{"Queue":{"Type":"AWS::SQS::Queue"}}}
        """;

    private readonly Deployed _deployed = new();

    [Theory]
    [InlineData("CREATE_COMPLETE")]
    [InlineData("UPDATE_COMPLETE")]
    [InlineData("IMPORT_COMPLETE")]
    public async Task With_the_same_template_and_the_same_values_it_is_what_it_is_to_be(string status)
    {
        Assert.True(await IsAsync(Live(status), Target(("Image", "one"))));
        Assert.True(await IsAsync(Live(status), Target() with { Parameters = [Kept("Image")] }));
        Assert.True(await IsAsync(Live(status), Target(("Image", "one"), ("Zones", "a,b"))));
    }

    [Fact]
    public async Task Another_template_or_another_value_is_a_change()
    {
        Assert.False(await IsAsync(Live(), Target(("Image", "two"))));
        Assert.False(await IsAsync(Live(), Target()));
        Assert.False(await IsAsync(Live(), Target(("Image", "one"), ("Zones", "a"))));
        Assert.False(await IsAsync(Live(), Target(("Image", "one")) with { Template = new TemplateSource(Template + " ", null) }));
    }

    [Fact]
    public async Task A_value_that_was_given_once_and_is_not_any_more_goes_back_to_its_default()
    {
        var live = Live() with
        {
            Parameters = new Dictionary<string, string> { ["Image"] = "one", ["Zones"] = "a,c" },
        };

        Assert.False(await IsAsync(live, Target(("Image", "one"))));
        Assert.True(await IsAsync(live, Target(("Image", "one")) with { Parameters = [Given("Image", "one"), Kept("Zones")] }));
    }

    [Theory]
    [InlineData("UPDATE_ROLLBACK_COMPLETE")]
    [InlineData("UPDATE_FAILED")]
    [InlineData("UPDATE_IN_PROGRESS")]
    [InlineData("REVIEW_IN_PROGRESS")]
    public async Task A_stack_that_did_not_end_well_is_CloudFormation_s_to_judge(string status) =>
        Assert.False(await IsAsync(Live(status), Target(("Image", "one"))));

    [Fact]
    public async Task What_is_taken_in_is_a_change()
    {
        var target = Target(("Image", "one")) with { Imports = [new ResourceToImport { LogicalResourceId = "Queue" }] };
        Assert.False(await IsAsync(Live(), target));
    }

    [Theory]
    [InlineData("""{"Parameters":{"Image":{"Type":"AWS::SSM::Parameter::Value<String>"}},"Resources":{}}""")]
    [InlineData("""{"Parameters":{"Image":{"Type":"String","NoEcho":true}},"Resources":{}}""")]
    [InlineData("""{"Transform":"AWS::LanguageExtensions","Parameters":{"Image":{"Type":"String"}},"Resources":{}}""")]
    public async Task What_AWS_looks_up_or_does_not_show_may_have_changed(string template)
    {
        _deployed.Template = template;
        Assert.False(await IsAsync(Live(), Target(("Image", "one")) with { Template = new TemplateSource(template, null) }));
    }

    [Fact]
    public async Task The_template_of_a_stack_is_read_once_until_the_stack_is_changed()
    {
        var stacks = new StackReader(_deployed.Client);
        await UnchangedStack.IsAsync(stacks, Live(), Target(), TestContext.Current.CancellationToken);
        await stacks.TemplateAsync(Live(), TestContext.Current.CancellationToken);
        Assert.Equal(1, _deployed.Reads);

        await stacks.TemplateAsync(Live() with { ChangeSetId = "another" }, TestContext.Current.CancellationToken);
        Assert.Equal(2, _deployed.Reads);
    }

    private Task<bool> IsAsync(LiveStack live, StackTarget target) =>
        UnchangedStack.IsAsync(new StackReader(_deployed.Client), live, target, TestContext.Current.CancellationToken);

    private static LiveStack Live(string status = "UPDATE_COMPLETE") =>
        new()
        {
            Name = "shop",
            Id = "arn:aws:cloudformation:us-east-1:123456789012:stack/shop/1",
            Status = status,
            Outputs = new Dictionary<string, string>(),
            Parameters = new Dictionary<string, string> { ["Image"] = "one", ["Zones"] = "a,b" },
        };

    private static StackTarget Target(params (string Key, string Value)[] parameters) =>
        new(
            "shop",
            new TemplateSource(Template, new TemplateAddress("bucket", "template.json", "https://bucket/template.json")),
            [.. parameters.Select(pair => Given(pair.Key, pair.Value))]
        );

    private static Parameter Given(string key, string value) => new() { ParameterKey = key, ParameterValue = value };

    private static Parameter Kept(string key) => new() { ParameterKey = key, UsePreviousValue = true };

    /// <summary>CloudFormation with a stack of one template.</summary>
    private sealed class Deployed
    {
        public Deployed()
        {
            Client = DispatchProxy.Create<IAmazonCloudFormation, Answers>();
            ((Answers)(object)Client).Answer = () =>
            {
                Reads++;
                return Template;
            };
        }

        public IAmazonCloudFormation Client { get; }

        public string Template { get; set; } = UnchangedStackTests.Template;

        public int Reads { get; private set; }
    }

    public class Answers : DispatchProxy
    {
        public Func<string> Answer { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == nameof(IAmazonCloudFormation.GetTemplateAsync)
                ? Task.FromResult(new GetTemplateResponse { TemplateBody = Answer() })
                : throw new NotSupportedException(targetMethod.Name);
    }
}
