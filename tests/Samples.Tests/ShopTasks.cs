using System.Diagnostics;
using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime;
using Amazon.SecretsManager;
using Testing.Docker;
using Testing.Fargate;
using Task = System.Threading.Tasks.Task;

namespace Samples.Tests;

/// <summary>
/// The sample, deployed once to an emulator of AWS and a registry, and its tasks started in Docker by what was deployed: its images, variables, secrets,
/// arguments, memory. Only AWS's own parts are stood in for: names of Service Connect are Docker's.
/// </summary>
public sealed class ShopTasks : IAsyncLifetime
{
    private const string Application = "shop";

    private readonly string _network = $"samples-shop-{Guid.NewGuid():N}";

    private static readonly BasicAWSCredentials s_credentials = new("test", "test");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("samples-shop-");
    private EmulatedAws? _aws;
    private AmazonECSClient? _ecs;
    private AmazonSecretsManagerClient? _secrets;
    private string? _missing;

    internal DockerEngine Docker { get; private set; } = null!;

    /// <summary>What the deploy printed.</summary>
    internal string Output { get; private set; } = "";

    internal TaskContainer[] Api { get; private set; } = [];

    internal TaskContainer[] Office { get; private set; } = [];

    private static string Repository { get; } = FindRepository();

    /// <summary>Skips the test, where something is not installed.</summary>
    public void SkipWhereMissing() => Assert.SkipWhen(_missing is not null, _missing ?? "");

    public async ValueTask InitializeAsync()
    {
        Docker = await DockerEngine.StartAsync();
        _missing = Docker.Missing
            ?? (
                File.Exists("/usr/bin/mmdebstrap")
                    ? null
                    : "There is no mmdebstrap, which makes images of Debian's packages: apt-get install mmdebstrap"
            );
        if (_missing is not null)
        {
            return;
        }

        _aws = await EmulatedAws.StartAsync(withRegistry: true);
        _missing = _aws.Missing;
        if (_missing is not null)
        {
            return;
        }

        await MakeImagesAsync("node=node:22-slim");
        await DeployAsync(await RuntimeImage.PushAsync(_aws.Registry!.Address));
        _ecs = new(s_credentials, new AmazonECSConfig { ServiceURL = _aws.Url, AuthenticationRegion = EmulatedAws.Region });
        _secrets = new(s_credentials, new AmazonSecretsManagerConfig { ServiceURL = _aws.Url, AuthenticationRegion = EmulatedAws.Region });
        await MakeImagesAsync(
            await ImageOfAsync("postgres"),
            await ImageOfAsync("price-cache", "redis"),
            await ImageOfAsync("messaging", "rabbitmq")
        );
        await Docker.CreateNetworkAsync(_network);

        foreach (var data in new[] { "postgres", "price-cache", "messaging" })
        {
            await StartAsync(data);
        }

        await RunToItsEndAsync("migrations");
        await StartAsync("dispatch");
        Api = [await StartAsync("api"), await StartAsync("api")];
        Office = [await StartAsync("back-office"), await StartAsync("back-office")];
    }

    public async ValueTask DisposeAsync()
    {
        await (Docker?.DisposeAsync() ?? ValueTask.CompletedTask);
        if (_aws is not null)
        {
            await _aws.DisposeAsync();
        }

        _ecs?.Dispose();
        _secrets?.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>The address of a task.</summary>
    internal static Uri AddressOf(TaskContainer task) => new($"http://{task.Address}:{task.Definition.PortMappings[0].ContainerPort}");

    private async Task DeployAsync(string baseImage)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            ["exec", OutputOf("samples/Shop/Shop.AppHost", "Shop.AppHost.dll"), "deploy", "--yes", "--Fargate:SmokeSeconds=0"]
        )
        {
            WorkingDirectory = Path.Combine(Repository, "samples/Shop/Shop.AppHost"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in _aws!.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["ContainerBaseImage"] = baseImage;
        start.Environment["HOME"] = _folder.FullName;
        start.Environment["DOTNET_CLI_HOME"] = _folder.FullName;
        start.Environment["DOCKER_HOST"] = Docker.Host;
        start.Environment["NUGET_PACKAGES"] = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(8));
        using var stopping = deadline.Token.Register(() => process.Kill(entireProcessTree: true));
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        Output = await process.StandardOutput.ReadToEndAsync(CancellationToken.None) + await errors;
        await process.WaitForExitAsync(CancellationToken.None);
        Assert.True(process.ExitCode == 0, Output);
    }

    /// <summary>The images that containers name, made of Debian's packages.</summary>
    private async Task MakeImagesAsync(params string[] images)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(AppContext.BaseDirectory, "Debian", "make.sh"), .. images])
        {
            RedirectStandardError = true,
        };
        start.Environment["DOCKER_HOST"] = Docker.Host;
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, errors);
    }

    private async Task<string> ImageOfAsync(string service, string? program = null) =>
        $"{program ?? service}={(await DefinitionAsync(service)).ContainerDefinitions[0].Image}";

    private async Task<TaskContainer> StartAsync(string service) =>
        await TaskContainer.StartAsync(
            Docker,
            await DefinitionAsync(service),
            _secrets!,
            new Surroundings { Network = _network, Names = [service, $"{service}.{Application}.internal"] }
        );

    /// <summary>Runs a task that ends, again until what it needs answers: on ECS the deploy waits for that first.</summary>
    private async Task RunToItsEndAsync(string task)
    {
        var definition = (
            await _ecs!.DescribeTaskDefinitionAsync(new DescribeTaskDefinitionRequest { TaskDefinition = $"{Application}-{task}" })
        ).TaskDefinition;
        for (var tries = 0; ; tries++)
        {
            var container = await TaskContainer.StartAsync(Docker, definition, _secrets!, new Surroundings { Network = _network });
            if (await container.EndAsync() == 0)
            {
                return;
            }

            Assert.True(tries < 20, $"{task}: {await container.LogsAsync()}");
        }
    }

    private async Task<TaskDefinition> DefinitionAsync(string service)
    {
        var found = await _ecs!.DescribeServicesAsync(new DescribeServicesRequest { Cluster = Application, Services = [service] });
        var revision = new DescribeTaskDefinitionRequest { TaskDefinition = found.Services.Single().TaskDefinition };
        return (await _ecs.DescribeTaskDefinitionAsync(revision)).TaskDefinition;
    }

    /// <summary>What building another project gave, in the configuration in which the tests were built.</summary>
    private static string OutputOf(string project, string file) =>
        Path.Combine(
            Repository,
            project,
            Path.GetRelativePath(Path.Combine(Repository, "tests/Samples.Tests"), AppContext.BaseDirectory),
            file
        );

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Aspire.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests do not run from inside the repository.");
        }

        return folder.FullName;
    }
}
