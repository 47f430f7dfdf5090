using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Reading;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>Whose address a variable has: the public one, for browsers and for what is compared with theirs, or the name inside.</summary>
public sealed class PublicAddressTests
{
    [Fact]
    public async Task An_authority_in_another_services_variable_is_public_and_service_discovery_is_not()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var identity = builder
                    .AddContainer("identity", "keycloak:26")
                    .WithHttpEndpoint(targetPort: 8080)
                    .WithExternalHttpEndpoints();
                builder
                    .AddWorker("api")
                    .WithReference(identity.GetEndpoint("http"))
                    .WithEnvironment("Auth__Authority", ReferenceExpression.Create($"{identity.GetEndpoint("http")}/realms/shop"));
            })
        ).Template();

        Assert.Equal("Sub http://${LoadBalancer.DNSName}/realms/shop", template.Variable("api", "Auth__Authority"));
        Assert.Equal("http://identity:8080", template.Variable("api", "services__identity__http__0"));
    }

    [Fact]
    public async Task What_a_reference_gives_is_internal_under_each_of_its_names()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var api = builder.AddWeb("my-api").WithExternalHttpEndpoints();
                builder.AddWorker("one").WithReference(api);
                builder.AddWorker("other").WithReference(api, "backend");
            })
        ).Template();

        Assert.Equal("http://my-api", template.Variable("one", "services__my-api__http__0"));
        Assert.Equal("http://my-api", template.Variable("one", "MY_API_HTTP"));
        Assert.Equal("http://my-api", template.Variable("other", "services__backend__http__0"));
        Assert.Equal("http://my-api", template.Variable("other", "backend_HTTP"));
    }

    [Fact]
    public async Task A_connection_string_and_its_properties_are_internal()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var search = builder
                    .AddResource(new SearchResource("my-search"))
                    .WithImage("search")
                    .WithHttpEndpoint(targetPort: 9200)
                    .WithExternalHttpEndpoints();
                builder.AddWorker("worker").WithReference(search).WithEnvironment("SEARCH_PAGE", search.GetEndpoint("http"));
            })
        ).Template();

        Assert.Equal("Endpoint=http://my-search:9200", template.Variable("worker", "ConnectionStrings__my-search"));
        Assert.Equal("http://my-search:9200", template.Variable("worker", "MY_SEARCH_URI"));
        Assert.Equal("Sub http://${LoadBalancer.DNSName}", template.Variable("worker", "SEARCH_PAGE"));
    }

    [Fact]
    public async Task A_public_address_has_the_host_and_the_port_of_the_endpoint()
    {
        void Model(IDistributedApplicationBuilder builder)
        {
            var api = builder.AddWeb("api").WithExternalHttpEndpoints();
            var site = builder.AddWeb("site").WithExternalHttpEndpoints();
            site.WithEnvironment("API", api.GetEndpoint("http")).WithEnvironment("SELF", site.GetEndpoint("https"));
            api.WithEnvironment("SITE", site.GetEndpoint("http"))
                .WithEnvironment("SITE_PORT", site.GetEndpoint("http").Property(EndpointProperty.Port))
                .WithEnvironment("SITE_HOST", site.GetEndpoint("http").Property(EndpointProperty.HostAndPort));
        }

        var port = DefaultRoutes.PortOf("site", null);
        var template = (await Published.ModelAsync(Model)).Template();
        Assert.Equal("Sub http://${LoadBalancer.DNSName}", template.Variable("site", "API"));
        Assert.Equal($"Sub http://${{LoadBalancer.DNSName}}:{port}", template.Variable("site", "SELF"));
        Assert.Equal($"Sub http://${{LoadBalancer.DNSName}}:{port}", template.Variable("api", "SITE"));
        Assert.Equal($"{port}", template.Variable("api", "SITE_PORT"));
        Assert.Equal($"Sub ${{LoadBalancer.DNSName}}:{port}", template.Variable("api", "SITE_HOST"));

        var named = (
            await Published.ModelAsync(builder =>
            {
                builder.AddFargateEnvironment("shop").WithDomain("shop.example.com", "Z0123456789");
                Model(builder);
            })
        ).Template();
        Assert.Equal("https://shop.example.com", named.Variable("site", "API"));
        Assert.Equal("https://site.shop.example.com", named.Variable("site", "SELF"));
        Assert.Equal("https://site.shop.example.com", named.Variable("api", "SITE"));
        Assert.Equal("443", named.Variable("api", "SITE_PORT"));
    }

    [Fact]
    public async Task An_address_of_another_environment_has_the_host_and_the_port_that_it_has_there()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var front = builder.AddFargateEnvironment("front");
                var back = builder.AddFargateEnvironment("back");
                builder.AddWeb("api").WithComputeEnvironment(back).WithExternalHttpEndpoints();
                var admin = builder.AddWeb("admin").WithComputeEnvironment(back).WithExternalHttpEndpoints();
                builder
                    .AddWeb("site")
                    .WithComputeEnvironment(front)
                    .WithEnvironment("ADMIN", admin.GetEndpoint("http"))
                    .WithEnvironment("TARGET", admin.GetEndpoint("http").Property(EndpointProperty.TargetPort));
            })
        ).Template();

        Assert.Equal(
            $"Sub http://${{Value1}}:{DefaultRoutes.PortOf("admin", null)} {{Value1: ImportValue back:LoadBalancerDnsName}}",
            template.Variable("site", "ADMIN")
        );
        Assert.Equal("8080", template.Variable("site", "TARGET"));
    }

    [Fact]
    public async Task A_circle_that_public_addresses_undo_is_none()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var api = builder.AddWeb("api");
                var site = builder.AddWeb("site").WithExternalHttpEndpoints().WithReference(api);
                api.WithEnvironment("Cors__Origin", site.GetEndpoint("http"));
            })
        ).Template();

        Assert.Equal("Sub http://${LoadBalancer.DNSName}", template.Variable("api", "Cors__Origin"));
        Assert.Equal("http://api", template.Variable("site", "services__api__http__0"));
        Assert.Contains("ApiService", template["SiteService"].DependsOn);
        Assert.False(template.Contains("Site8080FromApi"));
    }

    [Fact]
    public async Task The_network_that_a_reference_names_is_honoured()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var api = builder.AddWeb("api").WithExternalHttpEndpoints();
            var inner = builder.AddWeb("inner");
            var worker = builder
                .AddWorker("worker")
                .WithEnvironment("PUBLIC", api.GetEndpoint("http", KnownNetworkIdentifiers.PublicInternet))
                .WithEnvironment("API_HTTP", api.GetEndpoint("http", KnownNetworkIdentifiers.PublicInternet))
                .WithEnvironment("INSIDE", api.GetEndpoint("http", KnownNetworkIdentifiers.DefaultAspireContainerNetwork))
                .WithEnvironment("NOT_PUBLIC", inner.GetEndpoint("http", KnownNetworkIdentifiers.PublicInternet));
            inner
                .WithEnvironment("LOCAL", inner.GetEndpoint("http", KnownNetworkIdentifiers.LocalhostNetwork))
                .WithEnvironment("NAMED", inner.GetEndpoint("http"));
        });

        var template = published.Template();
        Assert.Equal("Sub http://${LoadBalancer.DNSName}", template.Variable("worker", "PUBLIC"));
        Assert.Equal("Sub http://${LoadBalancer.DNSName}", template.Variable("worker", "API_HTTP"));
        Assert.Equal("http://api", template.Variable("worker", "INSIDE"));
        Assert.Equal("http://inner", template.Variable("worker", "NOT_PUBLIC"));
        Assert.Contains(
            "is to have the public address of 'http' of 'inner' in NOT_PUBLIC (KnownNetworkIdentifiers.PublicInternet), and the endpoint is internal",
            published.Notices("worker"),
            StringComparison.Ordinal
        );
        Assert.Equal("http://inner", template.Variable("inner", "LOCAL"));
        Assert.Equal("http://inner", template.Variable("inner", "NAMED"));
    }

    [Fact]
    public async Task What_the_environment_says_of_an_endpoint_is_public_or_a_name_as_the_endpoint_is()
    {
#pragma warning disable ASPIRECOMPUTE002 // What an environment says of its endpoints.
        var template = (
            await Published.ModelAsync(builder =>
            {
                IComputeEnvironmentResource environment = builder
                    .AddFargateEnvironment("shop")
                    .WithDomain("shop.example.com", "Z0123456789")
                    .Resource;
                var api = builder.AddWeb("api").WithExternalHttpEndpoints();
                var inner = builder.AddContainer("inner", "nginx:1").WithHttpEndpoint(port: 81, targetPort: 8081);
                builder
                    .AddWorker("worker")
                    .WithEnvironment(context =>
                    {
                        context.EnvironmentVariables["HOST"] = environment.GetHostAddressExpression(api.GetEndpoint("http"));
                        context.EnvironmentVariables["URL"] = environment.GetEndpointPropertyExpression(
                            api.GetEndpoint("http").Property(EndpointProperty.Url)
                        );
                        context.EnvironmentVariables["INNER"] = environment.GetHostAddressExpression(inner.GetEndpoint("http"));
                        context.EnvironmentVariables["INNER_URL"] = environment.GetEndpointPropertyExpression(
                            inner.GetEndpoint("http").Property(EndpointProperty.Url)
                        );
                    });
            })
        ).Template();
#pragma warning restore ASPIRECOMPUTE002

        Assert.Equal("shop.example.com", template.Variable("worker", "HOST"));
        Assert.Equal("https://shop.example.com", template.Variable("worker", "URL"));
        Assert.Equal("inner", template.Variable("worker", "INNER"));
        Assert.Equal("http://inner:81", template.Variable("worker", "INNER_URL"));
    }

    [Fact]
    public async Task Behind_VPC_endpoints_a_public_address_is_noticed()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithVpcEndpoints();
            var api = builder.AddWeb("api").WithExternalHttpEndpoints();
            builder
                .AddWorker("worker")
                .WithEnvironment("API", api.GetEndpoint("http"))
                .PublishAsFargateService(service => service.Telemetry = Telemetry.Direct);
            api.PublishAsFargateService(service => service.Telemetry = Telemetry.Direct);
        });

        Assert.Contains(
            "has the public address of 'api' in API, for browsers: tasks behind VPC endpoints cannot call it. What calls 'api' itself takes worker.WithReference(api)",
            published.Notices("worker"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_value_that_names_a_binding_in_the_words_of_the_manifest_is_that_address()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var gateway = builder.AddWeb("gateway").WithExternalHttpEndpoints();
                gateway.WithEnvironment(
                    "Client__ConfigResponse",
                    ReferenceExpression.Create($"{{\"origin\":\"{new OriginReference(gateway.GetEndpoint("https"))}/app\"}}")
                );
            })
        ).Template();

        Assert.Equal("Sub {\"origin\":\"http://${LoadBalancer.DNSName}/app\"}", template.Variable("gateway", "Client__ConfigResponse"));
    }

    /// <summary>As Aspire's Blazor gateway refers to itself: by the manifest's expression alone.</summary>
    private sealed class OriginReference(EndpointReference endpoint) : IValueProvider, IManifestExpressionProvider
    {
        public string ValueExpression => $"{{{endpoint.Resource.Name}.bindings.{endpoint.EndpointName}.url}}";

        public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => endpoint.GetValueAsync(cancellationToken);
    }

    private sealed class SearchResource(string name) : ContainerResource(name), IResourceWithConnectionString
    {
        private EndpointReference Endpoint => new(this, "http");

        public ReferenceExpression ConnectionStringExpression =>
            ReferenceExpression.Create($"Endpoint={Endpoint.Property(EndpointProperty.Url)}");

        IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
            [new("Uri", ReferenceExpression.Create($"{Endpoint.Property(EndpointProperty.Url)}"))];
    }
}
