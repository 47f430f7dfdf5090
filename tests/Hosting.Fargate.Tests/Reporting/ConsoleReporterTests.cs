using Aspire.Hosting.Pipelines;
using Hosting.Fargate.Reporting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Hosting.Fargate.Tests.Reporting;

#pragma warning disable ASPIREPIPELINES001 // Steps are reported as the pipeline does.

/// <summary>What a person reads of the steps of a pipeline, where the Aspire CLI does not show them.</summary>
public sealed class ConsoleReporterTests : IDisposable
{
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly FakeTimeProvider _time = new();
    private readonly Lifetime _lifetime = new();
    private readonly LiveConsole _console;
    private readonly ConsoleReporter _reporter;
    private int _exitCode;

    public ConsoleReporterTests()
    {
        _console = new LiveConsole(_output, _output, width: null, colors: false, _time);
        _reporter = new ConsoleReporter(_console, _lifetime, _time, code => _exitCode = code);
    }

    public void Dispose()
    {
        _console.Dispose();
        _lifetime.Dispose();
    }

    [Fact]
    public async Task Each_part_has_a_line_with_its_outcome_and_how_long_it_took()
    {
        await using (var step = await _reporter.CreateStepAsync("deploy-shop", TestContext.Current.CancellationToken))
        {
            await PartAsync(step, "preflight", outcome: null, TimeSpan.FromSeconds(0.94));
            await PartAsync(step, "foundation", "unchanged", TimeSpan.FromSeconds(0.3));
            await PartAsync(step, "application", "3 of 3 resources", TimeSpan.FromSeconds(168));
        }

        Says(
            """
            ✓ preflight                                     0.9s
            ✓ foundation            unchanged               0.3s
            ✓ application           3 of 3 resources        2m 48s
            ✓ deploy shop                                   2m 49s

            """
        );
    }

    [Theory]
    [InlineData("status-shop", "profiler: not deployed\n")]
    [InlineData("publish-shop", "profiler: not deployed\n✓ publish shop                                  0.0s\n")]
    [InlineData("build-extras", "profiler: not deployed\n✓ build-extras                                  0.0s\n")]
    public async Task What_a_verb_prints_stands_alone_where_that_is_what_it_is_for(string title, string expected)
    {
        await using (var step = await _reporter.CreateStepAsync(title, TestContext.Current.CancellationToken))
        {
            step.Log(LogLevel.Information, "profiler: not deployed");
        }

        Says(expected);
    }

    [Theory]
    [InlineData("pipeline-execution")]
    [InlineData("before-start")]
    [InlineData("validate-compute-environments")]
    [InlineData("target-shop")]
    [InlineData("deploy")]
    public async Task What_the_host_does_for_itself_is_not_shown(string title)
    {
        await using (await _reporter.CreateStepAsync(title, TestContext.Current.CancellationToken)) { }

        Says("");
    }

    [Fact]
    public async Task What_failed_is_said_once()
    {
        await FailAsync("The table 'orders' is full.", "Step 'deploy-shop' failed.", "The table 'orders' is full.");

        Says(
            """
            ✗ deploy shop                                   0.0s
            The table 'orders' is full.

            """
        );
        Assert.Equal(1, _exitCode);
    }

    [Fact]
    public async Task The_stack_trace_is_there_where_it_was_asked_for()
    {
        // What the host logs with --include-exception-details.
        const string Details = "Step 'deploy-shop' failed. System.InvalidOperationException: It is full.\n   at Shop.Deploy()";
        await FailAsync("It is full.", Details, "It is full. " + Details);

        Says("✗ deploy shop                                   0.0s\nIt is full.\n" + Details + "\n");
    }

    [Fact]
    public async Task What_fails_before_any_step_is_said_too()
    {
        var step = await _reporter.CreateStepAsync("pipeline-execution", TestContext.Current.CancellationToken);
        step.Log(LogLevel.Error, "Step 'nonsense' not found in pipeline.");
        await step.CompleteAsync("Failed", CompletionState.CompletedWithError, TestContext.Current.CancellationToken);

        Says("Step 'nonsense' not found in pipeline.\n");
        Assert.Equal(1, _exitCode);
    }

    [Fact]
    public async Task What_was_told_to_stop_says_that_and_not_that_a_task_was_cancelled()
    {
        _lifetime.StopApplication();
        await FailAsync("A task was canceled.", "Step 'deploy-shop' failed.", "A task was canceled.");

        Says(
            """
            ✗ deploy shop                                   0.0s
            Stopped. What was done is found done when the same command is run again.

            """
        );
        Assert.Equal(1, _exitCode);
    }

    [Fact]
    public async Task The_summary_is_a_table()
    {
        await _reporter.CompletePublishAsync(
            new PublishCompletionOptions
            {
                PipelineSummary = [new("Address of shop", "https://shop.example.com", false), new("Took", "3m 44s", false)],
            },
            TestContext.Current.CancellationToken
        );

        Says("Address of shop  https://shop.example.com\nTook             3m 44s\n");
    }

    private async Task PartAsync(IReportingStep step, string title, string? outcome, TimeSpan duration)
    {
        await using var part = await step.CreateTaskAsync(title, TestContext.Current.CancellationToken);
        _time.Advance(duration);
        await part.CompleteAsync(outcome, CompletionState.Completed, TestContext.Current.CancellationToken);
    }

    /// <summary>As the host does it: the step's own error, the step's failure, then those of the pipeline.</summary>
    private async Task FailAsync(string message, string loggedByStep, string loggedByPipeline)
    {
        var pipeline = await _reporter.CreateStepAsync("pipeline-execution", TestContext.Current.CancellationToken);
        await using (var step = await _reporter.CreateStepAsync("deploy-shop", TestContext.Current.CancellationToken))
        {
            step.Log(LogLevel.Error, loggedByStep);
            await step.CompleteAsync(message, CompletionState.CompletedWithError, TestContext.Current.CancellationToken);
        }

        pipeline.Log(LogLevel.Error, loggedByPipeline);
        await pipeline.CompleteAsync("Failed", CompletionState.CompletedWithError, TestContext.Current.CancellationToken);
    }

    private void Says(string expected) => Assert.Equal(expected.ReplaceLineEndings("\n"), _output.ToString());

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => _stopping.Cancel();

        public void Dispose() => _stopping.Dispose();
    }
}
