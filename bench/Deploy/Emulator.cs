using System.Reflection;
using Testing.Fargate;

namespace Bench.Deploy;

/// <summary>The emulator of the tests, with a registry, on loopback.</summary>
internal sealed class Emulator : IAsyncDisposable
{
    public static readonly string Repository = Path.GetFullPath(
        typeof(Emulator).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(fact => fact.Key == "Repository").Value!
    );

    private readonly DockerRegistry _registry;
    private readonly ServerProcess _process;

    private Emulator(DockerRegistry registry, ServerProcess process, string url)
    {
        _registry = registry;
        _process = process;
        Url = url;
    }

    public string Url { get; }

    /// <summary>The registry, as the name of an image begins.</summary>
    public string Registry => _registry.Address;

    /// <summary>Variables with which a process reaches the emulator and nothing else of AWS.</summary>
    public Dictionary<string, string> Variables =>
        new()
        {
            ["AWS_ENDPOINT_URL"] = Url,
            ["AWS_ACCESS_KEY_ID"] = "test",
            ["AWS_SECRET_ACCESS_KEY"] = "test",
            ["AWS_REGION"] = "us-east-1",
            ["AWS_DEFAULT_REGION"] = "us-east-1",
            ["AWS_EC2_METADATA_DISABLED"] = "true",
        };

    /// <exception cref="InvalidOperationException">docker-registry, Python or moto is missing.</exception>
    public static async Task<Emulator> StartAsync()
    {
        var registry = await DockerRegistry.StartAsync();
        if (registry.Missing is { } missing)
            throw new InvalidOperationException(missing);
        var script = Path.Combine(Repository, "tests", "FargateEmulator", "emulator.py");
        var process = new ServerProcess("python3", [script, "-H", "127.0.0.1", "-p", "0", "--registry", registry.Address], line =>
            line.StartsWith("http://", StringComparison.Ordinal)
        );
        return new Emulator(registry, process, await process.ReadyAsync());
    }

    public async Task ResetAsync()
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync($"{Url}/emulator/reset", new StringContent("{}"));
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await _registry.DisposeAsync();
    }
}
