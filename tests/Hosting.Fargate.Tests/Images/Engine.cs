using System.ComponentModel;
using System.Diagnostics;

namespace Hosting.Fargate.Tests.Images;

/// <summary>The Docker engine that DOCKER_HOST or the default socket names.</summary>
internal static class Engine
{
    /// <summary>Skips a test where there is none.</summary>
    public static void Require()
    {
        try
        {
            var (exitCode, _) = Run("info");
            Assert.SkipWhen(exitCode != 0, "No Docker daemon answers; install with apt-get install docker.io and start it.");
        }
        catch (Win32Exception)
        {
            Assert.Skip("There is no docker; install with apt-get install docker.io.");
        }
    }

    /// <summary>Runs the CLI.</summary>
    public static (int ExitCode, string Output) Run(params string[] arguments)
    {
        using var docker = Process.Start(
            new ProcessStartInfo("docker", arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        var errors = docker.StandardError.ReadToEndAsync();
        var output = docker.StandardOutput.ReadToEnd();
        docker.WaitForExit();
        return (docker.ExitCode, output + errors.GetAwaiter().GetResult());
    }

    /// <summary>Runs the CLI, where it does what it is told.</summary>
    public static string Do(params string[] arguments)
    {
        var (exitCode, output) = Run(arguments);
        Assert.True(exitCode == 0, $"docker {string.Join(' ', arguments)}: {output}");
        return output.TrimEnd();
    }
}
