using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Rows;

public sealed class EndpointPropertyTests
{
    [Theory]
    [InlineData(EndpointProperty.Url, "http://proxy:9000")]
    [InlineData(EndpointProperty.Host, "proxy")]
    [InlineData(EndpointProperty.IPV4Host, "proxy")]
    [InlineData(EndpointProperty.Port, "9000")]
    [InlineData(EndpointProperty.Scheme, "http")]
    [InlineData(EndpointProperty.TargetPort, "9001")]
    [InlineData(EndpointProperty.HostAndPort, "proxy:9000")]
    [InlineData(EndpointProperty.TlsEnabled, "False")]
    public async Task Another_service_has_the_name_and_port_of_Service_Connect(EndpointProperty property, string expected)
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var proxy = builder.AddContainer("proxy", "nginx").WithHttpEndpoint(port: 9000, targetPort: 9001, name: "admin");
                builder.AddWorker("worker").WithEnvironment("VALUE", proxy.GetEndpoint("admin").Property(property));
            })
        ).Template();

        Assert.Equal(expected, template.Variable("worker", "VALUE"));
    }

    [Theory]
    [InlineData(EndpointProperty.Url, "http://localhost:8080")]
    [InlineData(EndpointProperty.Host, "localhost")]
    [InlineData(EndpointProperty.Port, "8080")]
    [InlineData(EndpointProperty.TargetPort, "8080")]
    [InlineData(EndpointProperty.HostAndPort, "localhost:8080")]
    public async Task An_internal_service_calls_itself_on_localhost(EndpointProperty property, string expected)
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var api = builder.AddWeb("api");
                api.WithEnvironment("VALUE", api.GetEndpoint("https").Property(property));
            })
        ).Template();

        Assert.Equal(expected, template.Variable("api", "VALUE"));
        Assert.Equal("{Enabled: false}", template.Service("api").At("ServiceConnectConfiguration").Show());
    }

    [Theory]
    [InlineData(EndpointProperty.Url, "Sub http://${LoadBalancer.DNSName}")]
    [InlineData(EndpointProperty.Host, "GetAtt LoadBalancer.DNSName")]
    [InlineData(EndpointProperty.Port, "80")]
    [InlineData(EndpointProperty.Scheme, "http")]
    [InlineData(EndpointProperty.HostAndPort, "Sub ${LoadBalancer.DNSName}:80")]
    [InlineData(EndpointProperty.TargetPort, "8080")]
    [InlineData(EndpointProperty.TlsEnabled, "False")]
    public async Task An_external_service_knows_its_public_address(EndpointProperty property, string expected)
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var api = builder.AddWeb("api").WithExternalHttpEndpoints();
                api.WithEnvironment("VALUE", api.GetEndpoint("http").Property(property));
            })
        ).Template();

        Assert.Equal(expected, template.Variable("api", "VALUE"));
    }

    [Theory]
    [InlineData(EndpointProperty.Url, "https://shop.example.com")]
    [InlineData(EndpointProperty.Port, "443")]
    [InlineData(EndpointProperty.Scheme, "https")]
    [InlineData(EndpointProperty.HostAndPort, "shop.example.com:443")]
    [InlineData(EndpointProperty.TlsEnabled, "True")]
    public async Task A_public_address_is_that_of_the_domain(EndpointProperty property, string expected)
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddFargateEnvironment("shop").WithDomain("shop.example.com", "Z0123456789");
                var api = builder.AddWeb("api").WithExternalHttpEndpoints();
                api.WithEnvironment("VALUE", api.GetEndpoint("http").Property(property));
            })
        ).Template();

        Assert.Equal(expected, template.Variable("api", "VALUE"));
    }

    [Theory]
    [InlineData("api.example.com", "https://api.example.com")]
    [InlineData("*.example.com", "https://shop.example.com")]
    public async Task A_public_address_is_that_of_the_routes_host_where_one_can_call_it(string host, string expected)
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddFargateEnvironment("shop").WithDomain("shop.example.com", "Z0123456789");
                var api = builder
                    .AddWeb("api")
                    .WithExternalHttpEndpoints()
                    .PublishAsFargateService(service => service.WithRoute(host: host));
                api.WithEnvironment("VALUE", api.GetEndpoint("https"));
            })
        ).Template();

        Assert.Equal(expected, template.Variable("api", "VALUE"));
    }

    [Fact]
    public async Task A_task_calls_an_external_service_by_its_public_address()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var api = builder.AddWeb("api").WithExternalHttpEndpoints();
                builder.AddWorker("smoke").WithReference(api).PublishAsFargateTask();
            })
        ).Template();

        Assert.Equal("Sub http://${LoadBalancer.DNSName}", template.Variable("smoke", "services__api__http__0"));
        Assert.Equal("{Enabled: false}", template.Service("api").At("ServiceConnectConfiguration").Show());
    }

    [Fact]
    public async Task An_address_may_be_an_argument()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var api = builder.AddWeb("api");
                builder.AddContainer("client", "curl").WithArgs("--url", api.GetEndpoint("http"));
            })
        ).Template();

        Assert.Equal("[--url, http://api]", template.Container("client").At("Command").Show());
        Assert.Contains("client: an argument names api", template["Api8080FromClient"].Comment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_containers_port_may_be_named_without_an_endpoint()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var proxy = builder.AddContainer("proxy", "nginx").WithHttpEndpoint(targetPort: 8081);
                proxy.WithEnvironment(context => context.EnvironmentVariables["PORT"] = new ContainerPortReference(proxy.Resource));
            })
        ).Template();

        Assert.Equal("8081", template.Variable("proxy", "PORT"));
    }
}
