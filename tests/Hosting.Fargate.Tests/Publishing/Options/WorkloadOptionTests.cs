using Aspire.Hosting;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Options;

public sealed class WorkloadOptionTests
{
    [Theory]
    [InlineData(1024, null, "1024", "2048")]
    [InlineData(null, 4096, "512", "4096")]
    [InlineData(null, 8192, "1024", "8192")]
    [InlineData(4096, 30720, "4096", "30720")]
    [InlineData(16384, null, "16384", "32768")]
    [InlineData(32768, 249856, "32768", "249856")]
    public async Task Cpu_and_Memory_are_the_tasks_and_one_follows_from_the_other(
        int? cpu,
        int? memory,
        string expectedCpu,
        string expectedMemory
    )
    {
        var template = await PublishAsync(service => (service.Cpu, service.Memory) = (cpu, memory));

        Assert.Equal(expectedCpu, template.Property("WorkerTaskDefinition", "Cpu"));
        Assert.Equal(expectedMemory, template.Property("WorkerTaskDefinition", "Memory"));
    }

    [Fact]
    public async Task Memory_alone_of_a_container_without_company_is_that_of_the_smallest_task_that_has_it()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder.AddContainer("cache", "redis").PublishAsFargateService(service => service.Memory = 1024)
            )
        ).Template();

        Assert.Equal("256", template.Property("CacheTaskDefinition", "Cpu"));
        Assert.Equal("1024", template.Property("CacheTaskDefinition", "Memory"));
    }

    [Fact]
    public async Task EphemeralStorage_is_the_tasks_disk()
    {
        Assert.Equal(
            "{SizeInGiB: 100}",
            (await PublishAsync(service => service.EphemeralStorage = 100)).Property("WorkerTaskDefinition", "EphemeralStorage")
        );
        Assert.Null((await PublishAsync(_ => { })).Property("WorkerTaskDefinition", "EphemeralStorage"));
    }

    [Fact]
    public async Task StopTimeout_is_the_containers_and_the_host_stops_before_it()
    {
        var template = await PublishAsync(service => service.StopTimeout = TimeSpan.FromSeconds(120));

        Assert.Equal("120", template.Container("worker").At("StopTimeout").Show());
        Assert.Equal("105", template.Variable("worker", "DOTNET_SHUTDOWNTIMEOUTSECONDS"));
    }

    [Theory]
    [InlineData(2, "1")]
    [InlineData(20, "10")]
    [InlineData(40, "25")]
    public async Task The_host_has_half_of_a_short_StopTimeout(int seconds, string expected)
    {
        var template = await PublishAsync(service => service.StopTimeout = TimeSpan.FromSeconds(seconds));

        Assert.Equal(expected, template.Variable("worker", "DOTNET_SHUTDOWNTIMEOUTSECONDS"));
    }

    [Fact]
    public async Task LogRetentionDays_are_the_log_groups() =>
        Assert.Equal("90", (await PublishAsync(service => service.LogRetentionDays = 90)).Property("WorkerLogGroup", "RetentionInDays"));

    [Fact]
    public async Task ReadonlyRootFilesystem_and_User_are_the_containers()
    {
        var template = await PublishAsync(service => (service.ReadonlyRootFilesystem, service.User) = (true, "1654:1654"));

        Assert.Equal("true", template.Container("worker").At("ReadonlyRootFilesystem").Show());
        Assert.Equal("1654:1654", template.Container("worker").At("User").Show());
        Assert.Null(template.Container("worker", "cloudwatch-agent").At("User"));
    }

    [Fact]
    public async Task ContainerHealthCheck_is_how_ECS_asks_in_the_container()
    {
        var template = await PublishAsync(service =>
            service.ContainerHealthCheck = new("CMD", "/app/health", "--quick")
            {
                Interval = TimeSpan.FromSeconds(15),
                Timeout = TimeSpan.FromSeconds(3),
                Retries = 5,
                StartPeriod = TimeSpan.FromMinutes(1),
            }
        );

        Assert.Equal(
            "{Command: [CMD, /app/health, --quick], Interval: 15, Timeout: 3, Retries: 5, StartPeriod: 60}",
            template.Container("worker").At("HealthCheck").Show()
        );
    }

    [Fact]
    public async Task ContainerHealthCheck_has_defaults_of_its_own()
    {
        var template = await PublishAsync(service => service.ContainerHealthCheck = new("CMD", "/app/health"));

        Assert.Equal(
            "{Command: [CMD, /app/health], Interval: 30, Timeout: 5, Retries: 3, StartPeriod: 10}",
            template.Container("worker").At("HealthCheck").Show()
        );
    }

    [Fact]
    public async Task Environment_is_there_on_AWS_and_wins_over_the_model_and_over_what_publishing_adds()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder
                    .AddWorker("worker")
                    .WithEnvironment("LEVEL", "Debug")
                    .PublishAsFargateService(service =>
                    {
                        service.Environment["LEVEL"] = "Warning";
                        service.Environment["ONLY"] = "${here}";
                        service.Environment["DOTNET_ENVIRONMENT"] = "Load";
                    })
            )
        ).Template();

        Assert.Equal("Warning", template.Variable("worker", "LEVEL"));
        Assert.Equal("${here}", template.Variable("worker", "ONLY"));
        Assert.Equal("Load", template.Variable("worker", "DOTNET_ENVIRONMENT"));
    }

    [Fact]
    public async Task Tags_are_on_everything_of_the_workload_and_win_over_the_environments()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddFargateEnvironment("shop").WithTag("team", "platform").WithTag("cost", "1");
                builder.AddWorker("worker").PublishAsFargateService(service => service.Tags["team"] = "orders");
                builder.AddWorker("other");
            })
        ).Template();

        Assert.Equal(("orders", "1"), (template.Tags("WorkerTaskRole")["team"], template.Tags("WorkerService")["cost"]));
        Assert.Equal("orders", template.Tags("WorkerLogGroup")["team"]);
        Assert.Equal("platform", template.Tags("OtherService")["team"]);
        Assert.Equal("platform", template.Tags("Vpc")["team"]);
    }

    [Fact]
    public async Task Allow_is_a_statement_of_the_tasks_role_with_its_reason()
    {
        var template = await PublishAsync(service =>
        {
            service.Allow(["dynamodb:GetItem", "dynamodb:Query"], ["arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/orders"]);
            service.Allow(["cloudwatch:GetMetricData"], ["*"], "CloudWatch has no resource for it");
        });

        Assert.Equal("[dynamodb:GetItem, dynamodb:Query]", template.Statement("WorkerTaskRole", "Allowed1").At("Action").Show());
        Assert.Equal(
            "Sub arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/orders",
            template.Statement("WorkerTaskRole", "Allowed1").At("Resource").Show()
        );
        Assert.Equal("*", template.Statement("WorkerTaskRole", "Allowed2").At("Resource").Show());
        Assert.Contains(
            "CloudWatch has no resource for it",
            template.Statement("WorkerTaskRole", "Allowed2")!.Comment,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_sidecar_is_a_container_that_is_restarted_and_starts_first()
    {
        var template = await PublishAsync(service => service.AddSidecar("envoy", "public.ecr.aws/appmesh/envoy:v1", sidecar =>
            {
                sidecar.Cpu = 64;
                sidecar.Memory = 200;
                sidecar.Command.Add("--quiet");
                sidecar.Environment["LEVEL"] = "info";
                sidecar.HealthCheck = new("CMD", "/ready");
            }));

        var envoy = template.Container("worker", "envoy");
        Assert.Equal("public.ecr.aws/appmesh/envoy:v1", envoy.At("Image").Show());
        Assert.Equal(("false", "64", "200"), (envoy.At("Essential").Show(), envoy.At("Cpu").Show(), envoy.At("Memory").Show()));
        Assert.Equal("[--quiet]", envoy.At("Command").Show());
        Assert.Equal("[{Name: LEVEL, Value: info}]", envoy.At("Environment").Show());
        Assert.StartsWith("{Command: [CMD, /ready]", envoy.At("HealthCheck").Show(), StringComparison.Ordinal);
        Assert.Contains(
            "{ContainerName: envoy, Condition: START}",
            template.Container("worker").At("DependsOn").Show(),
            StringComparison.Ordinal
        );
        Assert.Equal($"{1024 - 192 - 200}", template.Container("worker").At("Memory").Show());
    }

    [Fact]
    public async Task A_sidecar_may_be_essential_and_start_whenever()
    {
        var template = await PublishAsync(service =>
            service.AddSidecar("envoy", "envoy:1", sidecar => (sidecar.Essential, sidecar.StartsFirst) = (true, false))
        );

        Assert.Equal("true", template.Container("worker", "envoy").At("Essential").Show());
        Assert.Null(template.Container("worker", "envoy").At("RestartPolicy"));
        Assert.Equal("[{ContainerName: cloudwatch-agent, Condition: START}]", template.Container("worker").At("DependsOn").Show());
        Assert.Equal("128", template.Container("worker", "envoy").At("Memory").Show());
    }

    [Fact]
    public async Task OwnVolume_says_as_whom_files_are_written()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder
                    .AddContainer("pg", "postgres")
                    .WithVolume("pg-data", "/var/lib/postgresql/data")
                    .PublishAsFargateService(service => service.OwnVolume("pg-data", 70, 71))
            )
        ).Template();

        Assert.Equal("{Uid: 70, Gid: 71}", template.Property("PgPgDataAccessPoint", "PosixUser"));
        Assert.Equal(
            "{OwnerUid: 70, OwnerGid: 71, Permissions: 0755}",
            template.Property("PgPgDataAccessPoint", "RootDirectory", "CreationInfo")
        );
    }

    [Fact]
    public async Task Configure_changes_the_resources_of_the_workload_alone_and_last()
    {
        IReadOnlyCollection<string> seen = [];
        var template = await PublishAsync(service =>
            service.Configure(resources =>
            {
                seen = [.. resources.Select(resource => resource.Id)];
                resources.Single(resource => resource.Type == "AWS::ECS::Service").Properties["DesiredCount"] = 7;
            })
        );

        Assert.Equal(7, template.Service("worker").At("DesiredCount").AsInt());
        Assert.All(seen, id => Assert.StartsWith("Worker", id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Options_of_several_calls_add_up()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder
                    .AddWorker("worker")
                    .PublishAsFargateService(service => service.Cpu = 1024)
                    .PublishAsFargateService(service => service.Memory = 3072)
            )
        ).Template();

        Assert.Equal("1024", template.Property("WorkerTaskDefinition", "Cpu"));
        Assert.Equal("3072", template.Property("WorkerTaskDefinition", "Memory"));
    }

    [Fact]
    public async Task A_task_has_the_options_of_a_workload_too()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder
                    .AddWorker("migrate")
                    .PublishAsFargateTask(task =>
                    {
                        task.Cpu = 2048;
                        task.EphemeralStorage = 50;
                        task.LogRetentionDays = 7;
                        task.Architecture = Architecture.Arm64;
                        task.Telemetry = Telemetry.None;
                        task.Environment["ONLY"] = "here";
                        task.Tags["team"] = "orders";
                        task.Allow(["sns:Publish"], ["arn:aws:sns:eu-west-1:123456789012:done"]);
                        task.AddSidecar("proxy", "proxy:1");
                    })
            )
        ).Template();

        Assert.Equal("2048", template.Property("MigrateTaskDefinition", "Cpu"));
        Assert.Equal("{SizeInGiB: 50}", template.Property("MigrateTaskDefinition", "EphemeralStorage"));
        Assert.Equal("ARM64", template.Property("MigrateTaskDefinition", "RuntimePlatform", "CpuArchitecture"));
        Assert.Equal("7", template.Property("MigrateLogGroup", "RetentionInDays"));
        Assert.Equal("here", template.Variable("migrate", "ONLY"));
        Assert.Equal("orders", template.Tags("MigrateTaskDefinition")["team"]);
        Assert.NotNull(template.Statement("MigrateTaskRole", "Allowed1"));
        Assert.Equal(["migrate", "proxy"], template.Containers("migrate").Select(container => container.At("Name").Show()));
    }

    [Fact]
    public async Task What_has_no_name_or_a_negative_number_is_refused_where_it_is_said() =>
        await PublishAsync(service =>
        {
            Assert.Equal("name", Assert.Throws<ArgumentException>(() => service.AddSidecar(" ", "x:1")).ParamName);
            Assert.Equal("image", Assert.Throws<ArgumentException>(() => service.AddSidecar("x", "")).ParamName);
            Assert.Equal("volume", Assert.Throws<ArgumentException>(() => service.OwnVolume("", 1, 1)).ParamName);
            Assert.Equal("uid", Assert.Throws<ArgumentOutOfRangeException>(() => service.OwnVolume("data", -1, 1)).ParamName);
            Assert.Equal("gid", Assert.Throws<ArgumentOutOfRangeException>(() => service.OwnVolume("data", 1, -1)).ParamName);
        });

    private static async Task<Template> PublishAsync(Action<FargateService> configure) =>
        (await Published.ModelAsync(builder => builder.AddWorker("worker").PublishAsFargateService(configure))).Template();
}
