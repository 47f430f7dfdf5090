using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing;

/// <summary>
/// UpdateService leaves alone what it is not told
/// (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html), so that what a service can have
/// is said to be off where it has it no more.
/// </summary>
public sealed class RemovedFromServiceTests
{
    [Fact]
    public async Task What_a_service_has_no_more_is_said_to_be_off()
    {
        var had = (await PublishAsync(isFull: true)).Service("api");
        var has = (await PublishAsync(isFull: false)).Service("api");

        Assert.NotEqual("[]", had.At("LoadBalancers").Show());
        Assert.Equal("[]", has.At("LoadBalancers").Show());
        Assert.Equal("true", had.At("ServiceConnectConfiguration", "Enabled").Show());
        Assert.Equal("{Enabled: false}", has.At("ServiceConnectConfiguration").Show());
        Assert.Equal(("true", "false"), (had.At("EnableExecuteCommand").Show(), has.At("EnableExecuteCommand").Show()));
        Assert.Equal(("ENABLED", "DISABLED"), (had.At("AvailabilityZoneRebalancing").Show(), has.At("AvailabilityZoneRebalancing").Show()));
        Assert.Equal(
            ("CANARY", "ROLLING"),
            (had.At("DeploymentConfiguration", "Strategy").Show(), has.At("DeploymentConfiguration", "Strategy").Show())
        );
        Assert.Equal("true", had.At("DeploymentConfiguration", "Alarms", "Enable").Show());
        Assert.Equal("{Enable: false, Rollback: false, AlarmNames: []}", has.At("DeploymentConfiguration", "Alarms").Show());
    }

    /// <summary>Whatever a service of the matrix says, every other on Fargate or instances says too, on or off.</summary>
    [Fact]
    public async Task Every_service_says_the_same_things()
    {
        string[] sayings =
        [
            "LoadBalancers",
            "ServiceRegistries",
            "ServiceConnectConfiguration",
            "EnableExecuteCommand",
            "AvailabilityZoneRebalancing",
            "PropagateTags",
            "EnableECSManagedTags",
            "DeploymentConfiguration",
        ];
        var services = (await TemplateMatrix.Models)
            .SelectMany(row => row.Publications)
            .SelectMany(publication => publication.Templates.All)
            .SelectMany(template => template.OfType("AWS::ECS::Service"))
            .Where(service => service.Properties.At("LaunchType") is null)
            .ToList();

        Assert.NotEmpty(services);
        Assert.All(services, service => Assert.All(sayings, saying => Assert.NotNull(service.Properties[saying])));
        Assert.All(services, service =>
            Assert.All(["Strategy", "Alarms"], saying => Assert.NotNull(service.Properties.At("DeploymentConfiguration", saying)))
        );
    }

    /// <summary>https://github.com/aws/aws-cdk/issues/35699: the call behind the associations refuses such a provider.</summary>
    [Fact]
    public async Task Managed_Instances_are_no_association_of_the_cluster()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddFargateEnvironment("shop").WithPrivateTasks();
                builder.AddWorker("worker").PublishAsFargateService(service => service.Capacity = Capacity.ManagedInstances);
            })
        ).Template();

        Assert.Equal("[FARGATE, FARGATE_SPOT]", template.Property("ClusterCapacityProviders", "CapacityProviders"));
        Assert.Equal("Ref Cluster", template.Property("ManagedInstances", "ClusterName"));
        Assert.Equal(
            "[{CapacityProvider: Ref ManagedInstances, Weight: 1}]",
            template.Property("WorkerService", "CapacityProviderStrategy")
        );
    }

    private static async Task<Template> PublishAsync(bool isFull) =>
        (
            await Published.ModelAsync(builder =>
            {
                var api = builder
                    .AddWeb("api")
                    .PublishAsFargateService(service =>
                    {
                        service.EnableExec = isFull;
                        service.Deployment = isFull ? DeploymentStrategy.Canary() : DeploymentStrategy.Rolling(0, 100);
                    });
                if (isFull)
                {
                    api.WithExternalHttpEndpoints();
                    builder.AddWorker("worker").WithEnvironment("API", api.GetEndpoint("http"));
                    builder.AddWeb("other").WithEnvironment("NAME", "x");
                }

                builder.AddWorker("caller").WithReference(isFull ? builder.AddWeb("inner").WithReference(api) : builder.AddWeb("inner"));
            })
        ).Template();
}
