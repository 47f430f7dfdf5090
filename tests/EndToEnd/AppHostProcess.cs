using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace EndToEnd;

/// <summary>The AppHost as its user starts it: a process with a console.</summary>
internal sealed partial class AppHostProcess : IAsyncDisposable
{
    /// <summary>The collection of the classes that start the AppHost's processes: each takes both cores for its start.</summary>
    public const string Collection = "AppHost processes";

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly string _data;
    private readonly bool _ownsData;

    private AppHostProcess(string[] arguments, string? data, (string Name, string? Value)[] environment)
    {
        _ownsData = data is null;
        _data = data ?? Directory.CreateTempSubdirectory("apphost-process-").FullName;
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Projects.AppHost.ProjectPath,
        };
        start.ArgumentList.Add(BuiltAppHost());
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        // What the launch profile says, with ports that are free.
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_URLS"] = "http://localhost:0";
        start.Environment["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = "http://localhost:0";
        start.Environment["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true";
        start.Environment["DcpPublisher__RandomizePorts"] = "true";
        start.Environment["Parameters__api-key"] = ReferenceApplication.ApiKey;
        start.Environment["LocalAws__DataPath"] = _data;
        // No test looks into an account, whatever this machine can sign in to.
        start.Environment["Fargate__RefreshSeconds"] = "0";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Append(line.Data);
        _process.ErrorDataReceived += (_, line) => Append(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public static AppHostProcess Start(string[] arguments, params (string Name, string? Value)[] environment) =>
        new(arguments, data: null, environment);

    /// <summary>Starts the application, with an emulator that keeps its data in a folder of the caller's.</summary>
    public static AppHostProcess StartOn(DirectoryInfo data) => new([], data.FullName, [("Worker__VisibilityTimeout", "00:00:02")]);

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public Task WaitForOutputAsync(string text) =>
        WaitAsync(() => Output.Contains(text, StringComparison.Ordinal) ? text : null, $"said \"{text}\"");

    /// <summary>Waits until a project that serves HTTP is healthy.</summary>
    /// <returns>The project's own address, with no proxy of the orchestrator's between.</returns>
    public async Task<Uri> WaitUntilHealthyAsync(string program)
    {
        using var http = new HttpClient();
        return await WaitAsync(
            async () => AddressOf(program) is { } address && await IsHealthyAsync(http, address) ? address : null,
            $"had a healthy {program}"
        );
    }

    /// <summary>Kills it without warning.</summary>
    public void Kill() => _process.Kill();

    public void Signal(PosixSignal signal) => Kill(_process.Id, signal is PosixSignal.SIGINT ? 2 : 15);

    public async Task<int> ExitAsync()
    {
        using var deadline = new CancellationTokenSource(ReferenceApplication.Patience);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    /// <summary>All that it started, and their children: they have its environment.</summary>
    public List<int> Descendants() => [.. ProcessTree.Marked(_data).Where(id => id != _process.Id)];

    /// <summary>Waits until nothing is left of what it started.</summary>
    public async Task WaitUntilNothingIsLeftAsync()
    {
        using var deadline = new CancellationTokenSource(ReferenceApplication.Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (Descendants() is { Count: > 0 } alive)
        {
            Assert.False(deadline.IsCancellationRequested, $"Still alive: {string.Join(", ", alive.Select(ProcessTree.ProgramOf))}");
            await timer.WaitForNextTickAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Signal(PosixSignal.SIGTERM);
            try
            {
                await ExitAsync();
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }
        if (OperatingSystem.IsLinux())
            await WaitUntilNothingIsLeftAsync();
        _process.Dispose();
        if (_ownsData)
            Directory.Delete(_data, recursive: true);
    }

    // Its own output: what the tests' output has of it lacks the assemblies that the shared frameworks of the tests bring.
    private static string BuiltAppHost()
    {
        var tests = Path.Combine(Projects.AppHost.ProjectPath, "..", "..", "tests", "EndToEnd");
        return Path.Combine(Projects.AppHost.ProjectPath, Path.GetRelativePath(tests, AppContext.BaseDirectory), "AppHost.dll");
    }

    private static async Task<bool> IsHealthyAsync(HttpClient http, Uri address)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(address, "/health"));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private Uri? AddressOf(string program) =>
        Descendants()
            .Where(id => ProcessTree.ProgramOf(id) == program)
            .Select(id => ProcessTree.VariableOf(id, "ASPNETCORE_URLS"))
            .OfType<string>()
            .Select(address => new Uri(address))
            .FirstOrDefault();

    private Task<T> WaitAsync<T>(Func<T?> find, string what)
        where T : class => WaitAsync(() => Task.FromResult(find()), what);

    private async Task<T> WaitAsync<T>(Func<Task<T?>> find, string what)
        where T : class
    {
        using var deadline = new CancellationTokenSource(ReferenceApplication.Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            if (await find() is { } found)
                return found;
            if (_process.HasExited)
                Assert.Fail($"The AppHost ended with {_process.ExitCode} before it {what}:\n{Output}");
            Assert.False(deadline.IsCancellationRequested, $"The AppHost has not {what} within {ReferenceApplication.Patience}:\n{Output}");
            await timer.WaitForNextTickAsync();
        }
    }

    private void Append(string? line)
    {
        if (line is null)
            return;
        lock (_output)
            _output.AppendLine(line);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
