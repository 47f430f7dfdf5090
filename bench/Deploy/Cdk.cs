using System.Reflection;
using Bench.Publish;

namespace Bench.Deploy;

/// <summary>The equal stack in the CDK, deployed to the emulator.</summary>
internal sealed class Cdk
{
    public const string HowToInstall =
        "To measure beside `cdk deploy`, install Node.js 20 or newer, and run bench/Publish once: it installs the CDK.";

    private const string Assets = "bench-deploy-assets";

    private static readonly string Folder = typeof(Cdk)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(fact => fact.Key == "CdkFolder")
        .Value!;

    private readonly Dictionary<string, string> _variables;

    private Cdk(Emulator aws) =>
        _variables = new(aws.Variables)
        {
            ["CDK_DISABLE_CLI_TELEMETRY"] = "true",
            ["CDK_DISABLE_VERSION_CHECK"] = "1",
            ["CDK_ASSETS_BUCKET"] = Assets,
        };

    public static bool IsInstalled => File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json"));

    public static async Task<Cdk> CreateAsync(Emulator aws)
    {
        await new Command("aws s3api create-bucket", "aws", "s3api", "create-bucket", "--bucket", Assets)
        {
            Variables = aws.Variables,
        }.RunAsync();
        return new Cdk(aws);
    }

    /// <param name="image">Which image the api has: a number for each.</param>
    public async Task<Deployed> DeployAsync(int image) =>
        new(
            await new Command(
                "cdk deploy",
                "node",
                Path.Combine("node_modules", "aws-cdk", "bin", "cdk"),
                "deploy",
                "--require-approval",
                "never",
                "--output",
                Path.Combine(Path.GetTempPath(), "bench-deploy-cdk"),
                "--parameters",
                $"ApiImage={Image("api", image)}",
                "--parameters",
                $"WorkerImage={Image("worker", 0)}"
            )
            {
                Folder = Folder,
                Variables = _variables,
            }.RunAsync()
        );

    private static string Image(string name, int number) => $"localhost/profiler/{name}@sha256:{number:x64}";
}
