using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Aspire.Hosting.Tests.Pipelines;

/// <summary>What a person, or CI, sees of a pipeline: exit code and console of a real process.</summary>
public sealed class PipelineProcessTests
{
    [Fact]
    public async Task A_pipeline_that_succeeds_exits_with_0_and_prints_its_summary()
    {
        var (exitCode, output, _) = await RunAsync("--operation", "publish", "--step", "well");
        Assert.Equal(0, exitCode);
        Assert.Contains("Address: http://example.com", output);
        Assert.Contains("✓ well done", output);
    }

    [Fact]
    public async Task A_step_that_throws_exits_with_1_and_says_why_once_without_a_stack_trace()
    {
        var (exitCode, output, error) = await RunAsync("--operation", "publish", "--step", "throws");
        Assert.Equal(1, exitCode);
        Assert.Single(Lines(output + error), line => line.Contains("There is no bucket."));
        Assert.DoesNotContain("   at ", output + error);
        Assert.Contains("✗ throws failed", output);
    }

    [Fact]
    public async Task Details_are_printed_where_they_were_asked_for()
    {
        var (exitCode, output, _) = await RunAsync("--operation", "publish", "--step", "throws", "--include-exception-details", "true");
        Assert.Equal(1, exitCode);
        Assert.Contains("   at ", output);
    }

    [Fact]
    public async Task A_step_that_reports_its_failure_without_throwing_exits_with_1()
    {
        var (exitCode, output, _) = await RunAsync("--operation", "publish", "--step", "says-so");
        Assert.Equal(1, exitCode);
        Assert.Single(Lines(output), line => line.Contains("The bucket is full."));
    }

    [Fact]
    public async Task An_unknown_step_exits_with_1_and_lists_the_steps_there_are()
    {
        var (exitCode, output, error) = await RunAsync("--operation", "publish", "--step", "no-such-step");
        Assert.Equal(1, exitCode);
        var message = Assert.Single(Lines(output + error), line => line.Contains("not found in pipeline"));
        Assert.Contains("'publish'", message);
        Assert.Contains("'well'", message);
    }

    [Fact]
    public async Task The_manifest_is_refused_with_what_it_takes()
    {
        var (exitCode, output, _) = await RunAsync("--publisher", "manifest");
        Assert.Equal(1, exitCode);
        Assert.Single(Lines(output), line => line.Contains("UseOfficialPackages=true"));
    }

    [Theory]
    [InlineData("--operation", "publish", "--step", "well")]
    [InlineData("--operation", "run")]
    public async Task A_step_before_the_start_that_fails_exits_with_1_in_both_modes(params string[] args)
    {
        var (exitCode, output, error) = await RunAsync([.. args, "--BreakStart", "true"]);
        Assert.Equal(1, exitCode);
        Assert.Single(Lines(output + error), line => line.Contains("It cannot start."));
        Assert.DoesNotContain("   at ", output + error);
    }

    [Fact]
    public async Task SIGTERM_cancels_the_step_and_exits_with_1()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no SIGTERM; run on Linux or macOS.");
        }

        using var process = Start("--operation", "publish", "--step", "waits");
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await process.StandardOutput.ReadLineAsync(deadline.Token) is { } line && line != "waiting")
        {
        }

        Assert.Equal(0, Kill(process.Id, signal: 15));
        var rest = await process.StandardOutput.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        Assert.Equal(1, process.ExitCode);
        Assert.Contains("told to stop", rest);
        Assert.Contains("waits  ✗ failed", rest);
        Assert.Contains("cancelled", rest);
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args)
    {
        using var process = Start(args);
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var error = process.StandardError.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, await output, await error);
    }

    private static Process Start(params string[] args)
    {
        var appHost = typeof(PipelineProcessTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "PipelinesAppHost").Value!;
        return Process.Start(new ProcessStartInfo("dotnet", ["exec", appHost, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n');

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
