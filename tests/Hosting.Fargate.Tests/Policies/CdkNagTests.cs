using System.Text;
using System.Text.Json.Nodes;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Policies;

/// <summary>
/// What the AwsSolutions rules of cdk-nag (https://github.com/cdklabs/cdk-nag) find in the reference application, and in CloudFront before
/// another, beside docs/cdk-nag.md, which says why each finding stays.
/// </summary>
public sealed class CdkNagTests
{
    [Fact]
    public async Task Each_finding_is_explained_and_nothing_is_explained_that_is_none()
    {
        var templates = new JsonObject();
        foreach (
            var (model, name) in new[]
            {
                ("reference-application", "profiler"),
                ("reference-application", "profiler-foundation"),
                ("edge", "bakery"),
            }
        )
        {
            var file = Repository.TestFile("Publishing", "Golden", model, $"{name}.template.yaml");
            var template = TemplateParser.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
            templates[name] = JsonNode.Parse(Encoding.UTF8.GetString(TemplateJson.Write(template)));
        }

        var findings = (await NodeTool.AskAsync("CdkNag", new JsonObject { ["templates"] = templates }))
            .GetProperty("findings")
            .EnumerateArray()
            .Select(finding => $"{finding.GetProperty("rule").GetString()} {finding.GetProperty("resource").GetString()}")
            .Where(finding =>
                !finding.Contains(" bakery/", StringComparison.Ordinal)
                || finding.Contains("-CFR", StringComparison.Ordinal)
                || finding.Contains("-EC23", StringComparison.Ordinal)
            )
            .Order(StringComparer.Ordinal);

        // | rule | resources | why |
        var explained = (await File.ReadAllLinesAsync(Repository.PathOf("docs/cdk-nag.md"), TestContext.Current.CancellationToken))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .SelectMany(cells => cells[2].Split(", ").Select(resource => $"{cells[1].Trim('`')} {resource.Trim('`')}"))
            .Order(StringComparer.Ordinal);
        Assert.Equal(explained, findings);
    }
}
