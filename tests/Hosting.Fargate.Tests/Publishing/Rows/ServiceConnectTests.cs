using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Tests.Publishing.Rows;

public sealed class ServiceConnectTests
{
    [Fact]
    public async Task A_referenced_service_has_a_name_under_which_its_client_calls_it_as_it_does_locally()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var api = builder.AddWeb("api");
            builder.AddWorker("worker").WithReference(api);
        });

        var template = published.Template();
        Assert.Equal("http://api", template.Variable("worker", "services__api__http__0"));
        Assert.Equal("http://api", template.Variable("worker", "API_HTTP"));
        Assert.Equal("shop", template.Property("Namespace", "Name"));
        Assert.Equal("GetAtt Namespace.Arn", template.Service("api").At("ServiceConnectConfiguration", "Namespace").Show());
        Assert.Equal(
            "[{PortName: http, DiscoveryName: api, ClientAliases: [{DnsName: api, Port: 80}], Timeout: {PerRequestTimeoutSeconds: 0, IdleTimeoutSeconds: 300}}]",
            template.Service("api").At("ServiceConnectConfiguration", "Services").Show()
        );
    }

    [Fact]
    public async Task The_client_is_in_the_namespace_without_a_name_of_its_own_and_is_created_after_the_server()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var api = builder.AddWeb("api");
                builder.AddWorker("worker").WithReference(api);
            })
        ).Template();

        Assert.Equal("true", template.Service("worker").At("ServiceConnectConfiguration", "Enabled").Show());
        Assert.Null(template.Service("worker").At("ServiceConnectConfiguration", "Services"));
        Assert.Contains("ApiService", template["WorkerService"].DependsOn);
        Assert.DoesNotContain("WorkerService", template["ApiService"].DependsOn);
    }

    [Fact]
    public async Task The_server_admits_those_that_refer_to_it_and_nobody_else()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var api = builder.AddWeb("api");
                builder.AddWorker("worker").WithReference(api);
                builder.AddWorker("stranger");
            })
        ).Template();

        var rule = Assert.Single(template.OfType("AWS::EC2::SecurityGroupIngress"));
        Assert.Equal("Api8080FromWorker", rule.Id);
        Assert.Equal("GetAtt ApiSecurityGroup.GroupId", rule.Properties.At("GroupId").Show());
        Assert.Equal("GetAtt WorkerSecurityGroup.GroupId", rule.Properties.At("SourceSecurityGroupId").Show());
        Assert.Equal("8080", rule.Properties.At("FromPort").Show());
        Assert.Null(template["ApiSecurityGroup"].Properties["SecurityGroupIngress"]);
        Assert.Contains("worker.WithReference(api)", rule.Comment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_not_referred_to_has_no_name_and_no_proxy()
    {
        var template = (await Published.ModelAsync(builder => builder.AddWeb("api"))).Template();

        Assert.Equal("{Enabled: false}", template.Service("api").At("ServiceConnectConfiguration").Show());
        Assert.False(template.Contains("Namespace"));
    }

    [Fact]
    public async Task The_https_address_is_left_out_and_listed()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var api = builder.AddWeb("order-api");
            builder.AddWorker("worker").WithReference(api);
        });

        Assert.Null(published.Template().Variable("worker", "services__order-api__https__0"));
        Assert.Null(published.Template().Variable("worker", "ORDER_API_HTTPS"));
        Assert.Equal("http://order-api", published.Template().Variable("worker", "ORDER_API_HTTP"));
        Assert.Contains(
            "ORDER_API_HTTPS, services__order-api__https__0 are left out: behind the load balancer",
            published.Notices("worker"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_reference_to_the_https_endpoint_alone_gives_the_http_address()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var api = builder.AddWeb("api");
                builder.AddWorker("worker").WithReference(api.GetEndpoint("https"));
                builder.AddWorker("other").WithEnvironment("BACKEND", api.GetEndpoint("https"));
            })
        ).Template();

        Assert.Equal("http://api", template.Variable("worker", "services__api__https__0"));
        Assert.Equal("http://api", template.Variable("other", "BACKEND"));
    }

    [Fact]
    public async Task An_external_service_is_called_inside_by_its_name_too()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var api = builder.AddWeb("api").WithExternalHttpEndpoints();
                builder.AddWorker("worker").WithReference(api);
            })
        ).Template();

        Assert.Equal("http://api", template.Variable("worker", "services__api__http__0"));
        Assert.NotNull(template.Service("api").At("LoadBalancers"));
        Assert.NotNull(template.Service("api").At("ServiceConnectConfiguration", "Services"));
    }

    [Fact]
    public async Task A_service_may_be_referred_to_before_it_is_whole()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var late = builder.AddContainer("late", "app");
                builder.AddWorker("worker").WithReference(late.GetEndpoint("grpc"));
                late.WithHttpEndpoint(port: 5001, targetPort: 5000, name: "grpc").AsHttp2Service();
            })
        ).Template();

        Assert.Equal("http://late:5001", template.Variable("worker", "services__late__grpc__0"));
        Assert.Equal("http2", template.Container("late").At("PortMappings").Maps().Single().At("AppProtocol").Show());
    }

    [Fact]
    public async Task An_endpoint_called_http_speaks_it_where_the_model_says_nothing_else()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var site = builder.AddContainer("site", "app").WithEndpoint(targetPort: 80, name: "http");
                builder.AddWorker("worker").WithEnvironment("SITE", site.GetEndpoint("http"));
            })
        ).Template();

        Assert.Equal("http", template.Container("site").At("PortMappings").Maps().Single().At("AppProtocol").Show());
    }

    [Fact]
    public async Task An_https_endpoint_whose_port_the_model_does_not_say_is_that_of_http_beside_it()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder
                    .AddContainer("gateway", "app")
                    .WithHttpEndpoint(targetPort: 5000)
                    .WithHttpsEndpoint(env: "TLS_PORT")
                    .WithExternalHttpEndpoints();
                builder.AddContainer("tls", "app").WithHttpEndpoint(targetPort: 5000).WithHttpsEndpoint(targetPort: 5001);
            })
        ).Template();

        Assert.Equal("5000", template.Container("gateway").At("PortMappings").Maps().Single().At("ContainerPort").Show());
        Assert.DoesNotContain("TLS_PORT", template.Container("gateway").Show(), StringComparison.Ordinal);
        Assert.Single(template.OfType("AWS::ElasticLoadBalancingV2::TargetGroup"));
        Assert.Equal(2, template.Container("tls").At("PortMappings").Items().Count());
    }

    [Fact]
    public async Task One_of_two_services_that_refer_to_each_other_calls_the_other_by_DNS()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithNestedStacks();
            var orders = builder.AddWeb("orders");
            orders.WithReference(builder.AddWeb("users").WithReference(orders).WaitFor(orders));
        });

        var (orders, users) = (published.Application.Services[0], published.Application.Services[1]);
        Assert.Equal(
            "http://users.shop.internal:8080",
            Assert.IsType<Text>(orders.Main.Environment.Single(variable => variable.Name == "services__users__http__0").Value).Content
        );
        Assert.Equal(
            "http://orders",
            Assert.IsType<Text>(users.Main.Environment.Single(variable => variable.Name == "services__orders__http__0").Value).Content
        );
        Assert.Equal((true, false), (users.IsInDns, orders.IsInDns));
        Assert.Equal((0, 1), (orders.After.Length, users.After.Length));
        Assert.Contains(
            "calls 'users' as users.shop.internal, a name in DNS: they refer to each other",
            published.Notices("orders"),
            StringComparison.Ordinal
        );
        Assert.Empty(
            await CfnLint.CheckAsync([
                .. published
                    .Files.Where(file => file.Name.EndsWith(".template.yaml", StringComparison.Ordinal))
                    .Select(file => (file.Name, file.Content)),
            ])
        );
    }

    [Fact]
    public async Task Plain_TCP_has_no_request_timeout()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var cache = builder.AddRedis("cache").PublishAsContainer();
                builder.AddWorker("worker").WithReference(cache);
            })
        ).Template();

        Assert.Equal(
            "[{PortName: tcp, DiscoveryName: cache, ClientAliases: [{DnsName: cache, Port: 6379}]}]",
            template.Service("cache").At("ServiceConnectConfiguration", "Services").Show()
        );
        Assert.Null(template.Container("cache").At("PortMappings").Maps().Single().At("AppProtocol"));
    }

    [Fact]
    public async Task A_reference_by_another_name_calls_the_same_service()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var api = builder.AddWeb("api");
                builder.AddWorker("worker").WithReference(api, "backend");
            })
        ).Template();

        Assert.Equal("http://api", template.Variable("worker", "services__backend__http__0"));
    }

    [Fact]
    public async Task The_proxy_has_a_part_of_the_tasks_memory()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var cache = builder.AddContainer("cache", "redis").WithEndpoint(targetPort: 6379, name: "tcp", scheme: "tcp");
                builder.AddContainer("client", "app").WithEnvironment("CACHE", cache.GetEndpoint("tcp"));
            })
        ).Template();

        Assert.Equal("512", template.Property("CacheTaskDefinition", "Cpu"));
        Assert.Equal("1024", template.Property("CacheTaskDefinition", "Memory"));
        Assert.Equal("896", template.Container("cache").At("Memory").Show());
    }
}
