using System.Collections.Concurrent;
using Aws.Ecs.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Tests.Telemetry;
using ServiceDefaults.Tests.Telemetry.Export;

namespace ServiceDefaults.Tests.Tasks;

public sealed class TaskProtectionTests
{
    private const string On = """{"ProtectionEnabled":true,"ExpiresInMinutes":10}""";
    private const string Off = """{"ProtectionEnabled":false}""";
    private const string Granted =
        """{"protection":{"ExpirationDate":"2026-11-24T10:00:00Z","ProtectionEnabled":true,"TaskArn":"arn:aws:ecs:us-west-2:111122223333:task/1234"}}""";

    [Fact]
    public async Task A_task_is_protected_while_there_is_work_and_not_after_the_last()
    {
        await using var agent = await Agent.StartAsync();
        using var worker = await Worker.StartAsync(agent.Address);

        var first = worker.Protection.Protect();
        var second = worker.Protection.Protect();
        await agent.RequestsAsync(On);
        first.Dispose();
        first.Dispose();
        worker.Protection.Protect().Dispose();
        second.Dispose();

        await agent.RequestsAsync(On, Off);
        using var third = worker.Protection.Protect();
        await agent.RequestsAsync(On, Off, On);
        Assert.All(agent.Exports, request =>
            Assert.Equal(
                ("/api/1234/task-protection/v1/state", "application/json; charset=utf-8"),
                (request.Path, request.Headers["Content-Type"])
            )
        );
    }

    [Fact]
    public async Task A_protection_is_renewed_for_as_long_as_the_work_takes()
    {
        await using var agent = await Agent.StartAsync();
        using var worker = await Worker.StartAsync(
            agent.Address,
            ("TaskProtection:RenewalInterval", "00:00:00.100"),
            ("TaskProtection:ExpiresAfter", "00:04:01")
        );

        using (worker.Protection.Protect())
        {
            await Until.TrueAsync(() => agent.Exports.Count >= 3, "it was renewed twice");
        }

        await Until.TrueAsync(() => agent.Exports.Last().Body == Off, "it was given up");
        Assert.All(agent.Exports.SkipLast(1), request => Assert.Equal("""{"ProtectionEnabled":true,"ExpiresInMinutes":5}""", request.Body));
    }

    [Fact]
    public async Task Many_short_jobs_are_one_protection()
    {
        await using var agent = await Agent.StartAsync();
        using var worker = await Worker.StartAsync(agent.Address, ("TaskProtection:ReleaseDelay", "00:00:01"));

        for (var job = 0; job < 1_000; job++)
        {
            worker.Protection.Protect().Dispose();
            await Task.Yield();
        }

        using (worker.Protection.Protect())
        {
            await agent.RequestsAsync(On);
        }

        await agent.RequestsAsync(On, Off);
    }

    [Fact]
    public async Task A_stop_gives_it_up_without_delay()
    {
        await using var agent = await Agent.StartAsync();
        using var worker = await Worker.StartAsync(agent.Address, ("TaskProtection:ReleaseDelay", "00:05:00"));
        using (worker.Protection.Protect())
        {
            await agent.RequestsAsync(On);
        }

        await worker.Host.StopAsync().WaitAsync(TimeSpan.FromSeconds(20));

        await agent.RequestsAsync(On, Off);
    }

    [Theory]
    [InlineData(200, """{"failure":{"Arn":"arn","Detail":null,"Reason":"TASK_NOT_VALID"}}""")]
    [InlineData(400, """{"error":{"Code":"AccessDeniedException","Message":"TASK_NOT_VALID"}}""")]
    [InlineData(500, "TASK_NOT_VALID")]
    public async Task An_agent_that_refuses_is_said_once_and_asked_again(int status, string answer)
    {
        await using var agent = await Agent.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(answer);
        });
        using var worker = await Worker.StartAsync(agent.Address, ("TaskProtection:RenewalInterval", "00:00:00.050"));

        using (worker.Protection.Protect())
        {
            await Until.TrueAsync(() => agent.Exports.Count >= 3, "it was asked again");
        }

        await worker.Host.StopAsync();
        // What was never given is not given up.
        Assert.All(agent.Exports, request => Assert.Equal(On, request.Body));
        Assert.Contains("TASK_NOT_VALID", Assert.Single(worker.Lines.Warnings));
    }

    [Fact]
    public async Task An_agent_that_hangs_holds_up_neither_work_nor_the_stop()
    {
        await using var agent = await Agent.StartAsync(MetadataServer.NeverAsync);
        using var worker = await Worker.StartAsync(agent.Address);

        using (worker.Protection.Protect())
        {
            await Until.TrueAsync(() => !agent.Exports.IsEmpty, "it was asked");
        }

        await worker.Host.StopAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Single(worker.Lines.Warnings);
    }

    [Fact]
    public async Task Outside_of_ECS_it_does_nothing()
    {
        using var worker = await Worker.StartAsync(agent: null);

        worker.Protection.Protect().Dispose();

        Assert.DoesNotContain(worker.Host.Services.GetServices<IHostedService>(), service => service is TaskProtection);
    }

    private sealed class Agent(OtlpReceiver receiver) : IAsyncDisposable
    {
        public string Address => $"{receiver.Address}/api/1234";

        public ConcurrentQueue<OtlpExport> Exports => receiver.Exports;

        public static async Task<Agent> StartAsync(Func<HttpContext, Task>? answer = null) =>
            new(await OtlpReceiver.StartAsync(answer ?? (context => context.Response.WriteAsync(Granted))));

        public async Task RequestsAsync(params string[] bodies)
        {
            await Until.TrueAsync(() => Exports.Count >= bodies.Length, $"there are {bodies.Length} requests");
            Assert.Equal(bodies, Exports.Select(request => request.Body));
        }

        public ValueTask DisposeAsync() => receiver.DisposeAsync();
    }

    private sealed class Worker : IDisposable
    {
        private Worker(string? agent, (string Name, string? Value)[] settings)
        {
            var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
            builder.Configuration.AddInMemoryCollection(
                new Dictionary<string, string?> { ["ECS_AGENT_URI"] = agent, ["TaskProtection:ReleaseDelay"] = "00:00:00.200" }
            );
            builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => setting.Value));
            builder.AddTaskProtection();
            builder.Logging.AddProvider(Lines);
            Host = builder.Build();
        }

        public IHost Host { get; }

        public LogLines Lines { get; } = new();

        public ITaskProtection Protection => Host.Services.GetRequiredService<ITaskProtection>();

        public static async Task<Worker> StartAsync(string? agent, params (string Name, string? Value)[] settings)
        {
            var worker = new Worker(agent, settings);
            await worker.Host.StartAsync();
            return worker;
        }

        public void Dispose() => Host.Dispose();
    }
}
