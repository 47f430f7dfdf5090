using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>A file system on EFS for each volume with a name.</summary>
internal static class FileSystemComposer
{
    public static void Add(Template template, FargateApplication application, FileSystem fileSystem)
    {
        var id = $"{fileSystem.Id}FileSystem";
        template.Add(
            new TemplateSection(
                "file systems",
                [
                    FoundationComposer.Kept(
                        new(id, "AWS::EFS::FileSystem")
                        {
                            Comment =
                                $"WithVolume(\"{fileSystem.Name}\"): on Amazon EFS, encrypted, backed up; over TLS and by access points alone",
                            Owner = fileSystem.Name,
                            Properties = new()
                            {
                                ["Encrypted"] = true,
                                ["ThroughputMode"] = "elastic",
                                ["BackupPolicy"] = new TemplateMap { ["Status"] = "ENABLED" },
                                ["LifecyclePolicies"] = new TemplateList([new TemplateMap { ["TransitionToIA"] = "AFTER_30_DAYS" }]),
                                ["FileSystemPolicy"] = new TemplateMap
                                {
                                    ["Version"] = "2012-10-17",
                                    ["Statement"] = new TemplateList([
                                        new TemplateMap
                                        {
                                            ["Sid"] = "TlsOnly",
                                            ["Effect"] = "Deny",
                                            ["Principal"] = new TemplateMap { ["AWS"] = "*" },
                                            ["Action"] = "*",
                                            ["Condition"] = new TemplateMap
                                            {
                                                ["Bool"] = new TemplateMap { ["aws:SecureTransport"] = "false" },
                                            },
                                        },
                                    ]),
                                },
                            },
                        }
                    ),
                ]
            )
        );
        FoundationComposer.Give(template, $"{id}Id", Fn.Ref(id));
        FoundationComposer.Give(template, $"{id}Arn", Fn.GetAtt(id, "Arn"));
    }
}
