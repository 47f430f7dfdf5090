using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Run;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Tests.Run;

public sealed class LifecycleTests
{
    private const string Forever = "exec sleep 1000";

    [Fact]
    public async Task An_executable_runs_and_its_end_is_shown_with_its_exit_code()
    {
        await using var app = await TestApplication.StartAsync(builder => builder.AddScript("job", "echo done; exit 3"));

        var ended = await app.WaitForStateAsync("job", KnownResourceStates.Finished);

        Assert.Equal(3, ended.Snapshot.ExitCode);
        Assert.Equal(KnownResourceStateStyles.Error, ended.Snapshot.State?.Style);
        Assert.NotNull(ended.Snapshot.StopTimeStamp);
    }

    [Fact]
    public async Task A_program_that_does_not_exist_fails_to_start_and_the_rest_runs()
    {
        await using var app = await TestApplication.StartAsync(builder =>
        {
            builder.AddExecutable("lost", "no-such-program", Path.GetTempPath());
            builder.AddScript("fine", Forever);
        });

        await app.WaitForStateAsync("lost", KnownResourceStates.FailedToStart);
        await app.WaitForStateAsync("fine", KnownResourceStates.Running);
        Assert.Contains("no-such-program", await app.WaitForLineAsync("lost", line => line.Contains("PATH")));
    }

    [Fact]
    public async Task A_container_says_so_where_no_runtime_answers_and_the_rest_runs()
    {
        await using var app = await TestApplication.StartAsync(
            builder =>
            {
                builder.AddContainer("cache", "redis");
                builder.AddScript("fine", Forever);
            },
            "--ASPIRE_CONTAINER_RUNTIME=no-such-runtime");

        await app.WaitForStateAsync("cache", KnownResourceStates.FailedToStart);
        await app.WaitForStateAsync("fine", KnownResourceStates.Running);
        Assert.Contains("no-such-runtime", await app.WaitForLineAsync("cache", line => line.Contains("none answers")));
    }

    [Fact]
    public async Task A_resource_waits_until_what_it_waits_for_is_healthy()
    {
        var healthy = false;
        await using var app = await TestApplication.StartAsync(builder =>
        {
            builder.Services.AddHealthChecks().AddCheck("ready", () => healthy ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
            var server = builder.AddScript("server", Forever).WithHealthCheck("ready");
            builder.AddScript("client", Forever).WaitFor(server);
        });

        await app.WaitForAsync("server", snapshot => snapshot.HealthStatus == HealthStatus.Unhealthy && snapshot.HealthReports[0].Status is not null);
        await app.WaitForStateAsync("client", KnownResourceStates.Waiting);
        healthy = true;
        await app.WaitForStateAsync("client", KnownResourceStates.Running);

        Assert.Equal(HealthStatus.Healthy, app.Snapshot("server").HealthStatus);
    }

    [Fact]
    public async Task A_resource_whose_dependency_fails_fails_too_and_says_why()
    {
        await using var app = await TestApplication.StartAsync(builder =>
        {
            var lost = builder.AddExecutable("lost", "no-such-program", Path.GetTempPath());
            builder.AddScript("client", Forever).WaitFor(lost);
        });

        await app.WaitForStateAsync("client", KnownResourceStates.FailedToStart);

        Assert.Contains("'lost' because it failed to start", await app.WaitForLineAsync("client", line => line.Contains("stopped waiting")));
    }

    [Fact]
    public async Task A_resource_starts_after_a_job_that_completes()
    {
        await using var app = await TestApplication.StartAsync(builder =>
        {
            var migration = builder.AddScript("migration", "exit 0");
            builder.AddScript("service", Forever).WaitForCompletion(migration);
        });

        await app.WaitForStateAsync("service", KnownResourceStates.Running);

        Assert.Equal(0, app.Snapshot("migration").ExitCode);
    }

    [Fact]
    public async Task A_resource_does_not_start_after_a_job_that_ends_with_another_exit_code()
    {
        await using var app = await TestApplication.StartAsync(builder =>
        {
            var migration = builder.AddScript("migration", "exit 7");
            builder.AddScript("service", Forever).WaitForCompletion(migration);
        });

        await app.WaitForStateAsync("service", KnownResourceStates.FailedToStart);

        Assert.Contains("exit code '7', expected '0'", await app.WaitForLineAsync("service", line => line.Contains("stopped waiting")));
    }

    [Fact]
    public async Task Explicit_start_leaves_it_to_the_start_command()
    {
        await using var app = await TestApplication.StartAsync(builder => builder.AddScript("tool", Forever).WithExplicitStart());
        Assert.Equal(KnownResourceStates.NotStarted, app.Snapshot("tool").State?.Text);

        var result = await app.Application.ResourceCommands.ExecuteCommandAsync("tool", KnownResourceCommands.StartCommand, app.Deadline);

        Assert.True(result.Success, result.Message);
        Assert.Equal(KnownResourceStates.Running, app.Snapshot("tool").State?.Text);
    }

    [Fact]
    public async Task The_start_command_ends_a_wait()
    {
        await using var app = await TestApplication.StartAsync(builder =>
        {
            var other = builder.AddScript("other", Forever).WithExplicitStart();
            builder.AddScript("impatient", Forever).WaitFor(other);
        });
        await app.WaitForStateAsync("impatient", KnownResourceStates.Waiting);

        await app.Application.ResourceCommands.ExecuteCommandAsync("impatient", KnownResourceCommands.StartCommand, app.Deadline);

        await app.WaitForStateAsync("impatient", KnownResourceStates.Running);
    }

    [Fact]
    public async Task Stop_and_restart_work_one_by_one()
    {
        await using var app = await TestApplication.StartAsync(builder =>
        {
            builder.AddScript("one", Forever);
            builder.AddScript("two", Forever);
        });
        var first = (await app.WaitForStateAsync("one", KnownResourceStates.Running)).Snapshot.ProcessIdOf();
        var untouched = (await app.WaitForStateAsync("two", KnownResourceStates.Running)).Snapshot.ProcessIdOf();
        Assert.Equal(ResourceCommandState.Hidden, Command(app, "start"));
        Assert.Equal(ResourceCommandState.Enabled, Command(app, "stop"));

        await app.Application.ResourceCommands.ExecuteCommandAsync("one", KnownResourceCommands.RestartCommand, app.Deadline);
        var second = app.Snapshot("one").ProcessIdOf();
        Assert.NotEqual(first, second);
        Assert.Equal(KnownResourceStates.Running, app.Snapshot("one").State?.Text);

        await app.Application.ResourceCommands.ExecuteCommandAsync("one", KnownResourceCommands.StopCommand, app.Deadline);
        Assert.Equal(KnownResourceStates.Finished, app.Snapshot("one").State?.Text);
        Assert.Null(app.Snapshot("one").State?.Style);
        Assert.Equal(ResourceCommandState.Enabled, Command(app, "start"));
        Assert.Equal(ResourceCommandState.Hidden, Command(app, "stop"));
        Assert.Equal(untouched, app.Snapshot("two").ProcessIdOf());
        Assert.Equal(KnownResourceStates.Running, app.Snapshot("two").State?.Text);
    }

    [Fact]
    public async Task Dependants_stop_before_what_they_wait_for()
    {
        var stops = new List<string>();
        var app = await TestApplication.StartAsync(builder =>
        {
            var server = builder.AddScript("server", Forever).OnResourceStopped((_, _, _) => Note("server"));
            var middle = builder.AddScript("middle", Forever).WaitFor(server).OnResourceStopped((_, _, _) => Note("middle"));
            builder.AddScript("client", Forever).WaitFor(middle).OnResourceStopped((_, _, _) => Note("client"));

            Task Note(string name)
            {
                stops.Add(name);
                return Task.CompletedTask;
            }
        });
        await app.WaitForStateAsync("client", KnownResourceStates.Running);

        await app.Application.StopAsync(app.Deadline);
        await app.DisposeAsync();

        Assert.Equal(["client", "middle", "server"], stops);
    }

    [Fact]
    public async Task Events_come_in_the_official_order()
    {
        var events = new List<string>();
        await using var app = await TestApplication.StartAsync(builder => builder.AddScript("one", Forever)
            .WithHttpEndpoint(name: "http")
            .OnResourceEndpointsAllocated((_, _, _) => Note("endpoints allocated"))
            .OnBeforeResourceStarted((_, _, _) => Note("before start"))
            .OnResourceReady((_, _, _) => Note("ready")));

        await app.Notifications.WaitForResourceHealthyAsync("one", app.Deadline);

        Assert.Equal(["endpoints allocated", "before start", "ready"], events);

        Task Note(string name)
        {
            events.Add(name);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_stop_without_patience_kills_what_does_not_want_to_end()
    {
        var app = await TestApplication.StartAsync(builder =>
            builder.AddScript("stubborn", "trap '' TERM; echo ready; while :; do sleep 0.05; done"));
        await app.WaitForLineAsync("stubborn", line => line.EndsWith("ready"));

        await app.Application.Services.GetRequiredService<LocalOrchestrator>().StopAsync(new CancellationToken(canceled: true));

        Assert.Equal(128 + 9, app.Snapshot("stubborn").ExitCode);
        await app.DisposeAsync();
    }

    [Fact]
    public async Task A_project_that_the_AppHost_knows_by_its_path_is_built_and_run()
    {
        var appHost = typeof(LifecycleTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "RunModeAppHost").Value!;
        var web = Path.Combine(appHost[..appHost.IndexOf(Path.Combine("AppHost", "bin"), StringComparison.Ordinal)], "Web", "RunMode.Web.csproj");
        await using var app = await TestApplication.StartAsync(builder => builder.AddProject("web", web).WithHttpHealthCheck("/health"));

        await app.Notifications.WaitForResourceHealthyAsync("web", app.Deadline);

        Assert.Equal(KnownResourceStates.Running, app.Snapshot("web").State?.Text);
    }

    private static ResourceCommandState Command(TestApplication app, string name) =>
        app.Snapshot("one").Commands.Single(command => command.Name == name).State;
}
