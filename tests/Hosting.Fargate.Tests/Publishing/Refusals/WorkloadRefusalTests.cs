using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Tests.Publishing.Refusals;

public sealed class WorkloadRefusalTests
{
    [Theory]
    [InlineData(300, null, "Cpu = 300 and Memory = 600 MiB, which Fargate has not", "Nearest: Cpu = 256 or 512")]
    [InlineData(1024, 1024, "Cpu = 1024 and Memory = 1024 MiB", "Nearest: Memory = 2048 with Cpu = 1024, or Cpu = 256 with Memory = 1024")]
    [InlineData(512, 5000, "Cpu = 512 and Memory = 5000 MiB", "Nearest: Memory = 4096 with Cpu = 512")]
    [InlineData(8192, 17408, "Cpu = 8192 and Memory = 17408 MiB", "Nearest: Memory = 16384 or 20480 with Cpu = 8192")]
    public Task A_size_that_Fargate_lacks_is_refused_with_the_nearest(int? cpu, int? memory, params string[] words) =>
        Refused.WorkerAsync(service => (service.Cpu, service.Memory) = (cpu, memory), words);

    [Fact]
    public Task A_size_that_ECS_lacks_is_refused_on_instances_too() =>
        Refused.ForAsync(
            builder =>
            {
                builder.AddFargateEnvironment("shop").WithPrivateTasks();
                builder
                    .AddWorker("worker")
                    .PublishAsFargateService(service =>
                        (service.Capacity, service.Cpu, service.Memory) = (Capacity.Ec2("group"), 64, 1024)
                    );
            },
            "'worker' wants Cpu = 64 and Memory = 1024 MiB. ECS takes 128 to 196608 CPU units and 64 MiB or more."
        );

    [Theory]
    [InlineData(20)]
    [InlineData(201)]
    public Task A_disk_has_its_range(int size) =>
        Refused.WorkerAsync(service => service.EphemeralStorage = size, $"sets EphemeralStorage = {size}. Fargate takes 21 to 200 GiB");

    [Theory]
    [InlineData(1)]
    [InlineData(121)]
    [InlineData(2.5)]
    public Task StopTimeout_has_its_range(double seconds) =>
        Refused.WorkerAsync(
            service => service.StopTimeout = TimeSpan.FromSeconds(seconds),
            $"sets StopTimeout = {seconds} s. Fargate takes whole seconds, 2 to 120."
        );

    [Fact]
    public Task A_log_is_kept_as_long_as_CloudWatch_has_it() =>
        Refused.WorkerAsync(
            service => service.LogRetentionDays = 100,
            "keeps its log for 100 days, which CloudWatch Logs has not. Nearest: LogRetentionDays = 90 or 120."
        );

    [Fact]
    public Task A_container_keeps_some_memory_for_itself() =>
        Refused.WorkerAsync(
            service => service.AddSidecar("greedy", "greedy:1", sidecar => sidecar.Memory = 800),
            "leaves its container 32 MiB of the task's 1024: cloudwatch-agent takes 192, greedy takes 800. Raise Memory"
        );

    [Fact]
    public Task A_sidecar_has_six_MiB_at_the_least() =>
        Refused.WorkerAsync(
            service => service.AddSidecar("small", "small:1", sidecar => sidecar.Memory = 4),
            "gives the sidecar 'small' 4 MiB. A container has 6 at the least."
        );

    [Theory]
    [InlineData("worker")]
    [InlineData("cloudwatch-agent")]
    public Task Two_containers_of_a_task_have_two_names(string name) =>
        Refused.WorkerAsync(
            service => service.AddSidecar(name, "x:1"),
            $"has two containers named '{name}' in one task. Name the sidecar otherwise."
        );

    [Fact]
    public Task A_statement_has_actions_and_resources() =>
        Refused.WorkerAsync(
            service => service.Allow([], ["arn:aws:sns:eu-west-1:123456789012:x"]),
            "allows a statement without actions or without resources"
        );

    [Fact]
    public Task A_star_needs_a_reason() =>
        Refused.WorkerAsync(service => service.Allow(["sns:Publish"], ["*"]), "allows sns:Publish on *", "reason: \"…\"");

    [Fact]
    public Task Exec_writes_to_the_containers_file_system() =>
        Refused.WorkerAsync(
            service => (service.EnableExec, service.ReadonlyRootFilesystem) = (true, true),
            "sets EnableExec and ReadonlyRootFilesystem",
            "Keep one of them"
        );

    [Theory]
    [InlineData(0.5)]
    [InlineData(0)]
    [InlineData(4001)]
    public Task A_slow_answer_takes_whole_seconds_that_a_load_balancer_waits(double seconds) =>
        Refused.ApiAsync(
            service => service.SlowAnswer = TimeSpan.FromSeconds(seconds),
            $"sets SlowAnswer = {seconds} s. Write whole seconds from 1 to 4000, the longest that a load balancer waits, or null for no alarm."
        );

    [Theory]
    [InlineData(-1)]
    [InlineData(3601)]
    [InlineData(1.5)]
    public Task DeregistrationDelay_has_its_range(double seconds) =>
        Refused.ApiAsync(
            service => service.DeregistrationDelay = TimeSpan.FromSeconds(seconds),
            $"sets DeregistrationDelay = {seconds} s. A load balancer takes whole seconds, up to an hour."
        );

    [Fact]
    public Task An_architecture_is_that_of_the_image()
    {
#pragma warning disable ASPIREPIPELINES003 // Build options say which processor an image is for.
        return Refused.ForAsync(
            builder =>
                builder
                    .AddWorker("worker")
                    .WithContainerBuildOptions(context =>
                        context.TargetPlatform = Aspire.Hosting.Publishing.ContainerTargetPlatform.LinuxAmd64
                    )
                    .PublishAsFargateService(service => service.Architecture = Architecture.Arm64),
            "'worker' wants Architecture = Arm64 and builds its image for X64 (WithContainerBuildOptions). Say the same in both."
        );
    }

    [Fact]
    public Task A_platform_is_one_of_Fargates() =>
        Refused.ForAsync(
            builder =>
                builder
                    .AddWorker("worker")
                    .WithContainerBuildOptions(context =>
                        context.TargetPlatform = Aspire.Hosting.Publishing.ContainerTargetPlatform.WindowsAmd64
                    ),
            "'worker' builds its image for WindowsAmd64, which Fargate does not run. Build for LinuxAmd64 or LinuxArm64."
        );
#pragma warning restore ASPIREPIPELINES003

    [Fact]
    public Task A_container_has_an_image() =>
        Refused.ForAsync(
            builder => builder.AddResource(new ContainerResource("empty")),
            "'empty' has no image. Name one: AddContainer(name, image, tag)."
        );

    [Fact]
    public Task Two_endpoints_that_are_called_have_two_ports() =>
        Refused.ForAsync(
            builder =>
            {
                var proxy = builder
                    .AddContainer("proxy", "nginx")
                    .WithHttpEndpoint(port: 80, targetPort: 8080)
                    .WithHttpEndpoint(port: 80, targetPort: 8081, name: "admin");
                builder.AddWorker("worker").WithReference(proxy.GetEndpoint("http")).WithReference(proxy.GetEndpoint("admin"));
            },
            "'proxy' has the endpoints 'http' and 'admin' on the same port 80 of its name",
            "port: …"
        );

    [Fact]
    public Task A_task_has_no_external_endpoint() =>
        Refused.ForAsync(
            builder => builder.AddWeb("migrate").WithExternalHttpEndpoints().PublishAsFargateTask(),
            "'migrate' is a task that runs and ends, and has the external endpoint 'http'",
            "Take WithExternalHttpEndpoints away, or what makes it a task"
        );

    [Fact]
    public Task A_task_has_no_replicas() =>
        Refused.ForAsync(
            builder => builder.AddWorker("migrate").WithReplicas(3).PublishAsFargateTask(),
            "'migrate' is a task that runs and ends, and is to have 3 replicas: it is started once",
            "Take WithReplicas away"
        );

    [Theory]
    [InlineData("interval", 4, "Interval = 4 s. A load balancer takes whole seconds, 5 to 300.")]
    [InlineData("interval", 301, "Interval = 301 s. A load balancer takes whole seconds, 5 to 300.")]
    [InlineData("timeout", 1, "Timeout = 1 s. A load balancer takes whole seconds, 2 to 120.")]
    [InlineData("timeout", 10, "Timeout = 10 s, not below Interval = 10 s.")]
    [InlineData("grace", -1, "GracePeriod = -1 s. A load balancer takes whole seconds, 0 or more.")]
    [InlineData("healthy", 1, "HealthyThreshold = 1. A load balancer takes 2 to 10.")]
    [InlineData("unhealthy", 11, "UnhealthyThreshold = 11. A load balancer takes 2 to 10.")]
    public async Task A_health_check_is_within_the_load_balancers_ranges(string option, int value, string words)
    {
        var message = await Published.RefusalAsync(builder =>
            builder
                .AddWeb("api")
                .WithExternalHttpEndpoints()
                .PublishAsFargateService(service =>
                {
                    var health = service.HealthCheck;
                    var time = TimeSpan.FromSeconds(value);
                    switch (option)
                    {
                        case "interval":
                            health.Interval = time;
                            break;
                        case "timeout":
                            health.Timeout = time;
                            break;
                        case "grace":
                            health.GracePeriod = time;
                            break;
                        case "healthy":
                            health.HealthyThreshold = value;
                            break;
                        default:
                            health.UnhealthyThreshold = value;
                            break;
                    }
                })
        );

        Assert.Contains($"'api' has a health check with {words}", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Interval", 4, "5 to 300")]
    [InlineData("Timeout", 61, "2 to 60")]
    [InlineData("StartPeriod", 301, "0 to 300")]
    [InlineData("Retries", 11, "1 to 10")]
    public Task A_health_check_in_the_container_is_within_the_ranges_of_ECS(string option, int value, string range) =>
        Refused.WorkerAsync(
            service =>
                service.ContainerHealthCheck = option switch
                {
                    "Interval" => new("CMD", "/health") { Interval = TimeSpan.FromSeconds(value) },
                    "Timeout" => new("CMD", "/health") { Timeout = TimeSpan.FromSeconds(value) },
                    "StartPeriod" => new("CMD", "/health") { StartPeriod = TimeSpan.FromSeconds(value) },
                    _ => new("CMD", "/health") { Retries = value },
                },
            $"ContainerHealthCheck with {option} = {value}",
            range
        );

    [Theory]
    [InlineData]
    [InlineData("/health")]
    [InlineData("CMD")]
    public Task A_command_in_the_container_says_how_it_is_run(params string[] command) =>
        Refused.WorkerAsync(
            service => service.ContainerHealthCheck = new(command),
            "ContainerHealthCheck",
            "\"CMD\", program",
            "\"CMD-SHELL\", line"
        );
}
