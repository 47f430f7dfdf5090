using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>The cluster, what its tasks may run on, and the namespace in which services find each other.</summary>
internal static class ClusterComposer
{
    public static TemplateSection Compose(FargateApplication application)
    {
        var capacities = application.Workloads.Select(workload => workload.Capacity).ToList();
        List<TemplateNode> providers = ["FARGATE", "FARGATE_SPOT"];
        providers.AddRange(
            capacities
                .OfType<Ec2Capacity>()
                .Select(ec2 => ec2.CapacityProvider)
                .Distinct()
                .Order(StringComparer.Ordinal)
                .Select(name => (TemplateNode)name)
        );
        var hasManagedInstances = capacities.OfType<ManagedInstancesCapacity>().Any();
        List<TemplateResource> resources =
        [
            new(SharedIds.Cluster, "AWS::ECS::Cluster")
            {
                Comment =
                    $"AddFargateEnvironment(\"{application.EnvironmentResource}\"): where all tasks run"
                    + (
                        application.Insights is null
                            ? ""
                            : "; Container Insights, billed by metric, for "
                                + (
                                    application.Services.Any(service => service.Scaling?.Backlog is not null)
                                        ? "scaling by backlog"
                                        : "WithContainerInsights"
                                )
                    ),
                Properties = new()
                {
                    ["ClusterName"] = application.Name,
                    ["ClusterSettings"] = new TemplateList([
                        new TemplateMap
                        {
                            ["Name"] = "containerInsights",
                            ["Value"] = application.Insights switch
                            {
                                null => "disabled",
                                ContainerInsights.Enhanced => "enhanced",
                                _ => "enabled",
                            },
                        },
                    ]),
                },
            },
            new(SharedIds.CapacityProviders, "AWS::ECS::ClusterCapacityProviderAssociations")
            {
                Comment =
                    "what tasks may run on; each service says its own share"
                    + (hasManagedInstances ? ". ECS Managed Instances are the cluster's own, and refused here" : ""),
                Properties = new()
                {
                    ["Cluster"] = Fn.Ref(SharedIds.Cluster),
                    ["CapacityProviders"] = new TemplateList(providers),
                    ["DefaultCapacityProviderStrategy"] = new TemplateList([
                        new TemplateMap { ["CapacityProvider"] = "FARGATE", ["Weight"] = 1 },
                    ]),
                },
            },
        ];
        if (hasManagedInstances)
        {
            resources.AddRange(ManagedInstances(application));
        }

        if (application.Services.Any(service => service.UsesServiceConnect))
        {
            resources.Add(
                new(SharedIds.Namespace, "AWS::ServiceDiscovery::HttpNamespace")
                {
                    Comment = "where services find each other by name (Service Connect)",
                    Properties = new() { ["Name"] = application.Name },
                }
            );
        }

        if (application.Services.Any(service => service.IsInDns))
        {
            resources.Add(DiscoveryComposer.Namespace(application));
        }

        return new TemplateSection("cluster", resources);
    }

    /// <summary>
    /// Sources: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-instances-capacity-providers-concept.html. Such a
    /// provider belongs to the cluster it was made in, and PutClusterCapacityProviders, which the associations call, refuses it:
    /// https://github.com/aws/aws-cdk/issues/35699, https://github.com/hashicorp/terraform-provider-aws/issues/44783.
    /// </summary>
    private static IEnumerable<TemplateResource> ManagedInstances(FargateApplication application)
    {
        const string instanceRole = "ManagedInstancesInstanceRole";
        yield return IdentityComposer.Role(
            application,
            instanceRole,
            "what an instance of ECS Managed Instances may do",
            "ec2.amazonaws.com",
            "AmazonECSInstanceRolePolicyForManagedInstances"
        );
        yield return new("ManagedInstancesProfile", "AWS::IAM::InstanceProfile")
        {
            Comment = "the role as an instance takes it",
            Properties = new() { ["Roles"] = new TemplateList([Fn.Ref(instanceRole)]) },
        };
        var infrastructure = IdentityComposer.Role(
            application,
            "ManagedInstancesRole",
            "what ECS may do to start and end instances",
            "ecs.amazonaws.com",
            "AmazonECSInfrastructureRolePolicyForManagedInstances"
        );
        infrastructure.Properties["Policies"] = IdentityComposer.Policies(
            "pass",
            [
                new Statement("PassInstanceRole", ["iam:PassRole"], [Fn.GetAtt(instanceRole, "Arn")])
                {
                    Comment = "the managed policy passes roles named ecsInstanceRole* alone",
                    Condition = new TemplateMap
                    {
                        ["StringEquals"] = new TemplateMap { ["iam:PassedToService"] = Fn.Sub("ec2.${AWS::URLSuffix}") },
                    },
                },
            ]
        );
        yield return infrastructure;
        yield return new("ManagedInstancesSecurityGroup", "AWS::EC2::SecurityGroup")
        {
            Comment = "of the instances; tasks have groups of their own",
            Properties = new()
            {
                ["GroupDescription"] = $"{application.Name} instances - nothing comes in",
                ["VpcId"] = application.Network.VpcId(),
                ["SecurityGroupEgress"] = NetworkRules.EgressToAll("AWS"),
            },
        };
        var plan = application.ManagedInstances;
        yield return new(SharedIds.ManagedInstances, "AWS::ECS::CapacityProvider")
        {
            Comment = "Capacity.ManagedInstances: instances that ECS chooses, starts, patches and ends",
            Properties = new()
            {
                ["ClusterName"] = Fn.Ref(SharedIds.Cluster),
                ["ManagedInstancesProvider"] = new TemplateMap
                {
                    ["InfrastructureRoleArn"] = Fn.GetAtt("ManagedInstancesRole", "Arn"),
                    ["PropagateTags"] = "CAPACITY_PROVIDER",
                    ["InstanceLaunchTemplate"] = new TemplateMap
                    {
                        ["Ec2InstanceProfileArn"] = Fn.GetAtt("ManagedInstancesProfile", "Arn"),
                        ["NetworkConfiguration"] = new TemplateMap
                        {
                            ["Subnets"] = application.Network.TaskSubnets(),
                            ["SecurityGroups"] = new TemplateList([Fn.GetAtt("ManagedInstancesSecurityGroup", "GroupId")]),
                        },
                        ["InstanceRequirements"] = new TemplateMap
                        {
                            ["VCpuCount"] = new TemplateMap { ["Min"] = plan.MinVCpus, ["Max"] = plan.MaxVCpus is { } most ? most : null },
                            ["MemoryMiB"] = new TemplateMap { ["Min"] = plan.MinMemoryMiB },
                        },
                    },
                },
            },
        };
    }
}
