using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Tests.Publishing.Refusals;

/// <summary>What a launch type, a network, a deployment, scaling or waiting cannot do.</summary>
public sealed class DeploymentRefusalTests
{
    [Fact]
    public Task Traffic_that_there_is_not_cannot_be_shifted() =>
        Refused.WorkerAsync(
            service => service.Deployment = DeploymentStrategy.BlueGreen(),
            "shifts traffic as it deploys and has no external endpoint",
            "Use DeploymentStrategy.Rolling, or WithExternalHttpEndpoints"
        );

    [Fact]
    public Task Traffic_of_one_endpoint_is_shifted() =>
        Refused.ForAsync(
            builder =>
                builder
                    .AddContainer("proxy", "nginx")
                    .WithHttpEndpoint(targetPort: 80)
                    .WithHttpEndpoint(targetPort: 81, name: "admin")
                    .WithExternalHttpEndpoints()
                    .PublishAsFargateService(service =>
                    {
                        service.WithRoute("/x/*", endpoint: "http");
                        service.WithRoute("/y/*", endpoint: "admin");
                        service.Deployment = DeploymentStrategy.Canary();
                    }),
            "'proxy' shifts traffic as it deploys and has several external endpoints",
            "keep one of them external"
        );

    [Fact]
    public Task Traffic_of_one_rule_is_shifted() =>
        Refused.ApiAsync(
            service =>
            {
                service.WithRoute("/x/*");
                service.WithRoute("/y/*");
                service.Deployment = DeploymentStrategy.Linear();
            },
            "shifts traffic as it deploys and has several routes (/x/*, /y/*), and ECS shifts that of one rule",
            "Use DeploymentStrategy.Rolling, or one route"
        );

    [Fact]
    public Task Traffic_beside_HTTPS_is_not_shifted() =>
        Refused.ForAsync(
            builder =>
            {
                builder.AddFargateEnvironment("shop").WithDomain("shop.example.com", "Z0123456789").WithoutHttpsRedirect();
                builder
                    .AddWeb("api")
                    .WithExternalHttpEndpoints()
                    .PublishAsFargateService(service => service.Deployment = DeploymentStrategy.BlueGreen());
            },
            "'api' shifts traffic as it deploys, and the environment serves plain HTTP beside HTTPS",
            "WithoutHttpsRedirect",
            "let HTTP be sent on to HTTPS"
        );

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_task_on_instances_has_no_public_address(bool isExisting) =>
        Refused.ForAsync(
            builder =>
            {
                var shop = builder.AddFargateEnvironment("shop");
                if (isExisting)
                {
                    shop.WithExistingVpc(
                        "vpc-0123456789abcdef0",
                        "10.0.0.0/16",
                        ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
                        publicTasks: true
                    );
                }

                builder.AddWorker("worker").PublishAsFargateService(service => service.Capacity = Capacity.Ec2("group"));
            },
            "'worker' runs on the capacity provider 'group', where a task cannot have a public address",
            "WithPrivateTasks",
            "WithExistingVpc, without publicTasks"
        );

    [Fact]
    public Task Managed_instances_have_no_public_address_either() =>
        Refused.WorkerAsync(
            service => service.Capacity = Capacity.ManagedInstances,
            "runs on ECS Managed Instances, where a task cannot have a public address"
        );

    [Fact]
    public Task A_disk_of_Fargate_is_Fargates() =>
        Refused.ForAsync(
            builder =>
            {
                builder.AddFargateEnvironment("shop").WithPrivateTasks();
                builder
                    .AddWorker("worker")
                    .PublishAsFargateService(service => (service.Capacity, service.EphemeralStorage) = (Capacity.ManagedInstances, 50));
            },
            "'worker' sets EphemeralStorage, which is Fargate's, and runs on ECS Managed Instances",
            "Leave it out"
        );

    [Fact]
    public Task External_has_no_load_balancer() =>
        Refused.ForAsync(
            builder =>
                builder
                    .AddContainer("edge", "edge")
                    .WithHttpEndpoint(targetPort: 80)
                    .WithExternalHttpEndpoints()
                    .PublishAsFargateService(service => service.Capacity = Capacity.External),
            "'edge' runs on External and has external endpoints, and ECS Anywhere has no load balancer",
            "run it on Fargate"
        );

    [Fact]
    public Task External_has_no_sidecar_on_localhost() =>
        Refused.WorkerAsync(
            service => service.Capacity = Capacity.External,
            "runs on External, where containers of a task share no localhost",
            "Telemetry.Direct or Telemetry.None"
        );

    [Fact]
    public Task External_has_no_file_system_of_AWS() =>
        Refused.ForAsync(
            builder =>
                builder
                    .AddContainer("edge", "edge")
                    .WithVolume("data", "/data")
                    .PublishAsFargateService(service => service.Capacity = Capacity.External),
            "'edge' runs on External and mounts a volume",
            "Run it on Fargate"
        );

    [Fact]
    public async Task External_shifts_no_traffic()
    {
        var message = await Published.RefusalAsync(builder =>
            builder
                .AddContainer("edge", "edge")
                .PublishAsFargateService(service =>
                    (service.Capacity, service.Deployment) = (Capacity.External, DeploymentStrategy.BlueGreen())
                )
        );

        Assert.Contains(
            "'edge' runs on External and shifts traffic as it deploys, which takes a load balancer",
            message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public Task A_task_of_each_deploy_does_not_run_on_External() =>
        Refused.ForAsync(
            builder => builder.AddContainer("migrate", "migrate").PublishAsFargateTask(task => task.Capacity = Capacity.External),
            "'migrate' runs in each deploy and on External",
            "Run it on Fargate"
        );

    [Fact]
    public Task Behind_endpoints_there_is_no_registry_but_ECR() =>
        Refused.ForAsync(
            builder =>
            {
                builder.AddFargateEnvironment("shop").WithVpcEndpoints();
                builder.AddContainer("cache", "redis", "8");
            },
            "'cache' uses the image 'redis:8', and tasks behind VPC endpoints reach no registry but ECR",
            "Copy the image to ECR, or use WithPrivateTasks"
        );

    [Fact]
    public Task Behind_endpoints_the_telemetry_sidecar_is_in_ECR_too() =>
        Refused.ForAsync(
            builder =>
            {
                builder.AddFargateEnvironment("shop").WithVpcEndpoints();
                builder.AddWorker("worker");
            },
            "'worker' sends its telemetry by a sidecar with the image 'public.ecr.aws/cloudwatch-agent",
            "WithTelemetry(…, image: …)",
            "Telemetry.Direct or Telemetry.None"
        );

    [Fact]
    public Task Behind_endpoints_every_sidecar_is_in_ECR() =>
        Refused.ForAsync(
            builder =>
            {
                builder.AddFargateEnvironment("shop").WithVpcEndpoints().WithTelemetry(Telemetry.Direct);
                builder.AddWorker("worker").PublishAsFargateService(service => service.AddSidecar("proxy", "envoy:1"));
            },
            "'worker' has the sidecar 'proxy' with the image 'envoy:1', and tasks behind VPC endpoints reach no registry but ECR"
        );

    [Fact]
    public Task Requests_that_there_are_not_cannot_be_counted() =>
        Refused.WorkerAsync(
            service => service.Scale(1, 2).OnRequests(10),
            "scales by requests (OnRequests) and gets none from the load balancer",
            "Use OnCpu, or WithExternalHttpEndpoints"
        );

    [Fact]
    public Task From_zero_there_must_be_something_that_starts_a_task() =>
        Refused.WorkerAsync(service => service.Scale(0, 2).OnCpu(50), "scales to zero, and nothing would start it again", "OnBacklog");

    [Fact]
    public Task An_external_service_does_not_scale_to_zero() =>
        Refused.ForAsync(
            builder =>
            {
                var jobs = builder.AddSqsQueue("jobs");
                builder
                    .AddWeb("api")
                    .WithExternalHttpEndpoints()
                    .PublishAsFargateService(service => service.Scale(0, 2).OnBacklog(jobs, 10));
            },
            "'api' is external and scales to zero",
            "Scale from 1"
        );

    [Fact]
    public Task A_service_never_completes() =>
        Refused.ForAsync(
            builder => builder.AddWorker("worker").WaitForCompletion(builder.AddWorker("other").PublishAsFargateService(_ => { })),
            "'worker' waits for 'other' to complete, and 'other' is a service (PublishAsFargateService), which never does",
            "PublishAsFargateTask",
            "WaitFor"
        );

    [Fact]
    public Task A_deploy_goes_on_after_exit_code_0_alone() =>
        Refused.ForAsync(
            builder => builder.AddWorker("worker").WaitForCompletion(builder.AddWorker("check"), exitCode: 3),
            "'worker' waits for 'check' to end with the exit code 3, and a deploy goes on after 0 alone"
        );

    [Fact]
    public Task A_task_on_a_schedule_does_not_run_when_a_deploy_does() =>
        Refused.ForAsync(
            builder =>
                builder
                    .AddWorker("worker")
                    .WaitForCompletion(builder.AddWorker("nightly").PublishAsFargateTask(task => task.OnSchedule("rate(1 day)"))),
            "'worker' waits for 'nightly' to complete, which runs on a schedule",
            "Take the wait away, or the schedule"
        );

    [Fact]
    public Task What_a_task_needs_does_not_wait_for_the_task() =>
        Refused.ForAsync(
            builder =>
            {
                var database = builder.AddPostgres("db");
                database.WaitForCompletion(builder.AddWorker("migrate").WithReference(database));
            },
            "A task and what it needs wait for each other: 'db' → 'migrate' → 'db'",
            "Take one of the waits away"
        );

    [Fact]
    public Task What_is_external_is_not_waited_for_to_complete() =>
        Refused.ForAsync(
            builder => builder.AddWorker("worker").WaitForCompletion(builder.AddWeb("api").WithExternalHttpEndpoints()),
            "'api' is a task that runs and ends, and has the external endpoint 'http",
            "WaitForCompletion"
        );

    [Fact]
    public Task Services_that_wait_for_each_other_in_a_circle_are_named() =>
        Refused.ForAsync(
            builder =>
            {
                var a = builder.AddWeb("a");
                var b = builder.AddWeb("b").WithReference(a).WaitFor(a);
                var c = builder.AddWeb("c").WithReference(b).WaitFor(b);
                a.WaitFor(c);
            },
            "wait for each other in a circle: 'a' → 'c' → 'b' → 'a' (b.WithReference(a); c.WithReference(b))",
            "Take a WaitFor away"
        );
}
