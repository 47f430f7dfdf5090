using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using Aspire.Hosting.Tests.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.Tests.Pipelines;

public sealed class PipelineTests
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(2);
    private readonly ConcurrentQueue<string> _executed = [];

    [Fact]
    public async Task A_step_comes_after_what_it_depends_on_and_what_it_is_required_by_comes_later()
    {
        var builder = Models.ToPublish("--step", "last");
        builder.Pipeline.AddStep("last", Record("last"));
        builder.Pipeline.AddStep("middle", Record("middle"), dependsOn: new[] { "first", "second" }, requiredBy: "last");
        builder.Pipeline.AddStep("second", Record("second"), dependsOn: "first");
        builder.Pipeline.AddStep("first", Record("first"));
        builder.Pipeline.AddStep("unrelated", Record("unrelated"));

        await ExecuteAsync(builder);

        Assert.Equal(["first", "second", "middle", "last"], _executed);
    }

    [Fact]
    public async Task Steps_that_do_not_depend_on_each_other_are_executed_at_the_same_time()
    {
        var builder = Models.ToPublish("--step", "publish");
        using var both = new Barrier(2);
        foreach (var name in (string[])["left", "right"])
        {
            builder.Pipeline.AddStep(name, _ =>
            {
                Assert.True(both.SignalAndWait(s_deadline));
                return Task.CompletedTask;
            }, requiredBy: "publish");
        }

        await ExecuteAsync(builder);
    }

    [Theory]
    [InlineData("publish")]
    [InlineData("deploy")]
    [InlineData("destroy")]
    public async Task A_verb_that_nothing_takes_part_in_is_a_failure(string verb)
    {
        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => ExecuteAsync(Models.ToPublish("--step", verb)));

        Assert.Contains($"Nothing in the model takes part in '{verb}'", failure.Message);
    }

    [Fact]
    public async Task What_depends_on_a_failed_step_is_left_out_and_the_rest_goes_on()
    {
        var builder = Models.ToPublish("--step", "publish");
        builder.Pipeline.AddStep("fails", _ => throw new InvalidOperationException("There is no bucket."), requiredBy: "dependent");
        builder.Pipeline.AddStep("dependent", Record("dependent"), requiredBy: "publish");
        builder.Pipeline.AddStep("other", Record("other"), requiredBy: "publish");

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => ExecuteAsync(builder));

        Assert.Equal("Step 'fails' failed: There is no bucket.", failure.Message);
        Assert.Equal(["other"], _executed);
    }

    [Fact]
    public async Task Several_failures_are_named_together_and_a_message_written_for_readers_is_kept()
    {
        var builder = Models.ToPublish("--step", "publish");
        builder.Pipeline.AddStep("one", _ => throw new DistributedApplicationException("Say which bucket."), requiredBy: "publish");
        builder.Pipeline.AddStep("two", _ => throw new InvalidOperationException("There is no bucket."), requiredBy: "publish");

        var failure = await Assert.ThrowsAsync<AggregateException>(() => ExecuteAsync(builder));

        Assert.StartsWith("Multiple pipeline steps failed: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(failure.InnerExceptions, inner => inner.Message == "Say which bucket.");
    }

    [Theory]
    [InlineData("a", null, "Step 'test' depends on unknown step 'a'")]
    [InlineData(null, "b", "Step 'test' is required by unknown step 'b'")]
    public async Task An_unknown_dependency_is_refused_by_name(string? dependsOn, string? requiredBy, string message)
    {
        var builder = Models.ToPublish("--step", "test");
        builder.Pipeline.AddStep("test", Record("test"), dependsOn, requiredBy);
        Assert.Equal(message, (await Assert.ThrowsAsync<InvalidOperationException>(() => ExecuteAsync(builder))).Message);
    }

    [Fact]
    public async Task A_circle_is_refused_with_the_steps_it_goes_through()
    {
        var builder = Models.ToPublish("--step", "a");
        builder.Pipeline.AddStep("a", Record("a"), dependsOn: "b");
        builder.Pipeline.AddStep("b", Record("b"), dependsOn: "c");
        builder.Pipeline.AddStep("c", Record("c"), dependsOn: "a");
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => ExecuteAsync(builder));
        Assert.Equal("Circular dependency detected in pipeline steps: a → b → c → a", failure.Message);
        Assert.Empty(_executed);
    }

    [Fact]
    public void A_name_is_taken_once()
    {
        var builder = Models.ToPublish();
        var failure = Assert.Throws<InvalidOperationException>(() => builder.Pipeline.AddStep("publish", Record("publish")));
        Assert.Equal("A step with the name 'publish' has already been added to the pipeline.", failure.Message);
    }

    [Fact]
    public async Task A_resource_has_steps_of_its_own_and_may_change_those_of_others()
    {
        var builder = Models.ToPublish("--step", "publish");
        builder.AddContainer("cache", "redis")
            .WithPipelineStepFactory("push-cache", Record("push-cache"), requiredBy: ["publish"], tags: ["push"])
            .WithPipelineConfiguration(context =>
            {
                Assert.Equal("cache", Assert.Single(context.GetSteps("push")).Resource?.Name);
                context.GetSteps("push").DependsOn("login");
            });
        builder.Pipeline.AddStep("login", Record("login"));

        await ExecuteAsync(builder, times: 2);

        Assert.Equal(["login", "push-cache", "login", "push-cache"], _executed);
    }

    [Fact]
    public async Task A_cancelled_execution_starts_no_further_step()
    {
        var builder = Models.ToPublish("--step", "publish");
        using var stop = new CancellationTokenSource();
        builder.Pipeline.AddStep("stops", _ => stop.CancelAsync(), requiredBy: "next");
        builder.Pipeline.AddStep("next", Record("next"), requiredBy: "publish");
        await Assert.ThrowsAsync<OperationCanceledException>(() => ExecuteAsync(builder, stop.Token));
        Assert.Empty(_executed);
    }

    [Fact]
    public async Task Every_missing_parameter_is_named_at_once()
    {
        var builder = Models.ToPublish("--step", "process-parameters");
        builder.AddParameter("stage");
        builder.AddParameter("key", secret: true);
        var failure = await Assert.ThrowsAsync<MissingParameterValueException>(() => ExecuteAsync(builder));
        Assert.Contains("stage", failure.Message);
        Assert.Contains("key", failure.Message);
    }

    [Fact]
    public async Task Building_images_is_refused_where_nothing_would_build_them()
    {
        var builder = Models.ToPublish("--step", "build");
        builder.AddProject<WorkerProject>("worker");
        Assert.Contains("'worker'", (await Assert.ThrowsAsync<DistributedApplicationException>(() => ExecuteAsync(builder))).Message);
    }

    [Fact]
    public async Task Steps_before_the_start_are_executed_in_run_mode_after_the_event_of_that_name()
    {
        var builder = Models.ToRun();
        builder.Pipeline.AddStep("prepare", Record("prepare"), requiredBy: WellKnownPipelineSteps.BeforeStart);
        builder.OnBeforeStart((_, _) =>
        {
            _executed.Enqueue("event");
            return Task.CompletedTask;
        });
        await using var app = builder.Build();
        await app.StartAsync();
        await app.StopAsync();
        Assert.Equal(["event", "prepare"], _executed);
    }

    [Fact]
    public async Task State_is_kept_by_path_and_a_stale_section_is_not_saved()
    {
        var builder = Models.ToPublish("--environment", $"test-{Guid.NewGuid():n}");
        await using var app = builder.Build();
        var state = app.Services.GetRequiredService<IDeploymentStateManager>();
        try
        {
            var section = await state.AcquireSectionAsync("Azure:Deployments");
            var stale = await state.AcquireSectionAsync("Azure:Deployments");
            section.Data["Id"] = "1";
            await state.SaveSectionAsync(section);
            await Assert.ThrowsAsync<InvalidOperationException>(() => state.SaveSectionAsync(stale));

            await using var again = Models.ToPublish("--environment", app.Services.GetRequiredService<IHostEnvironment>().EnvironmentName).Build();
            var kept = await again.Services.GetRequiredService<IDeploymentStateManager>().AcquireSectionAsync("Azure");
            Assert.Equal("1", (string?)kept.Data["Deployments"]?["Id"]);
        }
        finally
        {
            await state.ClearAllStateAsync();
        }

        Assert.False(File.Exists(state.StateFilePath));
    }

    private Func<PipelineStepContext, Task> Record(string name) => _ =>
    {
        _executed.Enqueue(name);
        return Task.CompletedTask;
    };

    /// <summary>Executes the pipeline, as often as asked, without a host around it.</summary>
    private static async Task ExecuteAsync(IDistributedApplicationBuilder builder, CancellationToken cancellationToken = default, int times = 1)
    {
        await using var app = builder.Build();
        for (var i = 0; i < times; i++)
        {
            var context = new PipelineContext(
                app.Services.GetRequiredService<DistributedApplicationModel>(),
                builder.ExecutionContext,
                app.Services,
                NullLogger.Instance,
                cancellationToken);
            await builder.Pipeline.ExecuteAsync(context).WaitAsync(s_deadline);
        }
    }
}
