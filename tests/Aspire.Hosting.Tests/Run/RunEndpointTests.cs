using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Tests.Run;

public sealed class RunEndpointTests
{
    private const string Forever = "exec sleep 1000";

    [Fact]
    public async Task A_port_in_use_names_who_wants_it_and_who_has_it_and_the_rest_runs()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        await using var app = await TestApplication.StartAsync(builder =>
        {
            builder.AddScript("api", Forever).WithHttpEndpoint(port: port, name: "web");
            builder.AddScript("fine", Forever);
        });

        await app.WaitForStateAsync("api", KnownResourceStates.FailedToStart);
        await app.WaitForStateAsync("fine", KnownResourceStates.Running);
        var message = await app.WaitForLineAsync("api", line => line.Contains("in use"));
        Assert.Contains($"Port {port}, which endpoint 'web' of resource 'api' wants", message);
        if (OperatingSystem.IsLinux())
        {
            Assert.Contains($"process {Environment.ProcessId} ", message);
        }
    }

    [Fact]
    public async Task Two_endpoints_that_want_one_port_are_told_apart()
    {
        var port = FreePort();
        await using var app = await TestApplication.StartAsync(builder =>
        {
            builder.AddScript("first", Forever).WithHttpEndpoint(port: port, name: "http");
            builder.AddScript("second", Forever).WithHttpEndpoint(port: port, name: "http");
        });

        await app.WaitForStateAsync("first", KnownResourceStates.Running);
        await app.WaitForStateAsync("second", KnownResourceStates.FailedToStart);
        Assert.Contains("'http' of 'first' and 'http' of 'second'", await app.WaitForLineAsync("second", line => line.Contains("two endpoints")));
    }

    [Fact]
    public async Task An_endpoint_gets_a_free_port_that_the_process_and_its_callers_agree_on()
    {
        await using var app = await TestApplication.StartAsync(builder =>
        {
            var server = builder.AddScript("server", "echo PORT=$PORT; exec sleep 1000").WithHttpEndpoint(name: "http", env: "PORT");
            builder.AddScript("client", "echo URL=$URL; exec sleep 1000").WithEnvironment("URL", server.GetEndpoint("http"));
        });

        var port = (await app.WaitForLineAsync("server", line => line.Contains("PORT="))).Split('=')[^1];
        var url = (await app.WaitForLineAsync("client", line => line.Contains("URL="))).Split('=')[^1];

        Assert.Equal($"http://localhost:{port}", url);
        Assert.Equal(url, app.Snapshot("server").Urls.Single().Url);
    }

    [Fact]
    public async Task A_process_behind_another_port_is_reached_through_a_proxy()
    {
        var (port, targetPort) = (FreePort(), FreePort());
        using var process = new TcpListener(IPAddress.Loopback, targetPort);
        await using var app = await TestApplication.StartAsync(builder =>
            builder.AddScript("server", Forever).WithHttpEndpoint(port: port, targetPort: targetPort, name: "http"));
        await app.WaitForStateAsync("server", KnownResourceStates.Running);

        process.Start();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, app.Deadline);
        using var accepted = await process.AcceptTcpClientAsync(app.Deadline);

        Assert.True(accepted.Connected);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
