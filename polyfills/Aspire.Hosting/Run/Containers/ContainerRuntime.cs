using Aspire.Hosting.Run.Logs;
using Aspire.Hosting.Run.Processes;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Run.Containers;

/// <summary>Docker or Podman, whichever answers, and what this application has made through it.</summary>
internal sealed class ContainerRuntime(IConfiguration configuration, Lazy<ProcessGuardian> guardian, TimeProvider time)
{
    /// <summary>How a container names the machine it runs on.</summary>
    /// <remarks>Docker Desktop and Podman know it; elsewhere each container is told. A process that listens on loopback alone cannot be reached so.</remarks>
    public const string HostName = "host.docker.internal";

    private readonly SemaphoreSlim _gate = new(1, 1);
    private string? _program;
    private bool _hasNetwork;

    /// <summary>The label that all containers of this run of the application carry.</summary>
    public string Label { get; } = $"aspire.session={Guid.NewGuid():N}";

    /// <summary>The network that the containers of this run share.</summary>
    public string Network => $"aspire-{Label[^12..]}";

    /// <summary>The runtime's program, and a network made through it.</summary>
    /// <exception cref="ResourceStartException">Neither Docker nor Podman answers.</exception>
    public async Task<string> UseAsync(ResourceLog log, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _program ??= await FindAsync(cancellationToken).ConfigureAwait(false);
            if (!_hasNetwork)
            {
                guardian.Value.AddContainers(_program, Label);
                await RunAsync(_program, ["network", "create", "--label", Label, Network], log, cancellationToken).ConfigureAwait(false);
                _hasNetwork = true;
            }
            return _program;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Runs a command of the runtime to its end.</summary>
    /// <exception cref="ResourceStartException">It failed; its output is in the log.</exception>
    public async Task RunAsync(
        string program, IReadOnlyList<string> arguments, ResourceLog log, CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var lastError = "";
        var exitCode = await ExecuteAsync(program, arguments, environment, line =>
        {
            log.Add(line.Text, line.IsError, level: null, line.Timestamp);
            if (line.IsError && line.Text.Length > 0)
            {
                lastError = line.Text;
            }
        }, cancellationToken).ConfigureAwait(false);
        if (exitCode != 0)
        {
            throw new ResourceStartException($"'{Path.GetFileName(program)} {arguments[0]}' failed with exit code {exitCode}: {lastError}");
        }
    }

    /// <summary>Whether a command of the runtime succeeds.</summary>
    public async Task<bool> SucceedsAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        await ExecuteAsync(program, arguments, environment: null, _ => { }, cancellationToken).ConfigureAwait(false) == 0;

    /// <summary>Removes the network, after the containers.</summary>
    public async Task RemoveNetworkAsync()
    {
        if (_program is not null && _hasNetwork)
        {
            await SucceedsAsync(_program, ["network", "rm", Network], CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<string> FindAsync(CancellationToken cancellationToken)
    {
        string[] candidates = (configuration["ASPIRE_CONTAINER_RUNTIME"] ?? configuration["DOTNET_ASPIRE_CONTAINER_RUNTIME"]) is { Length: > 0 } chosen
            ? [chosen]
            : ["docker", "podman"];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        foreach (var candidate in candidates)
        {
            // Only a client that reaches its daemon lists containers.
            if (await SucceedsAsync(candidate, ["ps", "--quiet"], patience.Token).ConfigureAwait(false))
            {
                return candidate;
            }
        }
        throw new ResourceStartException(
            $"A container needs {string.Join(" or ", candidates)}, and none answers. Install or start one; the other resources run without it.");
    }

    private async Task<int> ExecuteAsync(
        string program,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string>? environment,
        Action<OutputLine> onOutput,
        CancellationToken cancellationToken)
    {
        try
        {
            using var process = ChildProcess.Start(
                new ProcessLaunch(program, arguments, Environment.CurrentDirectory, environment ?? new Dictionary<string, string>()),
                onOutput, guardian: null, time);
            using var registration = cancellationToken.Register(process.Kill);
            return await process.Completion.ConfigureAwait(false);
        }
        catch (ProcessLaunchException)
        {
            return -1;
        }
    }
}
