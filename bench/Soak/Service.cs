using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

/// <summary>
/// A service of this solution as a process of its own, from its build's output, that can be killed and started again at the same address.
/// </summary>
internal sealed class Service(string project, IReadOnlyDictionary<string, string> variables) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private Process? _process;

    public string Address { get; } = $"http://127.0.0.1:{FreePort()}";

    /// <summary>The most memory that a process of it was seen with, in bytes.</summary>
    public long MostMemory { get; private set; }

    /// <summary>Processes that ended without being told to.</summary>
    public int Crashes { get; private set; }

    public void Start()
    {
        var folder = AppContext.BaseDirectory.Replace(
            Path.Combine("bench", "Soak"),
            Path.Combine("src", project),
            StringComparison.Ordinal
        );
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, $"{project}.dll")])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment =
            {
                ["ASPNETCORE_URLS"] = Address,
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["DOTNET_ENVIRONMENT"] = "Production",
            },
        };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        lock (_gate)
            _process = process;
    }

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        Process? process;
        lock (_gate)
            (process, _process) = (_process, null);
        if (process is null)
            return;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>Looks how much memory it has, and starts it again if it ended by itself.</summary>
    public void Look()
    {
        lock (_gate)
        {
            if (_process is null)
                return;
            if (!_process.HasExited)
            {
                _process.Refresh();
                MostMemory = Math.Max(MostMemory, _process.WorkingSet64);
                return;
            }
        }

        Crashes++;
        Start();
    }

    public async Task WaitAsync(string path, TimeSpan limit)
    {
        using var client = new HttpClient();
        for (var watch = Stopwatch.StartNew(); ; )
        {
            try
            {
                using var response = await client.GetAsync(Address + path);
                if (response.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException) when (watch.Elapsed < limit) { }

            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
