using Aspire.Hosting;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Options;

public sealed class CapacityTests
{
    [Theory]
    [InlineData(70, 0, "[{CapacityProvider: FARGATE, Weight: 3}, {CapacityProvider: FARGATE_SPOT, Weight: 7}]")]
    [InlineData(70, 2, "[{CapacityProvider: FARGATE, Weight: 3, Base: 2}, {CapacityProvider: FARGATE_SPOT, Weight: 7}]")]
    [InlineData(50, 1, "[{CapacityProvider: FARGATE, Weight: 1, Base: 1}, {CapacityProvider: FARGATE_SPOT, Weight: 1}]")]
    [InlineData(33, 0, "[{CapacityProvider: FARGATE, Weight: 67}, {CapacityProvider: FARGATE_SPOT, Weight: 33}]")]
    [InlineData(100, 0, "[{CapacityProvider: FARGATE_SPOT, Weight: 1}]")]
    [InlineData(100, 1, "[{CapacityProvider: FARGATE, Weight: 0, Base: 1}, {CapacityProvider: FARGATE_SPOT, Weight: 1}]")]
    public async Task A_share_of_Spot_is_the_strategys_weights(int percent, int onDemand, string expected)
    {
        var template = await PublishAsync(Capacity.FargateSpot(percent, onDemand));

        Assert.Equal(expected, template.Service("worker").At("CapacityProviderStrategy").Show());
        Assert.Equal("[FARGATE]", template.Property("WorkerTaskDefinition", "RequiresCompatibilities"));
    }

    [Fact]
    public async Task Managed_instances_are_a_capacity_provider_of_the_environment()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddFargateEnvironment("shop").WithPrivateTasks().WithManagedInstances(minVCpus: 2, minMemoryMiB: 4096, maxVCpus: 8);
                builder.AddWorker("worker").PublishAsFargateService(service => service.Capacity = Capacity.ManagedInstances);
            })
        ).Template();

        Assert.Equal(
            "[{CapacityProvider: Ref ManagedInstances, Weight: 1}]",
            template.Service("worker").At("CapacityProviderStrategy").Show()
        );
        Assert.Equal("[MANAGED_INSTANCES]", template.Property("WorkerTaskDefinition", "RequiresCompatibilities"));
        Assert.Equal("awsvpc", template.Property("WorkerTaskDefinition", "NetworkMode"));
        Assert.Equal(
            "{Min: 2, Max: 8}",
            template.Property("ManagedInstances", "ManagedInstancesProvider", "InstanceLaunchTemplate", "InstanceRequirements", "VCpuCount")
        );
        Assert.Equal(
            "{Min: 4096}",
            template.Property("ManagedInstances", "ManagedInstancesProvider", "InstanceLaunchTemplate", "InstanceRequirements", "MemoryMiB")
        );
        Assert.Equal("Sub ${AWS::Region}", template.Variable("worker", "AWS_REGION"));
        Assert.Null(template.Property("WorkerService", "NetworkConfiguration", "AwsvpcConfiguration", "AssignPublicIp"));
        Assert.Equal(
            "GetAtt ManagedInstancesInstanceRole.Arn",
            template.Statement("ManagedInstancesRole", "PassInstanceRole").At("Resource").Show()
        );
    }

    [Fact]
    public async Task Instances_of_a_group_are_a_capacity_provider_that_exists()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddFargateEnvironment("shop").WithPrivateTasks();
                builder
                    .AddWorker("worker")
                    .PublishAsFargateService(service =>
                    {
                        service.Capacity = Capacity.Ec2("gpu-group");
                        (service.Cpu, service.Memory) = (3000, 5000);
                    });
                builder.AddWorker("other");
            })
        ).Template();

        Assert.Equal("[{CapacityProvider: gpu-group, Weight: 1}]", template.Service("worker").At("CapacityProviderStrategy").Show());
        Assert.Equal("[EC2]", template.Property("WorkerTaskDefinition", "RequiresCompatibilities"));
        Assert.Equal("3000", template.Property("WorkerTaskDefinition", "Cpu"));
        Assert.Equal("[FARGATE, FARGATE_SPOT, gpu-group]", template.Property("ClusterCapacityProviders", "CapacityProviders"));
        Assert.Equal("[{CapacityProvider: FARGATE, Weight: 1}]", template.Service("other").At("CapacityProviderStrategy").Show());
        Assert.False(template.Contains("ManagedInstances"));
    }

    [Fact]
    public async Task Machines_of_ones_own_have_a_launch_type_and_no_network_of_AWS()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddFargateEnvironment("shop").WithTelemetry(Telemetry.Direct);
                builder.AddWeb("worker").PublishAsFargateService(service => service.Capacity = Capacity.External);
            })
        ).Template();

        Assert.Equal("EXTERNAL", template.Service("worker").At("LaunchType").Show());
        Assert.Null(template.Service("worker").At("CapacityProviderStrategy"));
        Assert.Null(template.Service("worker").At("NetworkConfiguration"));
        Assert.Equal("[EXTERNAL]", template.Property("WorkerTaskDefinition", "RequiresCompatibilities"));
        Assert.Equal("bridge", template.Property("WorkerTaskDefinition", "NetworkMode"));
        Assert.False(template.Contains("WorkerSecurityGroup"));
        Assert.DoesNotContain("ClusterCapacityProviders", template["WorkerService"].DependsOn);
    }

    [Fact]
    public void A_share_out_of_range_is_refused()
    {
        Assert.Equal("percent", Assert.Throws<ArgumentOutOfRangeException>(() => Capacity.FargateSpot(0)).ParamName);
        Assert.Equal("percent", Assert.Throws<ArgumentOutOfRangeException>(() => Capacity.FargateSpot(101)).ParamName);
        Assert.Equal("onDemand", Assert.Throws<ArgumentOutOfRangeException>(() => Capacity.FargateSpot(50, -1)).ParamName);
        Assert.Equal("onDemand", Assert.Throws<ArgumentOutOfRangeException>(() => Capacity.FargateSpot(50, 100_001)).ParamName);
        Assert.Equal("capacityProvider", Assert.Throws<ArgumentException>(() => Capacity.Ec2(" ")).ParamName);
    }

    private static async Task<Template> PublishAsync(Capacity capacity) =>
        (
            await Published.ModelAsync(builder =>
                builder.AddWorker("worker").PublishAsFargateService(service => service.Capacity = capacity)
            )
        ).Template();
}
