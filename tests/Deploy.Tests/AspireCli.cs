using System.Runtime.CompilerServices;

namespace Deploy.Tests;

/// <summary>The Aspire CLI of the repository's tool manifest, with the AppHost of tests/Deploy, which is built.</summary>
/// <param name="Shop">What it deploys, and where to.</param>
internal sealed record AspireCli(Shop Shop)
{
    private static readonly string s_repository = FindRepository();

    public async Task<Outcome> RunAsync(params string[] arguments)
    {
        await using var process = VerbProcess.Start(Command(arguments, "--non-interactive"), s_repository, Environment());
        return await process.EndAsync();
    }

    public VerbProcess StartAtTerminal(params string[] arguments) =>
        VerbProcess.StartAtTerminal(Command(arguments), s_repository, Environment());

    /// <summary>What the AppHost gets goes behind dashes, and so the CLI's own options before them.</summary>
    private static string[] Command(string[] arguments, params string[] options)
    {
        var tool = Path.Combine(Packages, "aspire.cli", "13.6.5");
        Assert.SkipUnless(Directory.Exists(tool), "The Aspire CLI is not here: run 'dotnet tool restore'.");
        var dashes = Array.IndexOf(arguments, "--") is >= 0 and var index ? index : arguments.Length;
        var project = Path.Combine(s_repository, "tests", "Deploy", "AppHost", "Deploy.AppHost.csproj");
        return
        [
            "dotnet",
            "tool",
            "run",
            "aspire",
            "--",
            .. arguments[..dashes],
            "--apphost",
            project,
            "--no-build",
            .. options,
            .. arguments[dashes..],
        ];
    }

    private static string Packages =>
        System.Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>
    /// The home folder is the test's own, so that what the CLI and the host leave there is found; tools and packages are those of the
    /// machine.
    /// </summary>
    private Dictionary<string, string?> Environment() =>
        new(Shop.Environment())
        {
            ["NUGET_PACKAGES"] = Packages,
            ["DOTNET_CLI_HOME"] = System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile),
            // In CI the CLI asks nobody, terminal or not.
            ["CI"] = null,
            ["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_NOLOGO"] = "1",
            ["NO_COLOR"] = "1",
        };

    private static string FindRepository([CallerFilePath] string caller = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(caller)!, "..", ".."));
}
