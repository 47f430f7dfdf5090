using System.Diagnostics;
using System.Reflection;

namespace Hosting.Fargate.Tests;

/// <summary>The repository that the tests were built from, and its build.</summary>
internal static class Repository
{
    private const string TestProject = "tests/Hosting.Fargate.Tests";

    /// <summary>The folder with the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The configuration that the tests, and all they reference, were built in.</summary>
    public static string Configuration { get; } =
        typeof(Repository).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    public static string PathOf(string path) => Path.Combine(Root, path);

    /// <summary>A file or folder of this test project's sources.</summary>
    public static string TestFile(params ReadOnlySpan<string> path) => Path.Combine([Root, TestProject, .. path]);

    /// <summary>What building another project gave, in the configuration in which the tests were built.</summary>
    public static string OutputOf(string project, string file) =>
        Path.Combine(Root, project, Path.GetRelativePath(Path.Combine(Root, TestProject), AppContext.BaseDirectory), file);

    /// <summary>Runs <c>dotnet</c> in the repository, with what it prints in plain text.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables of its environment; null unsets one.</param>
    public static async Task<(int ExitCode, string Output)> DotnetAsync(
        string[] arguments,
        params (string Name, string? Value)[] environment
    )
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = Root, RedirectStandardOutput = true };
        start.Environment["UseOfficialPackages"] = "false";
        start.Environment["MSBUILDTERMINALLOGGER"] = "off";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, output);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Aspire.sln")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException("The tests do not run from inside the repository.");
        }

        return directory.FullName;
    }
}
