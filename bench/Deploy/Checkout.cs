using System.Diagnostics;
using Bench.Publish;

namespace Bench.Deploy;

/// <summary>A copy of the committed sources, whose api can be changed without changing anybody's files.</summary>
internal sealed class Checkout : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bench-deploy-");
    private readonly Dictionary<string, string> _variables;

    private Checkout(Emulator aws) => _variables = new(aws.Variables) { ["ContainerBaseImage"] = $"{aws.Registry}/base/aspnet:10.0" };

    public static async Task<Checkout> CreateAsync(Emulator aws)
    {
        var checkout = new Checkout(aws);
        await BaseImage.PushAsync(aws.Registry, "base/aspnet", "10.0");
        await checkout.RunAsync("git", "clone", "--quiet", Emulator.Repository, ".");
        await checkout.RunAsync("dotnet", "build", "-c", "Release", "src/AppHost", "-v", "quiet");
        return checkout;
    }

    public async Task<Deployed> DeployAsync()
    {
        var began = Stopwatch.GetTimestamp();
        var output = await RunAsync(
            "dotnet",
            "exec",
            "src/AppHost/bin/Release/net10.0/AppHost.dll",
            "--operation",
            "publish",
            "--step",
            "deploy",
            "--yes",
            "true",
            "--Fargate:SmokeSeconds",
            "0"
        );
        var elapsed = Stopwatch.GetElapsedTime(began);
        return new Deployed(
            elapsed,
            string.Join(
                ", ",
                output.Split('\n').Where(line => line.Contains(": pushed sha256:", StringComparison.Ordinal)).Select(line => line.Trim())
            )
        );
    }

    /// <summary>Changes a line of the api, as a person would between two deploys.</summary>
    public Task ChangeApiAsync(int round) =>
        File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "src", "Api", "Changed.cs"),
            $"internal static class Changed {{ public const int Round = {round}; }}\n"
        );

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (variable, value) in _variables)
            start.Environment[variable] = value;

        // As on a machine that says nothing of it: the compiler's server compiles, which an earlier build has started.
        start.Environment.Remove("UseSharedCompilation");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new CommandFailedException(
                $"{program} {string.Join(' ', arguments)} ended with exit code {process.ExitCode}:\n{await output}{await errors}"
            );
    }
}
