using Aws.CloudFormation;

namespace Hosting.Fargate.Data;

/// <summary>What is not lost when it leaves the template or is replaced.</summary>
internal static class Kept
{
    public static TemplateResource Resource(TemplateResource resource)
    {
        resource.DeletionPolicy = "RetainExceptOnCreate";
        resource.UpdateReplacePolicy = "Retain";
        return resource;
    }
}
