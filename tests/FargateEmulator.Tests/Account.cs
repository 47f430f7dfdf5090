using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.CloudWatchLogs;
using Amazon.ECR;
using Amazon.ECS;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;
using Testing.Fargate;

[assembly: AssemblyFixture(typeof(FargateEmulator.Tests.Account))]

namespace FargateEmulator.Tests;

/// <summary>The emulator that all tests share, with clients of it and what a deployment does with them.</summary>
public sealed class Account : IAsyncLifetime
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);
    private static readonly BasicAWSCredentials s_credentials = new("test", "test");

    private EmulatedAws _aws = null!;
    private int _changeSets;

    /// <summary>The emulator. Skips the test that asks, where there is none.</summary>
    public EmulatedAws Aws
    {
        get
        {
            Assert.SkipWhen(_aws.Missing is not null, _aws.Missing ?? "");
            return _aws;
        }
    }

    public AmazonCloudFormationClient CloudFormation => CloudFormationAt(Aws.Url);

    public AmazonECSClient Ecs => new(s_credentials, Configured(new AmazonECSConfig(), Aws.Url));

    public AmazonECRClient Ecr => new(s_credentials, Configured(new AmazonECRConfig(), Aws.Url));

    public AmazonSecretsManagerClient Secrets => new(s_credentials, Configured(new AmazonSecretsManagerConfig(), Aws.Url));

    public AmazonCloudWatchLogsClient Logs => new(s_credentials, Configured(new AmazonCloudWatchLogsConfig(), Aws.Url));

    public AmazonS3Client S3 => new(s_credentials, Configured(new AmazonS3Config { ForcePathStyle = true }, Aws.Url));

    public static AmazonCloudFormationClient CloudFormationAt(string url) =>
        new(s_credentials, Configured(new AmazonCloudFormationConfig(), url));

    public async ValueTask InitializeAsync() => _aws = await EmulatedAws.StartAsync(withRegistry: true);

    public async ValueTask DisposeAsync()
    {
        // What a test does not show is whether the emulator met something it does not know: its log does.
        if (_aws.Missing is null)
        {
            TestContext.Current.SendDiagnosticMessage(_aws.Log);
        }

        await _aws.DisposeAsync();
    }

    /// <summary>Forgets what earlier tests left.</summary>
    public Task ResetAsync() => Aws.ResetAsync();

    /// <summary>A change set, when it is done.</summary>
    public async Task<DescribeChangeSetResponse> ChangeSetAsync(
        string stack,
        string? template,
        ChangeSetType type,
        params (string Name, string? Value)[] parameters
    )
    {
        var name = $"change-{Interlocked.Increment(ref _changeSets)}";
        await CloudFormation.CreateChangeSetAsync(
            new CreateChangeSetRequest
            {
                StackName = stack,
                ChangeSetName = name,
                ChangeSetType = type,
                TemplateBody = template,
                UsePreviousTemplate = template is null ? true : null,
                Capabilities = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"],
                Parameters =
                [
                    .. parameters.Select(parameter => new Parameter
                    {
                        ParameterKey = parameter.Name,
                        ParameterValue = parameter.Value,
                        UsePreviousValue = parameter.Value is null ? true : null,
                    }),
                ],
            }
        );
        return await UntilAsync(
            () =>
                CloudFormation.DescribeChangeSetAsync(
                    new DescribeChangeSetRequest
                    {
                        StackName = stack,
                        ChangeSetName = name,
                        IncludePropertyValues = true,
                    }
                ),
            found => found.Status == ChangeSetStatus.CREATE_COMPLETE || found.Status == ChangeSetStatus.FAILED
        );
    }

    /// <summary>Executes a change set and gives the stack as it ends.</summary>
    public async Task<Stack> ExecuteAsync(DescribeChangeSetResponse changeSet)
    {
        Assert.True(changeSet.Status == ChangeSetStatus.CREATE_COMPLETE, changeSet.StatusReason);
        await CloudFormation.ExecuteChangeSetAsync(new ExecuteChangeSetRequest { ChangeSetName = changeSet.ChangeSetId });
        return await EndAsync(changeSet.StackId);
    }

    /// <summary>Both at once.</summary>
    public async Task<Stack> DeployAsync(
        string stack,
        string? template,
        ChangeSetType type,
        params (string Name, string? Value)[] parameters
    ) => await ExecuteAsync(await ChangeSetAsync(stack, template, type, parameters));

    /// <summary>The stack when nothing is in progress.</summary>
    public Task<Stack> EndAsync(string stack) =>
        UntilAsync(
            async () => (await CloudFormation.DescribeStacksAsync(new DescribeStacksRequest { StackName = stack })).Stacks.Single(),
            found => !found.StackStatus.Value.EndsWith("_IN_PROGRESS", StringComparison.Ordinal)
        );

    public async Task<Stack> DeleteAsync(string stack)
    {
        var id = (await EndAsync(stack)).StackId;
        await CloudFormation.DeleteStackAsync(new DeleteStackRequest { StackName = stack });
        return await EndAsync(id);
    }

    /// <summary>A stack's events, oldest first, as `LogicalId STATUS`.</summary>
    public async Task<IReadOnlyList<StackEvent>> EventsAsync(string stack)
    {
        var events = new List<StackEvent>();
        string? next = null;
        do
        {
            var page = await CloudFormation.DescribeStackEventsAsync(
                new DescribeStackEventsRequest { StackName = stack, NextToken = next }
            );
            events.AddRange(page.StackEvents);
            next = page.NextToken;
        } while (next is not null);
        events.Reverse();
        return events;
    }

    /// <summary>Gives each secret that has none a value.</summary>
    public async Task PutSecretValuesAsync()
    {
        foreach (var secret in (await Secrets.ListSecretsAsync(new ListSecretsRequest())).SecretList ?? [])
        {
            await Secrets.PutSecretValueAsync(new PutSecretValueRequest { SecretId = secret.ARN, SecretString = "a-value" });
        }
    }

    /// <summary>Asks until the answer is what is waited for.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> isWanted)
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

    private static TConfig Configured<TConfig>(TConfig config, string url)
        where TConfig : ClientConfig
    {
        config.ServiceURL = url;
        config.AuthenticationRegion = EmulatedAws.Region;
        config.MaxErrorRetry = 0;
        return config;
    }
}
