using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Data;

namespace Hosting.Fargate.Composing;

/// <summary>
/// A repository in ECR for each image that deploy builds. It has no lifecycle policy: a rule counts images by when they were pushed or
/// pulled, and a service that goes back to old content pushes nothing, so that any rule can expire what runs. Deploy deletes what is old,
/// for it sees what runs. Source:
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html.
/// </summary>
internal static class RepositoryComposer
{
    /// <summary>The name of a workload's repository.</summary>
    public static string NameOf(FargateApplication application, string workload) => $"{application.Name}/{workload.ToLowerInvariant()}";

    public static void Add(Template template, FargateApplication application, Workload workload)
    {
        var id = ((BuiltImage)workload.Main.Image).RepositoryId;
        template.Add(
            new TemplateSection(
                "images",
                [
                    Kept.Resource(
                        new(id, "AWS::ECR::Repository")
                        {
                            Comment =
                                $"{workload.Declaration}: its image, pushed by deploy, referenced by digest. No rule expires any, for ECR does not know what "
                                + "runs: deploy deletes old ones",
                            Owner = workload.Name,
                            Properties = new()
                            {
                                ["RepositoryName"] = NameOf(application, workload.Name),
                                ["ImageTagMutability"] = "IMMUTABLE",
                                ["ImageScanningConfiguration"] = new TemplateMap { ["ScanOnPush"] = true },
                            },
                        }
                    ),
                ]
            )
        );
    }
}
