using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Tests.ApplicationModel;

public sealed class EndpointTests
{
    [Fact]
    public void Names_and_transport_follow_from_scheme_and_protocol()
    {
        Assert.Equal(("tcp", "tcp", "tcp"), Describe(new(ProtocolType.Tcp)));
        Assert.Equal(("http", "http", "http"), Describe(new(ProtocolType.Tcp, uriScheme: "http")));
        Assert.Equal(("grpc", "https", "http"), Describe(new(ProtocolType.Tcp, uriScheme: "https", name: "grpc")));

        static (string, string, string) Describe(EndpointAnnotation endpoint) => (endpoint.Name, endpoint.UriScheme, endpoint.Transport);
    }

    [Fact]
    public void Without_a_proxy_port_and_target_port_stand_in_for_each_other()
    {
        var proxied = new EndpointAnnotation(ProtocolType.Tcp, port: 5000);
        var direct = new EndpointAnnotation(ProtocolType.Tcp, port: 5000, isProxied: false);

        Assert.Null(proxied.TargetPort);
        Assert.Equal(5000, direct.TargetPort);
        direct.TargetPort = null;
        Assert.Null(direct.TargetPort);
    }

    [Fact]
    public async Task A_value_waits_for_the_address()
    {
        var endpoint = Models.ToRun().AddContainer("cache", "redis").WithEndpoint(targetPort: 6379, name: "tcp").GetEndpoint("tcp");
        var hostAndPort = endpoint.Property(EndpointProperty.HostAndPort).GetValueAsync();

        Assert.False(hostAndPort.IsCompleted);
        Assert.False(endpoint.IsAllocated);
        Models.Allocate(endpoint, 41000, "6379");

        Assert.Equal("localhost:41000", await hostAndPort);
        Assert.Equal("tcp://localhost:41000", endpoint.Url);
        Assert.Equal("6379", await endpoint.Property(EndpointProperty.TargetPort).GetValueAsync());
        Assert.Equal("127.0.0.1", await endpoint.Property(EndpointProperty.IPV4Host).GetValueAsync());
    }

    [Fact]
    public async Task A_container_sees_the_address_of_its_own_network()
    {
        var app = Models.ToRun();
        var cache = app.AddContainer("cache", "redis").WithEndpoint(targetPort: 6379, name: "tcp");
        var client = app.AddContainer("client", "busybox").WithEnvironment("CACHE", cache.GetEndpoint("tcp"));
        var endpoint = cache.GetEndpoint("tcp").EndpointAnnotation;
        Models.Allocate(cache.GetEndpoint("tcp"), 41000, "6379");
        var network = KnownNetworkIdentifiers.DefaultAspireContainerNetwork;
        endpoint.AllAllocatedEndpoints.AddOrUpdateAllocatedEndpoint(
            network, new(endpoint, "cache", 6379, EndpointBindingMode.SingleAddress, networkId: network));

        var configuration = await client.ConfigurationAsync();

        Assert.Equal("tcp://cache:6379", configuration.EnvironmentVariables.Single(v => v.Key == "CACHE").Value);
    }

    [Fact]
    public void A_reference_to_a_missing_endpoint_says_which_there_are()
    {
        var proxy = Models.ToRun().AddContainer("proxy", "nginx").WithHttpEndpoint(targetPort: 80).WithHttpEndpoint(name: "admin");
        var missing = proxy.GetEndpoint("grpc");

        Assert.False(missing.Exists);
        var exception = Assert.Throws<InvalidOperationException>(() => missing.Url);
        Assert.Contains("`grpc` is not allocated", exception.Message);
        exception = Assert.Throws<InvalidOperationException>(() => missing.Scheme);
        Assert.Contains("`http`, `admin`", exception.Message);
    }

    [Fact]
    public void A_second_call_changes_what_it_gives_of_an_endpoint_and_nothing_else()
    {
        var proxy = Models.ToRun().AddContainer("proxy", "nginx").WithHttpEndpoint(port: 8080, targetPort: 80, isProxied: false);
        proxy.WithHttpEndpoint(targetPort: 81).WithExternalHttpEndpoints();

        var endpoint = Assert.Single(proxy.Resource.Annotations.OfType<EndpointAnnotation>());
        Assert.Equal((8080, 81, true, false), (endpoint.Port, endpoint.TargetPort, endpoint.IsExternal, endpoint.IsProxied));
    }

    [Fact]
    public async Task The_target_port_reaches_the_process_by_the_variable_it_asked_for()
    {
        var tool = Models.ToRun().AddExecutable("tool", "node", ".").WithHttpEndpoint(env: "PORT");
        Models.Allocate(tool.GetEndpoint("http"), 41000, "39000");

        Assert.Equal("39000", (await tool.ConfigurationAsync()).EnvironmentVariables.Single(v => v.Key == "PORT").Value);
    }

    [Fact]
    public void Published_ports_are_explicit_implicit_or_left_to_the_environment()
    {
        var app = Models.ToPublish();
        var proxy = app.AddContainer("proxy", "nginx").WithHttpEndpoint(port: 9000, targetPort: 80).WithEndpoint(targetPort: 6379, name: "tcp");
        var web = app.AddProject<WebProject>("web");

        Assert.Equal([(80, 9000), (6379, 6379)], proxy.Resource.ResolveEndpoints().Select(e => (e.TargetPort.Value, e.ExposedPort.Value)));
        Assert.Equal([(null, null), (null, null)], web.Resource.ResolveEndpoints().Select(e => (e.TargetPort.Value, e.ExposedPort.Value)));
    }
}
