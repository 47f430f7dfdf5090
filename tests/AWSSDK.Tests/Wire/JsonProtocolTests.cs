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
    public async Task A_time_is_seconds_since_1970()
    {
        await using var server = await LoopbackService.AnswerAsync(
            LoopbackService.Json(
                """{"tasks": [{"createdAt": 1764000000.125}, {"createdAt": 1764000000}, {"createdAt": "2025-11-24T16:00:00Z"}]}"""
            )
        );
        using var client = (AmazonECSClient)LoopbackService.Client(TestedService.Ecs, server);

        var tasks = (await client.DescribeTasksAsync(new DescribeTasksRequest())).Tasks;

        Assert.Equal(
            [
                new DateTime(2025, 11, 24, 16, 0, 0, 125, DateTimeKind.Utc),
                new DateTime(2025, 11, 24, 16, 0, 0, DateTimeKind.Utc),
                new DateTime(2025, 11, 24, 16, 0, 0, DateTimeKind.Utc),
            ],
            tasks.Select(task => task.CreatedAt!.Value)
        );
        Assert.All(tasks, task => Assert.Equal(DateTimeKind.Utc, task.CreatedAt!.Value.Kind));
    }

    [Fact]
    public async Task What_is_null_is_not_sent_and_what_is_empty_or_false_is()
    {
        await using var server = await LoopbackService.AnswerAsync(LoopbackService.Json("{}"));
        using var client = (AmazonECSClient)LoopbackService.Client(TestedService.Ecs, server);

        await client.UpdateServiceAsync(
            new UpdateServiceRequest
            {
                Service = "api",
                DesiredCount = 0,
                Cluster = null,
            }
        );
        await client.DescribeServicesAsync(new DescribeServicesRequest { Services = [] });

        Assert.Equal(["""{"desiredCount":0,"service":"api"}""", """{"services":[]}"""], server.Requests.Select(request => request.Body));
    }

    [Fact]
    public async Task An_empty_list_is_read_as_one_and_a_null_or_absent_one_as_null()
    {
        var answers = new Queue<string>(["""{"services": []}""", "{}", """{"services": null}"""]);
        await using var server = await AwsServer.StartAsync(_ => LoopbackService.Json(answers.Dequeue()));
        using var client = (AmazonECSClient)LoopbackService.Client(TestedService.Ecs, server);

        var response = await client.DescribeServicesAsync(new DescribeServicesRequest());
        var absent = await client.DescribeServicesAsync(new DescribeServicesRequest());
        var nothing = await client.DescribeServicesAsync(new DescribeServicesRequest());

        Assert.Empty(response.Services);
        Assert.Null(nothing.Services);
        Assert.Null(absent.Services);
        Assert.Null(new DescribeServicesRequest().Services);
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
    [InlineData("ClusterNotFoundException")]
    [InlineData("com.amazonaws.ecs#ClusterNotFoundException")]
    [InlineData("ClusterNotFoundException:http://internal.amazon.com/coral/")]
    public async Task An_error_is_known_by_its_name(string type)
    {
        await using var server = await LoopbackService.AnswerAsync(
            LoopbackService.Json($$"""{"__type": "{{type}}", "Message": "None."}""", 400)
        );
        using var client = (AmazonECSClient)LoopbackService.Client(TestedService.Ecs, server);

        var exception = await Assert.ThrowsAsync<ClusterNotFoundException>(() => client.RunTaskAsync(new RunTaskRequest()));

        Assert.Equal(
            ("ClusterNotFoundException", HttpStatusCode.BadRequest, "None.", "request-1"),
            (exception.ErrorCode, exception.StatusCode, exception.Message, exception.RequestId)
        );
        Assert.IsAssignableFrom<AmazonECSException>(exception);
    }

    [Theory]
    [InlineData("", "text/plain")]
    [InlineData("<html>502 Bad Gateway</html>", "text/html")]
    public async Task An_error_that_is_no_json_is_the_services_own_exception(string body, string contentType)
    {
        await using var server = await LoopbackService.AnswerAsync(new AwsAnswer(404, body, contentType));
        using var client = (AmazonECRClient)LoopbackService.Client(TestedService.Ecr, server);

        Assert.Equal(
            HttpStatusCode.NotFound,
            (await Assert.ThrowsAsync<AmazonECRException>(() => client.DescribeRepositoriesAsync(new()))).StatusCode
        );
    }
}
