using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Hosting.Fargate.Tests.Images;

/// <summary>A registry of its own: a process with a folder and a port of its own, ended by its id.</summary>
internal sealed class RegistryProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private RegistryProcess(Process process, DirectoryInfo folder, Uri address)
    {
        (_process, _folder) = (process, folder);
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<RegistryProcess> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory();
        var port = FreePort();
        var config = Path.Combine(folder.FullName, "config.yml");
        await File.WriteAllTextAsync(
            config,
            $"""
            version: 0.1
            log: {"{"}level: error{"}"}
            storage: {"{"}filesystem: {"{"}rootdirectory: "{folder.FullName}/data"{"}"}{"}"}
            http: {"{"}addr: "127.0.0.1:{port}", relativeurls: true, secret: test{"}"}
            """
        );
        var start = new ProcessStartInfo("docker-registry", ["serve", config])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            folder.Delete(recursive: true);
            Assert.Skip("There is no docker-registry; install with: apt-get install docker-registry.");
            throw;
        }

        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var registry = new RegistryProcess(process, folder, new Uri($"http://127.0.0.1:{port}"));
        using var http = new HttpClient();
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var response = await http.GetAsync(new Uri(registry.Address, "/v2/"));
                response.EnsureSuccessStatusCode();
                return registry;
            }
            catch (HttpRequestException) when (clock.Elapsed < s_deadline && !process.HasExited)
            {
                await Task.Delay(20);
            }
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
