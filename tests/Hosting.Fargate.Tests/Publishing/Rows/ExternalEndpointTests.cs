using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Reading;

namespace Hosting.Fargate.Tests.Publishing.Rows;

public sealed class ExternalEndpointTests
{
    [Fact]
    public async Task The_one_external_service_has_every_path_by_a_target_group_and_a_rule()
    {
        var template = (await Published.ModelAsync(builder => builder.AddWeb("api").WithExternalHttpEndpoints())).Template();

        Assert.Equal([("[/*]", RouteReader.PriorityOfAll("api"))], template.Rules("api"));
        Assert.Equal("Ref ApiTargetGroup", template.Property("ApiListenerRule", "Actions")!.Split("TargetGroupArn: ")[1].TrimEnd('}', ']'));
        Assert.Equal("Ref HttpListener", template.Property("ApiListenerRule", "ListenerArn"));
        Assert.Equal(
            "[{ContainerName: api, ContainerPort: 8080, TargetGroupArn: Ref ApiTargetGroup}]",
            template.Service("api").At("LoadBalancers").Show()
        );
        Assert.Equal("ip", template.Property("ApiTargetGroup", "TargetType"));
        Assert.Contains("ApiListenerRule", template["ApiService"].DependsOn);
    }

    [Fact]
    public async Task What_no_rule_takes_is_answered_with_404()
    {
        var template = (await Published.ModelAsync(builder => builder.AddWeb("api").WithExternalHttpEndpoints())).Template();

        Assert.Equal(
            "[{Type: fixed-response, FixedResponseConfig: {StatusCode: 404, ContentType: text/plain, MessageBody: No such route}}]",
            template.Property("HttpListener", "DefaultActions")
        );
    }

    [Fact]
    public async Task Without_an_external_endpoint_there_is_no_load_balancer()
    {
        var template = (await Published.ModelAsync(builder => builder.AddWeb("api"))).Template();

        Assert.DoesNotContain(template.Resources, resource =>
            resource.Type.StartsWith("AWS::ElasticLoadBalancingV2", StringComparison.Ordinal)
        );
        Assert.Null(template.Outputs["Url"]);
        Assert.Null(template.Service("api").At("HealthCheckGracePeriodSeconds"));
    }

    [Fact]
    public async Task Several_external_services_share_a_load_balancer_by_path_and_host()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddWeb("orders").WithExternalHttpEndpoints().PublishAsFargateService(service => service.WithRoute("/orders/*"));
                builder
                    .AddWeb("site")
                    .WithExternalHttpEndpoints()
                    .PublishAsFargateService(service => service.WithRoute(host: "WWW.example.com"));
                builder
                    .AddWeb("admin")
                    .WithExternalHttpEndpoints()
                    .PublishAsFargateService(service => service.WithRoute("/admin", "www.example.com"));
                builder.AddWeb("rest").WithExternalHttpEndpoints().PublishAsFargateService(service => service.WithRoute("/*"));
            })
        ).Template();

        Assert.Single(template.OfType("AWS::ElasticLoadBalancingV2::LoadBalancer"));
        Assert.Equal("[/orders, /orders/*]", Assert.Single(template.Rules("orders")).Condition);
        Assert.Equal("[www.example.com]", Assert.Single(template.Rules("site")).Condition);
        Assert.Equal("[www.example.com] and [/admin]", Assert.Single(template.Rules("admin")).Condition);
        Assert.Equal("[/*]", Assert.Single(template.Rules("rest")).Condition);
        Assert.Equal(
            ["admin", "site", "orders", "rest"],
            new[] { "orders", "site", "admin", "rest" }.OrderBy(name => template.Rules(name)[0].Priority)
        );
    }

    [Fact]
    public async Task A_priority_comes_from_the_route_alone()
    {
        async Task<Template> PublishAsync(params string[] names) =>
            (
                await Published.ModelAsync(builder =>
                {
                    foreach (var name in names)
                    {
                        builder
                            .AddWeb(name)
                            .WithExternalHttpEndpoints()
                            .PublishAsFargateService(service => service.WithRoute($"/{name}/*"));
                    }
                })
            ).Template();

        var one = await PublishAsync("orders", "users", "carts");
        var other = await PublishAsync("invoices", "carts", "users", "orders");
        foreach (var name in (string[])["orders", "users", "carts"])
        {
            Assert.Equal(one.Rules(name), other.Rules(name));
        }
    }

    [Fact]
    public async Task A_priority_that_the_model_gives_is_taken()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder
                    .AddWeb("api")
                    .WithExternalHttpEndpoints()
                    .PublishAsFargateService(service => service.WithRoute("/api/*", priority: 7))
            )
        ).Template();

        Assert.Equal([("[/api, /api/*]", 7)], template.Rules("api"));
    }

    [Theory]
    [InlineData("/orders/items/*", "/orders/*")]
    [InlineData("/orders", "/orders/*")]
    [InlineData("/api/v1/orders/*", "/api/v1/*")]
    [InlineData("/api/v1/orders/items/*", "/api/v1/orders/*")]
    [InlineData("/api/v1/orders/items/9/*", "/api/v1/orders/items/*")]
    [InlineData("/api/v1/orders/latest", "/api/v1/orders/*")]
    public void What_says_more_of_a_path_goes_first(string more, string less)
    {
        Assert.True(RouteReader.PriorityOf("api", more, null) < RouteReader.PriorityOf("api", less, null));
        Assert.True(RouteReader.PriorityOf("api", more, "a.example.com") < RouteReader.PriorityOf("api", less, "a.example.com"));
        Assert.True(RouteReader.PriorityOf("api", null, "a.example.com") < RouteReader.PriorityOf("api", more, null));
    }

    [Theory]
    [InlineData("/*.png", "a")]
    [InlineData("/orders", "some-service")]
    [InlineData("/a/b/c/d/e/f/g", "other")]
    public void Every_path_goes_last(string path, string service)
    {
        Assert.InRange(RouteReader.PriorityOf("api", path, null), 1, 49_000);
        Assert.InRange(RouteReader.PriorityOfAll(service), 49_001, 50_000);
    }

    [Fact]
    public async Task A_service_may_have_several_routes_and_say_one_twice()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder
                    .AddWeb("api")
                    .WithExternalHttpEndpoints()
                    .PublishAsFargateService(service =>
                    {
                        service.WithRoute("/orders/*");
                        service.WithRoute("/users/*");
                        service.WithRoute("/users/*");
                    })
            )
        ).Template();

        Assert.Equal(["[/orders, /orders/*]", "[/users, /users/*]"], template.Rules("api").Select(rule => rule.Condition));
        Assert.Equal(2, template["ApiService"].DependsOn.Count(id => id.StartsWith("ApiListenerRule", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Paths_that_differ_in_capitals_are_different_routes()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddWeb("old").WithExternalHttpEndpoints().PublishAsFargateService(service => service.WithRoute("/Orders/*"));
                builder.AddWeb("new").WithExternalHttpEndpoints().PublishAsFargateService(service => service.WithRoute("/orders/*"));
            })
        ).Template();

        Assert.Equal("[/Orders, /Orders/*]", Assert.Single(template.Rules("old")).Condition);
        Assert.Equal("[/orders, /orders/*]", Assert.Single(template.Rules("new")).Condition);
    }

    [Fact]
    public async Task Several_external_endpoints_of_a_service_have_a_target_group_each()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder
                    .AddContainer("proxy", "nginx")
                    .WithHttpEndpoint(targetPort: 80)
                    .WithHttpEndpoint(targetPort: 9001, name: "admin")
                    .WithExternalHttpEndpoints()
                    .PublishAsFargateService(service =>
                    {
                        service.WithRoute("/*", endpoint: "http");
                        service.WithRoute("/admin/*", endpoint: "admin");
                    })
            )
        ).Template();

        Assert.Equal("80", template.Property("ProxyTargetGroup", "Port"));
        Assert.Equal("9001", template.Property("ProxyAdminTargetGroup", "Port"));
        Assert.Equal(
            "[/admin, /admin/*]",
            template
                .Rules("proxy")
                .Select(rule => rule.Condition)
                .Single(condition => condition.Contains("admin", StringComparison.Ordinal))
        );
        Assert.Equal(
            [80, 9001],
            template["ProxySecurityGroup"].Properties.At("SecurityGroupIngress").Maps().Select(rule => rule.At("FromPort").AsInt()!.Value)
        );
        Assert.Equal(
            ["80", "9001"],
            template.Service("proxy").At("LoadBalancers").Maps().Select(target => target.At("ContainerPort").Show())
        );
    }

    [Fact]
    public async Task Only_the_load_balancer_may_call_an_external_service_that_nobody_refers_to()
    {
        var template = (await Published.ModelAsync(builder => builder.AddWeb("api").WithExternalHttpEndpoints())).Template();

        Assert.Equal(
            "[{IpProtocol: tcp, FromPort: 8080, ToPort: 8080, SourceSecurityGroupId: GetAtt LoadBalancerSecurityGroup.GroupId, Description: from the load balancer}]",
            template.Property("ApiSecurityGroup", "SecurityGroupIngress")
        );
        Assert.Empty(template.OfType("AWS::EC2::SecurityGroupIngress"));
    }

    [Fact]
    public async Task A_gRPC_service_has_HTTP2_from_end_to_end()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddFargateEnvironment("shop").WithDomain("shop.example.com", "Z0123456789");
                var api = builder.AddWeb("api").AsHttp2Service().WithExternalHttpEndpoints();
                builder.AddWorker("client").WithReference(api);
            })
        ).Template();

        Assert.Equal("HTTP2", template.Property("ApiTargetGroup", "ProtocolVersion"));
        Assert.Equal("HTTP", template.Property("ApiTargetGroup", "Protocol"));
        Assert.Equal("http2", template.Container("api").At("PortMappings").Maps().Single().At("AppProtocol").Show());
        Assert.Equal("http://api", template.Variable("client", "services__api__http__0"));
    }

    [Fact]
    public async Task A_container_that_speaks_TLS_is_asked_and_called_over_TLS()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder.AddContainer("vault", "vault").WithHttpsEndpoint(targetPort: 8200).WithExternalHttpEndpoints()
            )
        ).Template();

        Assert.Equal("HTTPS", template.Property("VaultTargetGroup", "Protocol"));
        Assert.Equal("HTTPS", template.Property("VaultTargetGroup", "HealthCheckProtocol"));
        Assert.Null(template.Container("vault").At("PortMappings").Maps().Single().At("AppProtocol"));
    }
}
