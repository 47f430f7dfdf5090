using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.ECS.Model;
using Amazon.S3.Model;
using Task = System.Threading.Tasks.Task;

namespace FargateEmulator.Tests;

/// <summary>What publish makes, created, changed and deleted.</summary>
[Collection(nameof(Account))]
public sealed class ReferenceApplicationTests(Account account) : IAsyncLifetime
{
    private (string Name, string? Value)[] _kept = [];

    public async ValueTask InitializeAsync() => await account.ResetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_two_stacks_create_one_image_rolls_one_service_and_deletion_keeps_the_data()
    {
        await CreateAsync();

        var changes = await account.ChangeSetAsync(
            "profiler",
            null,
            ChangeSetType.UPDATE,
            [("ApiImage", Templates.Image('b')), ("WorkerImage", null), .. _kept]
        );

        var replaced = Assert.Single(changes.Changes, change => change.ResourceChange.Replacement == Replacement.True).ResourceChange;
        Assert.Equal(("ApiTaskDefinition", PolicyAction.ReplaceAndRetain), (replaced.LogicalResourceId, replaced.PolicyAction));
        var image = Assert.Single(replaced.Details, detail => detail.Evaluation == EvaluationType.Static);
        Assert.Equal(
            ("/Properties/ContainerDefinitions/0/Image", "ApiImage", Templates.Image('b')),
            (image.Target.Path, image.CausingEntity, image.Target.AfterValue)
        );
        Assert.DoesNotContain(changes.Changes, change =>
            change.ResourceChange.LogicalResourceId.StartsWith("Worker", StringComparison.Ordinal)
        );

        var before = (await account.EventsAsync("profiler")).Count;
        Assert.Equal(StackStatus.UPDATE_COMPLETE, (await account.ExecuteAsync(changes)).StackStatus);

        var touched = (await account.EventsAsync("profiler")).Skip(before).Select(item => item.LogicalResourceId).Distinct();
        Assert.Equal(["ApiService", "ApiTaskDefinition", "profiler"], touched.Order(StringComparer.Ordinal));
        var services = await account.Aws.AwsCli("ecs", "describe-services", "--cluster", "profiler", "--services", "api", "worker");
        Assert.Equal(
            ["profiler-api:2", "profiler-worker:1"],
            services["services"]!.AsArray().Select(item => ((string)item!["taskDefinition"]!).Split('/')[1])
        );

        Assert.Equal(StackStatus.DELETE_COMPLETE, (await account.DeleteAsync("profiler")).StackStatus);
        Assert.Equal(StackStatus.DELETE_COMPLETE, (await account.DeleteAsync("profiler-foundation")).StackStatus);
        Assert.Equal(2, (await account.Aws.AwsCli("ecr", "describe-repositories"))["repositories"]!.AsArray().Count);
        Assert.Equal(2, (await account.Aws.AwsCli("secretsmanager", "list-secrets"))["SecretList"]!.AsArray().Count);
        Assert.Empty((await account.Aws.AwsCli("cloudformation", "describe-stacks"))["Stacks"]!.AsArray());
    }

    [Fact]
    public async Task A_task_that_exits_trips_the_circuit_breaker_and_the_stack_rolls_back()
    {
        await CreateAsync();
        await account.Aws.FailTasksAsync(
            new
            {
                service = "api",
                kind = "Exit",
                exitCode = 139,
                logs = new[] { "Unhandled exception.", "Segmentation fault" },
            }
        );

        var stack = await account.DeployAsync(
            "profiler",
            null,
            ChangeSetType.UPDATE,
            [("ApiImage", Templates.Image('c')), ("WorkerImage", null), .. _kept]
        );

        Assert.Equal(StackStatus.UPDATE_ROLLBACK_COMPLETE, stack.StackStatus);
        var failed = Assert.Single(await account.EventsAsync("profiler"), item => item.ResourceStatus == ResourceStatus.UPDATE_FAILED);
        Assert.Equal("ApiService", failed.LogicalResourceId);
        Assert.Contains(
            "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.\" (RequestToken: ",
            failed.ResourceStatusReason
        );
        Assert.EndsWith("HandlerErrorCode: GeneralServiceException)", failed.ResourceStatusReason);

        var brief = (
            await account.Ecs.ListServiceDeploymentsAsync(new ListServiceDeploymentsRequest { Cluster = "profiler", Service = "api" })
        ).ServiceDeployments[0];
        var deployment = Assert.Single(
            (
                await account.Ecs.DescribeServiceDeploymentsAsync(
                    new DescribeServiceDeploymentsRequest { ServiceDeploymentArns = [brief.ServiceDeploymentArn] }
                )
            ).ServiceDeployments
        );
        Assert.Equal("ROLLBACK_SUCCESSFUL", deployment.Status.Value);
        Assert.Equal("ECS deployment circuit breaker: tasks failed to start.", deployment.StatusReason);
        Assert.Equal(
            ("TRIGGERED", 3, 3),
            (
                deployment.DeploymentCircuitBreaker.Status.Value,
                deployment.DeploymentCircuitBreaker.FailureCount,
                deployment.DeploymentCircuitBreaker.Threshold
            )
        );

        var arns = (
            await account.Ecs.ListTasksAsync(
                new ListTasksRequest
                {
                    Cluster = "profiler",
                    Family = "profiler-api",
                    DesiredStatus = "STOPPED",
                }
            )
        ).TaskArns;
        var tasks = (await account.Ecs.DescribeTasksAsync(new DescribeTasksRequest { Cluster = "profiler", Tasks = arns })).Tasks;
        var task = tasks.First(item => item.Containers.Any(container => container.ExitCode == 139));
        Assert.Equal(("EssentialContainerExited", "Essential container in task exited"), (task.StopCode.Value, task.StoppedReason));
        var stream = $"api/api/{task.TaskArn.Split('/')[^1]}";
        var lines = (await account.Logs.GetLogEventsAsync(new() { LogGroupName = "/ecs/profiler/api", LogStreamName = stream })).Events;
        Assert.Equal(["Unhandled exception.", "Segmentation fault"], lines.Select(line => line.Message));

        var service = (await account.Aws.AwsCli("ecs", "describe-services", "--cluster", "profiler", "--services", "api"))["services"]![0]!;
        Assert.EndsWith("profiler-api:1", (string)service["taskDefinition"]!);
        Assert.Equal(1, (int)service["runningCount"]!);
        Assert.Equal("(service api) has reached a steady state.", (string)service["events"]![0]!["message"]!);
    }

    [Fact]
    public async Task A_secret_without_a_value_keeps_the_task_from_starting()
    {
        await account.DeployAsync(
            "profiler-foundation",
            Templates.Golden(Templates.Reference, "profiler-foundation.template.yaml"),
            ChangeSetType.CREATE
        );

        var stack = await CreateApplicationAsync();

        Assert.Equal(StackStatus.ROLLBACK_COMPLETE, stack.StackStatus);
        Assert.Contains(await account.EventsAsync("profiler"), item =>
            item.LogicalResourceId == "ApiService" && item.ResourceStatus == ResourceStatus.CREATE_FAILED
        );
    }

    [Fact]
    public async Task Nested_stacks_come_from_S3_and_go_with_their_parent()
    {
        await account.DeployAsync(
            "platform-foundation",
            Templates.Golden("nested-stacks", "platform-foundation.template.yaml"),
            ChangeSetType.CREATE
        );
        var foundation = await account.EndAsync("platform-foundation");
        var template = Templates.Golden("nested-stacks", "platform.template.yaml");
        var bucket = foundation.Outputs.Single(output => output.OutputKey == "TemplatesBucketName").OutputValue;
        foreach (var part in new[] { "store", "gateway", "recorder" })
        {
            var key = System
                .Text.RegularExpressions.Regex.Match(
                    template,
                    $@"platform-{part}\.template\.yaml, [\s\S]*?/([0-9a-f]{{64}}\.template\.json)"
                )
                .Groups[1]
                .Value;
            await account.S3.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = bucket,
                    Key = key,
                    ContentBody = Templates.Golden("nested-stacks", $"platform.nested/platform-{part}.template.yaml"),
                }
            );
        }

        await account.PutSecretValuesAsync();
        var version = (
            await account.Secrets.DescribeSecretAsync(
                new()
                {
                    SecretId = foundation
                        .Outputs.First(output => output.OutputKey.StartsWith("Token", StringComparison.Ordinal))
                        .OutputValue,
                }
            )
        )
            .VersionIdsToStages.Single(pair => pair.Value.Contains("AWSCURRENT"))
            .Key;
        var stack = await account.DeployAsync(
            "platform",
            template,
            ChangeSetType.CREATE,
            [
                ("StoreImage", Templates.Image('a')),
                ("GatewayImage", Templates.Image('a')),
                ("RecorderImage", Templates.Image('a')),
                ("StageLowercase", "prod"),
                ("TokenVersion", version),
                .. foundation.Outputs.Select(output => (output.OutputKey, (string?)output.OutputValue)),
            ]
        );

        Assert.True(
            stack.StackStatus == StackStatus.CREATE_COMPLETE,
            string.Join('\n', (await account.EventsAsync("platform")).Select(item => item.ResourceStatusReason))
        );
        var children = (await account.CloudFormation.DescribeStacksAsync(new DescribeStacksRequest()))
            .Stacks.Where(item => item.ParentId == stack.StackId)
            .ToArray();
        Assert.Equal(3, children.Length);
        Assert.All(children, child => Assert.Equal(StackStatus.CREATE_COMPLETE, child.StackStatus));

        Assert.Equal(StackStatus.DELETE_COMPLETE, (await account.DeleteAsync("platform")).StackStatus);
        Assert.DoesNotContain((await account.CloudFormation.DescribeStacksAsync(new DescribeStacksRequest())).Stacks, item =>
            item.ParentId is not null
        );
    }

    private async Task CreateAsync()
    {
        var foundation = await account.DeployAsync(
            "profiler-foundation",
            Templates.Golden(Templates.Reference, "profiler-foundation.template.yaml"),
            ChangeSetType.CREATE
        );
        Assert.Equal(StackStatus.CREATE_COMPLETE, foundation.StackStatus);
        await account.PutSecretValuesAsync();
        var application = await CreateApplicationAsync();
        Assert.True(
            application.StackStatus == StackStatus.CREATE_COMPLETE,
            string.Join('\n', (await account.EventsAsync("profiler")).Select(item => item.ResourceStatusReason))
        );
    }

    /// <summary>With the foundation's outputs as parameters, as a person passes them on.</summary>
    private async Task<Stack> CreateApplicationAsync()
    {
        (string Name, string? Value)[] given =
        [
            .. (await account.EndAsync("profiler-foundation")).Outputs.Select(output => (output.OutputKey, (string?)output.OutputValue)),
        ];
        _kept = [.. given.Select(parameter => (parameter.Name, (string?)null))];
        return await account.DeployAsync(
            "profiler",
            Templates.WithoutComments(Templates.Golden(Templates.Reference, "profiler.template.yaml")),
            ChangeSetType.CREATE,
            [("ApiImage", Templates.Image('a')), ("WorkerImage", Templates.Image('a')), .. given]
        );
    }
}
