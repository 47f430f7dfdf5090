using System.Net.Http.Json;
using System.Text.Json;
using Aws.Ecs.Tasks;
using Microsoft.AspNetCore.Http;
using ServiceDefaults.Tests.Telemetry;

namespace ServiceDefaults.Tests.Tasks;

public sealed class EcsDetectionTests
{
    // What a process has without ECS.
    private static readonly string[] Others =
    [
        "service.name",
        "service.version",
        "service.instance.id",
        "deployment.environment.name",
        "telemetry.sdk.name",
        "telemetry.sdk.language",
        "telemetry.sdk.version",
    ];

    public static TheoryData<string, Dictionary<string, string>> Examples =>
        new()
        {
            {
                "fargate",
                new()
                {
                    ["cloud.provider"] = "aws",
                    ["cloud.platform"] = "aws_ecs",
                    ["cloud.region"] = "us-west-2",
                    ["cloud.account.id"] = "111122223333",
                    ["cloud.availability_zone"] = "us-west-2a",
                    ["cloud.resource_id"] = "arn:aws:ecs:us-west-2:111122223333:task/default/e9028f8d5d8e4f258373e7b93ce9a3c3",
                    ["aws.ecs.cluster.arn"] = "arn:aws:ecs:us-west-2:111122223333:cluster/default",
                    ["aws.ecs.container.arn"] = "arn:aws:ecs:us-west-2:111122223333:container/05966557-f16c-49cb-9352-24b3a0dcd0e1",
                    ["aws.ecs.task.arn"] = "arn:aws:ecs:us-west-2:111122223333:task/default/e9028f8d5d8e4f258373e7b93ce9a3c3",
                    ["aws.ecs.task.id"] = "e9028f8d5d8e4f258373e7b93ce9a3c3",
                    ["aws.ecs.task.family"] = "curltest",
                    ["aws.ecs.task.revision"] = "3",
                    ["aws.ecs.launchtype"] = "fargate",
                    ["container.id"] = "cd189a933e5849daa93386466019ab50-2495160603",
                    ["aws.log.group.names"] = "/ecs/containerlogs",
                    ["aws.log.stream.names"] = "ecs/curl/cd189a933e5849daa93386466019ab50",
                }
            },
            {
                "ec2",
                new()
                {
                    ["cloud.provider"] = "aws",
                    ["cloud.platform"] = "aws_ecs",
                    ["cloud.region"] = "us-west-2",
                    ["cloud.account.id"] = "111122223333",
                    ["cloud.availability_zone"] = "us-west-2d",
                    ["cloud.resource_id"] = "arn:aws:ecs:us-west-2:111122223333:task/default/158d1c8083dd49d6b527399fd6414f5c",
                    ["aws.ecs.cluster.arn"] = "arn:aws:ecs:us-west-2:111122223333:cluster/default",
                    ["aws.ecs.container.arn"] = "arn:aws:ecs:us-west-2:111122223333:container/0206b271-b33f-47ab-86c6-a0ba208a70a9",
                    ["aws.ecs.task.arn"] = "arn:aws:ecs:us-west-2:111122223333:task/default/158d1c8083dd49d6b527399fd6414f5c",
                    ["aws.ecs.task.id"] = "158d1c8083dd49d6b527399fd6414f5c",
                    ["aws.ecs.task.family"] = "curltest",
                    ["aws.ecs.task.revision"] = "26",
                    ["aws.ecs.launchtype"] = "ec2",
                    ["container.id"] = "ea32192c8553fbff06c9340478a2ff089b2bb5646fb718b4ee206641c9086d66",
                    ["aws.log.group.names"] = "/ecs/metadata",
                    ["aws.log.stream.names"] = "ecs/curl/8f03e41243824aea923aca126495f665",
                }
            },
        };

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task The_documentation_s_examples_give_exactly_these_attributes(string example, Dictionary<string, string> expected)
    {
        var (server, address) = await MetadataServer.StartAsync(example);
        await using var _ = server;
        for (var starts = 1; ; starts++)
        {
            await using var service = await ServiceProcess.StartAsync(otlpEndpoint: "", (EcsDetection.EndpointVariable, address));
            var resource = await service.Client.GetFromJsonAsync<Dictionary<string, string>>("/resource");
            var attributes = resource!
                .Where(attribute => !Others.Contains(attribute.Key))
                .Select(attribute => $"{attribute.Key}={attribute.Value}")
                .Order()
                .ToList();
            if (attributes.Count < expected.Count && starts < 4)
            {
                // On a machine that has much else to do, a start may take longer than it waits for them.
                continue;
            }

            Assert.Equal(expected.Select(attribute => $"{attribute.Key}={attribute.Value}").Order(), attributes);
            Assert.DoesNotContain(service.Output, line => line.Contains("task metadata"));
            return;
        }
    }

    [Fact]
    public async Task Outside_of_ECS_there_are_none_of_them()
    {
        await using var service = await ServiceProcess.StartAsync(otlpEndpoint: "");

        var resource = await service.Client.GetFromJsonAsync<Dictionary<string, string>>("/resource");

        Assert.Equal(Others.Order(), resource!.Keys.Order());
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"DockerId":1,"TaskARN":2}""")]
    public async Task Metadata_that_is_broken_is_left_out_with_a_line_in_the_log(string document)
    {
        var (server, address) = await MetadataServer.StartAsync(context => context.Response.WriteAsync(document));
        await using var _ = server;
        await using var service = await ServiceProcess.StartAsync(otlpEndpoint: "", (EcsDetection.EndpointVariable, address));

        var resource = await service.Client.GetFromJsonAsync<Dictionary<string, string>>("/resource");

        Assert.Equal(Others.Append("cloud.platform").Append("cloud.provider").Order(), resource!.Keys.Order());
        var line = JsonDocument.Parse(await service.LineAsync("task metadata")).RootElement;
        Assert.Equal("Warning", line.GetProperty("LogLevel").GetString());
        Assert.Contains(address, line.GetProperty("Message").GetString());
    }

    // The official detector waits for as long as its HTTP client does, 100 s for each of two requests.
    [Fact]
    public async Task An_endpoint_that_never_answers_does_not_keep_the_service_from_starting()
    {
        var (server, address) = await MetadataServer.StartAsync(MetadataServer.NeverAsync);
        await using var _ = server;
        await using var service = await ServiceProcess
            .StartAsync(otlpEndpoint: "", (EcsDetection.EndpointVariable, address))
            .WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal("Healthy", await service.Client.GetStringAsync("/health"));
        await service.LineAsync("No answer within");
    }

    [Fact]
    public async Task Who_needs_the_resource_waits_no_longer_than_the_deadline()
    {
        var (server, address) = await MetadataServer.StartAsync(MetadataServer.NeverAsync);
        await using var _ = server;
        var detection = new EcsDetection(address);

        // Three times, as the providers of the three signals do, within much less than three times as long.
        var resource = await Task.Run(() => (detection.Detect(), detection.Detect(), detection.Detect()))
            .WaitAsync((EcsDetection.Deadline * 2) + TimeSpan.FromSeconds(1));

        Assert.Empty(resource.Item3.Attributes);
        Assert.IsType<TimeoutException>(await detection.ProblemAsync());
    }
}
