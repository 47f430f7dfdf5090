using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using LocalAws.Tests.Emulators;

namespace AWSSDK.Tests.Moto;

/// <summary>moto's server, https://docs.getmoto.org: another's idea of what the services say and take.</summary>
public sealed class MotoServer : IAsyncLifetime
{
    private ServerProcess? _process;
    private string _address = "";

    /// <summary>A client of a service as moto has it. Skips the test that asks, where moto is not.</summary>
    public TClient Client<TClient>(TestedService service)
        where TClient : AmazonServiceClient
    {
        Assert.SkipWhen(_process is null, "moto_server is not installed; install with: pip install 'moto[server]==5.2.1'");
        return (TClient)
            service.CreateClient(config =>
            {
                config.ServiceURL = _address;
                config.AuthenticationRegion = "eu-west-1";
                config.MaxErrorRetry = 0;
            });
    }

    public async ValueTask InitializeAsync()
    {
        var port = FreePort();
        try
        {
            _process = new ServerProcess("moto_server", ["-H", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture)]);
        }
        catch (Win32Exception)
        {
            return;
        }

        await _process.FindOutputAsync(line => line.Contains("Running on", StringComparison.Ordinal));
        _address = $"http://127.0.0.1:{port}";
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
