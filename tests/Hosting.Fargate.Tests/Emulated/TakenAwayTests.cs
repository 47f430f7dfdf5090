using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Publishing;
using Hosting.Fargate.Tests.Publishing;

namespace Hosting.Fargate.Tests.Emulated;

/// <summary>
/// What a model no longer says is gone from its service after the update. The emulator leaves alone what UpdateService is not told, as AWS
/// does:
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html.
/// </summary>
public sealed class TakenAwayTests(EmulatedStacks stacks) : IClassFixture<EmulatedStacks>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await stacks.ResetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public Task A_route() =>
        GoesAsync(
            (api, isThere) => isThere ? api.WithExternalHttpEndpoints() : api,
            service => service["loadBalancers"]!.AsArray().Count > 0
        );

    [Fact]
    public Task Service_Connect() =>
        GoesAsync(
            (api, isThere) => isThere ? api.WithReference(api.ApplicationBuilder.AddWeb("other")) : api,
            service => (bool?)service["deployments"]![0]!["serviceConnectConfiguration"]?["enabled"] == true
        );

    [Fact]
    public Task A_shell() =>
        GoesAsync(
            (api, isThere) => api.PublishAsFargateService(service => service.EnableExec = isThere),
            service => (bool)service["enableExecuteCommand"]!
        );

    [Fact]
    public Task Rollback_by_alarm() =>
        GoesAsync(
            (api, isThere) => api.WithExternalHttpEndpoints().PublishAsFargateService(service => service.RollBackOnAlarm = isThere),
            service => (bool)service["deploymentConfiguration"]!["alarms"]!["enable"]!
        );

    [Fact]
    public Task A_canary() =>
        GoesAsync(
            (api, isThere) =>
                api.WithExternalHttpEndpoints()
                    .PublishAsFargateService(service =>
                        service.Deployment = isThere ? DeploymentStrategy.Canary(percent: 10) : DeploymentStrategy.Rolling()
                    ),
            service =>
                (string)service["deploymentConfiguration"]!["strategy"]! == "CANARY"
                || service["loadBalancers"]![0]!["advancedConfiguration"] is not null
        );

    [Fact]
    public Task Rebalancing_of_zones() =>
        GoesAsync(
            (api, isThere) =>
                api.PublishAsFargateService(service =>
                    service.Deployment = isThere
                        ? DeploymentStrategy.Rolling()
                        : DeploymentStrategy.Rolling(minimumHealthyPercent: 0, maximumPercent: 100)
                ),
            service => (string)service["availabilityZoneRebalancing"]! == "ENABLED"
        );

    [Fact]
    public async Task A_volume()
    {
        await stacks.DeployAsync(
            await PublishAsync(
                (api, _) => api.ApplicationBuilder.AddContainer("store", "redis", "8.2").WithVolume("data", "/data"),
                isThere: true
            )
        );
        Assert.Single(await VolumesAsync());
        await stacks.DeployAsync(
            await PublishAsync((api, _) => api.ApplicationBuilder.AddContainer("store", "redis", "8.2"), isThere: false)
        );
        Assert.Empty(await VolumesAsync());

        async Task<JsonArray> VolumesAsync() =>
            (
                await stacks.Aws.AwsCli(
                    "ecs",
                    "describe-task-definition",
                    "--task-definition",
                    (string)(await ServiceAsync("store"))["taskDefinition"]!
                )
            )["taskDefinition"]!
                ["volumes"]
                ?.AsArray()
            ?? [];
    }

    [Fact]
    public async Task Scaling()
    {
        Task<Publication> ModelAsync(bool isThere) =>
            PublishAsync(
                (api, _) => isThere ? api.PublishAsFargateService(service => service.Scale(2, 6).OnCpu(60)) : api.WithReplicas(3),
                isThere
            );
        await stacks.DeployAsync(await ModelAsync(isThere: true));
        Assert.Single(await TargetsAsync());
        await stacks.DeployAsync(await ModelAsync(isThere: false));
        Assert.Empty(await TargetsAsync());
        Assert.Equal(3, (int)(await ServiceAsync("api"))["desiredCount"]!);

        async Task<JsonArray> TargetsAsync() =>
            (await stacks.Aws.AwsCli("application-autoscaling", "describe-scalable-targets", "--service-namespace", "ecs"))[
                "ScalableTargets"
            ]!.AsArray();
    }

    /// <summary>CloudFormation makes the new rule while the old one is there, and no two have one priority.</summary>
    [Fact]
    public async Task A_route_that_another_service_takes_over()
    {
        await stacks.DeployAsync(await RoutesAsync("orders", "/orders/*", "/baskets/*"));
        Assert.Equal(2, (await RulesAsync()).Count);

        await stacks.DeployAsync(await RoutesAsync("store", "/orders/*", "/baskets/*"));
        await stacks.DeployAsync(await RoutesAsync("store", "/wishes/*", "/baskets/*", "/orders/*"));
        await stacks.DeployAsync(await RoutesAsync("store", "/*", "/orders/*"));
        Assert.Equal(2, (await RulesAsync()).Count);

        Task<Publication> RoutesAsync(string service, params string[] paths) =>
            Published.ModelAsync(builder =>
                builder
                    .AddWeb(service)
                    .WithExternalHttpEndpoints()
                    .PublishAsFargateService(options => Array.ForEach(paths, path => options.WithRoute(path)))
            );

        async Task<List<JsonNode?>> RulesAsync()
        {
            var balancer = (await stacks.Aws.AwsCli("elbv2", "describe-load-balancers"))["LoadBalancers"]![0]!["LoadBalancerArn"]!;
            var listener = (await stacks.Aws.AwsCli("elbv2", "describe-listeners", "--load-balancer-arn", (string)balancer!))["Listeners"]![
                0
            ]!["ListenerArn"]!;
            var rules = (await stacks.Aws.AwsCli("elbv2", "describe-rules", "--listener-arn", (string)listener!))["Rules"]!.AsArray();
            return [.. rules.Where(rule => !(bool)rule!["IsDefault"]!)];
        }
    }

    [Fact]
    public async Task A_port_that_two_services_exchange()
    {
        await stacks.DeployAsync(await PortsAsync(orders: 8081, store: 8082));
        await stacks.DeployAsync(await PortsAsync(orders: 8082, store: 8081));
        await stacks.DeployAsync(await PortsAsync(orders: 8081, store: 8083));
        var balancer = (await stacks.Aws.AwsCli("elbv2", "describe-load-balancers"))["LoadBalancers"]![0]!["LoadBalancerArn"]!;
        var listeners = (await stacks.Aws.AwsCli("elbv2", "describe-listeners", "--load-balancer-arn", (string)balancer!))[
            "Listeners"
        ]!.AsArray();
        Assert.Equal([80, 8081, 8083], listeners.Select(listener => (int)listener!["Port"]!).Order());

        static Task<Publication> PortsAsync(int orders, int store) =>
            Published.ModelAsync(builder =>
            {
                builder.AddWeb("orders").WithExternalHttpEndpoints().PublishAsFargateService(service => service.WithPort(orders));
                builder.AddWeb("store").WithExternalHttpEndpoints().PublishAsFargateService(service => service.WithPort(store));
            });
    }

    /// <summary>
    /// Its load balancer is another one, and a target group is of one load balancer; a VPC origin cannot be changed while a distribution
    /// has it.
    /// </summary>
    [Fact]
    public async Task CloudFront_and_the_domain_behind_it()
    {
        await stacks.DeployAsync(await EdgeAsync(_ => { }));
        Assert.Equal("internet-facing", await SchemeAsync());

        await stacks.DeployAsync(await EdgeAsync(shop => shop.WithCloudFront()));
        Assert.Equal("internal", await SchemeAsync());
        const string certificate = "arn:aws:acm:us-east-1:123456789012:certificate/0123-abcd";
        await stacks.DeployAsync(
            await EdgeAsync(shop =>
                shop.WithDomain("shop.example.com", "Z0123456789").WithCloudFront(edge => edge.CertificateArn = certificate)
            )
        );
        Assert.Contains("VpcOriginHttps", (await stacks.ResourcesAsync("shop")).Keys);

        await stacks.DeployAsync(await EdgeAsync(_ => { }));
        Assert.Equal("internet-facing", await SchemeAsync());

        static Task<Publication> EdgeAsync(Action<IResourceBuilder<FargateEnvironmentResource>> configure) =>
            Published.ModelAsync(builder =>
            {
                configure(builder.AddFargateEnvironment("shop"));
                builder.AddWeb("api").WithExternalHttpEndpoints();
            });

        async Task<string> SchemeAsync() =>
            (string)Assert.Single((await stacks.Aws.AwsCli("elbv2", "describe-load-balancers"))["LoadBalancers"]!.AsArray())!["Scheme"]!;
    }

    private async Task GoesAsync(Func<IResourceBuilder<ProjectResource>, bool, object> model, Func<JsonNode, bool> isOn)
    {
        await stacks.DeployAsync(await PublishAsync(model, isThere: true));
        Assert.True(isOn(await ServiceAsync("api")), "It was not there at first.");

        await stacks.DeployAsync(await PublishAsync(model, isThere: false));
        var after = await ServiceAsync("api");
        Assert.False(isOn(after), $"It is there still: {after}");
    }

    private static Task<Publication> PublishAsync(Func<IResourceBuilder<ProjectResource>, bool, object> model, bool isThere) =>
        Published.ModelAsync(builder => model(builder.AddWeb("api"), isThere));

    private async Task<JsonNode> ServiceAsync(string name) =>
        (await stacks.Aws.AwsCli("ecs", "describe-services", "--cluster", "shop", "--services", name))["services"]![0]!;
}
