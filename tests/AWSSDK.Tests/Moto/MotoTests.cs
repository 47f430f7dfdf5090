using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Amazon.CloudWatchLogs;
using Amazon.CloudWatchLogs.Model;
using Amazon.ECR;
using Amazon.ECR.Model;
using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;
using Task = System.Threading.Tasks.Task;

namespace AWSSDK.Tests.Moto;

/// <summary>What a deployment asks of each service, and one error of each, of a server that knows nothing of the polyfills.</summary>
public sealed class MotoTests(MotoServer moto) : IClassFixture<MotoServer>
{
    // What the tests ask of services that they have no operation of their own to make.
    private const string Template = """
        {
          "Parameters": { "Name": { "Type": "String" } },
          "Resources": {
            "Repository": { "Type": "AWS::ECR::Repository", "Properties": { "RepositoryName": { "Ref": "Name" } } },
            "Logs": { "Type": "AWS::Logs::LogGroup", "Properties": { "LogGroupName": { "Fn::Sub": "/${Name}/api" }, "RetentionInDays": 30 } },
            "Cluster": { "Type": "AWS::ECS::Cluster", "Properties": { "ClusterName": { "Ref": "Name" } } },
            "TaskDefinition": {
              "Type": "AWS::ECS::TaskDefinition",
              "Properties": {
                "Family": { "Ref": "Name" }, "RequiresCompatibilities": ["FARGATE"], "NetworkMode": "awsvpc", "Cpu": "256", "Memory": "512",
                "ContainerDefinitions": [{ "Name": "api", "Image": "api:1", "Essential": true, "PortMappings": [{ "ContainerPort": 8080 }], "Environment": [{ "Name": "A", "Value": "1" }] }]
              }
            },
            "Service": {
              "Type": "AWS::ECS::Service",
              "Properties": { "Cluster": { "Ref": "Cluster" }, "ServiceName": { "Ref": "Name" }, "TaskDefinition": { "Ref": "TaskDefinition" }, "DesiredCount": 1, "NetworkConfiguration": {} }
            }
          },
          "Outputs": { "RepositoryName": { "Value": { "Ref": "Repository" }, "Export": { "Name": { "Fn::Sub": "${Name}-repository" } } } }
        }
        """;

    [Fact]
    public async Task CloudFormation_creates_a_stack_by_a_change_set_describes_it_and_deletes_it()
    {
        using var client = moto.Client<AmazonCloudFormationClient>(TestedService.CloudFormation);

        await CreateStackAsync(client, "shop");

        var stack = Assert.Single((await client.DescribeStacksAsync(new DescribeStacksRequest { StackName = "shop" })).Stacks);
        Assert.Equal(("shop", StackStatus.CREATE_COMPLETE), (stack.StackName, stack.StackStatus));
        Assert.Equal("shop", Assert.Single(stack.Parameters).ParameterValue);
        Assert.True(stack.CreationTime > DateTime.UtcNow.AddMinutes(-5) && stack.CreationTime < DateTime.UtcNow.AddMinutes(5));

        var resources = (await client.ListStackResourcesAsync(new ListStackResourcesRequest { StackName = "shop" })).StackResourceSummaries;
        Assert.Equal(
            ["Cluster", "Logs", "Repository", "Service", "TaskDefinition"],
            resources.Select(resource => resource.LogicalResourceId).Order()
        );
        Assert.NotEmpty((await client.DescribeStackEventsAsync(new DescribeStackEventsRequest { StackName = "shop" })).StackEvents);
        Assert.Contains("AWS::ECS::Service", (await client.GetTemplateAsync(new GetTemplateRequest { StackName = "shop" })).TemplateBody);

        await client.DeleteStackAsync(new DeleteStackRequest { StackName = "shop" });

        var gone = await Assert.ThrowsAsync<AmazonCloudFormationException>(() =>
            client.DescribeStacksAsync(new DescribeStacksRequest { StackName = "shop" })
        );
        Assert.Equal("ValidationError", gone.ErrorCode);
    }

    [Fact]
    public async Task CloudFormation_says_that_a_change_set_is_not_there()
    {
        using var client = moto.Client<AmazonCloudFormationClient>(TestedService.CloudFormation);

        // moto calls it by another code than AWS, which QueryProtocolTests hold to.
        await Assert.ThrowsAsync<AmazonCloudFormationException>(() =>
            client.DescribeChangeSetAsync(new DescribeChangeSetRequest { StackName = "none", ChangeSetName = "none" })
        );
    }

    [Fact]
    public async Task CloudWatch_describes_an_alarm()
    {
        using var client = moto.Client<AmazonCloudWatchClient>(TestedService.CloudWatch);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.TryAddWithoutValidation(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=key/20261128/eu-west-1/monitoring/aws4_request, SignedHeaders=host, Signature=0"
        );
        using var put = await http.PostAsync(
            client.Config.ServiceURL,
            new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["Action"] = "PutMetricAlarm",
                    ["Version"] = "2010-08-01",
                    ["AlarmName"] = "shop-errors",
                    ["AlarmDescription"] = "too many errors",
                    ["Namespace"] = "Shop",
                    ["MetricName"] = "Errors",
                    ["Statistic"] = "Sum",
                    ["Dimensions.member.1.Name"] = "Service",
                    ["Dimensions.member.1.Value"] = "api",
                    ["Period"] = "60",
                    ["EvaluationPeriods"] = "3",
                    ["Threshold"] = "1.5",
                    ["ComparisonOperator"] = "GreaterThanThreshold",
                }
            )
        );
        put.EnsureSuccessStatusCode();

        var alarm = Assert.Single(
            (await client.DescribeAlarmsAsync(new DescribeAlarmsRequest { AlarmNames = ["shop-errors", "none"] })).MetricAlarms
        );

        Assert.Equal(("shop-errors", "too many errors", "OK"), (alarm.AlarmName, alarm.AlarmDescription, alarm.StateValue.Value));
        Assert.True(
            alarm.StateUpdatedTimestamp > DateTime.UtcNow.AddMinutes(-5) && alarm.StateUpdatedTimestamp < DateTime.UtcNow.AddMinutes(5)
        );
        Assert.Empty((await client.DescribeAlarmsAsync(new DescribeAlarmsRequest { AlarmNames = ["none"] })).MetricAlarms ?? []);
    }

    [Fact]
    public async Task ECR_stores_an_image_and_gives_a_token_for_it()
    {
        using var cloudFormation = moto.Client<AmazonCloudFormationClient>(TestedService.CloudFormation);
        using var client = moto.Client<AmazonECRClient>(TestedService.Ecr);
        await CreateStackAsync(cloudFormation, "images");
        const string Manifest =
            """{"schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.v2+json", "config": {"digest": "sha256:1"}, "layers": []}""";

        await client.PutImageAsync(
            new PutImageRequest
            {
                RepositoryName = "images",
                ImageManifest = Manifest,
                ImageTag = "content-1",
            }
        );

        var detail = Assert.Single(
            (
                await client.DescribeImagesAsync(
                    new DescribeImagesRequest { RepositoryName = "images", ImageIds = [new ImageIdentifier { ImageTag = "content-1" }] }
                )
            ).ImageDetails
        );
        var image = Assert.Single((await client.ListImagesAsync(new ListImagesRequest { RepositoryName = "images" })).ImageIds);
        Assert.Equal((detail.ImageDigest, "content-1"), (image.ImageDigest, image.ImageTag));
        Assert.Contains((await client.DescribeRepositoriesAsync(new DescribeRepositoriesRequest())).Repositories, repository =>
            repository.RepositoryUri.EndsWith("/images", StringComparison.Ordinal)
        );
        Assert.NotNull(
            Assert
                .Single(
                    (await client.BatchGetImageAsync(new BatchGetImageRequest { RepositoryName = "images", ImageIds = [image] })).Images
                )
                .ImageManifest
        );
        Assert.StartsWith(
            "AWS:",
            System.Text.Encoding.UTF8.GetString(
                Convert.FromBase64String(
                    Assert
                        .Single((await client.GetAuthorizationTokenAsync(new GetAuthorizationTokenRequest())).AuthorizationData)
                        .AuthorizationToken
                )
            )
        );
        await client.BatchDeleteImageAsync(new BatchDeleteImageRequest { RepositoryName = "images", ImageIds = [image] });
        await Assert.ThrowsAsync<ImageNotFoundException>(() =>
            client.DescribeImagesAsync(
                new DescribeImagesRequest { RepositoryName = "images", ImageIds = [new ImageIdentifier { ImageTag = "content-1" }] }
            )
        );
        await Assert.ThrowsAsync<RepositoryNotFoundException>(() =>
            client.DescribeImagesAsync(new DescribeImagesRequest { RepositoryName = "none" })
        );
    }

    [Fact]
    public async Task ECS_describes_and_updates_a_service()
    {
        using var cloudFormation = moto.Client<AmazonCloudFormationClient>(TestedService.CloudFormation);
        using var client = moto.Client<AmazonECSClient>(TestedService.Ecs);
        await CreateStackAsync(cloudFormation, "services");

        Assert.EndsWith(
            "/services",
            Assert.Single((await client.ListServicesAsync(new ListServicesRequest { Cluster = "services" })).ServiceArns)
        );
        var updated = (
            await client.UpdateServiceAsync(
                new UpdateServiceRequest
                {
                    Cluster = "services",
                    Service = "services",
                    DesiredCount = 2,
                }
            )
        ).Service;
        var described = await client.DescribeServicesAsync(
            new DescribeServicesRequest { Cluster = "services", Services = ["services", "none"] }
        );

        Assert.Equal(
            (2, updated.TaskDefinition),
            (Assert.Single(described.Services).DesiredCount, described.Services.Single().TaskDefinition)
        );
        Assert.NotEmpty(described.Services.Single().Deployments);
        var definition = (
            await client.DescribeTaskDefinitionAsync(new DescribeTaskDefinitionRequest { TaskDefinition = updated.TaskDefinition })
        ).TaskDefinition;
        Assert.Equal(
            ("api", 8080),
            (definition.ContainerDefinitions[0].Name, definition.ContainerDefinitions[0].PortMappings[0].ContainerPort)
        );
        Assert.Equal("1", Assert.Single(definition.ContainerDefinitions[0].Environment).Value);
        Assert.Empty((await client.ListTasksAsync(new ListTasksRequest { Cluster = "services" })).TaskArns);
        await Assert.ThrowsAsync<ClusterNotFoundException>(() =>
            client.DescribeServicesAsync(new DescribeServicesRequest { Cluster = "none", Services = ["x"] })
        );
    }

    [Fact]
    public async Task SecretsManager_keeps_versions_and_restores_what_was_deleted()
    {
        using var client = moto.Client<AmazonSecretsManagerClient>(TestedService.SecretsManager);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.TryAddWithoutValidation(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=key/20261128/eu-west-1/secretsmanager/aws4_request, SignedHeaders=host, Signature=0"
        );
        http.DefaultRequestHeaders.Add("X-Amz-Target", "secretsmanager.CreateSecret");
        using var created = await http.PostAsync(
            client.Config.ServiceURL,
            new StringContent(
                """{"Name": "secrets/key", "ClientRequestToken": "00000000-0000-0000-0000-000000000000"}""",
                null,
                "application/x-amz-json-1.1"
            )
        );
        created.EnsureSuccessStatusCode();

        var first = await client.PutSecretValueAsync(new PutSecretValueRequest { SecretId = "secrets/key", SecretString = "one" });
        var second = await client.PutSecretValueAsync(new PutSecretValueRequest { SecretId = "secrets/key", SecretString = "two ü" });

        Assert.Equal("two ü", (await client.GetSecretValueAsync(new GetSecretValueRequest { SecretId = "secrets/key" })).SecretString);
        Assert.Equal(
            "one",
            (
                await client.GetSecretValueAsync(new GetSecretValueRequest { SecretId = "secrets/key", VersionId = first.VersionId })
            ).SecretString
        );
        var described = await client.DescribeSecretAsync(new DescribeSecretRequest { SecretId = "secrets/key" });
        Assert.Equal(["AWSCURRENT"], described.VersionIdsToStages[second.VersionId]);
        Assert.Equal(
            "one",
            (
                await client.GetSecretValueAsync(new GetSecretValueRequest { SecretId = "secrets/key", VersionStage = "AWSPREVIOUS" })
            ).SecretString
        );
        Assert.Contains((await client.ListSecretsAsync(new ListSecretsRequest())).SecretList, entry => entry.Name == "secrets/key");

        await client.DeleteSecretAsync(new DeleteSecretRequest { SecretId = "secrets/key", RecoveryWindowInDays = 7 });
        Assert.NotNull((await client.DescribeSecretAsync(new DescribeSecretRequest { SecretId = "secrets/key" })).DeletedDate);
        await Assert.ThrowsAsync<InvalidRequestException>(() =>
            client.GetSecretValueAsync(new GetSecretValueRequest { SecretId = "secrets/key" })
        );
        await client.RestoreSecretAsync(new RestoreSecretRequest { SecretId = "secrets/key" });
        Assert.NotNull((await client.GetSecretValueAsync(new GetSecretValueRequest { SecretId = "secrets/key" })).SecretString);
        await Assert.ThrowsAsync<Amazon.SecretsManager.Model.ResourceNotFoundException>(() =>
            client.GetSecretValueAsync(new GetSecretValueRequest { SecretId = "none" })
        );
    }

    [Fact]
    public async Task CloudWatchLogs_filters_events_and_keeps_policies()
    {
        using var cloudFormation = moto.Client<AmazonCloudFormationClient>(TestedService.CloudFormation);
        using var client = moto.Client<AmazonCloudWatchLogsClient>(TestedService.CloudWatchLogs);
        await CreateStackAsync(cloudFormation, "logged");

        Assert.Empty(
            (await client.FilterLogEventsAsync(new FilterLogEventsRequest { LogGroupName = "/logged/api", StartTime = 0 })).Events
        );
        await client.PutResourcePolicyAsync(new PutResourcePolicyRequest { PolicyName = "traces", PolicyDocument = "{}" });
        Assert.Contains((await client.DescribeResourcePoliciesAsync(new DescribeResourcePoliciesRequest())).ResourcePolicies, policy =>
            policy.PolicyName == "traces"
        );
        await Assert.ThrowsAsync<Amazon.CloudWatchLogs.Model.ResourceNotFoundException>(() =>
            client.GetLogEventsAsync(new GetLogEventsRequest { LogGroupName = "/none", LogStreamName = "none" })
        );
    }

    private static async Task CreateStackAsync(AmazonCloudFormationClient client, string name)
    {
        var changeSet = await client.CreateChangeSetAsync(
            new CreateChangeSetRequest
            {
                StackName = name,
                ChangeSetName = "deploy-1",
                ChangeSetType = ChangeSetType.CREATE,
                TemplateBody = Template,
                Parameters = [new Parameter { ParameterKey = "Name", ParameterValue = name }],
            }
        );
        var described = await client.DescribeChangeSetAsync(new DescribeChangeSetRequest { ChangeSetName = changeSet.Id });
        Assert.Equal((ChangeSetStatus.CREATE_COMPLETE, "AVAILABLE"), (described.Status, described.ExecutionStatus.Value));
        Assert.Contains(described.Changes, change => change.ResourceChange is { Action.Value: "Add", ResourceType: "AWS::ECS::Service" });
        await client.ExecuteChangeSetAsync(new ExecuteChangeSetRequest { ChangeSetName = changeSet.Id });
    }
}
