namespace Aws.CloudFormation.Tests;

/// <summary>Whatever is in a template, its YAML says the same as its JSON.</summary>
public sealed class WritingTests
{
    [Theory]
    [InlineData("\n")]
    [InlineData("\n\n")]
    [InlineData("a\n")]
    [InlineData("a\n\n")]
    [InlineData("a\n\n\nb")]
    [InlineData("  a\nb")]
    [InlineData("a \n\tb")]
    [InlineData("a\r\nb\r\n")]
    [InlineData("#!/bin/sh\n# a comment\n  # another\necho '\"' \\\n")]
    [InlineData("a\u2028b\u0085c\u0001\ud83d\ude00")]
    [InlineData("\"\r\\")]
    [InlineData("a *")]
    [InlineData("yes")]
    [InlineData("0123")]
    [InlineData("1:30")]
    [InlineData("# no comment")]
    [InlineData("")]
    public void Text_is_read_back_as_it_was(string text)
    {
        TemplateNode described = text;
        described.Comment = "# why";
        AssertSame(
            new()
            {
                ["Block"] = new TemplateMap { ["Described"] = described, ["A"] = text },
                ["Line"] = new TemplateList([text, new TemplateMap { [text] = text }, Fn.Sub(text), Fn.Join(text, [text, Fn.Ref("Days")])]),
                ["Last"] = text,
            }
        );
    }

    [Fact]
    public void A_function_right_in_another_takes_its_name_as_a_key()
    {
        TemplateMap properties = new()
        {
            ["Zones"] = new TemplateFunction("Fn::GetAZs", Fn.Region),
            ["Data"] = new TemplateFunction("Fn::Base64", Fn.Sub("#!/bin/sh\necho ${Days}\n")),
            ["Network"] = new TemplateList([Fn.If("A", new TemplateFunction("Fn::ImportValue", Fn.Sub("${Days}-net")), Fn.NoValue)]),
            ["Maps"] = new TemplateMap { ["Fn::Base64"] = new TemplateMap { ["Fn::Sub"] = "a" } },
            ["Fn::ForEach::Loop"] = new TemplateFunction("Fn::ForEach::Inner", new TemplateList(["A", new TemplateList(["b"])])),
            ["Number"] = new TemplateFunction("Fn::Base64", 5),
        };
        Assert.Contains(
            """
                Properties:
                  Zones: {"Fn::GetAZs": !Ref "AWS::Region"}
                  Data:
                    Fn::Base64: !Sub |
                      #!/bin/sh
                      echo ${Days}
                  Network: [!If [A, {"Fn::ImportValue": !Sub "${Days}-net"}, !Ref "AWS::NoValue"]]
            """.ReplaceLineEndings("\n"),
            AssertSame(properties),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Numbers_are_numbers_to_every_reader() =>
        Assert.Contains(
            "[1, 2.5, 1.0E+21, 1.5E-07, 100000000000]",
            AssertSame(new() { ["A"] = new TemplateList([1, 2.5, 1e21, 1.5e-7, 1e11]) }),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_template_without_resources_has_none() =>
        Assert.Contains("\nResources: {}\n", TemplateYaml.Write(new Template("shop", "a shop"), "Empty."), StringComparison.Ordinal);

    private static string AssertSame(TemplateMap properties)
    {
        var template = new Template("shop", "a shop");
        template.Add(new TemplateResource("Thing", "AWS::S3::Bucket") { Comment = "One\u2028line.", Properties = properties });
        var yaml = TemplateYaml.Write(template, "Made by hand.");
        Assert.Equal(ReadingTests.Json(TemplateJson.ToMap(template)), ReadingTests.Json(TemplateParser.Parse(yaml)));
        return yaml;
    }
}
