using System.Text;
using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.ECS;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;
using Aws.CloudFormation;
using Hosting.Fargate.Composing;
using Hosting.Fargate.Publishing;
using Emulator = Testing.Fargate.EmulatedAws;

namespace Hosting.Fargate.Tests.Emulated;

/// <summary>
/// The emulator of AWS, and the templates of a model deployed to it as a person would by hand: without a build, and in well under a second.
/// </summary>
public sealed class EmulatedStacks : IAsyncLifetime
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);
    private static readonly BasicAWSCredentials s_credentials = new("test", "test");

    private readonly List<IDisposable> _clients = [];
    private Emulator _aws = null!;
    private IAmazonCloudFormation _cloudFormation = null!;
    private IAmazonSecretsManager _secrets = null!;
    private IAmazonS3 _s3 = null!;
    private int _changeSets;

    internal Emulator Aws
    {
        get
        {
            Assert.SkipWhen(_aws.Missing is not null, _aws.Missing ?? "");
            return _aws;
        }
    }

    public IAmazonECS Ecs { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _aws = await Emulator.StartAsync();
        if (_aws.Missing is null)
        {
            await _aws.SetAsync(new { tick = 0.001, change_set = 0.001 });
            _cloudFormation = Keep(new AmazonCloudFormationClient(s_credentials, Configured(new AmazonCloudFormationConfig())));
            _secrets = Keep(new AmazonSecretsManagerClient(s_credentials, Configured(new AmazonSecretsManagerConfig())));
            _s3 = Keep(new AmazonS3Client(s_credentials, Configured(new AmazonS3Config { ForcePathStyle = true })));
            Ecs = Keep(new AmazonECSClient(s_credentials, Configured(new AmazonECSConfig())));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await _aws.DisposeAsync();
    }

    /// <summary>Forgets what earlier tests left.</summary>
    public async Task ResetAsync()
    {
        await Aws.ResetAsync();
        await Aws.SetAsync(new { tick = 0.001, change_set = 0.001 });
    }

    /// <summary>Makes what models name that is there already: in the account, and of others.</summary>
    public async Task ProvideAsync()
    {
        await _s3.PutBucketAsync("existing-datasets");
        await Aws.AwsCli("sqs", "create-queue", "--queue-name", "jobs");
        await Aws.ProvideAsync(
            new
            {
                vpcs = new[]
                {
                    new
                    {
                        id = "vpc-0123456789abcdef0",
                        cidr = "10.1.0.0/16",
                        subnets = new[] { "subnet-0123456789abcdef0", "subnet-0123456789abcdef1" },
                        groups = Array.Empty<string>(),
                    },
                    new
                    {
                        id = "vpc-01234567",
                        cidr = "10.1.0.0/16",
                        subnets = new[] { "subnet-01234567", "subnet-01234568", "subnet-01234569" },
                        groups = new[] { "sg-0123456789abcdef0", "sg-0123456789abcdef1" },
                    },
                },
                certificates = new[] { "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef" },
            }
        );
    }

    /// <summary>Stacks, and the kinds of resources that an application's stack has, as far as there are any: a line each.</summary>
    public async Task<IReadOnlyList<string>> LeftAsync()
    {
        (string[] Command, string List, string Id)[] kinds =
        [
            (["cloudformation", "describe-stacks"], "Stacks", "StackName"),
            (["ec2", "describe-nat-gateways", "--filter", "Name=state,Values=available"], "NatGateways", "NatGatewayId"),
            (["elbv2", "describe-load-balancers"], "LoadBalancers", "LoadBalancerName"),
            (["iam", "list-roles"], "Roles", "RoleName"),
            (["application-autoscaling", "describe-scalable-targets", "--service-namespace", "ecs"], "ScalableTargets", "ResourceId"),
            (["cloudwatch", "describe-alarms"], "MetricAlarms", "AlarmName"),
            (["logs", "describe-log-groups"], "logGroups", "logGroupName"),
            (["rds", "describe-db-instances"], "DBInstances", "DBInstanceIdentifier"),
            (["rds", "describe-db-clusters"], "DBClusters", "DBClusterIdentifier"),
        ];
        List<string> left = [];
        foreach (var (command, list, id) in kinds)
        {
            left.AddRange((await Aws.AwsCli(command))[list]!.AsArray().Select(item => $"{list} {item![id]}"));
        }

        left.AddRange((await Aws.AwsCli("ecs", "list-clusters"))["clusterArns"]!.AsArray().Select(arn => $"{arn}"));
        return left;
    }

    /// <summary>Makes or changes both stacks; fails the test where one does not get through.</summary>
    internal async Task DeployAsync(Publication publication, char image = 'a')
    {
        var foundation = await ApplyAsync(publication.Templates.Foundation, null, []);
        foreach (var secret in (await _secrets.ListSecretsAsync(new ListSecretsRequest())).SecretList ?? [])
        {
            await _secrets.PutSecretValueAsync(
                new PutSecretValueRequest
                {
                    SecretId = secret.ARN,
                    SecretString = "a-value",
                    ClientRequestToken = new string('0', 32),
                }
            );
        }

        var given = (foundation.Outputs ?? []).ToDictionary(
            output => output.OutputKey,
            output => output.OutputValue,
            StringComparer.Ordinal
        );
        if (publication.Templates.Edge is { } edge)
        {
            foreach (var output in (await ApplyAsync(edge, null, [])).Outputs ?? [])
            {
                given[output.OutputKey] = output.OutputValue;
            }
        }

        var bucket = given.GetValueOrDefault(TemplatesBucketComposer.Output);
        foreach (var template in publication.Templates.Nested)
        {
            await PutAsync(bucket!, template);
        }

        await ApplyAsync(
            publication.Templates.Application,
            bucket,
            publication.Templates.Application.Parameters.Select(parameter => new Parameter
            {
                ParameterKey = parameter.Key,
                ParameterValue = given.GetValueOrDefault(parameter.Key) ?? ValueOf(parameter.Value, image),
            })
        );
    }

    /// <summary>Deletes both stacks, the application's first.</summary>
    internal async Task DestroyAsync(Publication publication)
    {
        string[] names =
        [
            publication.Application.Name,
            .. publication.Templates.Edge is null ? [] : new[] { publication.Application.EdgeName },
            publication.Application.FoundationName,
        ];
        foreach (var name in names)
        {
            var id = (await StackAsync(name))!.StackId;
            await _cloudFormation.DeleteStackAsync(new DeleteStackRequest { StackName = id });
            Assert.Equal(StackStatus.DELETE_COMPLETE, (await EndAsync(id)).StackStatus);
        }
    }

    /// <summary>The physical ids of a stack's resources.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ResourcesAsync(string stack)
    {
        Dictionary<string, string> resources = new(StringComparer.Ordinal);
        string? next = null;
        do
        {
            var page = await _cloudFormation.ListStackResourcesAsync(new ListStackResourcesRequest { StackName = stack, NextToken = next });
            page.StackResourceSummaries?.ForEach(resource => resources[resource.LogicalResourceId] = resource.PhysicalResourceId);
            next = page.NextToken;
        } while (next is not null);
        return resources;
    }

    private static string ValueOf(TemplateNode parameter, char image)
    {
        var pattern = parameter.At("AllowedPattern").AsText() ?? "";
        return parameter.At("Type").AsText()!.StartsWith("List<", StringComparison.Ordinal)
            ? "us-east-1a,us-east-1b,us-east-1c"
            : parameter.At("Default").AsText()
                ?? (
                    pattern.Contains("sha256", StringComparison.Ordinal) ? $"shop/api@sha256:{new string(image, 64)}"
                    : pattern.Contains("pl-", StringComparison.Ordinal) ? "pl-0123456789abcdef0"
                    : pattern.Length > 0 ? new string('0', 32)
                    : "value"
                );
    }

    private async Task<Stack> ApplyAsync(Template template, string? bucket, IEnumerable<Parameter> parameters)
    {
        var json = Encoding.UTF8.GetString(TemplateJson.Write(template));
        var isSmall = json.Length <= TemplateSet.MaxInlineBytes;
        var before = await StackAsync(template.StackName);
        var request = new CreateChangeSetRequest
        {
            StackName = template.StackName,
            ChangeSetName = $"change-{Interlocked.Increment(ref _changeSets)}",
            ChangeSetType = before is null ? ChangeSetType.CREATE : ChangeSetType.UPDATE,
            TemplateBody = isSmall ? json : null,
            TemplateURL = isSmall ? null : await PutAsync(bucket ?? await TemplatesBucketAsync(), template),
            Capabilities = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"],
            Parameters = [.. parameters],
        };
        await _cloudFormation.CreateChangeSetAsync(request);
        var changes = await UntilAsync(
            () =>
                _cloudFormation.DescribeChangeSetAsync(
                    new DescribeChangeSetRequest { StackName = template.StackName, ChangeSetName = request.ChangeSetName }
                ),
            found => found.Status == ChangeSetStatus.CREATE_COMPLETE || found.Status == ChangeSetStatus.FAILED
        );
        if (changes.Status == ChangeSetStatus.FAILED && changes.StatusReason.Contains("didn't contain changes", StringComparison.Ordinal))
        {
            return before!;
        }

        var events = (
            await _cloudFormation.DescribeEventsAsync(new DescribeEventsRequest { ChangeSetName = changes.ChangeSetId })
        ).OperationEvents
            ?? [];
        Assert.True(
            changes.Status == ChangeSetStatus.CREATE_COMPLETE,
            $"{template.StackName}: {changes.StatusReason} {string.Join("; ", events.Select(item => $"{item.ValidationPath} {item.ValidationStatusReason}"))}"
        );
        await _cloudFormation.ExecuteChangeSetAsync(new ExecuteChangeSetRequest { ChangeSetName = changes.ChangeSetId });
        var ended = await EndAsync(changes.StackId);
        Assert.True(
            ended.StackStatus == StackStatus.CREATE_COMPLETE || ended.StackStatus == StackStatus.UPDATE_COMPLETE,
            $"{template.StackName}: {ended.StackStatus} {string.Join('\n', await FailuresAsync(ended.StackId))}"
        );
        return ended;
    }

    private async Task<string> TemplatesBucketAsync()
    {
        await _s3.PutBucketAsync("by-hand");
        return "by-hand";
    }

    private async Task<string> PutAsync(string bucket, Template template)
    {
        var key = NestedStacks.KeyOf(template);
        await _s3.PutObjectAsync(
            new Amazon.S3.Model.PutObjectRequest
            {
                BucketName = bucket,
                Key = key,
                ContentBody = Encoding.UTF8.GetString(TemplateJson.Write(template)),
            }
        );
        return $"https://{bucket}.s3.{Emulator.Region}.amazonaws.com/{key}";
    }

    private async Task<IEnumerable<string>> FailuresAsync(string stack) =>
        (await _cloudFormation.DescribeStackEventsAsync(new DescribeStackEventsRequest { StackName = stack }))
            .StackEvents.Where(item => item.ResourceStatus.Value.EndsWith("_FAILED", StringComparison.Ordinal))
            .Select(item => $"{item.LogicalResourceId}: {item.ResourceStatusReason}");

    private async Task<Stack?> StackAsync(string name) =>
        (await _cloudFormation.DescribeStacksAsync(new DescribeStacksRequest())).Stacks?.SingleOrDefault(stack => stack.StackName == name);

    private Task<Stack> EndAsync(string id) =>
        UntilAsync(
            async () => (await _cloudFormation.DescribeStacksAsync(new DescribeStacksRequest { StackName = id })).Stacks.Single(),
            found => !found.StackStatus.Value.EndsWith("_IN_PROGRESS", StringComparison.Ordinal)
        );

    private static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> isWanted)
    {
        using var deadline = new CancellationTokenSource(s_deadline);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(15));
        while (true)
        {
            var answer = await ask();
            if (isWanted(answer))
            {
                return answer;
            }

            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }

    private TConfig Configured<TConfig>(TConfig config)
        where TConfig : ClientConfig
    {
        config.ServiceURL = _aws.Url;
        config.AuthenticationRegion = Emulator.Region;
        config.MaxErrorRetry = 0;
        return config;
    }

    private T Keep<T>(T client)
        where T : IDisposable
    {
        _clients.Add(client);
        return client;
    }
}
