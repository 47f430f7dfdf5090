using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Reading;

namespace Hosting.Fargate.Tests.Publishing.Refusals;

public sealed class RouteRefusalTests
{
    [Fact]
    public Task Two_services_cannot_have_the_same_route() =>
        Refused.ForAsync(
            builder =>
            {
                builder
                    .AddWeb("api")
                    .WithExternalHttpEndpoints()
                    .PublishAsFargateService(service => service.WithRoute("/x/*", "API.example.com"));
                builder
                    .AddWeb("site")
                    .WithExternalHttpEndpoints()
                    .PublishAsFargateService(service => service.WithRoute("/x/*", "api.example.com"));
            },
            "'api' and 'site' claim the same route, 'api.example.com/x/*'",
            "Give each its own"
        );

    [Fact]
    public Task Two_endpoints_of_a_service_cannot_have_the_same_route() =>
        Refused.ForAsync(
            builder =>
                builder
                    .AddContainer("proxy", "nginx")
                    .WithHttpEndpoint(targetPort: 80)
                    .WithHttpEndpoint(targetPort: 81, name: "admin")
                    .WithExternalHttpEndpoints()
                    .PublishAsFargateService(service =>
                    {
                        service.WithRoute("/x/*", endpoint: "http");
                        service.WithRoute("/x/*", endpoint: "admin");
                    }),
            "'http' and 'admin' of 'proxy' claim the same route, '/x/*'"
        );

    [Fact]
    public async Task Two_routes_with_one_priority_are_refused_with_a_free_one()
    {
        // Among the hosts that share a band of priorities there are two with the same.
        var twins = Enumerable
            .Range(0, 500)
            .Select(number => $"h{number}.example.com")
            .GroupBy(host => RouteReader.PriorityOf("api", null, host))
            .First(group => group.Count() > 1)
            .Take(2)
            .ToList();
        await Refused.ForAsync(
            builder =>
            {
                builder
                    .AddWeb("api")
                    .WithExternalHttpEndpoints()
                    .PublishAsFargateService(service =>
                    {
                        service.WithRoute(host: twins[0]);
                        service.WithRoute(host: twins[1]);
                    });
            },
            $"The routes '{twins[0]}/*' of 'api' and '{twins[1]}/*' of 'api' would have the same priority, {RouteReader.PriorityOf("api", null, twins[0])}",
            $"service.WithRoute(…, priority: {RouteReader.PriorityOf("api", null, twins[0]) + 1})"
        );
    }

    [Fact]
    public Task Two_services_cannot_have_the_same_port() =>
        Refused.ForAsync(
            builder =>
            {
                builder.AddWeb("api").WithExternalHttpEndpoints().PublishAsFargateService(service => service.WithPort(8443));
                builder.AddWeb("site").WithExternalHttpEndpoints().PublishAsFargateService(service => service.WithPort(8443));
            },
            "'api' and 'site' claim the same port of the load balancer, 8443. Give each its own: service.WithPort(8444)."
        );

    [Theory]
    [InlineData(0)]
    [InlineData(80)]
    [InlineData(443)]
    [InlineData(65_536)]
    public Task A_port_of_its_own_is_one_that_others_do_not_have(int port) =>
        Refused.ApiAsync(service => service.WithPort(port), "has an option that cannot be");

    [Fact]
    public async Task A_load_balancer_has_fifty_listeners()
    {
        var message = await Published.RefusalAsync(builder =>
            Enumerable
                .Range(1, 51)
                .ToList()
                .ForEach(number =>
                    builder
                        .AddContainer($"site{number}", "nginx:1")
                        .WithHttpEndpoint(port: 9000 + number, targetPort: 80)
                        .WithExternalHttpEndpoints()
                )
        );

        Assert.Contains(
            "The load balancer would listen on 51 ports, since each external endpoint without a route has one of its own, and it takes 50.",
            message,
            StringComparison.Ordinal
        );
        Assert.Contains("WithDomain", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_load_balancer_has_twenty_five_certificates_beside_the_first()
    {
        var message = await Published.RefusalAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithDomain("shop.example.com", "Z0123456789");
            Enumerable
                .Range(1, 27)
                .ToList()
                .ForEach(number =>
                    builder.AddContainer($"site{number}", "nginx:1").WithHttpEndpoint(targetPort: 80).WithExternalHttpEndpoints()
                );
        });

        Assert.Contains("(one problem)", message, StringComparison.Ordinal);
        Assert.Contains(
            "The load balancer would have 26 certificates beside that of 'shop.example.com', one for each host, and it takes 25.",
            message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public Task A_host_that_publish_would_choose_is_no_longer_than_a_certificate_takes() =>
        Refused.ForAsync(
            builder =>
            {
                builder
                    .AddFargateEnvironment("shop")
                    .WithDomain("a-very-long-name-of-a-shop.and-of-a-department.example.com", "Z0123456789");
                builder.AddWeb("api").WithExternalHttpEndpoints();
                builder.AddWeb("catalog").WithExternalHttpEndpoints();
            },
            "'catalog' would have the host 'catalog.a-very-long-name-of-a-shop.and-of-a-department.example.com' with 66 characters, and a certificate for a name takes 64",
            "service.WithRoute(host: …)"
        );

    [Fact]
    public Task A_load_balancer_carries_HTTP_alone() =>
        Refused.ForAsync(
            builder => builder.AddContainer("cache", "redis").WithEndpoint(targetPort: 6379, name: "tcp", scheme: "tcp", isExternal: true),
            "'cache' has the external endpoint 'tcp' with scheme 'tcp'",
            "Make it internal",
            "Network Load Balancer"
        );

    [Fact]
    public Task All_that_it_does_not_carry_of_one_service_is_one_refusal() =>
        Refused.ForAsync(
            builder =>
                builder
                    .AddContainer("collector", "example/collector")
                    .WithEndpoint(targetPort: 8888, name: "metrics", isExternal: true)
                    .WithEndpoint(targetPort: 4317, name: "grpc", isExternal: true),
            "'collector' has the external endpoints 'metrics', 'grpc' with scheme 'tcp'",
            "Make them internal"
        );

    [Fact]
    public Task HTTP2_needs_HTTPS() =>
        Refused.ForAsync(
            builder => builder.AddWeb("api").AsHttp2Service().WithExternalHttpEndpoints(),
            "'api' speaks HTTP/2 on its external endpoint 'http' (AsHttp2Service)",
            "WithDomain or WithCertificate"
        );

    [Fact]
    public async Task A_service_has_five_target_groups()
    {
        var message = await Published.RefusalAsync(builder =>
        {
            var proxy = builder.AddContainer("proxy", "nginx");
            foreach (var number in Enumerable.Range(1, 6))
            {
                proxy.WithHttpEndpoint(targetPort: 8000 + number, name: $"port{number}");
            }

            proxy
                .WithExternalHttpEndpoints()
                .PublishAsFargateService(service =>
                    Enumerable.Range(1, 6).ToList().ForEach(number => service.WithRoute($"/{number}/*", endpoint: $"port{number}"))
                );
        });

        Assert.Contains("'proxy' has 6 external ports, and a service of ECS takes 5.", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_load_balancer_has_a_hundred_rules()
    {
        var message = await Published.RefusalAsync(builder =>
            builder
                .AddWeb("api")
                .WithExternalHttpEndpoints()
                .PublishAsFargateService(service =>
                {
                    foreach (var number in Enumerable.Range(1, 101))
                    {
                        service.WithRoute($"/r{number}/*", priority: number);
                    }
                })
        );

        Assert.Contains(
            "The model has 101 routes to 1 external endpoints, and a load balancer takes 100 rules",
            message,
            StringComparison.Ordinal
        );
        Assert.Contains("WithComputeEnvironment", message, StringComparison.Ordinal);
    }

    [Fact]
    public Task A_route_leads_to_an_external_endpoint() =>
        Refused.ForAsync(
            builder => builder.AddWeb("api").PublishAsFargateService(service => service.WithRoute("/x/*")),
            "'api' has the route '/x/*' and no external HTTP endpoint",
            "WithExternalHttpEndpoints()"
        );

    [Fact]
    public async Task A_route_of_a_service_with_several_external_endpoints_says_which()
    {
        var message = await Published.RefusalAsync(builder =>
            builder
                .AddContainer("proxy", "nginx")
                .WithHttpEndpoint(targetPort: 80)
                .WithHttpEndpoint(targetPort: 81, name: "admin")
                .WithExternalHttpEndpoints()
                .PublishAsFargateService(service => service.WithRoute("/x/*"))
        );

        Assert.Contains(
            "'proxy' has the route '/x/*' and several external endpoints. Say which it leads to: WithRoute(…, endpoint: \"http\").",
            message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_route_to_an_endpoint_that_is_not_external_is_refused_with_those_that_are()
    {
        var message = await Published.RefusalAsync(builder =>
            builder
                .AddWeb("api")
                .WithExternalHttpEndpoints()
                .PublishAsFargateService(service => service.WithRoute("/x/*", endpoint: "grpc"))
        );

        Assert.Contains(
            "'api' has a route to the endpoint 'grpc', which is not among its external ones: http, https.",
            message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("orders")]
    [InlineData("/with space")]
    [InlineData("/{id}")]
    [InlineData("/a\\b")]
    public Task A_path_is_a_load_balancers(string path) =>
        Refused.ApiAsync(
            service => service.WithRoute(path),
            $"has the route '{path}', which is no path",
            "begins with /",
            "at most 128 characters"
        );

    [Fact]
    public Task A_path_has_128_characters_at_the_most() =>
        Refused.ApiAsync(service => service.WithRoute("/" + new string('x', 128)), "which is no path of a load balancer's rule");

    [Theory]
    [InlineData("localhost")]
    [InlineData("https://api.example.com")]
    [InlineData("a b.example.com")]
    public Task A_host_is_a_name(string host) =>
        Refused.ApiAsync(
            service => service.WithRoute(host: host),
            $"has the route to the host '{host}', which is no host name, such as api.example.com"
        );

    [Theory]
    [InlineData(0)]
    [InlineData(50_001)]
    public Task A_priority_is_a_load_balancers(int priority) =>
        Refused.ApiAsync(
            service => service.WithRoute("/x/*", priority: priority),
            $"has a route with the priority {priority}. A load balancer takes 1 to 50000."
        );

    [Fact]
    public async Task A_route_has_a_path_or_a_host()
    {
        var refusal = await Published.RefusalAsync(builder =>
            builder.AddWeb("api").PublishAsFargateService(service => service.WithRoute())
        );

        Assert.Contains("'api' has an option that cannot be: A route has a path, a host or both.", refusal, StringComparison.Ordinal);
    }
}
