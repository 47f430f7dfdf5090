using System.Text;
using Aws.CloudFormation;
using Hosting.Fargate.Tests.Publishing;

namespace Hosting.Fargate.Tests.Deploying;

/// <summary>A deployed template is read back as it was composed.</summary>
public sealed class TemplateParserTests
{
    [Fact]
    public async Task JsonThatDeploySentIsReadBackToTheByte()
    {
        var shop = await Published.ModelAsync(GoldenModels.Containers);
        foreach (var template in shop.Templates.All)
        {
            var json = TemplateJson.Write(template);
            Assert.Equal(
                Encoding.UTF8.GetString(json),
                Encoding.UTF8.GetString(TemplateJson.Write(TemplateParser.Parse(Encoding.UTF8.GetString(json))))
            );
        }
    }

    [Fact]
    public async Task YamlThatSomebodyDeployedByHandMeansTheSame()
    {
        var shop = await Published.ModelAsync(GoldenModels.Containers);
        foreach (var template in shop.Templates.All.Take(2))
        {
            var yaml = shop.File($"{template.StackName}.template.yaml");
            Assert.Equal(
                Encoding.UTF8.GetString(TemplateJson.Write(template)),
                Encoding.UTF8.GetString(TemplateJson.Write(TemplateParser.Parse(yaml)))
            );
        }
    }

    [Theory]
    [InlineData("{\"Resources\": ")]
    [InlineData("just text")]
    [InlineData("")]
    public void WhatIsNoTemplateIsRefused(string text) => Assert.Throws<FormatException>(() => TemplateParser.Parse(text));
}
