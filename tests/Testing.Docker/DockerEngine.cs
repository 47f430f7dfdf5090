using System.ComponentModel;
using System.Diagnostics;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Testing.Docker;

/// <summary>
/// Docker: the engine that DOCKER_HOST or the default socket names, else one of the test's own, in a folder that goes with it.
/// </summary>
internal sealed class DockerEngine : IAsyncDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(3);

    private readonly List<string> _containers = [];
    private readonly List<string> _networks = [];
    private readonly List<string> _volumes = [];
    private DirectoryInfo? _folder;
    private Process? _daemon;
    private string? _host;

    /// <summary>Why there is none, or null.</summary>
    public string? Missing { get; private set; }

    /// <summary>What DOCKER_HOST has to be for its clients.</summary>
    public string Host => _host ?? Environment.GetEnvironmentVariable("DOCKER_HOST") ?? "unix:///var/run/docker.sock";

    /// <summary>The address at which a container finds this machine.</summary>
    public string Gateway { get; private set; } = "";

    public static async Task<DockerEngine> StartAsync()
    {
        var engine = new DockerEngine();
        try
        {
            if ((await engine.TryAsync("info")).ExitCode != 0)
            {
                engine.Missing = await engine.StartDaemonAsync();
            }

            if (engine.Missing is null)
            {
                engine.Gateway = AddressOf(
                    await engine.RunAsync(
                        "network",
                        "inspect",
                        "bridge",
                        "--format",
                        "{{index .Options \"com.docker.network.bridge.name\"}}"
                    )
                );
            }
        }
        catch (Win32Exception)
        {
            engine.Missing = "Docker is not installed: apt-get install docker.io iptables";
        }

        return engine;
    }

    /// <summary>Runs the CLI.</summary>
    /// <returns>What it printed, without the last line's end.</returns>
    public async Task<string> RunAsync(params string[] arguments)
    {
        var (exitCode, output, errors) = await TryAsync(arguments);
        return exitCode == 0
            ? output.TrimEnd()
            : throw new InvalidOperationException($"docker {string.Join(' ', arguments)}: {errors}{output}");
    }

    /// <summary>What a container wrote, to both of its outputs.</summary>
    public async Task<string> LogsAsync(string id)
    {
        var (_, output, errors) = await TryAsync("logs", id);
        return output + errors;
    }

    /// <summary>Starts a container, which is removed in the end.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> StartAsync(IEnumerable<string> arguments)
    {
        var id = await RunAsync(["run", "--detach", .. arguments]);
        _containers.Add(id);
        return id;
    }

    /// <summary>Makes a network in which containers find each other by name; it is removed in the end.</summary>
    public async Task CreateNetworkAsync(string name)
    {
        await RunAsync("network", "create", name);
        _networks.Add(name);
    }

    /// <summary>A name for a volume, which is made once a container mounts it and removed in the end.</summary>
    public string NewVolume()
    {
        var name = $"volume-{Guid.NewGuid():N}";
        _volumes.Add(name);
        return name;
    }

    public async ValueTask DisposeAsync()
    {
        if (_containers.Count > 0)
        {
            await TryAsync(["rm", "--force", "--volumes", .. _containers]);
        }

        if (_volumes.Count > 0)
        {
            await TryAsync(["volume", "rm", "--force", .. _volumes]);
        }

        if (_networks.Count > 0)
        {
            await TryAsync(["network", "rm", .. _networks]);
        }

        if (_daemon is not null)
        {
            await StopDaemonAsync(_daemon);
        }

        _folder?.Delete(recursive: true);
    }

    private static string AddressOf(string networkInterface) =>
        NetworkInterface
            .GetAllNetworkInterfaces()
            .Single(one => one.Name == networkInterface)
            .GetIPProperties()
            .UnicastAddresses.First(address => address.Address.AddressFamily == AddressFamily.InterNetwork)
            .Address.ToString();

    /// <returns>Why it did not start, or null.</returns>
    private async Task<string?> StartDaemonAsync()
    {
        if (Environment.UserName != "root")
        {
            return "No Docker engine answers, and one of the test's own wants root: start Docker, or set DOCKER_HOST.";
        }

        _folder = Directory.CreateTempSubdirectory("docker-");
        _host = $"unix://{_folder.FullName}/socket";
        var start = new ProcessStartInfo(
            "dockerd",
            ["--data-root", $"{_folder}/data", "--exec-root", $"{_folder}/exec", "--pidfile", $"{_folder}/pid", "--host", _host]
        )
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        _daemon = Process.Start(start)!;
        _daemon.BeginErrorReadLine();
        _daemon.BeginOutputReadLine();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while ((await TryAsync("info")).ExitCode != 0)
        {
            if (_daemon.HasExited || deadline.IsCancellationRequested)
            {
                return "A Docker engine of the test's own does not start here: start Docker, or set DOCKER_HOST.";
            }

            await timer.WaitForNextTickAsync();
        }

        return null;
    }

    private static async Task StopDaemonAsync(Process daemon)
    {
        if (!daemon.HasExited)
        {
            // SIGTERM, so that it unmounts what it has mounted.
            using (var kill = Process.Start("kill", [daemon.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            {
                await kill.WaitForExitAsync();
            }

            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            try
            {
                await daemon.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                daemon.Kill(entireProcessTree: true);
                await daemon.WaitForExitAsync(CancellationToken.None);
            }
        }

        daemon.Dispose();
    }

    private async Task<(int ExitCode, string Output, string Errors)> TryAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("docker", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (_host is not null)
        {
            start.Environment["DOCKER_HOST"] = _host;
        }

        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(s_deadline);
        var errors = process.StandardError.ReadToEndAsync(deadline.Token);
        var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, output, await errors);
    }
}
