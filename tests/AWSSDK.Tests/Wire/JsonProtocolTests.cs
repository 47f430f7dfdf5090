using System.Net;
using Amazon.CloudWatchLogs;
using Amazon.CloudWatchLogs.Model;
using Amazon.ECR;
using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;
using ServiceDefaults.Tests.Aws;
using Task = System.Threading.Tasks.Task;

namespace AWSSDK.Tests.Wire;

public sealed class JsonProtocolTests
{
    [Fact]
    public async Task A_time_is_seconds_since_1970_whatever_its_zone()
    {
        await using var server = await LoopbackService.AnswerAsync(LoopbackService.Json("""{"serviceDeployments": [{"createdAt": 1764000000.125}, {"createdAt": 1764000000}, {"createdAt": "2025-11-24T16:00:00Z"}]}"""));
        using var client = (AmazonECSClient)LoopbackService.Client(TestedService.Ecs, server);
        var time = new DateTime(2026, 11, 24, 16, 59, 14, 250, DateTimeKind.Utc);

        var response = await client.ListServiceDeploymentsAsync(new ListServiceDeploymentsRequest
        {
            Service = "api",
            CreatedAt = new CreatedAt { After = time, Before = time.AddMilliseconds(750).ToLocalTime() },
        });

        Assert.Equal("""{"createdAt":{"after":1795539554.25,"before":1795539555},"service":"api"}""", server.Requests.Single().Body);
        Assert.Equal(
            [new DateTime(2025, 11, 24, 16, 0, 0, 125, DateTimeKind.Utc), new DateTime(2025, 11, 24, 16, 0, 0, DateTimeKind.Utc), new DateTime(2025, 11, 24, 16, 0, 0, DateTimeKind.Utc)],
            response.ServiceDeployments.Select(deployment => deployment.CreatedAt!.Value));
        Assert.All(response.ServiceDeployments, deployment => Assert.Equal(DateTimeKind.Utc, deployment.CreatedAt!.Value.Kind));
    }

    [Fact]
    public async Task A_time_of_log_events_is_milliseconds_since_1970()
    {
        await using var server = await LoopbackService.AnswerAsync(LoopbackService.Json("""{"events": [{"timestamp": 1764000000125, "ingestionTime": 1764000000000, "message": "started"}], "nextForwardToken": "f/1"}"""));
        using var client = (AmazonCloudWatchLogsClient)LoopbackService.Client(TestedService.CloudWatchLogs, server);

        var response = await client.GetLogEventsAsync(new GetLogEventsRequest("/shop/api", "api/1") { StartTime = DateTime.UnixEpoch.AddMilliseconds(1764000000125), StartFromHead = true });

        Assert.Equal("""{"logGroupName":"/shop/api","logStreamName":"api/1","startFromHead":true,"startTime":1764000000125}""", server.Requests.Single().Body);
        Assert.Equal(DateTime.UnixEpoch.AddMilliseconds(1764000000125), Assert.Single(response.Events).Timestamp);
    }

    [Fact]
    public async Task What_is_null_is_not_sent_and_what_is_empty_or_false_is()
    {
        await using var server = await LoopbackService.AnswerAsync(LoopbackService.Json("{}"));
        using var client = (AmazonECSClient)LoopbackService.Client(TestedService.Ecs, server);

        await client.UpdateServiceAsync(new UpdateServiceRequest { Service = "api", DesiredCount = 0, ForceNewDeployment = false, LoadBalancers = [], TaskDefinition = null });

        Assert.Equal("""{"desiredCount":0,"forceNewDeployment":false,"loadBalancers":[],"service":"api"}""", server.Requests.Single().Body);
    }

    [Fact]
    public async Task An_empty_list_is_read_as_one_and_a_null_or_absent_one_as_null()
    {
        await using var server = await LoopbackService.AnswerAsync(LoopbackService.Json("""{"services": [], "failures": null}"""));
        using var client = (AmazonECSClient)LoopbackService.Client(TestedService.Ecs, server);

        var response = await client.DescribeServicesAsync(new DescribeServicesRequest());

        Assert.Empty(response.Services);
        Assert.Null(response.Failures);
        Assert.Null(new DescribeServicesRequest().Services);
    }

    [Fact]
    public async Task Binary_values_and_keys_with_any_character_survive()
    {
        await using var server = await LoopbackService.AnswerAsync(LoopbackService.Json("""{"SecretBinary": "AP8Q", "VersionIdsToStages": {}}"""));
        using var client = (AmazonSecretsManagerClient)LoopbackService.Client(TestedService.SecretsManager, server);

        var response = await client.GetSecretValueAsync(new GetSecretValueRequest { SecretId = "shop/\"key\"" });
        await client.PutSecretValueAsync(new PutSecretValueRequest { SecretId = "shop", SecretBinary = response.SecretBinary, ClientRequestToken = "t" });

        Assert.Equal([0, 255, 16], response.SecretBinary.ToArray());
        Assert.Equal("""{"ClientRequestToken":"t","SecretBinary":"AP8Q","SecretId":"shop"}""", server.Requests.Last().Body);
    }

    [Fact]
    public async Task A_token_that_makes_a_call_repeatable_is_made_up_and_the_same_when_the_call_is_repeated()
    {
        var answers = new Queue<AwsAnswer>([LoopbackService.Json("{}", 500), LoopbackService.Json("{}"), LoopbackService.Json("{}")]);
        await using var server = await AwsServer.StartAsync(_ => answers.Dequeue());
        using var client = (AmazonSecretsManagerClient)LoopbackService.Client(TestedService.SecretsManager, server, retries: 1);

        await client.PutSecretValueAsync(new PutSecretValueRequest { SecretId = "shop", SecretString = "1" });
        await client.PutSecretValueAsync(new PutSecretValueRequest { SecretId = "shop", SecretString = "1" });

        var tokens = server.Requests.Select(request => JsonNode.Parse(request.Body)!["ClientRequestToken"]!.GetValue<string>()).ToList();
        Assert.True(Guid.TryParse(tokens[0], out _));
        Assert.Equal(tokens[0], tokens[1]);
        Assert.NotEqual(tokens[1], tokens[2]);
    }

    [Theory]
    [InlineData("ConflictException")]
    [InlineData("com.amazonaws.ecs#ConflictException")]
    [InlineData("ConflictException:http://internal.amazon.com/coral/")]
    public async Task An_error_is_known_by_its_name_and_carries_its_members(string type)
    {
        await using var server = await LoopbackService.AnswerAsync(LoopbackService.Json($$"""{"__type": "{{type}}", "Message": "Wait.", "resourceIds": ["a", "b"]}""", 400));
        using var client = (AmazonECSClient)LoopbackService.Client(TestedService.Ecs, server);

        var exception = await Assert.ThrowsAsync<ConflictException>(() => client.RunTaskAsync(new RunTaskRequest()));

        Assert.Equal(("ConflictException", HttpStatusCode.BadRequest, "Wait.", "request-1"), (exception.ErrorCode, exception.StatusCode, exception.Message, exception.RequestId));
        Assert.Equal(["a", "b"], exception.ResourceIds);
        Assert.IsAssignableFrom<AmazonECSException>(exception);
    }

    [Fact]
    public async Task An_error_whose_name_lacks_the_word_exception_has_it_in_its_type()
    {
        await using var server = await LoopbackService.AnswerAsync(LoopbackService.JsonError("DecryptionFailure", "No key."));
        using var client = (AmazonSecretsManagerClient)LoopbackService.Client(TestedService.SecretsManager, server);

        Assert.Equal("DecryptionFailure", (await Assert.ThrowsAsync<DecryptionFailureException>(() => client.GetSecretValueAsync(new GetSecretValueRequest()))).ErrorCode);
    }

    [Theory]
    [InlineData("", "text/plain")]
    [InlineData("<html>502 Bad Gateway</html>", "text/html")]
    public async Task An_error_that_is_no_json_is_the_services_own_exception(string body, string contentType)
    {
        await using var server = await LoopbackService.AnswerAsync(new AwsAnswer(404, body, contentType));
        using var client = (AmazonECRClient)LoopbackService.Client(TestedService.Ecr, server);

        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<AmazonECRException>(() => client.DescribeRepositoriesAsync(new()))).StatusCode);
    }
}
