using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Tests.Run;

public sealed class ContainerRunTests
{
    [Fact]
    public async Task A_container_runs_with_its_environment_and_is_removed_in_the_end()
    {
        SkipWithoutDocker();
        var name = $"aspire-test-{Guid.NewGuid():N}";
        var app = await TestApplication.StartAsync(
            builder => builder.AddContainer("shell", "busybox")
                .WithContainerName(name)
                .WithEnvironment("GREETING", "hello from the model")
                .WithEntrypoint("/bin/sh")
                .WithArgs("-c", "echo $GREETING; exec sleep 1000"),
            "--ASPIRE_CONTAINER_RUNTIME=docker");

        await app.WaitForStateAsync("shell", KnownResourceStates.Running);
        await app.WaitForLineAsync("shell", line => line.EndsWith("hello from the model"));
        await app.Application.StopAsync(app.Deadline);
        await app.DisposeAsync();

        Assert.NotEqual(0, Docker("container", "inspect", name));
    }

    private static void SkipWithoutDocker()
    {
        try
        {
            Assert.SkipWhen(Docker("ps", "--quiet") != 0, "No Docker daemon answers; install with apt-get install docker.io and start it.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no docker; install with apt-get install docker.io.");
        }
    }

    private static int Docker(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("docker", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
