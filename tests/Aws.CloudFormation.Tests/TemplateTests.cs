using System.Text;

namespace Aws.CloudFormation.Tests;

/// <summary>A template made by hand, without Aspire and without a publishing step.</summary>
public sealed class TemplateTests
{
    private readonly Template _template = new("shop", "a shop");

    public TemplateTests()
    {
        _template.Parameters["Days"] = new TemplateMap { ["Type"] = "Number", ["Default"] = 30 };
        _template.Add(
            new TemplateSection(
                "what is kept",
                [
                    new TemplateResource("Logs", "AWS::Logs::LogGroup")
                    {
                        Comment = "What services say.",
                        DeletionPolicy = "Retain",
                        Properties = new()
                        {
                            ["LogGroupName"] = Fn.Sub("/ecs/${AWS::StackName}/${!id}"),
                            ["RetentionInDays"] = Fn.Ref("Days"),
                        },
                    },
                ]
            )
        );
        _template.Outputs["LogsArn"] = new TemplateMap { ["Value"] = Fn.GetAtt("Logs", "Arn") };
    }

    [Fact]
    public void YAML_has_headings_and_comments_for_people() =>
        Assert.Equal(
            """
            # Made by hand.
            AWSTemplateFormatVersion: "2010-09-09"
            Description: a shop

            Parameters:
              Days: {Type: Number, Default: 30}

            Resources:

              # ---------------------------------------------------------------------------------------- what is kept
              # What services say.
              Logs:
                Type: AWS::Logs::LogGroup
                DeletionPolicy: Retain
                Properties: {LogGroupName: !Sub "/ecs/${AWS::StackName}/${!id}", RetentionInDays: !Ref Days}

            Outputs:
              LogsArn: {Value: !GetAtt Logs.Arn}

            """.ReplaceLineEndings("\n"),
            TemplateYaml.Write(_template, "Made by hand.")
        );

    [Fact]
    public void JSON_is_for_CloudFormation() =>
        Assert.Equal(
            """
            {"AWSTemplateFormatVersion":"2010-09-09","Description":"a shop","Parameters":{"Days":{"Type":"Number","Default":30}},
            "Resources":{"Logs":{"Type":"AWS::Logs::LogGroup","DeletionPolicy":"Retain","Properties":{
            "LogGroupName":{"Fn::Sub":"/ecs/${AWS::StackName}/${!id}"},"RetentionInDays":{"Ref":"Days"}}}},
            "Outputs":{"LogsArn":{"Value":{"Fn::GetAtt":["Logs","Arn"]}}}}
            """.ReplaceLineEndings(""),
            Encoding.UTF8.GetString(TemplateJson.Write(_template))
        );

    [Fact]
    public void Both_are_read_back_as_one_thing()
    {
        var json = TemplateParser.Parse(Encoding.UTF8.GetString(TemplateJson.Write(_template)));
        var yaml = TemplateParser.Parse(TemplateYaml.Write(_template, "Made by hand."));
        Assert.Equal(TemplateJson.Write(_template), TemplateJson.Write(json));
        Assert.Equal(TemplateJson.Write(_template), TemplateJson.Write(yaml));
        Assert.Equal("Days", yaml.At("Resources", "Logs", "Properties", "RetentionInDays").RefTarget());
        Assert.Throws<FormatException>(() => TemplateParser.Parse("{"));
    }

    [Fact]
    public void What_is_referred_to_can_be_replaced()
    {
        var rewriter = new TemplateRewriter(reference =>
            reference.Path switch
            {
                "Days" => "30",
                "AWS::StackName" => "sh${op}",
                "Logs.Arn" => Fn.GetAtt("Stack", "Outputs.Logs"),
                "Shared" => Fn.ImportValue("base:Shared"),
                _ => null,
            }
        );
        var properties = rewriter.Rewrite(_template["Logs"].Properties);
        Assert.Equal("30", properties["RetentionInDays"].AsText());
        Assert.Equal("/ecs/sh${!op}/${!id}", Assert.IsType<TemplateFunction>(properties["LogGroupName"]).Argument.AsText());
        var text = rewriter.Rewrite(Fn.Sub("${Logs.Arn}:*,${Own},${Other}", new TemplateMap { ["Own"] = Fn.Ref("Days") }));
        Assert.Equal(["${Stack.Outputs.Logs}:*,${Own},${Other}", "30"], Texts(text));

        // What cannot stand in text is a value beside it.
        var imported = rewriter.Rewrite(Fn.Sub("${Shared}/${Shared}/${Own}/${!Shared}", new TemplateMap { ["Own"] = Fn.Ref("Shared") }));
        Assert.Equal(["${Shared}/${Shared}/${Own}/${!Shared}", "base:Shared", "base:Shared"], Texts(imported));

        // As JSON has them.
        var written = new TemplateMap
        {
            ["Days"] = new TemplateMap { ["Ref"] = "Days" },
            ["Arn"] = new TemplateMap { ["Fn::GetAtt"] = new TemplateList(["Logs", "Arn"]) },
            ["Name"] = new TemplateMap { ["Ref"] = "Other" },
        };
        Assert.Equal(["30", "Stack.Outputs.Logs", "Other"], Texts(rewriter.Rewrite(written)));

        static IEnumerable<string?> Texts(TemplateNode node) =>
            node.Descendants().OfType<TemplateScalar>().Select(scalar => scalar.ToString());
    }

    [Fact]
    public void A_sound_template_has_no_fault() => Assert.Empty(Faults());

    [Fact]
    public void What_CloudFormation_refuses_of_any_template_is_found()
    {
        _template["Logs"].DependsOn.Add("Key");
        _template.Add(new TemplateResource("Key", "AWS::KMS::Key") { Properties = new() { ["Description"] = Fn.Ref("Logs") } });
        _template.Outputs["No-name"] = new TemplateMap { ["Value"] = Fn.Ref("Nobody") };
        Assert.Equal(
            [
                "The template of 'shop' has the output 'No-name', and a logical id is 1 to 255 letters and digits. Rename it.",
                "The template of 'shop' has an output 'No-name' that refers to 'Nobody', and the template has no such resource or parameter. "
                    + "Correct the name, or add what it names.",
                "'Logs' of 'shop' is needed before itself: Logs needs Key needs Logs. Take away one of these references or DependsOn, or make "
                    + "it a resource of its own, as AWS::EC2::SecurityGroupIngress is one.",
            ],
            Faults()
        );
    }

    [Fact]
    public void A_logical_id_is_given_once()
    {
        var taken = Assert.Throws<InvalidOperationException>(() => _template.Add(new TemplateResource("Logs", "AWS::S3::Bucket")));
        Assert.Contains("'Logs'", taken.Message, StringComparison.Ordinal);
        var missing = Assert.Throws<KeyNotFoundException>(() => _template["Log"]);
        Assert.Equal("The template of 'shop' has no resource 'Log'. It has: Logs.", missing.Message);
    }

    private IEnumerable<string> Faults() => TemplateRules.Check(_template).Select(fault => fault.Describe(_template.StackName));
}
