using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ServiceDefaults.Tests.Telemetry;

/// <summary>The service of ServiceDefaults.Tests.Service as a process.</summary>
internal sealed partial class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServiceProcess(string otlpEndpoint, (string Name, string Value)[] variables)
    {
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [Assembly])
            {
                RedirectStandardOutput = true,
                WorkingDirectory = Path.GetDirectoryName(Assembly),
                Environment =
                {
                    ["ASPNETCORE_ENVIRONMENT"] = "Production",
                    ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                    ["OTEL_EXPORTER_OTLP_ENDPOINT"] = otlpEndpoint,
                    ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                },
            },
        };
        foreach (var (name, value) in variables)
        {
            _process.StartInfo.Environment[name] = value;
        }

        _process.OutputDataReceived += (_, data) => Read(data.Data);
    }

    /// <summary>The service's program.</summary>
    public static string Assembly { get; } =
        Path.Combine(
            AppContext.BaseDirectory.Replace("ServiceDefaults.Tests", "ServiceDefaults.Tests.Service"),
            "ServiceDefaults.Tests.Service.dll"
        );

    /// <summary>The lines on its console.</summary>
    public IReadOnlyCollection<string> Output => _output;

    public HttpClient Client { get; } = new() { Timeout = Deadline };

    public static async Task<ServiceProcess> StartAsync(string otlpEndpoint, params (string Name, string Value)[] variables)
    {
        var service = new ServiceProcess(otlpEndpoint, variables);
        service._process.Start();
        service._process.BeginOutputReadLine();
        service.Client.BaseAddress = await service._listening.Task.WaitAsync(Deadline);
        return service;
    }

    /// <summary>The first line on its console with a text, once there is one.</summary>
    public Task<string> LineAsync(string text) =>
        Until.NotNullAsync(() => _output.FirstOrDefault(line => line.Contains(text)), $"a line has '{text}'");

    /// <summary>Sends SIGTERM and gives the exit code; fails if the process does not end within <paramref name="deadline"/>.</summary>
    public async Task<int> TerminateAsync(TimeSpan deadline)
    {
        Assert.Equal(0, Kill(_process.Id, 15));
        using var expired = new CancellationTokenSource(deadline);
        await _process.WaitForExitAsync(expired.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            _listening.TrySetException(new InvalidOperationException($"The service ended: {string.Join('\n', _output)}"));
            return;
        }

        _output.Enqueue(line);
        if (line.Contains("Now listening on"))
        {
            _listening.TrySetResult(new Uri(JsonDocument.Parse(line).RootElement.GetProperty("State").GetProperty("address").GetString()!));
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);
}
