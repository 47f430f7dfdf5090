using System.Text;

namespace Aws.CloudFormation.Tests;

/// <summary>What is made of a template that somebody else wrote.</summary>
public sealed class ReadingTests
{
    [Theory]
    [InlineData("yes", "true")]
    [InlineData("True", "true")]
    [InlineData("Off", "false")]
    [InlineData("y", "\"y\"")]
    [InlineData("012345670123", "1402433619")] // https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/745
    [InlineData("033677994240", "\"033677994240\"")]
    [InlineData("0x1F", "31")]
    [InlineData("0b11", "3")]
    [InlineData("+1_000", "1000")]
    [InlineData("22:22", "1342")]
    [InlineData("-2147483649", "-2147483649")]
    [InlineData("192000000000", "192000000000")]
    [InlineData("2.0", "2.0")]
    [InlineData(".5", "0.5")]
    [InlineData("1.5e+3", "1.5e+3")]
    [InlineData("1e3", "\"1e3\"")]
    [InlineData("10.0.0.0", "\"10.0.0.0\"")]
    [InlineData("2012-10-17", "\"2012-10-17\"")]
    [InlineData("null", "null")]
    [InlineData("~", "null")]
    [InlineData("", "null")]
    [InlineData("\"012\"", "\"012\"")]
    [InlineData("'yes'", "\"yes\"")]
    [InlineData("!!str 012", "\"012\"")]
    [InlineData("!!int 86400", "86400")]
    [InlineData("! 12", "\"12\"")]
    [InlineData("!Ref 12", "{\"Ref\":\"12\"}")]
    [InlineData("!GetAZs", "{\"Fn::GetAZs\":\"\"}")]
    public void Text_without_quotes_is_what_YAML_1_1_makes_of_it(string yaml, string json) =>
        Assert.Equal($$"""{"A":{{json}}}""", Json(TemplateParser.Parse($"A: {yaml}")));

    [Theory]
    [InlineData("""{"A":2.0,"B":123456789012345678901,"C":1e3,"D":-0.5,"E":null,"F":{"Fn::GetAZs":null}}""")]
    [InlineData(
        """{"A":{"Fn::Transform":{"Name":"AWS::Include"}},"B":{"Fn::ForEach::Loop":["X",["a"],{"B${X}":1}]},"C":{"Condition":"D"}}"""
    )]
    public void JSON_stays_as_it_is(string json) => Assert.Equal(json, Json(TemplateParser.Parse(json)));

    [Fact]
    public void Functions_in_functions_are_read_in_each_form() =>
        Assert.Equal(
            """
            {"A":{"Fn::Join":["\n",[{"Fn::Sub":["${X}",{"X":{"Fn::GetAtt":["B","C.D"]}}]},{"Fn::GetAtt":["B","C"]}]]},
            "B":{"Fn::If":["On",{"Fn::Base64":{"Fn::Sub":"#!/bin/sh\n# ${C}\n"}},{"Ref":"AWS::NoValue"}]}}
            """.ReplaceLineEndings(""),
            Json(
                TemplateParser.Parse(
                    """
                    A: !Join ["\n", [!Sub ["${X}", {X: !GetAtt B.C.D}], !GetAtt [B, C]]]
                    B:
                      Fn::If:
                        - On
                        - Fn::Base64: !Sub |
                            #!/bin/sh
                            # ${C}
                        - !Ref AWS::NoValue
                    """.Replace("- On", "- \"On\"", StringComparison.Ordinal).ReplaceLineEndings("\r\n")
                )
            )
        );

    [Fact]
    public void A_mark_of_the_byte_order_or_a_brace_of_YAML_at_the_beginning_is_no_harm()
    {
        Assert.Equal("""{"A":1}""", Json(TemplateParser.Parse("\uFEFF{\"A\": 1}")));
        Assert.Equal("""{"A":1}""", Json(TemplateParser.Parse("\uFEFF# first\n---\nA: 1\n...\n")));
        Assert.Equal("""{"A":{"Ref":"B"}}""", Json(TemplateParser.Parse("{A: !Ref B} # YAML")));
    }

    [Fact]
    public void A_block_of_text_may_begin_with_blanks() =>
        Assert.Equal("""{"A":"\n\n{\n}\n","B":1}""", Json(TemplateParser.Parse("A: |  \n           \n  \n    {\n    }\nB: 1")));

    [Theory]
    [InlineData("{\n  \"A\": 1,\n  \"B\" 2\n}", "line 3: '2' is invalid after a property name. Expected a ':'.")]
    [InlineData("A: 1\nB:\n  C: 1\n  C: 2\n", "line 4: Duplicate key C")]
    [InlineData("A: 1\n---\nB: 1\n", "line 3: a second document begins (---).")]
    [InlineData("A: 1\nB: [1,\nC: 2\n", "line 2: what follows is not YAML.")]
    [InlineData("A: 1\n? [b]\n: 1\n", "line 2: a name is a Sequence, and not text.")]
    [InlineData("- A\n", "it is no map with Resources in it.")]
    [InlineData("[]", "it is no map with Resources in it.")]
    [InlineData(" \n", "it is empty.")]
    public void What_is_no_template_is_refused_with_its_line(string text, string why) =>
        Assert.Equal(
            $"This is no CloudFormation template: {why}",
            Assert.Throws<FormatException>(() => TemplateParser.Parse(text)).Message
        );

    [Fact]
    public void A_name_in_text_may_have_blanks_around_it() =>
        Assert.Equal(["Package", "AWS::Region"], Fn.Sub("${ Package } ${!Literal} ${AWS::Region}").AllReferences().Select(name => name.Id));

    internal static string Json(TemplateMap map) => Encoding.UTF8.GetString(TemplateJson.Write(map));
}
