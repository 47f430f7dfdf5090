using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime;
using Amazon.SecretsManager;
using Testing.Docker;
using Testing.Fargate;

namespace Deploy.Faults.Containers;

/// <summary>The reference application, deployed once to an emulator and a registry; and Docker, for what it has published.</summary>
public sealed class PublishedTasks : IAsyncLifetime
{
    /// <summary>Distinctive, since all files are searched for it.</summary>
    public const string ApiKey = "published-3f9a61d7c0";

    private const string Application = "profiler";

    private static readonly BasicAWSCredentials s_credentials = new("test", "test");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("published-tasks-");
    private EmulatedAws? _aws;
    private FaultProxy? _proxy;
    private DeployProcess? _deploy;
    private LocalServices? _services;
    private AmazonECSClient? _ecs;
    private AmazonSecretsManagerClient? _secrets;
    private string? _missing;

    internal DockerEngine Docker { get; private set; } = null!;

    /// <summary>Skips the test, where something is not installed.</summary>
    public void SkipWhereMissing() => Assert.SkipWhen(_missing is not null, _missing ?? "");

    internal DeployProcess Deploy => _deploy!;

    internal FaultProxy Proxy => _proxy!;

    internal IEnumerable<string> WrittenFolders => [_folder.FullName, BuildFolder];

    private static string BuildFolder => Path.Combine(Repository, "src", "AppHost", "obj", "fargate");

    private static string Repository { get; } = FindRepository();

    public async ValueTask InitializeAsync()
    {
        Docker = await DockerEngine.StartAsync();
        _missing = Docker.Missing;
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

        var image = await RuntimeImage.PushAsync(_aws.Registry!.Address);
        _proxy = await FaultProxy.StartAsync(_aws.Url, ApiKey);
        var (home, temporary) = (_folder.CreateSubdirectory("home").FullName, _folder.CreateSubdirectory("temporary").FullName);
        _deploy = DeployProcess.Start(
            OutputOf("src/AppHost", "AppHost.dll"),
            Path.Combine(Repository, "src", "AppHost"),
            [
                .. _aws.EnvironmentFor(_proxy.Url),
                new("Parameters__api-key", ApiKey),
                new("ContainerBaseImage", image),
                new(
                    "CustomBeforeMicrosoftCommonTargets",
                    Path.Combine(AppContext.BaseDirectory, "Containers", "OneWithNativeCode.targets")
                ),
                new("HOME", home),
                new("DOTNET_CLI_HOME", home),
                new("TMPDIR", temporary),
                new(
                    "NUGET_PACKAGES",
                    Environment.GetEnvironmentVariable("NUGET_PACKAGES")
                        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages")
                ),
            ],
            isWatched: true,
            "deploy",
            "--yes",
            "--Fargate:SmokeSeconds=0"
        );
        Assert.True(await _deploy.ExitAsync() == 0, _deploy.Output);

        _ecs = new(s_credentials, new AmazonECSConfig { ServiceURL = _aws.Url, AuthenticationRegion = EmulatedAws.Region });
        _secrets = new(s_credentials, new AmazonSecretsManagerConfig { ServiceURL = _aws.Url, AuthenticationRegion = EmulatedAws.Region });
        var variables = (await DefinitionAsync("worker"))
            .ContainerDefinitions.Single(container => container.Essential == true)
            .Environment.ToDictionary(variable => variable.Name, variable => variable.Value);
        _services = await LocalServices.StartAsync(
            OutputOf("src/LocalAws", "LocalAws.dll"),
            Docker.Gateway,
            variables["AWS__Resources__datasets__BucketName"],
            variables["AWS__Resources__jobs__QueueUrl"].Split('/')[^1]
        );
    }

    /// <summary>The lock that a deploy takes to build images; null while another has it.</summary>
    internal FileStream? TryTakeBuildLock()
    {
        try
        {
            return new FileStream(Path.Combine(BuildFolder, "lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (exception.GetType() == typeof(IOException))
        {
            return null;
        }
    }

    /// <summary>What a service is deployed with.</summary>
    internal async Task<TaskDefinition> DefinitionAsync(string service)
    {
        var found = await _ecs!.DescribeServicesAsync(new DescribeServicesRequest { Cluster = Application, Services = [service] });
        return (
            await _ecs.DescribeTaskDefinitionAsync(
                new DescribeTaskDefinitionRequest { TaskDefinition = found.Services.Single().TaskDefinition }
            )
        ).TaskDefinition;
    }

    /// <summary>Starts a task of a service.</summary>
    internal async Task<TaskContainer> StartAsync(string service) =>
        await TaskContainer.StartAsync(
            Docker,
            await DefinitionAsync(service),
            _secrets!,
            new Surroundings
            {
                Environment = new Dictionary<string, string>
                {
                    ["AWS_ENDPOINT_URL_SQS"] = _services!.Url,
                    ["AWS_ENDPOINT_URL_S3"] = _services.Url,
                    // A first attempt is seen by its first word on how far it is.
                    ["Worker__ProgressInterval"] = "00:00:00.1",
                },
            }
        );

    public async ValueTask DisposeAsync()
    {
        await Docker.DisposeAsync();
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }

        if (_deploy is not null)
        {
            await _deploy.DisposeAsync();
        }

        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }

        if (_aws is not null)
        {
            await _aws.DisposeAsync();
        }

        _ecs?.Dispose();
        _secrets?.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>What building another project gave, in the configuration in which the tests were built.</summary>
    private static string OutputOf(string project, string file) =>
        Path.Combine(
            Repository,
            project,
            Path.GetRelativePath(Path.Combine(Repository, "tests/Deploy.Faults"), AppContext.BaseDirectory),
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
