using System.Reflection;
using Amazon.CloudFormation;
using Amazon.CloudWatch;
using Amazon.CloudWatchLogs;
using Amazon.ECR;
using Amazon.ECS;
using Amazon.Runtime;
using Amazon.SecretsManager;
using Amazon.XRay;

namespace AWSSDK.Tests;

/// <summary>A service that has a polyfill.</summary>
/// <param name="Id">As botocore and moto call it.</param>
/// <param name="Interface">Its client's interface.</param>
/// <param name="CreateClient">A client of it with a configuration, or a changed default one.</param>
public sealed record TestedService(string Id, Type Interface, Func<Action<ClientConfig>, AmazonServiceClient> CreateClient)
{
    public static readonly TestedService CloudFormation = new(
        "cloudformation",
        typeof(IAmazonCloudFormation),
        configure => new AmazonCloudFormationClient("key", "secret", Configured(new AmazonCloudFormationConfig(), configure))
    );

    public static readonly TestedService Ecr = new("ecr", typeof(IAmazonECR), configure => new AmazonECRClient(
        "key",
        "secret",
        Configured(new AmazonECRConfig(), configure)
    ));

    public static readonly TestedService Ecs = new("ecs", typeof(IAmazonECS), configure => new AmazonECSClient(
        "key",
        "secret",
        Configured(new AmazonECSConfig(), configure)
    ));

    public static readonly TestedService SecretsManager = new(
        "secretsmanager",
        typeof(IAmazonSecretsManager),
        configure => new AmazonSecretsManagerClient("key", "secret", Configured(new AmazonSecretsManagerConfig(), configure))
    );

    public static readonly TestedService CloudWatch = new("cloudwatch", typeof(IAmazonCloudWatch), configure => new AmazonCloudWatchClient(
        "key",
        "secret",
        Configured(new AmazonCloudWatchConfig(), configure)
    ));

    public static readonly TestedService CloudWatchLogs = new(
        "logs",
        typeof(IAmazonCloudWatchLogs),
        configure => new AmazonCloudWatchLogsClient("key", "secret", Configured(new AmazonCloudWatchLogsConfig(), configure))
    );

    public static readonly TestedService XRay = new("xray", typeof(IAmazonXRay), configure => new AmazonXRayClient(
        "key",
        "secret",
        Configured(new AmazonXRayConfig(), configure)
    ));

    private static readonly TestedService[] All = [CloudFormation, Ecr, Ecs, SecretsManager, CloudWatch, CloudWatchLogs, XRay];

    public static TheoryData<string> Ids => [.. All.Select(service => service.Id)];

    public static IEnumerable<string> AllIds => All.Select(service => service.Id);

    /// <summary>Such as Amazon.ECS.</summary>
    public string Namespace => Interface.Namespace!;

    /// <summary>The operations that its client has.</summary>
    public string[] Operations { get; } =
    [
        .. Interface
            .GetMethods()
            .Where(method => method is { IsStatic: false } && method.Name.EndsWith("Async", StringComparison.Ordinal))
            .Select(method => method.Name[..^"Async".Length])
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    public Assembly Assembly => Interface.Assembly;

    public static TestedService Of(string id) => All.Single(service => service.Id == id);

    public Type Shape(string name) => Assembly.GetType($"{Namespace}.Model.{name}", throwOnError: true)!;

    /// <summary>Asks as an application does, by the method of the client, and gives what it gave or throws what it threw.</summary>
    public static async Task<AmazonWebServiceResponse> AskAsync(AmazonServiceClient client, AmazonWebServiceRequest request)
    {
        var operation = request.GetType().Name[..^"Request".Length];
        var method = client.GetType().GetMethod(operation + "Async", [request.GetType(), typeof(CancellationToken)])!;
        var answer = (Task)method.Invoke(client, [request, TestContext.Current.CancellationToken])!;
        await answer;
        return (AmazonWebServiceResponse)((dynamic)answer).Result;
    }

    private static TConfig Configured<TConfig>(TConfig config, Action<ClientConfig> configure)
        where TConfig : ClientConfig
    {
        configure(config);
        return config;
    }
}
