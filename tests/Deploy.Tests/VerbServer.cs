using System.Diagnostics;
using System.Text.Json;

namespace Deploy.Tests;

/// <summary>The AppHost of the shop, started once for many verbs: tests/Deploy/AppHost/Requests.cs.</summary>
internal sealed class VerbServer : IAsyncDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Process _process;

    public VerbServer()
    {
        var start = new ProcessStartInfo("dotnet", [AppHosts.Shop])
        {
            WorkingDirectory = Path.GetDirectoryName(AppHosts.Shop),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["APPHOST_SERVES_REQUESTS"] = "true";
        // Each verb has a host of its own, whose watches of configuration files end with the process, and of which a user has 128.
        start.Environment["DOTNET_hostBuilder__reloadConfigOnChange"] = "false";
        _process = Process.Start(start)!;
    }

    public async Task<Outcome> RunAsync(string[] arguments, IReadOnlyDictionary<string, string?> environment)
    {
        await _turn.WaitAsync(s_deadline);
        try
        {
            await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { Arguments = arguments, Environment = environment }));
            await _process.StandardInput.FlushAsync();
            var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(s_deadline)
                ?? throw new InvalidOperationException("The AppHost that does one verb after the other has ended.");
            var answer = JsonNode.Parse(line)!;
            return new Outcome((int)answer["Code"]!, (string)answer["Output"]!);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _turn.Dispose();
    }
}
