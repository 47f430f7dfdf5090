using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Publishing;
using Hosting.Fargate.Reading;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>Several external services for which the model says no route.</summary>
public sealed class SeveralExternalTests
{
    private static void Two(IDistributedApplicationBuilder builder)
    {
        builder.AddWeb("api").WithExternalHttpEndpoints().WithHttpHealthCheck("/health");
        builder.AddWeb("site").WithExternalHttpEndpoints().WithHttpHealthCheck("/health");
    }

    [Fact]
    public async Task A_program_of_the_model_has_the_address_before_a_server_of_others()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddContainer("store", "minio/minio", "1").WithHttpEndpoint(targetPort: 9000).WithExternalHttpEndpoints();
            builder.AddContainer("pages", "example/pages", "1").WithHttpEndpoint(targetPort: 80).WithExternalHttpEndpoints();
        });

        Assert.Contains(
            "has the address of the application: it is the first external service of the AppHost without a route that is no server of others.",
            published.Notices("pages"),
            StringComparison.Ordinal
        );
        Assert.Contains("since 'pages' has the application's address", published.Notices("store"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alone_such_a_server_has_it()
    {
        var published = await Published.ModelAsync(builder =>
            builder
                .AddContainer("store", "minio/minio", "1")
                .WithHttpEndpoint(targetPort: 9000, name: "api")
                .WithHttpEndpoint(targetPort: 9001, name: "console")
                .WithExternalHttpEndpoints()
        );

        Assert.Contains("has the address of the application", published.Notices("store"), StringComparison.Ordinal);
        Assert.Contains("since its first endpoint has the application's address", published.Notices("store"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_of_the_AppHost_has_the_address_and_each_other_a_port_of_its_own()
    {
        var published = await Published.ModelAsync(Two);
        var template = published.Template();
        var port = DefaultRoutes.PortOf("site", null);

        Assert.Equal("Ref HttpListener", template.Property("ApiListenerRule", "ListenerArn"));
        Assert.Equal([("[/*]", RouteReader.PriorityOfAll("api"))], template.Rules("api"));
        Assert.Equal($"{port}", template.Property($"Listener{port}", "Port"));
        Assert.Equal("HTTP", template.Property($"Listener{port}", "Protocol"));
        Assert.Equal("Ref LoadBalancer", template.Property($"Listener{port}", "LoadBalancerArn"));
        Assert.Contains("StatusCode: 404", template.Property($"Listener{port}", "DefaultActions"), StringComparison.Ordinal);
        Assert.Equal($"Ref Listener{port}", template.Property($"SiteListenerRule{port}", "ListenerArn"));
        Assert.Equal([("[/*]", RouteReader.PriorityOfAll("site"))], template.Rules("site"));
        Assert.Contains($"SiteListenerRule{port}", template["SiteService"].DependsOn);
        Assert.Equal("GetAtt LoadBalancerSecurityGroup.GroupId", template.Property($"ListenerIngress{port}", "GroupId"));
        Assert.Equal(
            ($"{port}", $"{port}", "0.0.0.0/0"),
            (
                template.Property($"ListenerIngress{port}", "FromPort"),
                template.Property($"ListenerIngress{port}", "ToPort"),
                template.Property($"ListenerIngress{port}", "CidrIp")
            )
        );
        Assert.Equal("Sub http://${LoadBalancer.DNSName}", template.Outputs.At("Url", "Value").Show());
        Assert.Equal($"Sub http://${{LoadBalancer.DNSName}}:{port}", template.Outputs.At("SiteUrl", "Value").Show());
        Assert.Null(template.Outputs["ApiUrl"]);
        Assert.Contains("every path that no other rule takes", template["ApiListenerRule"].Comment, StringComparison.Ordinal);
        Assert.Contains("every path, on a port of its own", template[$"SiteListenerRule{port}"].Comment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_is_told_which_has_what_and_how_to_choose()
    {
        var published = await Published.ModelAsync(Two);
        var port = DefaultRoutes.PortOf("site", null);

        Assert.Contains(
            "has the address of the application: it is the first external service of the AppHost without a route. To give it to another, let that one say so: service.WithRoute(\"/*\").",
            published.Notices("api"),
            StringComparison.Ordinal
        );
        Assert.Contains($"has port {port} of the load balancer (http://…:{port})", published.Notices("site"), StringComparison.Ordinal);
        Assert.Contains("service.WithPort(…)", published.Notices("site"), StringComparison.Ordinal);
        Assert.Contains(
            $"`site` has an address of its own: `http://…:{port}` (output `SiteUrl`).",
            published.File("README.md"),
            StringComparison.Ordinal
        );
        Assert.Contains($"tcp {port}", published.File("README.md"), StringComparison.Ordinal);
        Assert.Contains($"internet: `:{port}/*`", published.File("README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_comes_from_the_name_alone()
    {
        async Task<string> PortAsync(params string[] names) => (
                await Published.ModelAsync(builder =>
                {
                    foreach (var name in names)
                    {
                        builder.AddWeb(name).WithExternalHttpEndpoints();
                    }
                })
            ).Template().Resources.Single(resource => resource.Type == "AWS::ElasticLoadBalancingV2::Listener" && resource.Owner == "site").Id;

        Assert.Equal(await PortAsync("api", "site"), await PortAsync("front", "admin", "site", "api"));
    }

    [Fact]
    public void A_port_is_one_that_browsers_call()
    {
        var ports = Enumerable.Range(0, 100_000).Select(number => DefaultRoutes.PortOf($"service{number}", null)).ToHashSet();

        Assert.All(ports, port => Assert.InRange(port, 10_001, 20_000));
        Assert.DoesNotContain(10_080, ports);
    }

    [Fact]
    public async Task A_port_that_the_model_gives_the_endpoint_is_taken()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddWeb("api").WithExternalHttpEndpoints();
                builder.AddContainer("auth", "keycloak:26").WithHttpEndpoint(port: 8085, targetPort: 8080).WithExternalHttpEndpoints();
                builder.AddContainer("mail", "mailpit:1").WithHttpEndpoint(port: 80, targetPort: 8025).WithExternalHttpEndpoints();
            })
        ).Template();

        Assert.Equal("8085", template.Property("Listener8085", "Port"));
        Assert.Equal("8080", template.Property("AuthTargetGroup", "Port"));
        Assert.Equal(
            $"Ref Listener{DefaultRoutes.PortOf("mail", null)}",
            template.Property($"MailListenerRule{DefaultRoutes.PortOf("mail", null)}", "ListenerArn")
        );
    }

    [Fact]
    public async Task A_route_to_everything_gives_the_address_to_whom_the_model_says()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddWeb("api").WithExternalHttpEndpoints();
                builder.AddWeb("site").WithExternalHttpEndpoints().PublishAsFargateService(service => service.WithRoute("/*"));
            })
        ).Template();

        Assert.Equal("Ref HttpListener", template.Property("SiteListenerRule", "ListenerArn"));
        var port = DefaultRoutes.PortOf("api", null);
        Assert.Equal($"Ref Listener{port}", template.Property($"ApiListenerRule{port}", "ListenerArn"));
        Assert.Single(template.OfType("AWS::ElasticLoadBalancingV2::Listener"), listener => listener.Owner is not null);
    }

    /// <summary>CloudFormation makes new rules before it takes old ones away, and refuses two with one priority on a listener.</summary>
    [Fact]
    public async Task The_address_goes_from_one_service_to_another_in_one_deploy()
    {
        async Task<IReadOnlyList<(string?, int)>> RulesOfAddressAsync(params string[] names) =>
            [
                .. (await Published.ModelAsync(builder => names.ToList().ForEach(name => builder.AddWeb(name).WithExternalHttpEndpoints())))
                    .Template()
                    .OfType("AWS::ElasticLoadBalancingV2::ListenerRule")
                    .Where(rule => rule.Properties.At("ListenerArn").Show() == "Ref HttpListener")
                    .Select(rule => (rule.Owner, rule.Properties.At("Priority").AsInt()!.Value)),
            ];

        var (before, after) = (
            Assert.Single(await RulesOfAddressAsync("api", "site")),
            Assert.Single(await RulesOfAddressAsync("site", "api"))
        );
        Assert.Equal(("api", "site"), (before.Item1, after.Item1));
        Assert.NotEqual(before.Item2, after.Item2);
        Assert.Equal(before, Assert.Single(await RulesOfAddressAsync("api")));
    }

    [Fact]
    public async Task Beside_routes_the_one_without_has_the_rest()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddWeb("site").WithExternalHttpEndpoints();
            builder.AddWeb("api").WithExternalHttpEndpoints().PublishAsFargateService(service => service.WithRoute("/api/*"));
        });

        Assert.Equal([("[/*]", RouteReader.PriorityOfAll("site"))], published.Template().Rules("site"));
        Assert.Equal("[/api, /api/*]", Assert.Single(published.Template().Rules("api")).Condition);
        Assert.Contains(
            "gets the requests of '/api/*' with their whole path: it sees /api/1 and not /1.",
            published.Notices("api"),
            StringComparison.Ordinal
        );
        Assert.Contains("app.UsePathBase(\"/api\")", published.Notices("api"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_domain_each_other_has_a_host_with_a_certificate_and_a_record()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithDomain("shop.example.com", "Z0123456789");
            Two(builder);
        });
        var template = published.Template();

        Assert.Equal([("[/*]", RouteReader.PriorityOfAll("api"))], template.Rules("api"));
        Assert.Equal("[site.shop.example.com]", Assert.Single(template.Rules("site")).Condition);
        Assert.Equal(
            "Ref HttpsListener",
            template
                .OfType("AWS::ElasticLoadBalancingV2::ListenerRule")
                .Single(rule => rule.Id.StartsWith("SiteListenerRule", StringComparison.Ordinal))
                .Properties.At("ListenerArn")
                .Show()
        );
        Assert.Equal("site.shop.example.com", template.Property("SiteCertificate", "DomainName"));
        Assert.Equal("site.shop.example.com", template.Property("SiteRecord", "Name"));
        Assert.Equal("Z0123456789", template.Property("SiteRecord", "HostedZoneId"));
        Assert.Equal("https://site.shop.example.com", template.Outputs.At("SiteUrl", "Value").Show());
        Assert.Contains("has the address https://site.shop.example.com", published.Notices("site"), StringComparison.Ordinal);
        Assert.DoesNotContain(template.OfType("AWS::ElasticLoadBalancingV2::Listener"), listener => listener.Owner is not null);
    }

    [Fact]
    public async Task With_a_certificate_that_exists_a_port_is_served_by_HTTPS_with_it()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder
                    .AddFargateEnvironment("shop")
                    .WithCertificate(
                        "arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
                        "shop.example.com"
                    );
                Two(builder);
            })
        ).Template();

        var port = DefaultRoutes.PortOf("site", null);
        Assert.Equal("HTTPS", template.Property($"Listener{port}", "Protocol"));
        Assert.Equal(
            "[{CertificateArn: arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012}]",
            template.Property($"Listener{port}", "Certificates")
        );
        Assert.Equal(template.Property("HttpsListener", "SslPolicy"), template.Property($"Listener{port}", "SslPolicy"));
        Assert.Equal($"https://shop.example.com:{port}", template.Outputs.At("SiteUrl", "Value").Show());
    }

    [Fact]
    public async Task Each_external_endpoint_of_a_service_has_an_address()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder
                    .AddContainer("proxy", "nginx:1")
                    .WithHttpEndpoint(targetPort: 80)
                    .WithHttpEndpoint(targetPort: 9001, name: "admin")
                    .WithExternalHttpEndpoints()
            )
        ).Template();

        // The first has the ids that it has alone: a second one takes no place that is taken.
        Assert.Equal("Ref HttpListener", template.Property("ProxyListenerRule", "ListenerArn"));
        var rule = $"ProxyAdminListenerRule{DefaultRoutes.PortOf("proxy", "admin")}";
        Assert.Equal($"Ref Listener{DefaultRoutes.PortOf("proxy", "admin")}", template.Property(rule, "ListenerArn"));
        Assert.Contains(rule, template["ProxyService"].DependsOn);
        Assert.NotNull(template.Outputs["ProxyAdminUrl"]);
    }

    [Fact]
    public async Task Each_external_endpoint_of_a_service_has_a_host_under_a_domain()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddFargateEnvironment("shop").WithDomain("shop.example.com", "Z0123456789");
                builder
                    .AddContainer("proxy", "nginx:1")
                    .WithHttpEndpoint(targetPort: 80)
                    .WithHttpEndpoint(targetPort: 9001, name: "admin")
                    .WithExternalHttpEndpoints();
            })
        ).Template();

        Assert.Equal(["[/*]", "[proxy-admin.shop.example.com]"], template.Rules("proxy").Select(rule => rule.Condition));
    }

    [Fact]
    public async Task A_service_that_shifts_traffic_may_have_a_port_of_its_own()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddWeb("api").WithExternalHttpEndpoints();
                builder
                    .AddWeb("site")
                    .WithExternalHttpEndpoints()
                    .PublishAsFargateService(service => service.Deployment = DeploymentStrategy.Canary(10));
            })
        ).Template();

        var port = DefaultRoutes.PortOf("site", null);
        var shift = template.Service("site").At("LoadBalancers").Maps().Single().At("AdvancedConfiguration", "ProductionListenerRule");
        Assert.Equal($"Ref SiteListenerRule{port}", shift.Show());
        Assert.Equal($"Ref Listener{port}", template.Property($"SiteListenerRule{port}", "ListenerArn"));
    }

    [Fact]
    public async Task In_nested_stacks_the_listener_is_in_the_services_and_the_address_in_the_applications()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithNestedStacks();
            Two(builder);
        });

        Assert.True(
            published
                .Templates.Nested.Single(template => template.StackName == "shop-site")
                .Contains($"Listener{DefaultRoutes.PortOf("site", null)}")
        );
        Assert.NotNull(published.Template().Outputs["SiteUrl"]);
    }

    [Fact]
    public async Task CloudFormation_takes_all_of_it()
    {
        List<Publication> published =
        [
            await Published.ModelAsync(Two),
            await Published.ModelAsync(builder =>
            {
                builder.AddFargateEnvironment("shop").WithDomain("shop.example.com", "Z0123456789ABCDEFGHIJ").WithoutHttpsRedirect();
                Two(builder);
                builder
                    .AddContainer("proxy", "nginx:1")
                    .WithHttpEndpoint(targetPort: 80)
                    .WithHttpEndpoint(targetPort: 9001, name: "admin")
                    .WithExternalHttpEndpoints();
                builder.AddWeb("other").WithExternalHttpEndpoints().PublishAsFargateService(service => service.WithPort(8443));
            }),
        ];

        Assert.Empty(
            await CfnLint.CheckAsync([
                .. published.SelectMany(
                    (publication, index) =>
                        publication
                            .Files.Where(file => file.Name.EndsWith(".template.yaml", StringComparison.Ordinal))
                            .Select(file => ($"{index}-{file.Name}", file.Content))
                ),
            ])
        );
    }
}
