using System.ComponentModel;
using System.Diagnostics;

namespace Aspire.Hosting.Pipelines.Execution;

/// <summary>Docker or Podman, if one is there and runs.</summary>
internal static class ContainerRuntime
{
    /// <exception cref="DistributedApplicationException">Neither answers.</exception>
    public static async Task CheckAsync(CancellationToken cancellationToken)
    {
        foreach (var program in (string[])["docker", "podman"])
        {
            if (await AnswersAsync(program, cancellationToken))
            {
                return;
            }
        }

        throw new DistributedApplicationException("No container runtime is running. Start Docker or Podman and try again.");
    }

    private static async Task<bool> AnswersAsync(string program, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, ["info"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            await Task.WhenAll(
                process.StandardOutput.ReadToEndAsync(cancellationToken),
                process.StandardError.ReadToEndAsync(cancellationToken));
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
