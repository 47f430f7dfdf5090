using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ServiceDefaults.Tests.Telemetry;

/// <summary>The agent beside the application is a process that may go away.</summary>
public sealed class SidecarTests
{
    private const string Traces = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    [Fact]
    public async Task A_sidecar_that_is_killed_leaves_the_service_serving_and_one_that_is_back_gets_what_comes_then()
    {
        var port = FreePort();
        await using var first = await SidecarProcess.StartAsync(port);
        await using var service = await ServiceProcess.StartAsync(
            $"http://127.0.0.1:{port}",
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
            ("OTEL_BSP_SCHEDULE_DELAY", "50")
        );
        await service.Client.GetStringAsync("/work");
        await first.LineAsync(Traces);

        await first.KillAsync();
        for (var request = 0; request < 200; request++)
        {
            await service.Client.GetStringAsync("/work");
        }

        Assert.Equal("Healthy", await service.Client.GetStringAsync("/health"));
        await service.LineAsync($"Exporting traces to http://127.0.0.1:{port}/ fails");

        // As the container's restart policy has it.
        await using var second = await SidecarProcess.StartAsync(port);
        await service.Client.GetStringAsync("/work");
        await second.LineAsync(Traces);
        await service.LineAsync($"Exporting traces to http://127.0.0.1:{port}/ works again");
        Assert.Equal(0, await service.TerminateAsync(TimeSpan.FromSeconds(25)));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class SidecarProcess : IAsyncDisposable
    {
        private readonly Process _process;
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = new();

        private SidecarProcess(int port)
        {
            _process = Process.Start(
                new ProcessStartInfo("dotnet", [ServiceProcess.Assembly, "sidecar", $"{port}"]) { RedirectStandardOutput = true }
            )!;
            _process.OutputDataReceived += (_, data) => _lines.Enqueue(data.Data ?? "");
            _process.BeginOutputReadLine();
        }

        public static async Task<SidecarProcess> StartAsync(int port)
        {
            var sidecar = new SidecarProcess(port);
            await sidecar.LineAsync("listening");
            return sidecar;
        }

        public Task LineAsync(string line) => Until.TrueAsync(() => _lines.Contains(line), $"the sidecar says {line}");

        public async Task KillAsync()
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        public async ValueTask DisposeAsync()
        {
            if (!_process.HasExited)
            {
                await KillAsync();
            }

            _process.Dispose();
        }
    }
}
