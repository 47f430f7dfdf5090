using System.ComponentModel;
using System.Net;
using System.Net.Sockets;

namespace Testing.Fargate;

/// <summary>Debian's docker-registry on a free port of localhost, with a folder of its own, which goes with it.</summary>
public sealed class DockerRegistry : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("docker-registry-");
    private ServerProcess? _process;

    /// <summary>Why there is none, or null.</summary>
    public string? Missing { get; private set; }

    /// <summary>As an image's name begins: <c>localhost:PORT</c>, which .NET's container build takes for one without TLS.</summary>
    public string Address { get; private set; } = "";

    public static async Task<DockerRegistry> StartAsync()
    {
        var registry = new DockerRegistry();
        await registry.RunAsync();
        return registry;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private async Task RunAsync()
    {
        var port = FreePort();
        var configuration = Path.Combine(_folder.FullName, "config.yml");
        await File.WriteAllTextAsync(
            configuration,
            $$"""
            version: 0.1
            log: {level: info}
            storage:
              filesystem: {rootdirectory: "{{Path.Combine(_folder.FullName, "data")}}"}
              delete: {enabled: true}
            http: {addr: "127.0.0.1:{{port}}"}
            """
        );
        try
        {
            _process = new ServerProcess("docker-registry", ["serve", configuration], line =>
                line.Contains("listening on", StringComparison.Ordinal)
            );
        }
        catch (Win32Exception)
        {
            Missing = "docker-registry is not installed: apt-get install docker-registry";
            return;
        }

        await _process.ReadyAsync();
        Address = $"localhost:{port}";
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
