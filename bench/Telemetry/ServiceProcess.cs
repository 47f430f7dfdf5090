using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

/// <summary>A service of this solution as a process of its own: published, or built as this program is.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServiceProcess(string project, IReadOnlyDictionary<string, string> variables)
    {
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{FreePort()}"),
        };
        var folder = Directory.Exists(Published(project)) ? Published(project) : Path.Combine(Root, "src", project, Output);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, $"{project}.dll")])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["ASPNETCORE_URLS"] = Client.BaseAddress.OriginalString, ["ASPNETCORE_ENVIRONMENT"] = "Production" },
        };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) =>
        {
            if (Environment.GetEnvironmentVariable("BENCH_LOG") is not null)
                Console.Error.WriteLine(line.Data);
        };
        _process.BeginOutputReadLine();
    }

    public HttpClient Client { get; }

    /// <summary>Publishes a project as its image has it; what is started from now on is that.</summary>
    public static async Task PublishAsync(string project)
    {
        using var publish = Process.Start(
            "dotnet",
            [
                "publish",
                Path.Combine(Root, "src", project),
                "--configuration",
                "Release",
                "--output",
                Published(project),
                "--verbosity",
                "quiet",
            ]
        );
        await publish.WaitForExitAsync();
        if (publish.ExitCode != 0)
            throw new InvalidOperationException($"{project} could not be published.");
    }

    /// <summary>Starts what listens to nothing.</summary>
    public static ServiceProcess Start(string project, IReadOnlyDictionary<string, string> variables) => new(project, variables);

    /// <summary>The time that it has kept a processor busy.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it and returns once it answers, with how long that took.</summary>
    public static async Task<(ServiceProcess Process, TimeSpan Start)> StartAsync(
        string project,
        string path,
        IReadOnlyDictionary<string, string> variables
    )
    {
        var watch = Stopwatch.StartNew();
        var service = new ServiceProcess(project, variables);
        await service.ListensAsync();
        using var response = await service.Client.GetAsync(path);
        response.EnsureSuccessStatusCode();
        return (service, watch.Elapsed);
    }

    // By a bare connection: the exceptions of a client's requests would take the processor from the service that starts.
    private async Task ListensAsync()
    {
        var address = new IPEndPoint(IPAddress.Loopback, Client.BaseAddress!.Port);
        while (true)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            var connected = new TaskCompletionSource();
            using var attempt = new SocketAsyncEventArgs { RemoteEndPoint = address };
            attempt.Completed += (_, _) => connected.SetResult();
            if (socket.ConnectAsync(attempt))
                await connected.Task;
            if (attempt.SocketError == SocketError.Success)
                return;
            if (_process.HasExited)
                throw new InvalidOperationException(
                    $"{Path.GetFileName(_process.StartInfo.WorkingDirectory)} ended with exit code {_process.ExitCode}."
                );
            await Task.Delay(1);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    // This program stands in bench/NAME/bin/CONFIGURATION/FRAMEWORK, and a service in src/ likewise.
    private static string Output =>
        string.Join(
            Path.DirectorySeparatorChar,
            AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar)[^3..]
        );

    private static string Root => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", ".."));

    private static string Published(string project) => Path.Combine(AppContext.BaseDirectory, "published", project);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
