using System.Reflection;

namespace Bench.Publish;

/// <summary>The equal stack, in the CDK: its folder has what it needs once it has been prepared.</summary>
internal sealed class Cdk
{
    public const string HowToInstall =
        "To measure beside the AWS CDK, install Node.js 20 or newer with npm (https://nodejs.org): the rest is installed here on first use.";

    private static readonly string Folder = typeof(Cdk)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(fact => fact.Key == "CdkFolder")
        .Value!;

    // Nothing but the synthesis: no question to a server whether there is something newer, no report, no search for credentials.
    private static readonly Dictionary<string, string> Quiet = new()
    {
        ["CDK_DISABLE_CLI_TELEMETRY"] = "true",
        ["CDK_DISABLE_VERSION_CHECK"] = "1",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    private readonly string _output;

    private Cdk(string output) => _output = output;

    /// <summary>
    /// Installs what package-lock.json says, where that has not been done yet; null where there is no Node.js to do it with.
    /// </summary>
    /// <exception cref="CommandFailedException">npm is there and fails.</exception>
    public static async Task<Cdk?> PrepareAsync(string output)
    {
        if (!await HasNodeAsync())
            return null;
        var installed = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        if (!installed.Exists || installed.LastWriteTimeUtc < File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")))
        {
            Console.WriteLine("npm ci, once: aws-cdk-lib and aws-cdk");
            await new Command("npm ci", OperatingSystem.IsWindows() ? "npm.cmd" : "npm", "ci") { Folder = Folder }.RunAsync();
        }

        return new Cdk(output);
    }

    /// <param name="services">How many services; the reference application unless given.</param>
    /// <param name="validates">
    /// Whether it validates what it writes, as aws-cdk-lib does unless told otherwise, and as publish does: most of the time goes there.
    /// </param>
    public Command App(int? services = null, bool validates = true) =>
        new(validates ? "node app.js" : "node app.js, CDK_VALIDATION=false", "node", "app.js")
        {
            Folder = Folder,
            Variables = Variables(
                services,
                ("CDK_OUTDIR", Path.Combine(_output, "node-app")),
                ("CDK_VALIDATION", validates ? "true" : "false")
            ),
        };

    public Command Synth() =>
        new(
            "cdk synth",
            "node",
            Path.Combine("node_modules", "aws-cdk", "bin", "cdk"),
            "synth",
            "--quiet",
            "--output",
            Path.Combine(_output, "cdk-synth")
        )
        {
            Folder = Folder,
            Variables = Variables(services: null),
        };

    private static async Task<bool> HasNodeAsync()
    {
        try
        {
            await new Command("node", "node", "-e", "process.exit(Number(process.versions.node.split('.')[0]) >= 20 ? 0 : 1)").RunAsync();
            return true;
        }
        catch (CommandFailedException)
        {
            return false;
        }
    }

    private static Dictionary<string, string> Variables(int? services, params (string Name, string Value)[] more)
    {
        var variables = new Dictionary<string, string>(Quiet);
        if (services is { } count)
            variables["SERVICES"] = $"{count}";
        foreach (var (name, value) in more)
            variables[name] = value;
        return variables;
    }
}
