using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hosting.Fargate.Tests.Policies;

/// <summary>
/// Tools of others that run on Node.js, in a process of their own: a folder of tests with a <c>check.mjs</c>. npm installs them once, into
/// the tests' output folder, by the lock file. A test is skipped, with the reason, where that cannot be.
/// </summary>
internal static class NodeTool
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<(string? Folder, string? Problem)>>> s_installed = new();

    /// <summary>Asks, as the folder's <c>check.mjs</c> says how.</summary>
    /// <param name="tool">The folder of tests.</param>
    /// <param name="question">What it reads from its input.</param>
    public static async Task<JsonElement> AskAsync(string tool, JsonObject question)
    {
        var (folder, problem) = await s_installed.GetOrAdd(tool, static name => new(() => InstallAsync(name))).Value;
        Assert.SkipWhen(folder is null, $"npm does not install tests/{tool} here: {problem}");
        var (exitCode, output, errors) = await RunAsync("node", ["check.mjs"], folder!, question.ToJsonString());
        Assert.True(exitCode == 0, errors);
        return JsonElement.Parse(output);
    }

    private static async Task<(string? Folder, string? Problem)> InstallAsync(string tool)
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, tool.ToLowerInvariant())).FullName;
        var source = Path.Combine(Repository.Root, "tests", tool);
        var mark = Path.Combine(folder, "node_modules", ".installed");
        var wanted = await File.ReadAllTextAsync(Path.Combine(source, "package-lock.json"));
        foreach (var name in new[] { "package.json", "package-lock.json", "check.mjs" })
        {
            File.Copy(Path.Combine(source, name), Path.Combine(folder, name), overwrite: true);
        }

        if (File.Exists(mark) && await File.ReadAllTextAsync(mark) == wanted)
        {
            return (folder, null);
        }

        try
        {
            var (exitCode, output, errors) = await RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder, "");
            if (exitCode != 0)
            {
                return (null, (errors + output).Trim());
            }

            await File.WriteAllTextAsync(mark, wanted);
            return (folder, null);
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return (null, exception.Message);
        }
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string file,
        string[] arguments,
        string folder,
        string input
    )
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
        };
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.StandardInput.WriteAsync(input.AsMemory(), deadline.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
