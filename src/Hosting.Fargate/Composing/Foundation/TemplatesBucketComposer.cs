using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Data;

namespace Hosting.Fargate.Composing;

/// <summary>
/// Where CloudFormation finds templates that do not go with a call. None expires: a stack that did not change for long is rolled back to
/// its old one all the same, and they are a few KB each.
/// </summary>
internal static class TemplatesBucketComposer
{
    public const string Id = "TemplatesBucket";

    public const string Output = "TemplatesBucketName";

    public static void Add(Template template, FargateApplication application)
    {
        const string id = Id;
        template.Add(
            new TemplateSection(
                "templates",
                [
                    BucketTemplate.Unnamed(
                        id,
                        "where deploy puts what CloudFormation does not take with a call: templates over 51,200 bytes, and those of nested stacks"
                    ),
                    BucketTemplate.Policy(id),
                ]
            )
        );
        FoundationComposer.Give(template, Output, Fn.Ref(id));
    }
}
