using System.ComponentModel;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Testing.Fargate;

/// <summary>
/// AWS as a deployment meets it: tests/FargateEmulator in a process of its own, in memory, on a free port of the loopback interface; and a
/// registry that its repositories are in, where one was asked for. Tests that share one reset it first.
/// </summary>
public sealed class EmulatedAws : IAsyncDisposable
{
    public const string Region = "us-east-1";

    // Asked once: the answer takes the better part of a second.
    private static readonly Lazy<Task<string?>> s_missingPython = new(MissingPythonAsync);

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("fargate-emulator-");
    private readonly HttpClient _client = new();
    private ServerProcess? _process;
    private AwsCli? _cli;

    private EmulatedAws(DockerRegistry? registry) => Registry = registry;

    public DockerRegistry? Registry { get; }

    /// <summary>Why there is none, or null: a reason to skip that says what to install.</summary>
    public string? Missing { get; private set; }

    /// <summary>Its address, which is AWS_ENDPOINT_URL's value.</summary>
    public string Url { get; private set; } = "";

    /// <summary>What it logged: calls that it does not know, and errors of its own.</summary>
    public string Log => _process?.Output ?? "";

    /// <summary>The home folder that <see cref="Environment"/> gives to a child process.</summary>
    public string Home => _home.FullName;

    /// <summary>Variables with which a child process reaches the emulator and nothing else of AWS.</summary>
    public IReadOnlyDictionary<string, string> Environment => EnvironmentFor(Url);

    /// <summary>Starts the emulator, with a registry or without.</summary>
    public static async Task<EmulatedAws> StartAsync(bool withRegistry = false)
    {
        var registry = withRegistry ? await DockerRegistry.StartAsync() : null;
        var emulator = new EmulatedAws(registry) { Missing = registry?.Missing ?? await s_missingPython.Value };
        if (emulator.Missing is null)
        {
            string[] arguments =
            [
                Script("emulator.py"),
                "-H",
                "127.0.0.1",
                "-p",
                "0",
                .. registry is null ? Array.Empty<string>() : ["--registry", registry.Address],
            ];
            emulator._process = new ServerProcess("python3", arguments, line => line.StartsWith("http://", StringComparison.Ordinal));
            emulator.Url = await emulator._process.ReadyAsync();
        }

        return emulator;
    }

    /// <summary>The same variables for another address, such as that of a <see cref="FaultProxy"/>.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentFor(string url) =>
        new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = url,
            ["AWS_ACCESS_KEY_ID"] = "test",
            ["AWS_SECRET_ACCESS_KEY"] = "test",
            ["AWS_REGION"] = Region,
            ["AWS_DEFAULT_REGION"] = Region,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["AWS_PAGER"] = "",
            ["HOME"] = Home,
        };

    // ------------------------------------------------------------------------------------------- what goes wrong

    /// <summary>Forgets everything: stacks, resources, rules, calls.</summary>
    public Task ResetAsync() => SendAsync(HttpMethod.Post, "reset", null);

    /// <summary>
    /// Sets how fast things go (<c>tick</c>, <c>change_set</c>, <c>run_task</c>, <c>role_age</c>: seconds), <c>page</c> or
    /// <c>load_balancer</c>.
    /// </summary>
    public Task SetAsync(object settings) => SendAsync(HttpMethod.Post, "settings", settings);

    /// <summary>Makes what an account has already: networks and certificates by the ids that a model names.</summary>
    public Task ProvideAsync(object provided) => SendAsync(HttpMethod.Post, "provide", provided);

    /// <summary>Makes tasks fail from now on. See the emulator's README for a rule's members.</summary>
    public Task<int> FailTasksAsync(object rule) => AddAsync("tasks/fail", rule);

    /// <summary>Makes a resource fail: <c>create</c>, <c>update</c>, <c>delete</c> or <c>rollback</c>.</summary>
    public Task<int> FailResourceAsync(string logicalId, string operation, string reason, int times = 1) =>
        AddAsync(
            "resources/fail",
            new
            {
                logicalId,
                operation,
                reason,
                times,
            }
        );

    public Task<int> DelayResourceAsync(string logicalId, string operation, double seconds) =>
        AddAsync(
            "resources/delay",
            new
            {
                logicalId,
                operation,
                seconds,
            }
        );

    /// <summary>Keeps a resource in progress until it is released.</summary>
    public Task<int> HoldResourceAsync(string logicalId, string operation) => AddAsync("resources/hold", new { logicalId, operation });

    /// <summary>Has change sets find a resource wrong before they are executed, or warn of it: <c>FAIL</c> or <c>WARN</c>.</summary>
    public Task<int> RefuseResourceAsync(string logicalId, string path, string reason, string mode = "FAIL") =>
        AddAsync(
            "resources/refuse",
            new
            {
                logicalId,
                path,
                reason,
                mode,
            }
        );

    public Task ReleaseResourceAsync(string logicalId) => SendAsync(HttpMethod.Post, "resources/release", new { logicalId });

    /// <summary>Removes one rule, or all.</summary>
    public Task RemoveRulesAsync(int? id = null) => SendAsync(HttpMethod.Delete, "rules", id is null ? new { } : new { id });

    // ------------------------------------------------------------------------------------------- what is there

    /// <summary>The calls received since the start or <see cref="ForgetCallsAsync"/>: service and operation.</summary>
    public async Task<IReadOnlyList<(string Service, string Operation)>> CallsAsync()
    {
        var calls = await SendAsync(HttpMethod.Get, "calls", null);
        return [.. calls!.AsArray().Select(call => ((string)call!["service"]!, (string)call["operation"]!))];
    }

    public Task ForgetCallsAsync() => SendAsync(HttpMethod.Delete, "calls", null);

    /// <summary>What the AWS CLI says, as JSON; an empty object where it says nothing.</summary>
    public Task<JsonNode> AwsCli(params string[] arguments) => (_cli ??= new AwsCli(Url, Environment)).RunAsync(arguments);

    public async ValueTask DisposeAsync()
    {
        if (_cli is not null)
        {
            await _cli.DisposeAsync();
        }

        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        if (Registry is not null)
        {
            await Registry.DisposeAsync();
        }

        _client.Dispose();
        _home.Delete(recursive: true);
    }

    private async Task<int> AddAsync(string path, object rule) => (int)(await SendAsync(HttpMethod.Post, path, rule))!["id"]!;

    private async Task<JsonNode?> SendAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, $"{Url}/emulator/{path}")
        {
            Content = body is null ? null : JsonContent.Create(body),
        };
        using var response = await _client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? JsonNode.Parse(text) : throw new InvalidOperationException(text);
    }

    /// <summary>A program in tests/FargateEmulator.</summary>
    internal static string Script(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Aspire.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests do not run from inside the repository.");
        }

        return Path.Combine(folder.FullName, "tests", "FargateEmulator", name);
    }

    private static async Task<string?> MissingPythonAsync()
    {
        const string Install = "Python 3.11 or later with moto is not installed; install with: pip install 'moto[server]==5.2.1'";
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo("python3", ["-c", "import moto.server, yaml"]) { RedirectStandardError = true }
            )!;
            await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? null : Install;
        }
        catch (Win32Exception)
        {
            return Install;
        }
    }
}
