using System.Diagnostics;
using System.Xml.Linq;
using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;
using Aws.CloudFormation;
using Testing.Docker;
using Testing.Fargate;
using Task = System.Threading.Tasks.Task;

namespace Samples.Tests;

/// <summary>
/// The sample, deployed to an emulator of AWS and a registry, and its tasks started in Docker by what was deployed: its images, variables,
/// secrets, arguments, memory. Only AWS's own parts are stood in for: databases, caches and brokers by real servers, names by Docker's. It
/// is deployed twice, the second time with other passwords, and its services are those of the second.
/// </summary>
public sealed class ShopTasks : IAsyncLifetime
{
    private const string Application = "shop";
    private const string DatabasesTask = "postgres-databases";
    private static readonly string[] s_services = ["api", "back-office", "dispatch"];
    private static readonly Servers s_changed = new("Changed-database-1", "Changed-cache-password-2", "Changed-broker-password-3");

    private readonly string _network = $"samples-shop-{Guid.NewGuid():N}";

    private static readonly BasicAWSCredentials s_credentials = new("test", "test");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("samples-shop-");
    private EmulatedAws? _aws;
    private AmazonECSClient? _ecs;
    private AmazonSecretsManagerClient? _secrets;
    private ManagedServers? _servers;
    private string? _missing;

    /// <summary>What stands in for what AWS runs.</summary>
    internal ManagedServers Servers => _servers!;

    internal DockerEngine Docker { get; private set; } = null!;

    /// <summary>
    /// What the task that makes databases printed: after the first deploy, with the servers' new passwords, and after the second deploy.
    /// </summary>
    internal (int ExitCode, string Log) Made { get; private set; }

    internal (int ExitCode, string Log) Refused { get; private set; }

    internal (int ExitCode, string Log) MadeAgain { get; private set; }

    /// <summary>The databases before any migration has run.</summary>
    internal IReadOnlyList<string> Databases { get; private set; } = [];

    /// <summary>The services, with their deployments after the first deploy and after the second: new tasks read secrets anew.</summary>
    internal IReadOnlyDictionary<string, (string First, string Second)> Deployments { get; private set; } =
        new Dictionary<string, (string First, string Second)>();

    /// <summary>The application's template, as it is deployed.</summary>
    internal TemplateMap Template { get; private set; } = [];

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

        await MakeImagesAsync("node=node:22-slim", $"redis={ManagedServers.CacheImage}", $"rabbitmq={ManagedServers.BrokerImage}");
        var baseImage = await RuntimeImage.PushAsync(_aws.Registry!.Address);
        await DeployAsync(baseImage);
        _ecs = new(s_credentials, new AmazonECSConfig { ServiceURL = _aws.Url, AuthenticationRegion = EmulatedAws.Region });
        _secrets = new(s_credentials, new AmazonSecretsManagerConfig { ServiceURL = _aws.Url, AuthenticationRegion = EmulatedAws.Region });

        // The task has the client of the server's image.
        var database = (await TaskAsync(DatabasesTask)).ContainerDefinitions[0].Image;
        await MakeImagesAsync($"postgres={database}");
        await Docker.CreateNetworkAsync(_network);
        _servers = new ManagedServers(Docker, _network, _folder.CreateSubdirectory("tls"));
        var passwords = await PasswordsAsync();
        await _servers.StartAsync(database, await HostsAsync(), passwords);
        Made = await RunAsync(DatabasesTask, untilItSucceeds: true);
        Databases = await _servers.DatabasesAsync();

        var first = await DeploymentsAsync();
        await _servers.ChangeAsync(passwords, s_changed);
        Refused = await RunAsync(DatabasesTask);
        await DeployAsync(baseImage, s_changed);
        var second = await DeploymentsAsync();
        Deployments = first.ToDictionary(pair => pair.Key, pair => (pair.Value, second[pair.Key]));
        MadeAgain = await RunAsync(DatabasesTask);
        Template = await DeployedTemplateAsync();

        var migrated = await RunAsync("migrations");
        Assert.True(migrated.ExitCode == 0, migrated.Log);
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

    private async Task<TemplateMap> DeployedTemplateAsync()
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, _aws!.Url)
        {
            Content = new FormUrlEncodedContent([
                new("Action", "GetTemplate"),
                new("Version", "2010-05-15"),
                new("StackName", Application),
            ]),
        };
        // The emulator reads of a signature no more than which service it is for.
        request.Headers.Authorization = new(
            "AWS4-HMAC-SHA256",
            $"Credential=test/20260101/{EmulatedAws.Region}/cloudformation/aws4_request, SignedHeaders=host, Signature=0"
        );
        using var response = await http.SendAsync(request);
        var answer = XDocument.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        return TemplateParser.Parse(answer.Descendants().Single(element => element.Name.LocalName == "TemplateBody").Value);
    }

    private async Task DeployAsync(string baseImage, Servers? passwords = null)
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

        if (passwords is not null)
        {
            start.Environment["Parameters__postgres-password"] = passwords.Database;
            start.Environment["Parameters__price-cache-password"] = passwords.Cache;
            start.Environment["Parameters__messaging-password"] = passwords.Broker;
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
        var output = await process.StandardOutput.ReadToEndAsync(CancellationToken.None) + await errors;
        await process.WaitForExitAsync(CancellationToken.None);
        Assert.True(process.ExitCode == 0, output);
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

    /// <summary>Where the deployed servers are, as a service is told.</summary>
    private async Task<Servers> HostsAsync()
    {
        var variables = (await DefinitionAsync("api"))
            .ContainerDefinitions.Single(container => container.Essential == true)
            .Environment.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal);
        return new(variables["ORDER_DB_HOST"], variables["PRICE_CACHE_HOST"], variables["MESSAGING_HOST"]);
    }

    /// <summary>The passwords that deploy made up, as the template gives them to the servers.</summary>
    private async Task<Servers> PasswordsAsync()
    {
        async Task<string> OfAsync(string server) =>
            (await _secrets!.GetSecretValueAsync(new GetSecretValueRequest { SecretId = $"{Application}/{server}-password" })).SecretString;
        return new(await OfAsync("postgres"), await OfAsync("price-cache"), await OfAsync("messaging"));
    }

    private async Task<Dictionary<string, string>> DeploymentsAsync()
    {
        var found = await _ecs!.DescribeServicesAsync(new DescribeServicesRequest { Cluster = Application, Services = [.. s_services] });
        return found.Services.ToDictionary(
            service => service.ServiceName,
            service => service.Deployments.Single(deployment => deployment.Status == "PRIMARY").Id,
            StringComparer.Ordinal
        );
    }

    private async Task<TaskContainer> StartAsync(string service) =>
        await TaskContainer.StartAsync(
            Docker,
            await DefinitionAsync(service),
            _secrets!,
            _servers!.Trust with
            {
                Names = [service, $"{service}.{Application}.internal"],
            }
        );

    /// <summary>
    /// Runs a task that ends; again until its server answers, where that has only just been started: on ECS the deploy waits for that.
    /// </summary>
    private async Task<(int ExitCode, string Log)> RunAsync(string task, bool untilItSucceeds = false)
    {
        var definition = await TaskAsync(task);
        for (var tries = 0; ; tries++)
        {
            var container = await TaskContainer.StartAsync(Docker, definition, _secrets!, _servers!.Trust);
            var (exitCode, log) = (await container.EndAsync(), await container.LogsAsync());
            if (exitCode == 0 || !untilItSucceeds)
            {
                return (exitCode, log);
            }

            Assert.True(tries < 20, $"{task}: {log}");
        }
    }

    private async Task<TaskDefinition> TaskAsync(string task) =>
        (
            await _ecs!.DescribeTaskDefinitionAsync(new DescribeTaskDefinitionRequest { TaskDefinition = $"{Application}-{task}" })
        ).TaskDefinition;

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
