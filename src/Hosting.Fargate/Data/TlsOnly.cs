using Aws.CloudFormation;

namespace Hosting.Fargate.Data;

/// <summary>The statement of a policy that refuses what does not come over TLS.</summary>
internal static class TlsOnly
{
    public static TemplateMap Statement(string action, List<TemplateNode> resources, string? comment = null) =>
        new()
        {
            Comment = comment,
            ["Sid"] = "TlsOnly",
            ["Effect"] = "Deny",
            ["Principal"] = "*",
            ["Action"] = action,
            ["Resource"] = resources is [var only] ? only : new TemplateList(resources),
            ["Condition"] = new TemplateMap { ["Bool"] = new TemplateMap { ["aws:SecureTransport"] = "false" } },
        };
}
