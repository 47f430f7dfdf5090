using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aspire.Dashboard.Deployed;
using Aspire.Dashboard.Model;

namespace Aspire.Dashboard.Tests;

/// <summary>A running application made up for the tests: an API, two workers, an emulator and a secret.</summary>
internal sealed class SampleModel : IDashboardModel
{
    public const string Secret = "s3cr3t-9f2c41";

    private readonly Channel<DashboardResourceChange> _changes = Channel.CreateUnbounded<DashboardResourceChange>();
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow.AddMinutes(-4);

    public string ApplicationName => "Profiler";

    public ConcurrentQueue<string> Executed { get; } = new();

    public Func<string, IEnumerable<string>> Output { get; init; } = DefaultOutput;

    public List<DashboardResource> Resources { get; init; } = [];

    /// <summary>A stack with two services, as an environment shows it.</summary>
    public static DashboardResource[] Deployment() =>
    [
        new DashboardResource
        {
            Name = "profiler-stack", DisplayName = "profiler-stack", Type = DeployedState.StackType, State = "UPDATE_COMPLETE", StateStyle = "success",
            Properties = [new(DeployedState.Region, "eu-central-1"), new(DeployedState.Account, "111122223333"), new(DeployedState.Updated, "2026-11-24 09:12 UTC"),
                new(DeployedState.Alarms, "1 in alarm, 6 OK"), new(DeployedState.ActiveAlarms, "worker runs fewer tasks than it should for 15 minutes, since 2026-11-24 09:26:40")],
            Urls = [new("https://eu-central-1.console.aws.amazon.com/cloudformation", "Stack", null, false)],
        },
        Service("api", 2, 2, 0, "COMPLETED", "success"),
        Service("worker", 3, 1, 2, "IN_PROGRESS", "info"),
    ];

    private static DashboardResource Service(string name, int desired, int running, int pending, string state, string style) => new()
    {
        Name = $"{name}-service", DisplayName = $"{name}-service", Type = DeployedState.ServiceType, State = state, StateStyle = style,
        Relationships = [new("profiler-stack", "Parent")],
        Properties =
        [
            new(DeployedState.Name, name), new(DeployedState.Tasks, string.Join('\n', Enumerable.Range(1, running).Select(number => $"0{number}ab34cd: RUNNING, eu-central-1a, since 2026-11-24 09:11:42"))),
            new(DeployedState.Desired, $"{desired}"), new(DeployedState.Running, $"{running}"), new(DeployedState.Pending, $"{pending}"),
            new(DeployedState.TaskDefinition, $"profiler-{name}:12"), new(DeployedState.Image, $"111122223333.dkr.ecr.eu-central-1.amazonaws.com/profiler/{name}@sha256:4f0c2d9a17be63d8"),
            new(DeployedState.DeployedAt, "2026-11-24 09:10 UTC"),
        ],
        Urls = [new("https://eu-central-1.console.aws.amazon.com/ecs", "Service", null, false), new("https://eu-central-1.console.aws.amazon.com/cloudwatch", "Logs", null, false)],
    };

    public static SampleModel Create(Func<string, IEnumerable<string>>? output = null)
    {
        var model = new SampleModel { Output = output ?? DefaultOutput };
        model.Resources.AddRange(
        [
            model.Project("api", "Running", "Healthy") with
            {
                Urls = [new("http://localhost:5180", null, "http", false), new("http://localhost:5180/scalar", "API reference", "http", false)],
                Relationships = [new("aws", "WaitFor"), new("aws", "Reference"), new("api-key", "Reference")],
                Environment =
                [
                    new("ASPNETCORE_URLS", "http://localhost:5180"), new("AWS__Resources__jobs__QueueUrl", "http://127.0.0.1:4566/000000000000/jobs"),
                    new("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:21000"), new("Parameters__api_key", Secret, IsSensitive: true),
                ],
                HealthReports = [new("api_http_/health_200_check", "Healthy", null, null)],
            },
            model.Project("worker-1", "Running", "Healthy") with { DisplayName = "worker" },
            model.Project("worker-2", "Running", "Unhealthy") with
            {
                DisplayName = "worker",
                HealthReports = [new("queue", "Unhealthy", "The queue has not answered for 30 s.", "System.Net.Http.HttpRequestException: Connection refused (127.0.0.1:4566)")],
            },
            model.Project("aws", "Running", "Healthy") with { Source = "LocalAws.csproj", Urls = [new("http://127.0.0.1:4566", null, "http", false)] },
            model.Project("migrations", "Finished", null) with { ExitCode = 0, Stopped = DateTimeOffset.UtcNow },
            new DashboardResource { Name = "api-key", DisplayName = "api-key", Type = "Parameter", State = "Running", Properties = [new("Value", Secret, IsSensitive: true)] },
        ]);
        return model;
    }

    public void Change(DashboardResource resource) => _changes.Writer.TryWrite(new DashboardResourceChange(resource));

    public async IAsyncEnumerable<IReadOnlyList<DashboardResourceChange>> WatchResourcesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return [.. Resources.Select(resource => new DashboardResourceChange(resource))];
        await foreach (var change in _changes.Reader.ReadAllAsync(cancellationToken))
        {
            yield return [change];
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<DashboardConsoleLine>> WatchConsoleAsync(
        string resourceName, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return [.. Output(resourceName).Select((text, i) => new DashboardConsoleLine(i + 1, _start.AddMilliseconds(i * 730), text, text.StartsWith("Unhandled", StringComparison.Ordinal)))];
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    public Task<DashboardCommandResult> ExecuteCommandAsync(string resourceName, string commandName, CancellationToken cancellationToken)
    {
        Executed.Enqueue($"{resourceName} {commandName}");
        var resource = Resources.Single(resource => resource.Name == resourceName);
        Change(resource with { State = commandName == "stop" ? "Exited" : "Running", Health = null, ExitCode = commandName == "stop" ? 0 : null });
        return Task.FromResult(new DashboardCommandResult(true));
    }

    private static IEnumerable<string> DefaultOutput(string resource)
    {
        yield return $"\u001b[32minfo\u001b[39m: Microsoft.Hosting.Lifetime[14] {resource} started";
        for (var i = 1; i <= 60; i++)
        {
            yield return i % 13 == 0 ? $"\u001b[33mwarn\u001b[0m: Profiles.Queue[3] Receive took {i * 17} ms"
                : i % 29 == 0 ? "Unhandled exception. System.IO.InvalidDataException: Row 41 has 3 fields, the header 12"
                : $"\u001b[32minfo\u001b[39m: Profiles.Job[{i}] Profiled column \u001b[1m{i % 12}\u001b[0m of orders-{i}.csv in {i * 3} ms";
        }
    }

    private DashboardResource Project(string name, string state, string? health) => new()
    {
        Name = name,
        DisplayName = name,
        Type = "Project",
        State = state,
        Health = health,
        TelemetryInstanceId = name + "-instance",
        Started = _start,
        Source = char.ToUpperInvariant(name[0]) + name[1..].Split('-')[0] + ".csproj",
        Properties = [new("Process id", "41231"), new("Project path", "src/Api/Api.csproj")],
        Commands =
        [
            state == "Running" ? new("stop", "Stop", "Stop the resource", null, true, true, null) : new("start", "Start", "Start the resource", null, true, true, null),
            new("restart", "Restart", "Stop and start", null, state == "Running", true, null),
            new("purge", "Purge queue", "Delete what waits", "Every job that waits is lost.", true, false, null),
        ],
    };
}
