using Hosting.Fargate.Images;

namespace Hosting.Fargate.Tests.Images;

/// <summary>What a program that is started sees of this process.</summary>
[Collection("The variables of this process")]
public sealed class ChildProcessTests
{
    [Theory]
    [InlineData("Parameters__child-process")]
    [InlineData("parameters__child-process")]
    [InlineData("ConnectionStrings__child-process")]
    public async Task A_program_does_not_see_the_application_s_secrets(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "env is a program of Unix.");
        Environment.SetEnvironmentVariable(name, "kept");
        Environment.SetEnvironmentVariable("CHILD_PROCESS_OTHER", "passed on");
        try
        {
            var lines = await EnvironmentOfAsync(new Dictionary<string, string?>());

            Assert.Contains("CHILD_PROCESS_OTHER=passed on", lines);
            Assert.DoesNotContain(lines, line => line.StartsWith($"{name}=", StringComparison.Ordinal));
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, null);
            Environment.SetEnvironmentVariable("CHILD_PROCESS_OTHER", null);
        }
    }

    [Fact]
    public async Task A_program_sees_what_it_is_given()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "env is a program of Unix.");

        var lines = await EnvironmentOfAsync(new Dictionary<string, string?> { ["Parameters__given"] = "value", ["PATH"] = null });

        Assert.Contains("Parameters__given=value", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("PATH=", StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<string>> EnvironmentOfAsync(Dictionary<string, string?> environment)
    {
        var (exitCode, lines) = await new ChildProcess("/usr/bin/env", []) { Environment = environment }.RunAsync(
            TestContext.Current.CancellationToken
        );
        Assert.Equal(0, exitCode);
        return lines;
    }
}
