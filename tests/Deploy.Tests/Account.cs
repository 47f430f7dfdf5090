using System.Net.Http.Json;
using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime;
using Task = System.Threading.Tasks.Task;

namespace Deploy.Tests;

/// <summary>
/// An account of a test class's own, for as long as it runs: the emulator, and the application <c>shop</c> that tests deploy to it.
/// </summary>
public sealed class Account : IAsyncLifetime
{
    private static readonly BasicAWSCredentials s_credentials = new("test", "test");

    private readonly HttpClient _http = new();
    private EmulatedAws _aws = null!;

    /// <summary>Whether there is an emulator.</summary>
    public bool IsThere => _aws.Missing is null;

    /// <summary>The emulator. Skips the test that asks, where there is none.</summary>
    public EmulatedAws Aws
    {
        get
        {
            Assert.SkipWhen(_aws.Missing is not null, _aws.Missing ?? "");
            return _aws;
        }
    }

    public async ValueTask InitializeAsync() => _aws = await Accounts.TakeAsync();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Accounts.LeaveAsync(_aws);
    }

    /// <summary>How often an operation was called, whatever the service.</summary>
    public async Task<int> CountAsync(string operation) => (await Aws.CallsAsync()).Count(call => call.Operation == operation);

    /// <summary>The calls with what they name, as <c>RunTask shop-migrate:1</c> has it.</summary>
    internal async Task<JsonArray> CallsAsync() => (await _http.GetFromJsonAsync<JsonArray>($"{Aws.Url}/emulator/calls"))!;

    /// <summary>
    /// Buckets are known by their names alone, and a name may be another account's by now: each call says whose it takes the bucket to be.
    /// Source:
    /// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html. The AWS CLI's calls are the test's own.
    /// </summary>
    internal static void AssertOwnersAreSaid(IEnumerable<JsonNode?> calls)
    {
        var unsaid = calls
            .Where(call => (string)call!["service"]! == "s3" && (string?)call["parameters"]!["owner"] != "123456789012")
            .Select(call => call!.ToJsonString());
        Assert.Empty(unsaid);
    }

    /// <summary>The state of a stack; null where there is none.</summary>
    public async Task<string?> StackAsync(string name)
    {
        using var client = new AmazonCloudFormationClient(
            s_credentials,
            new AmazonCloudFormationConfig { ServiceURL = Aws.Url, AuthenticationRegion = EmulatedAws.Region }
        );
        var described = await client.DescribeStacksAsync(new DescribeStacksRequest());
        return (described.Stacks ?? []).SingleOrDefault(stack => stack.StackName == name)?.StackStatus.Value;
    }

    /// <summary>The physical id of a resource of the application's stack; null where it is not there.</summary>
    public async Task<string?> ResourceAsync(string logicalId)
    {
        using var client = new AmazonCloudFormationClient(
            s_credentials,
            new AmazonCloudFormationConfig { ServiceURL = Aws.Url, AuthenticationRegion = EmulatedAws.Region }
        );
        var listed = await client.ListStackResourcesAsync(new ListStackResourcesRequest { StackName = "shop" });
        return listed
            .StackResourceSummaries.Find(resource =>
                resource.LogicalResourceId == logicalId && resource.ResourceStatus.Value != "DELETE_COMPLETE"
            )
            ?.PhysicalResourceId;
    }

    /// <summary>Waits until services are as said: one that a deploy raises has its tasks a moment later.</summary>
    public async Task BecomesAsync(params string[] services)
    {
        string[] names = [.. services.Select(service => service.Split(' ')[0])];
        IReadOnlyList<string> seen = [];
        await Until.TrueAsync(
            async () => (seen = await ServicesAsync(names)).SequenceEqual(services),
            () => $"Not {string.Join(", ", services)}, but {string.Join(", ", seen)}"
        );
    }

    /// <summary>The services of the cluster as <c>worker 1/1 shop-worker:1</c>, by name.</summary>
    public async Task<IReadOnlyList<string>> ServicesAsync(params string[] names)
    {
        using var client = new AmazonECSClient(
            s_credentials,
            new AmazonECSConfig { ServiceURL = Aws.Url, AuthenticationRegion = EmulatedAws.Region }
        );
        var described = await client.DescribeServicesAsync(new DescribeServicesRequest { Cluster = "shop", Services = [.. names] });
        return
        [
            .. described
                .Services.Where(service => service.Status == "ACTIVE")
                .Select(service =>
                    $"{service.ServiceName} {service.RunningCount}/{service.DesiredCount} {service.TaskDefinition.Split('/')[1]}"
                )
                .Order(StringComparer.Ordinal),
        ];
    }
}
