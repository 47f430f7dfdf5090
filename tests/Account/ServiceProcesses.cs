using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;
using Task = System.Threading.Tasks.Task;

namespace Account;

/// <summary>
/// Services of the reference application as processes of this machine: what ECS would do by their task definitions, from what is built of
/// their source. They start
/// when the first request comes, and anew where the service has another revision. Each signs its calls to AWS by its own name.
/// </summary>
internal sealed class ServiceProcesses(EmulatedAws aws, string cluster, params string[] names) : IAsyncDisposable
{
    private static readonly BasicAWSCredentials s_credentials = new("test", "test");

    private readonly AmazonECSClient _ecs = new(
        s_credentials,
        new AmazonECSConfig { ServiceURL = aws.Url, AuthenticationRegion = EmulatedAws.Region }
    );
    private readonly AmazonSecretsManagerClient _secrets = new(
        s_credentials,
        new AmazonSecretsManagerConfig { ServiceURL = aws.Url, AuthenticationRegion = EmulatedAws.Region }
    );

    private readonly SemaphoreSlim _lock = new(1);
    private readonly Dictionary<string, ServiceProcess> _running = [];

    /// <summary>Where a service listens, all of them being as they are deployed.</summary>
    public async Task<Uri> AddressAsync(string service)
    {
        await _lock.WaitAsync();
        try
        {
            var described = await _ecs.DescribeServicesAsync(new DescribeServicesRequest { Cluster = cluster, Services = [.. names] });
            foreach (var found in described.Services)
            {
                await RunAsync(found.ServiceName, found.TaskDefinition);
            }

            return _running[service].Address;
        }
        finally
        {
            _lock.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _running.Values)
        {
            await process.DisposeAsync();
        }

        _ecs.Dispose();
        _secrets.Dispose();
        _lock.Dispose();
    }

    private async Task RunAsync(string name, string revision)
    {
        if (_running.TryGetValue(name, out var running))
        {
            if (running.Revision == revision && !running.HasEnded)
            {
                return;
            }

            await running.DisposeAsync();
        }

        var definition = (
            await _ecs.DescribeTaskDefinitionAsync(new DescribeTaskDefinitionRequest { TaskDefinition = revision })
        ).TaskDefinition.ContainerDefinitions.Single(container => container.Essential == true);
        Dictionary<string, string> variables = definition.Environment.ToDictionary(variable => variable.Name, variable => variable.Value);
        foreach (var secret in definition.Secrets ?? [])
        {
            variables[secret.Name] = (
                await _secrets.GetSecretValueAsync(new GetSecretValueRequest { SecretId = secret.ValueFrom })
            ).SecretString;
        }

        foreach (var (variable, value) in aws.Environment)
        {
            variables[variable] = value;
        }

        variables["AWS_ACCESS_KEY_ID"] = name;
        _running[name] = await ServiceProcess.StartAsync(name, revision, variables, definition.LogConfiguration.Options, aws.Url);
    }
}
