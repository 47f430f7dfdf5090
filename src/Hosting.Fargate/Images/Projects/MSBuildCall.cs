using System.ComponentModel;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Hosting.Fargate.Images;

/// <summary>A call of MSBuild, by the <c>dotnet</c> that runs this process.</summary>
/// <param name="projectFile">The project that it is given.</param>
/// <param name="nodes">The processes that it may spread the work over, as far as there are cores.</param>
internal sealed partial class MSBuildCall(string projectFile, int nodes)
{
    /// <summary>Variables of its environment: credentials.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Runs the target <c>Images</c> of a project that is written for it.</summary>
    /// <returns>What it printed.</returns>
    public Task<IReadOnlyList<string>> RunAsync(XDocument project, CancellationToken cancellationToken)
    {
        project.Save(projectFile);

        return RunAsync(
            [
                "msbuild",
                projectFile,
                "-target:Images",
                $"-maxCpuCount:{Math.Min(System.Environment.ProcessorCount, nodes)}",
                "-nodeReuse:false",
                "-noLogo",
                "-terminalLogger:off",
                "-verbosity:minimal",
                "-noAutoResponse",
            ],
            cancellationToken
        );
    }

    /// <summary>
    /// Runs targets of a file-based app, whose project is in the SDK's memory alone: with any other option it takes the file for a project.
    /// </summary>
    /// <returns>What it printed.</returns>
    public Task<IReadOnlyList<string>> RunAsync(string file, string[] targets, string properties, CancellationToken cancellationToken) =>
        RunAsync(
            [
                "build",
                file,
                .. targets.Select(target => $"-target:{target}"),
                .. properties.Split(';').Select(property => $"-property:{property}"),
                "-verbosity:minimal",
            ],
            cancellationToken
        );

    private async Task<IReadOnlyList<string>> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var process = new ChildProcess(Host(), arguments)
        {
            Folder = Path.GetDirectoryName(projectFile),
            Environment = new Dictionary<string, string?>(Environment)
            {
                ["DOTNET_CLI_UI_LANGUAGE"] = "en",
                ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",

                // No node stays: it would keep the credentials.
                ["MSBUILDDISABLENODEREUSE"] = "1",
                ["DOTNET_NOLOGO"] = "1",
                ["MSBUILDTERMINALLOGGER"] = "off",

                // It ends within seconds. Counting calls, to compile better what is called most, is never earned back, and memory that is never
                // written and run at once guards a process that others reach: https://github.com/dotnet/runtime/issues/50391.
                ["DOTNET_TieredPGO"] = "0",
                ["DOTNET_EnableWriteXorExecute"] = "0",
            },
        };
        try
        {
            return (await process.RunAsync(cancellationToken)).Lines;
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException(
                $"The .NET SDK, which builds the images, did not start: {exception.Message} Install it, with dotnet on PATH.",
                exception
            );
        }
    }

    /// <summary>The errors among what it printed, each once: those of a project, and those of what is common to all.</summary>
    public static IReadOnlyList<string> ErrorsOf(IEnumerable<string> lines, string project, IReadOnlyCollection<string> projects)
    {
        var all = lines.Where(line => ErrorLine().IsMatch(line)).Select(line => line.Trim()).Distinct().ToList();
        var own = all.Where(line =>
                line.EndsWith($"[{project}]", StringComparison.Ordinal) || line.Contains($"[{project}::", StringComparison.Ordinal)
            )
            .ToList();
        return own.Count > 0
            ? own
            : [.. all.Where(line => !projects.Any(other => other != project && line.EndsWith($"[{other}]", StringComparison.Ordinal)))];
    }

    private static string Host()
    {
        var here = System.Environment.ProcessPath;
        return Path.GetFileNameWithoutExtension(here) == "dotnet" ? here!
            : System.Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host && File.Exists(host) ? host
            : "dotnet";
    }

    [GeneratedRegex(@"(^|: |\))\s*error\b[^:]*:")]
    private static partial Regex ErrorLine();
}
