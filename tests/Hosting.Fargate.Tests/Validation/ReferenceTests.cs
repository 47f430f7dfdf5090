using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Validation;

public sealed class ReferenceTests
{
    private readonly SoundTemplate _sound = new();

    public static TheoryData<TemplateNode> Missing =>
        [
            Fn.Ref("Nowhere"),
            Fn.Sub("a ${Nowhere}"),
            Fn.Sub("${It}", new TemplateMap { ["It"] = Fn.Ref("Nowhere") }),
            Fn.Join(",", [Fn.Ref("Nowhere")]),
            Fn.If("IsLarge", Fn.Ref("Nowhere"), Fn.NoValue),
            new TemplateMap { ["Ref"] = "Nowhere" },
        ];

    [Theory]
    [MemberData(nameof(Missing), DisableDiscoveryEnumeration = true)]
    public void A_reference_leads_to_a_resource_or_parameter(TemplateNode reference)
    {
        _sound.Task["ExecutionRoleArn"] = reference;
        _sound.HasFault(
            "'ApiTask' of 'shop' refers to 'Nowhere', and the template has no such resource or parameter (in ExecutionRoleArn). Correct the name, or add what it names."
        );
    }

    public static TheoryData<TemplateNode> MissingAttribute =>
        [Fn.GetAtt("Size", "Arn"), Fn.Sub("a ${Size.Arn}"), new TemplateFunction("Fn::GetAtt", new TemplateList(["Size", "Arn"]))];

    [Theory]
    [MemberData(nameof(MissingAttribute), DisableDiscoveryEnumeration = true)]
    public void An_attribute_is_of_a_resource(TemplateNode reference)
    {
        _sound.Task["ExecutionRoleArn"] = reference;
        _sound.HasFault(
            "'ApiTask' of 'shop' refers to an attribute of 'Size', and the template has no such resource (in ExecutionRoleArn). Correct the name, or add what it names."
        );
    }

    [Fact]
    public void What_is_no_reference_leads_nowhere()
    {
        _sound.Task["ExecutionRoleArn"] = Fn.Sub("${!Nowhere} ${It}", new TemplateMap { ["It"] = "${Nowhere}" });
        _sound.Task["Tags"] = new TemplateList([
            new TemplateMap { ["Key"] = "Ref", ["Value"] = "Nowhere" },
            Fn.Ref("AWS::NotificationARNs"),
        ]);
        _sound.HasNoFault();
    }

    [Fact]
    public void A_pseudo_parameter_is_one_that_there_is()
    {
        _sound.Task["Family"] = Fn.Sub("${AWS::Stack}");
        _sound.HasFault(
            "'ApiTask' of 'shop' refers to 'AWS::Stack', and the template has no such resource or parameter (in Family). Correct the name, or add what it names."
        );
    }

    [Fact]
    public void What_must_be_there_first_is_a_resource()
    {
        _sound.Template["ApiService"].DependsOn.AddRange(["Nowhere", "Size"]);
        _sound.HasFault(
            "'ApiService' of 'shop' has 'Nowhere' in DependsOn, and the template has no such resource. Name a resource there, or take it out.",
            "'ApiService' of 'shop' has 'Size' in DependsOn, and that is a parameter. Name a resource there, or take it out."
        );
    }

    [Fact]
    public void A_condition_that_is_asked_is_there()
    {
        _sound.Api["Cpu"] = Fn.If("IsSmall", 1, 2);
        _sound.Template.Outputs.Map("Service")["Condition"] = "IsSmall";
        _sound.Template.Conditions["IsBoth"] = new TemplateFunction(
            "Fn::And",
            new TemplateList([new TemplateMap { ["Condition"] = "IsLarge" }, new TemplateMap { ["Condition"] = "IsSmall" }])
        );
        _sound.HasFault(
            "'ApiTask' of 'shop' asks the condition 'IsSmall', and the template has no such condition (in ContainerDefinitions). Correct the name, or add what it names.",
            "The template of 'shop' has an output 'Service' that asks the condition 'IsSmall', and the template has no such condition. Correct the name, or add what it names.",
            "The template of 'shop' has a condition 'IsBoth' that asks the condition 'IsSmall', and the template has no such condition. Correct the name, or add what it names."
        );
    }

    [Fact]
    public void A_condition_sees_parameters_alone()
    {
        _sound.Template.Conditions["IsLarge"] = Fn.Equals(Fn.Ref("Key"), "");
        _sound.HasFault(
            "The template of 'shop' has a condition 'IsLarge' that refers to 'Key', and the template has no such parameter. Correct the name, or add what it names."
        );
    }

    [Fact]
    public void An_output_leads_somewhere()
    {
        _sound.Template.Outputs["Url"] = new TemplateMap { ["Value"] = Fn.Sub("http://${LoadBalancer.DNSName}") };
        _sound.HasFault(
            "The template of 'shop' has an output 'Url' that refers to an attribute of 'LoadBalancer', and the template has no such resource. Correct the name, or add what it names."
        );
    }

    [Fact]
    public void A_resource_does_not_need_itself()
    {
        _sound.Template["ApiRule"].DependsOn.Add("ApiRange");
        _sound.HasFault(
            "'ApiRule' of 'shop' is needed before itself: ApiRule needs ApiRange needs ApiService needs ApiRule. Take away one of these references or DependsOn, or make it a resource of its own, as AWS::EC2::SecurityGroupIngress is one."
        );
    }

    [Fact]
    public void Two_circles_are_two_faults()
    {
        _sound.Add("A", "AWS::EC2::SecurityGroup", new() { ["Peer"] = Fn.GetAtt("B", "GroupId") });
        _sound.Add("B", "AWS::EC2::SecurityGroup", new() { ["Peer"] = Fn.Sub("${A.GroupId}") });
        _sound.Add("Self", "AWS::EC2::SecurityGroup", new() { ["Peer"] = Fn.Ref("Self") });
        const string Advice =
            "Take away one of these references or DependsOn, or make it a resource of its own, as AWS::EC2::SecurityGroupIngress is one.";
        _sound.HasFault(
            $"'A' of 'shop' is needed before itself: A needs B needs A. {Advice}",
            $"'Self' of 'shop' is needed before itself: Self needs Self. {Advice}"
        );
    }

    [Fact]
    public void References_are_found_wherever_they_are()
    {
        var node = new TemplateMap
        {
            ["A"] = Fn.Ref("One"),
            ["B"] = new TemplateList([
                Fn.GetAtt("Two", "Arn.More"),
                Fn.Sub("${Three}-${Four.Arn}-${!Five}-${Six}-${AWS::Region}", new TemplateMap { ["Six"] = Fn.Ref("Seven") }),
            ]),
            ["C"] = Fn.If(
                "Condition",
                Fn.ImportValue("no reference"),
                new TemplateMap { ["Fn::GetAtt"] = new TemplateList(["Eight", "Arn"]) }
            ),
            ["D"] = Fn.Ref("One"),
        };
        Assert.Equal(["One", "Two", "Three", "Four", "Seven", "Eight"], node.References());
        Assert.Equal(["Condition"], node.ConditionReferences());
    }
}
