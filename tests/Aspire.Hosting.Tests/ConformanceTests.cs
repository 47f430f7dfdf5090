using System.Diagnostics;
using System.Reflection;

namespace Aspire.Hosting.Tests;

/// <summary>A large model, in publish mode, looks to a compute environment as it does with the official packages.</summary>
public sealed class ConformanceTests
{
    [Fact]
    public async Task One_large_model_is_seen_as_the_official_packages_show_it()
    {
        var appHost = typeof(ConformanceTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(m => m.Key == "ConformanceAppHost").Value!;
        var expected = await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "expected-13.5.2.txt"));
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "exec", appHost, "--operation", "publish", "--step", "publish" },
            Environment = { ["Parameters__api-key"] = "KEYVALUE", ["ConnectionStrings__database"] = "Host=db" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("DOTNET_ENVIRONMENT");
        start.Environment.Remove("ASPNETCORE_ENVIRONMENT");

        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var error = process.StandardError.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);

        // Progress of the pipeline goes around what the environment prints.
        var printed = (await output).Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        var first = printed.IndexOf(expected[0]);
        Assert.True(process.ExitCode == 0 && first >= 0, $"exit code {process.ExitCode}{Environment.NewLine}{await output}{await error}");
        Assert.Equal(expected, printed.Skip(first).Take(expected.Length));
    }
}
