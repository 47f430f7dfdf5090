using Amazon;
using Amazon.CloudFormation;
using Amazon.CloudWatch;
using Amazon.CloudWatchLogs;
using Amazon.DynamoDBv2;
using Amazon.ECR;
using Amazon.ECS;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.S3;
using Amazon.SecretsManager;
using Amazon.SecurityToken;
using Amazon.SQS;
using Amazon.XRay;
using Aspire.Hosting;
using Microsoft.Extensions.Configuration;

namespace Hosting.Fargate.Aws;

/// <summary>The clients of one deployment: the same profile, region and patience for all of them.</summary>
internal sealed class AwsClients : IDisposable
{
    private readonly RegionEndpoint _region;
    private readonly string? _profile;
    private readonly TimeSpan? _timeout;
    private readonly int _retries;
    private readonly Action<ClientConfig>? _configure;
    private readonly List<IDisposable> _clients = [];

    /// <param name="target">Names profile and region, where the model does.</param>
    /// <param name="timeout">How long one try of one call may take; the SDK's own where null.</param>
    /// <param name="retries">How often a call is tried again. More than usual by default: a deploy takes minutes, and a throttled call is
    /// no reason to end it.</param>
    /// <param name="asksInstance">Whether an EC2 instance's metadata is asked for the region where nothing else says it, which takes
    /// seconds where there is none.</param>
    /// <param name="configure">What each client is told besides; null where its variables and profile say all.</param>
    /// <exception cref="DistributedApplicationException">No region is set.</exception>
    public AwsClients(
        AwsTarget target,
        TimeSpan? timeout = null,
        int retries = 6,
        bool asksInstance = true,
        Action<ClientConfig>? configure = null
    )
    {
        _retries = retries;
        _configure = configure;
        _profile = target.Profile;
        _timeout = timeout;
        _region = RegionOf(target, asksInstance)
            ?? throw new DistributedApplicationException(
                "No AWS region is set. Set AWS_REGION, give the profile a region ('aws configure'), or name one in the model: "
                    + $"{target.EnvironmentResource}.WithReference(builder.AddAWSSDKConfig().WithRegion(RegionEndpoint.EUWest1))."
            );
        if (configure is not null)
        {
            var asked = new AmazonSecurityTokenServiceConfig { IgnoreConfiguredEndpointUrls = true };
            configure(asked);
            Endpoint = asked.ServiceURL;
        }
    }

    public RegionEndpoint Region => _region;

    /// <summary>The one endpoint that each client is told besides; null where its variables and profile say all.</summary>
    public string? Endpoint { get; }

    /// <summary>The same in another region.</summary>
    public AwsClients In(string region) => new(new AwsTarget("", region, _profile), _timeout, _retries, asksInstance: false, _configure);

    /// <summary>How long one try of one call may take, where that is said.</summary>
    public TimeSpan? Timeout => _timeout;

    public IAmazonCloudFormation CloudFormation =>
        Once(ref field, () => new AmazonCloudFormationClient(Configure(new AmazonCloudFormationConfig())));

    public IAmazonCloudWatch CloudWatch => Once(ref field, () => new AmazonCloudWatchClient(Configure(new AmazonCloudWatchConfig())));

    public IAmazonDynamoDB DynamoDb => Once(ref field, () => new AmazonDynamoDBClient(Configure(new AmazonDynamoDBConfig())));

    public IAmazonECR Ecr => Once(ref field, () => new AmazonECRClient(Configure(new AmazonECRConfig())));

    public IAmazonECS Ecs => Once(ref field, () => new AmazonECSClient(Configure(new AmazonECSConfig())));

    public IAmazonCloudWatchLogs Logs => Once(ref field, () => new AmazonCloudWatchLogsClient(Configure(new AmazonCloudWatchLogsConfig())));

    public IAmazonSecretsManager Secrets =>
        Once(ref field, () => new AmazonSecretsManagerClient(Configure(new AmazonSecretsManagerConfig())));

    public IAmazonS3 S3 => Once(ref field, () => new AmazonS3Client(Configure(new AmazonS3Config())));

    public IAmazonSQS Sqs => Once(ref field, () => new AmazonSQSClient(Configure(new AmazonSQSConfig())));

    public IAmazonXRay XRay => Once(ref field, () => new AmazonXRayClient(Configure(new AmazonXRayConfig())));

    public IAmazonSecurityTokenService Sts =>
        Once(ref field, () => new AmazonSecurityTokenServiceClient(Configure(new AmazonSecurityTokenServiceConfig())));

    /// <summary>A client that is made when it is asked for: a verb asks a few of them.</summary>
    private T Once<T>(ref T? client, Func<T> make)
        where T : class, IDisposable
    {
        lock (_clients)
        {
            if (client is null)
            {
                client = make();
                _clients.Add(client);
            }

            return client;
        }
    }

    /// <summary>How long one try of one call may take, where the configuration says it.</summary>
    public static TimeSpan? TimeoutOf(IConfiguration configuration) =>
        configuration.GetValue<double?>("Fargate:CallSeconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    public void Dispose() => _clients.ForEach(client => client.Dispose());

    private T Configure<T>(T config)
        where T : ClientConfig
    {
        config.RegionEndpoint = _region;
        if (config.ServiceURL is not null)
        {
            // AWS_ENDPOINT_URL leads all regions to one address, and a request's signature alone says which it is for: without this,
            // AWS_REGION's.
            config.AuthenticationRegion = _region.SystemName;
        }

        config.RetryMode = RequestRetryMode.Standard;
        config.MaxErrorRetry = _retries;
        if (_profile is not null)
        {
            config.Profile = new Profile(_profile);
        }

        if (_timeout is not null)
        {
            config.Timeout = _timeout;
        }

        _configure?.Invoke(config);
        return config;
    }

    private static RegionEndpoint? RegionOf(AwsTarget target, bool asksInstance)
    {
        if (target.Region is { } region)
        {
            return RegionEndpoint.GetBySystemName(region);
        }

        return
            target.Profile is { } profile
            && new CredentialProfileStoreChain().TryGetProfile(profile, out var found)
            && found.Region is not null
            ? found.Region
            : FallbackRegionFactory.GetRegionEndpoint(asksInstance);
    }
}
