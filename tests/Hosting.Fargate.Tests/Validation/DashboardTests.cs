using Aws.CloudFormation;
using Hosting.Fargate.Validation;

namespace Hosting.Fargate.Tests.Validation;

public sealed class DashboardTests
{
    private readonly SoundTemplate _sound = new();

    [Theory]
    [InlineData("""{"widgets":[]}""")]
    [InlineData("""{"start":"-PT3H","widgets":[{"type":"text","properties":{"markdown":"# api"}}]}""")]
    [InlineData("""{"widgets":[{"type":"text","x":${Size},"properties":{"markdown":"\"${Size}\" ${AWS::StackName}"}}]}""")]
    [InlineData("""{"widgets":[${Size},{"type":"metric","properties":${Size}}]}""")]
    [InlineData("""{"widgets":${Size}}""")]
    [InlineData("""{${Size}}""")]
    public void A_dashboard_of_widgets_is_sound(string body)
    {
        _sound.Dashboard["DashboardBody"] = Fn.Sub(body);
        _sound.HasNoFault();
    }

    [Theory]
    [InlineData("""{}""", """without widgets. Write {"widgets": [ … ]}.""")]
    [InlineData("""[]""", """without widgets. Write {"widgets": [ … ]}.""")]
    [InlineData("""{"widgets":{}}""", """whose widgets are no array. Write {"widgets": [ … ]}.""")]
    [InlineData("""{"widgets":[1]}""", "whose widget 0 is no object. Write an object with type and properties.")]
    [InlineData(
        """{"widgets":[{"type":"text","properties":{}},{"properties":{}}]}""",
        """whose widget 1 has no type. Write one such as "metric", "log", "text" or "alarm"."""
    )]
    [InlineData(
        """{"widgets":[{"type":"text","properties":[]}]}""",
        "whose widget 0 has no properties. Write an object, as its type wants it."
    )]
    public void A_dashboard_without_them_is_a_fault(string body, string problem)
    {
        _sound.Dashboard["DashboardBody"] = body;
        _sound.HasFault($"'Board' of 'shop' has a DashboardBody {problem}");
    }

    [Theory]
    [InlineData("""{"widgets":[}""")]
    [InlineData("""{"widgets":[{"type":"text","properties":{"region":"${AWS::Region}}}]}""")]
    [InlineData("""{"widgets":[],}""")]
    [InlineData("")]
    public void A_dashboard_that_does_not_parse_is_a_fault(string body)
    {
        _sound.Dashboard["DashboardBody"] = Fn.Sub(body);
        var fault = Assert.Single(_sound.Faults());
        Assert.StartsWith("'Board' of 'shop' has a DashboardBody that is no JSON: ", fault);
        Assert.Contains("LineNumber: 0", fault);
    }
}
