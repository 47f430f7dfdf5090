using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;
using AWSSDK.Tests.Models;
using ServiceDefaults.Tests.Aws;

namespace AWSSDK.Tests.Wire;

/// <summary>What AWSSDK.Core does for each client once the polyfill has told it how.</summary>
public sealed class PipelineTests
{
    [Theory]
    [InlineData("cloudformation", "cloudformation", "CloudFormation")]
    [InlineData("ecr", "ecr", "ECR")]
    [InlineData("ecs", "ecs", "ECS")]
    [InlineData("secretsmanager", "secretsmanager", "Secrets_Manager")]
    [InlineData("logs", "logs", "CloudWatch_Logs")]
    [InlineData("xray", "xray", "XRay", "/GetTraceSegmentDestination")]
    public async Task A_request_is_signed_for_its_service_and_names_the_client(
        string id,
        string signedFor,
        string product,
        string path = "/"
    )
    {
        var service = TestedService.Of(id);
        await using var server = await AwsServer.StartAsync(request =>
            request.Operation is null && id == "cloudformation" ? LoopbackService.Xml(service.Operations[0]) : LoopbackService.Json("{}")
        );
        using var client = LoopbackService.Client(service, server);

        await TestedService.AskAsync(
            client,
            (AmazonWebServiceRequest)Activator.CreateInstance(service.Shape(service.Operations[0] + "Request"))!
        );

        var headers = server.Requests.Single().Headers;
        Assert.Matches(
            $"^AWS4-HMAC-SHA256 Credential=key/[0-9]{{8}}/{LoopbackService.Region}/{signedFor}/aws4_request, SignedHeaders=.*host.*, Signature=[0-9a-f]{{64}}$",
            headers["Authorization"]
        );
        Assert.Contains($" api/{product}#", headers["User-Agent"]);
        Assert.Equal($"POST {path}", $"{server.Requests.Single().Method} {server.Requests.Single().Path}");
    }

    [Theory]
    [InlineData("cloudformation", "Throttling", 400)]
    [InlineData("cloudformation", "InternalFailure", 500)]
    [InlineData("ecs", "ThrottlingException", 400)]
    [InlineData("ecs", "ServerException", 500)]
    [InlineData("ecr", "anything", 503)]
    [InlineData("xray", "ThrottledException", 429)]
    public async Task Throttling_and_faults_of_the_service_are_tried_again(string id, string code, int status)
    {
        var service = TestedService.Of(id);
        var isQuery = id == "cloudformation";
        var asked = 0;
        await using var server = await AwsServer.StartAsync(_ =>
            asked++ == 0
                ? isQuery
                    ? LoopbackService.XmlError(code, "Later.", status)
                    : LoopbackService.JsonError(code, "Later.", status)
                : isQuery
                    ? LoopbackService.Xml(service.Operations[0])
                    : LoopbackService.Json("{}")
        );
        using var client = LoopbackService.Client(service, server, retries: 1);

        await TestedService.AskAsync(
            client,
            (AmazonWebServiceRequest)Activator.CreateInstance(service.Shape(service.Operations[0] + "Request"))!
        );

        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task An_error_of_the_callers_is_not_tried_again()
    {
        await using var server = await LoopbackService.AnswerAsync(LoopbackService.JsonError("ResourceNotFoundException", "None."));
        using var client = LoopbackService.Client(TestedService.SecretsManager, server, retries: 3);

        await Assert.ThrowsAsync<ResourceNotFoundException>(() => TestedService.AskAsync(client, new DescribeSecretRequest()));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_call_can_be_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        await using var server = await AwsServer.StartAsync(_ =>
        {
            cancellation.Cancel();
            return LoopbackService.Json("{}");
        });
        using var client = (AmazonSecretsManagerClient)LoopbackService.Client(TestedService.SecretsManager, server, retries: 3);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            client.ListSecretsAsync(new ListSecretsRequest(), cancellation.Token)
        );
    }

    [Theory]
    [InlineData("cloudformation", "eu-west-1", "https://cloudformation.eu-west-1.amazonaws.com/")]
    [InlineData("ecr", "eu-west-1", "https://api.ecr.eu-west-1.amazonaws.com/")]
    [InlineData("ecs", "cn-north-1", "https://ecs.cn-north-1.amazonaws.com.cn/")]
    [InlineData("secretsmanager", "us-gov-west-1", "https://secretsmanager.us-gov-west-1.amazonaws.com/")]
    [InlineData("xray", "eu-central-1", "https://xray.eu-central-1.amazonaws.com/")]
    [InlineData("logs", "us-iso-east-1", "https://logs.us-iso-east-1.c2s.ic.gov/")]
    [InlineData("logs", "us-isob-east-1", "https://logs.us-isob-east-1.sc2s.sgov.gov/")]
    public void A_region_has_its_partitions_domain(string id, string region, string endpoint)
    {
        using var client = TestedService
            .Of(id)
            .CreateClient(config =>
            {
                config.IgnoreConfiguredEndpointUrls = true;
                config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
            });
        var request = (AmazonWebServiceRequest)
            Activator.CreateInstance(TestedService.Of(id).Shape(TestedService.Of(id).Operations[0] + "Request"))!;

        Assert.Equal(endpoint, client.Config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(request)).URL);
    }

    [Fact]
    public async Task An_exception_about_an_unreadable_answer_does_not_repeat_the_answer()
    {
        await using var server = await LoopbackService.AnswerAsync(
            LoopbackService.Json("""{"SecretString": "hunter2", "VersionStages": [""")
        );
        using var client = (AmazonSecretsManagerClient)LoopbackService.Client(TestedService.SecretsManager, server);

        var exception = await Assert.ThrowsAsync<AmazonUnmarshallingException>(() =>
            client.GetSecretValueAsync(new GetSecretValueRequest { SecretId = "key" })
        );

        Assert.Equal("request-1", exception.RequestId);
        Assert.DoesNotContain("hunter2", exception.ToString(), StringComparison.Ordinal);
    }
}
