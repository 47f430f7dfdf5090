using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace EndToEnd;

/// <summary>The AppHost as its user starts it: a process with a console.</summary>
internal sealed partial class AppHostProcess : IAsyncDisposable
{
    /// <summary>The collection of the classes that start the AppHost's processes: its emulator keeps one folder, which only one may use.</summary>
    public const string Collection = "AppHost processes";

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("apphost-process-");

    private AppHostProcess(string[] arguments, (string Name, string? Value)[] environment)
    {
        // The tests' own output holds the AppHost's files as well, for the test project references it.
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Projects.AppHost.ProjectPath };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "AppHost.dll"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        start.Environment["Parameters__api-key"] = ReferenceApplication.ApiKey;
        start.Environment["LocalAws__DataPath"] = _data.FullName;
        // No test looks into an account, whatever this machine can sign in to.
        start.Environment["Fargate__RefreshSeconds"] = "0";
        foreach (var (name, value) in environment) start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Append(line.Data);
        _process.ErrorDataReceived += (_, line) => Append(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public static AppHostProcess Start(string[] arguments, params (string Name, string? Value)[] environment) => new(arguments, environment);

    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    public async Task WaitForOutputAsync(string text)
    {
        using var deadline = new CancellationTokenSource(ReferenceApplication.Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            Assert.False(_process.HasExited, $"The AppHost ended with {(_process.HasExited ? _process.ExitCode : 0)} before it said \"{text}\":\n{Output}");
            Assert.True(!deadline.IsCancellationRequested, $"The AppHost did not say \"{text}\" within {ReferenceApplication.Patience}:\n{Output}");
            await timer.WaitForNextTickAsync();
        }
    }

    public void Kill() => _process.Kill();

    public void Signal(PosixSignal signal) => Kill(_process.Id, signal is PosixSignal.SIGINT ? 2 : 15);

    public async Task<int> ExitAsync()
    {
        using var deadline = new CancellationTokenSource(ReferenceApplication.Patience);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    /// <summary>The processes that carry this run's mark in their environment: all that the AppHost started, and their children.</summary>
    public List<int> Descendants()
    {
        var found = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out var id) || id == _process.Id) continue;
            try
            {
                if (File.ReadAllText($"{folder}/environ").Contains(_data.FullName, StringComparison.Ordinal)) found.Add(id);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It ended while we looked, or is somebody else's.
            }
        }
        return found;
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
        _process.Dispose();
        _data.Delete(recursive: true);
    }

    private void Append(string? line)
    {
        if (line is null) return;
        lock (_output) _output.AppendLine(line);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
