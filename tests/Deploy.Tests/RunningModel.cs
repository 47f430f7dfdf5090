using System.Collections.Concurrent;
using System.Reflection;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Deploy.Tests;

/// <summary>
/// The application <c>shop</c> in run mode, in this process: its services are in the model and none of them starts. The SDK reads the
/// variables of the process, so that there is one of it at a time.
/// </summary>
internal sealed class RunningModel : IAsyncDisposable
{
    private readonly Dictionary<string, string?> _before;
    private readonly DistributedApplication _application;
    private readonly PrintedLines _printed;

    private RunningModel(Dictionary<string, string?> before, DistributedApplication application, PrintedLines printed)
    {
        _before = before;
        _application = application;
        _printed = printed;
    }

    /// <summary>
    /// What the application printed as a warning or worse, without the orchestrator's own affairs: certificates, containers.
    /// </summary>
    public IReadOnlyCollection<string> Warnings => _printed.Warnings;

    private ResourceNotificationService Notifications => _application.Services.GetRequiredService<ResourceNotificationService>();

    /// <summary>Starts it.</summary>
    /// <param name="variables">The variables that lead to an account; null unsets one.</param>
    /// <param name="services">The services of the model.</param>
    /// <param name="settings">Configuration, as <c>NAME=VALUE</c>.</param>
    public static async Task<RunningModel> StartAsync(
        IEnumerable<KeyValuePair<string, string?>> variables,
        string services,
        params string[] settings
    )
    {
        Dictionary<string, string?> before = [];
        foreach (var (name, value) in variables)
        {
            before[name] = Environment.GetEnvironmentVariable(name);
            Environment.SetEnvironmentVariable(name, value);
        }

        var printed = new PrintedLines();
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = [], DisableDashboard = true });
        builder.Configuration.AddInMemoryCollection(Orchestrator());
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => setting.Split('=', 2)).ToDictionary(parts => parts[0], parts => (string?)parts[1])
        );
        builder.Services.AddLogging(logging => logging.AddProvider(printed));
        builder.AddFargateEnvironment("shop");
        foreach (var service in services.Split(' '))
        {
            builder.AddContainer(service, $"example/{service}", "1.0").WithExplicitStart();
        }

        var application = builder.Build();
        await application.StartAsync();
        return new RunningModel(before, application, printed);
    }

    /// <summary>The resources of the model by name, what is hidden included.</summary>
    public IEnumerable<string> Resources =>
        _application.Services.GetRequiredService<DistributedApplicationModel>().Resources.Select(resource => resource.Name);

    /// <summary>Waits until what is deployed is as a test expects it.</summary>
    public Task<CustomResourceSnapshot> UntilAsync(Func<CustomResourceSnapshot, bool> isSo) => UntilAsync("shop", isSo);

    /// <summary>Waits until a resource is as a test expects it.</summary>
    public async Task<CustomResourceSnapshot> UntilAsync(string resource, Func<CustomResourceSnapshot, bool> isSo)
    {
        await Until.TrueAsync(
            () => Task.FromResult(Notifications.TryGetCurrentState(resource, out var current) && isSo(current.Snapshot)),
            () =>
                Notifications.TryGetCurrentState(resource, out var current)
                    ? $"{resource}: {current.Snapshot.State?.Text}\n{string.Join('\n', Properties(current.Snapshot))}"
                    : $"There is no '{resource}'."
        );
        return Notifications.TryGetCurrentState(resource, out var found)
            ? found.Snapshot
            : throw new InvalidOperationException($"'{resource}' is gone.");
    }

    /// <summary>Executes a command of what is deployed.</summary>
    public Task<ExecuteCommandResult> CommandAsync(string command) =>
        _application.Services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync("shop", command);

    public static string? Property(CustomResourceSnapshot snapshot, string name) =>
        (string?)snapshot.Properties.FirstOrDefault(property => property.Name == name)?.Value;

    public static string? Advice(CustomResourceSnapshot snapshot) => Property(snapshot, "advice");

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        foreach (var (name, value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    /// <summary>Where the orchestrator is, which a test project is not told: as the reference application was.</summary>
    private static Dictionary<string, string?> Orchestrator()
    {
        var known = Assembly
            .LoadFile(AppHosts.Reference)
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .ToDictionary(metadata => metadata.Key, metadata => metadata.Value, StringComparer.OrdinalIgnoreCase);
        return new() { ["DcpPublisher:CliPath"] = known["dcpclipath"], ["DcpPublisher:DashboardPath"] = known["aspiredashboardpath"] };
    }

    private static IEnumerable<string> Properties(CustomResourceSnapshot snapshot) =>
        snapshot.Properties.Select(property => $"{property.Name}={property.Value}");

    private sealed class PrintedLines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _warnings = new();

        public IReadOnlyCollection<string> Warnings => _warnings;

        public ILogger CreateLogger(string categoryName) =>
            categoryName.StartsWith("Aspire.Hosting", StringComparison.Ordinal) ? NullLogger.Instance : this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (IsEnabled(logLevel))
            {
                _warnings.Enqueue(formatter(state, exception));
            }
        }

        public void Dispose() { }
    }
}
