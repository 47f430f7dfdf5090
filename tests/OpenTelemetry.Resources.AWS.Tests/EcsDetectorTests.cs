using ServiceDefaults.Tests.Aws;

namespace OpenTelemetry.Resources.AWS.Tests;

/// <summary>The tests of one class run one after the other: they set the process's environment.</summary>
public sealed class EcsDetectorTests : IDisposable
{
    private const string Variable = "ECS_CONTAINER_METADATA_URI_V4";
    private const string OlderVariable = "ECS_CONTAINER_METADATA_URI";

    public void Dispose() => Set(null, null);

    [Theory]
    [InlineData(
        "fargate",
        "us-west-2a",
        "e9028f8d5d8e4f258373e7b93ce9a3c3",
        "3",
        "05966557-f16c-49cb-9352-24b3a0dcd0e1",
        "/ecs/containerlogs",
        "ecs/curl/cd189a933e5849daa93386466019ab50"
    )]
    [InlineData(
        "ec2",
        "us-west-2d",
        "158d1c8083dd49d6b527399fd6414f5c",
        "26",
        "0206b271-b33f-47ab-86c6-a0ba208a70a9",
        "/ecs/metadata",
        "ecs/curl/8f03e41243824aea923aca126495f665"
    )]
    public async Task The_documentation_s_examples_give_what_the_official_package_makes_of_them(
        string example,
        string zone,
        string task,
        string revision,
        string container,
        string group,
        string stream
    )
    {
        await using var server = await ServeAsync(await ReadAsync(example, "container"), await ReadAsync(example, "task"));
        Set(server.Address, null);

        var attributes = Detect();

        const string Arn = "arn:aws:ecs:us-west-2:111122223333";
        var logs = $"arn:aws:logs:us-west-2:111122223333:log-group:{group}";
        Assert.Equal(
            new Dictionary<string, object>
            {
                ["cloud.provider"] = "aws",
                ["cloud.platform"] = "aws_ecs",
                ["cloud.account.id"] = "111122223333",
                ["cloud.region"] = "us-west-2",
                ["cloud.availability_zone"] = zone,
                ["cloud.resource_id"] = $"{Arn}:container/{container}",
                ["aws.ecs.cluster.arn"] = $"{Arn}:cluster/default",
                ["aws.ecs.container.arn"] = $"{Arn}:container/{container}",
                ["aws.ecs.task.arn"] = $"{Arn}:task/default/{task}",
                ["aws.ecs.task.family"] = "curltest",
                ["aws.ecs.task.revision"] = revision,
                ["aws.ecs.launchtype"] = example,
                ["aws.log.group.names"] = new[] { group },
                ["aws.log.group.arns"] = new[] { $"{logs}:*" },
                ["aws.log.stream.arns"] = new[] { stream },
                ["aws.log.stream.names"] = new[] { $"{logs}:log-stream:{stream}" },
            }.OrderBy(attribute => attribute.Key),
            attributes.Where(attribute => attribute.Key != "container.id").OrderBy(attribute => attribute.Key)
        );
    }

    [Fact]
    public void Outside_of_ECS_there_is_nothing()
    {
        Set(null, null);

        Assert.Empty(Detect());
    }

    [Fact]
    public void An_agent_without_version_4_is_still_ECS()
    {
        Set(null, "http://127.0.0.1:1/v3");

        Assert.Equal(["cloud.platform", "cloud.provider"], Detect().Keys.Where(name => name != "container.id").Order());
    }

    [Theory]
    [InlineData("not JSON", "{}")]
    [InlineData("{}", "{}")]
    [InlineData("""{"ContainerARN":"no arn"}""", """{"Cluster":"default"}""")]
    public async Task Metadata_that_cannot_be_read_is_left_out(string container, string task)
    {
        await using var server = await ServeAsync(container, task);
        Set(server.Address, null);

        Assert.Equal(["cloud.platform", "cloud.provider"], Detect().Keys.Where(name => name != "container.id").Order());
    }

    [Theory]
    [InlineData(SemanticConventionVersion.Latest, "https://opentelemetry.io/schemas/1.40.0")]
    [InlineData(SemanticConventionVersion.V1_29_0, "https://opentelemetry.io/schemas/1.29.0")]
    [InlineData(null, "https://opentelemetry.io/schemas/1.28.0")]
    public void The_resource_names_the_schema_of_the_conventions(SemanticConventionVersion? version, string schemaUrl)
    {
        Set(null, "http://127.0.0.1:1/v3");

        var resource = ResourceBuilder
            .CreateEmpty()
            .AddAWSECSDetector(options => options.SemanticConventionVersion = version ?? options.SemanticConventionVersion)
            .Build();

        Assert.Equal(schemaUrl, resource.SchemaUrl);
    }

    private static Dictionary<string, object> Detect() =>
        ResourceBuilder.CreateEmpty().AddAWSECSDetector().Build().Attributes.ToDictionary();

    private static Task<AwsServer> ServeAsync(string container, string task) =>
        AwsServer.StartAsync(request => new AwsAnswer(200, request.Path == "/task" ? task : container));

    private static Task<string> ReadAsync(string example, string document) =>
        File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Examples", $"{example}-{document}.json"));

    private static void Set(string? uri, string? olderUri)
    {
        Environment.SetEnvironmentVariable(Variable, uri);
        Environment.SetEnvironmentVariable(OlderVariable, olderUri);
    }
}
