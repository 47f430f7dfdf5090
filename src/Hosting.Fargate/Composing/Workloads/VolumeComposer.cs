using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Data;

namespace Hosting.Fargate.Composing;

/// <summary>
/// How tasks reach the file systems of the foundation: mount targets in their subnets, an access point for each that mounts.
/// </summary>
internal static class VolumeComposer
{
    /// <summary>What must be there before a task can mount its volumes.</summary>
    public static IEnumerable<string> MountTargetIds(FargateApplication application, Workload workload) =>
        workload
            .Volumes.Select(volume => volume.FileSystem)
            .OfType<DataResource>()
            .SelectMany(fileSystem => MountTargetIds(application, fileSystem));

    private static IEnumerable<string> MountTargetIds(FargateApplication application, DataResource fileSystem) =>
        application.Network.TaskSubnets().Select((_, index) => $"{fileSystem.Id}MountTarget{(char)('A' + index)}");

    /// <summary>The shared part: one section for all file systems.</summary>
    public static TemplateSection Compose(FargateApplication application)
    {
        List<TemplateResource> resources = [];
        foreach (var fileSystem in application.FileSystems)
        {
            var group = GroupId(fileSystem);
            resources.Add(
                new(group, "AWS::EC2::SecurityGroup")
                {
                    Comment = $"WithVolume(\"{fileSystem.Name}\"): NFS from those that mount it, each by a rule of its own",
                    Owner = fileSystem.Name,
                    Properties = new()
                    {
                        ["GroupDescription"] = $"{fileSystem.Name} - NFS from what mounts it",
                        ["VpcId"] = application.Network.VpcId(),
                    },
                }
            );
            foreach (var (id, subnet) in MountTargetIds(application, fileSystem).Zip(application.Network.TaskSubnets()))
            {
                resources.Add(
                    new(id, "AWS::EFS::MountTarget")
                    {
                        Comment = $"WithVolume(\"{fileSystem.Name}\"): its address in the subnet",
                        Owner = fileSystem.Name,
                        Properties = new()
                        {
                            ["FileSystemId"] = fileSystem.Attribute("FileSystemId"),
                            ["SubnetId"] = subnet,
                            ["SecurityGroups"] = new TemplateList([Fn.GetAtt(group, "GroupId")]),
                        },
                    }
                );
            }
        }

        return new TemplateSection("volumes", resources);
    }

    /// <summary>What a workload has for each of its volumes.</summary>
    public static IEnumerable<TemplateResource> Compose(FargateApplication application, Workload workload)
    {
        foreach (var volume in workload.Volumes.Where(volume => volume.FileSystem is not null))
        {
            var fileSystem = volume.FileSystem!;
            yield return new(FileSystem.AccessPointId(workload, fileSystem), "AWS::EFS::AccessPoint")
            {
                Comment = $"{workload.Name} reads and writes {fileSystem.Name} as {volume.Uid}:{volume.Gid} (service.OwnVolume)",
                Properties = new()
                {
                    ["FileSystemId"] = fileSystem.Attribute("FileSystemId"),
                    ["PosixUser"] = new TemplateMap { ["Uid"] = $"{volume.Uid}", ["Gid"] = $"{volume.Gid}" },
                    ["RootDirectory"] = new TemplateMap
                    {
                        ["Path"] = "/data",
                        ["CreationInfo"] = new TemplateMap
                        {
                            ["OwnerUid"] = $"{volume.Uid}",
                            ["OwnerGid"] = $"{volume.Gid}",
                            ["Permissions"] = "0755",
                        },
                    },
                },
            };
            yield return new($"{fileSystem.Id}From{workload.Id}", "AWS::EC2::SecurityGroupIngress")
            {
                Comment = $"{workload.Name}.WithVolume({fileSystem.Name})",
                Properties = NetworkRules.Ingress(
                    GroupId(fileSystem),
                    ServiceComposer.SecurityGroupId(workload),
                    2049,
                    $"NFS from {workload.Name}"
                ),
            };
        }
    }

    private static string GroupId(DataResource fileSystem) => $"{fileSystem.Id}VolumeSecurityGroup";
}
