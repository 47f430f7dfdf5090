using Hosting.Fargate.Application;
using Hosting.Fargate.Templates;

namespace Hosting.Fargate.Composing;

/// <summary>A repository in ECR for each image that deploy builds.</summary>
internal static class RepositoryComposer
{
    /// <summary>The name of a workload's repository.</summary>
    public static string NameOf(FargateApplication application, string workload) => $"{application.Name}/{workload.ToLowerInvariant()}";

    public static void Add(Template template, FargateApplication application, Workload workload)
    {
        var id = ((BuiltImage)workload.Main.Image).RepositoryId;
        template.Add(new TemplateSection("images",
        [
            FoundationComposer.Kept(new(id, "AWS::ECR::Repository")
            {
                Comment = $"{workload.Declaration}: its image, pushed by deploy, referenced by digest. The rule counts tagged images alone: one by age, or for "
                    + "untagged ones, would take away what a running service still pulls",
                Owner = workload.Name,
                Properties = new()
                {
                    ["RepositoryName"] = NameOf(application, workload.Name),
                    ["ImageTagMutability"] = "IMMUTABLE",
                    ["ImageScanningConfiguration"] = new TemplateMap { ["ScanOnPush"] = true },
                    ["LifecyclePolicy"] = new TemplateMap
                    {
                        ["LifecyclePolicyText"] = """
                            {"rules":[{"rulePriority":1,"description":"the last 50 contents","selection":{"tagStatus":"tagged","tagPatternList":["content-*"],"countType":"imageCountMoreThan","countNumber":50},"action":{"type":"expire"}}]}
                            """.Trim(),
                    },
                },
            }),
        ]));
    }
}
