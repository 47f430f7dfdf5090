using System.Text.Json.Nodes;
using Amazon.CloudFormation;
using Amazon.ECS.Model;
using Task = System.Threading.Tasks.Task;

namespace FargateEmulator.Tests;

/// <summary>
/// What a service stops using: ECS leaves alone what it is not told
/// (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html).
/// </summary>
[Collection(nameof(Account))]
public sealed class ServiceUpdateTests(Account account) : IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await account.ResetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task What_is_left_out_stays_on_and_what_is_said_to_be_off_is_off()
    {
        await account.DeployAsync(
            "small",
            With(properties =>
            {
                properties["EnableExecuteCommand"] = true;
                properties["AvailabilityZoneRebalancing"] = "ENABLED";
                properties["ServiceConnectConfiguration"] = new JsonObject { ["Enabled"] = true, ["Namespace"] = "small" };
            }),
            ChangeSetType.CREATE,
            ("Image", Templates.Image('1'))
        );
        Assert.Equal((true, "ENABLED", true), await StateAsync());

        await account.DeployAsync("small", With(_ => { }), ChangeSetType.UPDATE, ("Image", Templates.Image('2')));
        Assert.Equal((true, "ENABLED", true), await StateAsync());

        await account.DeployAsync(
            "small",
            With(properties =>
            {
                properties["EnableExecuteCommand"] = false;
                properties["AvailabilityZoneRebalancing"] = "DISABLED";
                properties["ServiceConnectConfiguration"] = new JsonObject { ["Enabled"] = false };
            }),
            ChangeSetType.UPDATE,
            ("Image", Templates.Image('2'))
        );
        Assert.Equal((false, "DISABLED", false), await StateAsync());
    }

    /// <summary>https://github.com/aws/aws-cdk/issues/35699</summary>
    [Fact]
    public async Task A_provider_of_Managed_Instances_is_refused_as_an_association()
    {
        const string template = """
            {"Resources":{
              "Cluster":{"Type":"AWS::ECS::Cluster","Properties":{"ClusterName":"small"}},
              "Instances":{"Type":"AWS::ECS::CapacityProvider","Properties":{"ClusterName":{"Ref":"Cluster"},"ManagedInstancesProvider":{"InfrastructureRoleArn":"arn:aws:iam::123456789012:role/a",
                "InstanceLaunchTemplate":{"Ec2InstanceProfileArn":"arn:aws:iam::123456789012:instance-profile/a","NetworkConfiguration":{"Subnets":["subnet-1"]}}}}},
              "Associations":{"Type":"AWS::ECS::ClusterCapacityProviderAssociations","Properties":{"Cluster":{"Ref":"Cluster"},"CapacityProviders":["FARGATE",{"Ref":"Instances"}],
                "DefaultCapacityProviderStrategy":[{"CapacityProvider":"FARGATE","Weight":1}]}}}}
            """;
        var changes = await account.ChangeSetAsync("small", template, ChangeSetType.CREATE);
        var ended = await account.ExecuteAsync(changes);
        Assert.NotEqual(StackStatus.CREATE_COMPLETE, ended.StackStatus);
        Assert.Contains(await account.EventsAsync("small"), reason =>
            reason.ResourceStatusReason?.Contains("is for Managed Instances", StringComparison.Ordinal) == true
        );
    }

    private async Task<(bool? Exec, string? Rebalancing, bool? Connect)> StateAsync()
    {
        var service = (
            await account.Ecs.DescribeServicesAsync(new DescribeServicesRequest { Cluster = "small", Services = ["api"] })
        ).Services.Single();
        return (
            service.EnableExecuteCommand,
            service.AvailabilityZoneRebalancing?.Value,
            service.Deployments[0].ServiceConnectConfiguration?.Enabled
        );
    }

    private static string With(Action<JsonObject> change)
    {
        var template = JsonNode.Parse(Templates.Services("api"))!;
        change(template["Resources"]!["ApiService"]!["Properties"]!.AsObject());
        return template.ToJsonString();
    }
}
