using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Refusals;

public sealed class ModelRefusalTests
{
    [Fact]
    public async Task All_reasons_are_said_at_once_with_their_number()
    {
        var message = await Published.RefusalAsync(builder =>
        {
            builder.AddExecutable("tool", "ls", ".");
            builder.AddContainer("files", "nginx").WithBindMount("./here", "/there");
            builder.AddWorker("worker").PublishAsFargateService(service => service.Cpu = 300);
        });

        var lines = message.ReplaceLineEndings("\n").Split('\n');
        Assert.Equal("The model cannot be published to 'shop' (3 problems):", lines[0]);
        Assert.Equal(4, lines.Length);
        Assert.All(lines[1..], line => Assert.StartsWith("  - '", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_written_when_a_model_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            Assert.NotEqual(0, await Pipeline.PublishAsync(folder.FullName, builder => builder.AddExecutable("tool", "ls", ".")));
            Assert.Empty(folder.EnumerateFileSystemInfos("*", SearchOption.AllDirectories));

            Assert.Equal(0, await Pipeline.PublishAsync(folder.FullName, builder => builder.AddWorker("worker")));
            Assert.Contains(folder.EnumerateFiles(), file => file.Name == "shop.template.yaml");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public Task An_executable_runs_here_only() =>
        Refused.ForAsync(
            builder => builder.AddExecutable("tool", "ls", "."),
            "'tool' is an executable, which runs here only",
            "make it a project or a container",
            ".PublishAsDockerFile()",
            ".ExcludeFromManifest()"
        );

    [Fact]
    public Task A_resource_is_a_service_or_a_task() =>
        Refused.ForAsync(
            builder => builder.AddWorker("worker").PublishAsFargateService(_ => { }).PublishAsFargateTask(),
            "'worker' is both a service and a task",
            "PublishAsFargateTask for what ends"
        );

    [Fact]
    public Task Udp_has_no_way() =>
        Refused.ForAsync(
            builder =>
                builder.AddContainer("dns", "coredns").WithEndpoint(targetPort: 53, name: "dns", scheme: "udp", protocol: ProtocolType.Udp),
            "'dns' has the endpoint 'dns' over Udp",
            "Use TCP"
        );

    [Fact]
    public Task Udp_that_is_external_is_refused_beside_TCP_too() =>
        Refused.ForAsync(
            builder =>
                builder
                    .AddContainer("game", "example/game")
                    .WithHttpEndpoint(targetPort: 80)
                    .WithEndpoint(targetPort: 7777, name: "play", scheme: "udp", isExternal: true, protocol: ProtocolType.Udp),
            "'game' has the endpoint 'play' over Udp"
        );

    [Fact]
    public async Task Udp_beside_TCP_that_nobody_refers_to_is_left_out()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var tracing = builder
                .AddContainer("tracing", "example/tracing", "1")
                .WithHttpEndpoint(targetPort: 16686)
                .WithEndpoint(targetPort: 6831, name: "agent", scheme: "udp", protocol: ProtocolType.Udp);
            builder.AddContainer("api", "example/api", "1").WithReference(tracing.GetEndpoint("http"));
        });

        Assert.Equal(
            "[{Name: http, ContainerPort: 16686, Protocol: tcp, AppProtocol: http}]",
            published.Template().Container("tracing").At("PortMappings").Show()
        );
        Assert.Contains("goes without its endpoint 'agent' over UDP", published.Notices("tracing"), StringComparison.Ordinal);
    }

    [Fact]
    public Task Udp_that_a_variable_names_is_refused_there() =>
        Refused.ForAsync(
            builder =>
            {
                var tracing = builder
                    .AddContainer("tracing", "example/tracing")
                    .WithHttpEndpoint(targetPort: 16686)
                    .WithEndpoint(targetPort: 6831, name: "agent", scheme: "udp", protocol: ProtocolType.Udp);
                builder.AddContainer("api", "example/api").WithEnvironment("AGENT", tracing.GetEndpoint("agent"));
            },
            "AGENT of 'api' refers to the endpoint 'agent' of 'tracing' over Udp",
            "Use one over TCP"
        );

    [Fact]
    public Task A_bind_mount_is_of_this_machine() =>
        Refused.ForAsync(
            builder => builder.AddContainer("files", "nginx").WithBindMount("./pages", "/pages"),
            "'files' mounts 'pages' of this machine at /pages (WithBindMount)",
            "WithDockerfile",
            "WithVolume"
        );

    [Fact]
    public Task A_secret_is_no_argument() =>
        Refused.ForAsync(
            builder => builder.AddContainer("cache", "redis").WithArgs("--requirepass", builder.AddParameter("password", secret: true)),
            "'cache' takes the secret 'password' as an argument",
            "WithEnvironment",
            "AllowSecretArguments = true"
        );

    [Fact]
    public Task A_callback_that_fails_says_why() =>
        Refused.ForAsync(
            builder => builder.AddWorker("worker").WithEnvironment(context => throw new InvalidOperationException("There is no database.")),
            "'worker' has an environment callback that fails where the model is published: There is no database.",
            "IsPublishMode"
        );

    [Fact]
    public Task A_callback_of_arguments_that_fails_says_why() =>
        Refused.ForAsync(
            builder => builder.AddWorker("worker").WithArgs(context => throw new InvalidOperationException("There is no database.")),
            "'worker' has an argument callback that fails where the model is published: There is no database."
        );

    [Fact]
    public Task An_owner_of_a_volume_that_is_not_mounted_is_a_mistake() =>
        Refused.ForAsync(
            builder =>
                builder
                    .AddContainer("cache", "redis")
                    .WithVolume("data", "/data")
                    .PublishAsFargateService(service => service.OwnVolume("dta", 1, 1)),
            "'cache' says who owns the volume 'dta', which it does not mount",
            "It mounts: data"
        );

    [Fact]
    public Task Two_names_may_not_be_one_id() =>
        Refused.ForAsync(
            builder =>
            {
                builder.AddWorker("job-runner");
                builder.AddWorker("jobrunner");
            },
            "'job-runner' and 'jobrunner' would both be 'JobRunner'",
            "Rename one of them"
        );

    [Theory]
    [InlineData("Shop")]
    [InlineData("Shop2")]
    public async Task The_environments_name_is_a_stacks(string name)
    {
        var message = await Published.RefusalAsync(builder => builder.AddFargateEnvironment(name));

        Assert.Contains($"'{name}' is to be the name of the stack", message, StringComparison.Ordinal);
        Assert.Contains("lower-case letters, digits and hyphens", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_of_an_environment_on_the_command_line_is_a_stacks_too()
    {
        var exception = await Assert.ThrowsAsync<DistributedApplicationException>(() =>
            Published.ModelAsync(builder => builder.AddWorker("worker"), FargateCommandLine.Parse(["--environment", "qa_1"]))
        );

        Assert.Contains("'shop-qa_1' is to be the name of the stack", exception.Message, StringComparison.Ordinal);
        Assert.Contains("--environment", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task A_buckets_name_fits_into_63_characters() =>
        Refused.ForAsync(
            builder => builder.AddS3Bucket("a-bucket-whose-name-is-rather-long-for-what-it-is"),
            "'a-bucket-whose-name-is-rather-long-for-what-it-is' would be a bucket named shop-a-bucket",
            "S3 takes 63 characters",
            "shorten them to 34"
        );

    [Fact]
    public Task A_queues_name_fits_into_80_characters_with_that_of_its_dead_letters()
    {
        var name = "jobs-" + new string('x', 59);
        return Refused.ForAsync(
            builder => builder.AddSqsQueue(name),
            $"'{name}' would have the queue shop-{name}-dead-letters with 82 characters",
            "SQS takes 80",
            "Shorten"
        );
    }

    [Fact]
    public Task Dead_letters_of_a_queue_that_exists_are_its_own_affair() =>
        Refused.ForAsync(
            builder =>
            {
                var jobs = builder.AddSqsQueue("jobs");
                builder.AddWorker("worker").WithReference(jobs, QueueAccess.ConsumeDeadLetters);
                jobs.WithoutDeadLetterQueue();
            },
            "'worker' is to consume the dead letters of 'jobs', which has no dead-letter queue here",
            "Leave QueueAccess.ConsumeDeadLetters out"
        );
}
