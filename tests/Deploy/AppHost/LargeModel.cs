using Hosting.Fargate;

namespace Deploy.AppHost;

/// <summary>
/// As many options as go together, of what any account has: no domain, no web ACL, no network that exists. All images are public, so that
/// tests/Account can deploy it
/// to AWS.
/// </summary>
internal static class LargeModel
{
    private const string Image = "public.ecr.aws/docker/library/busybox";

    private const string Queue = "jobs";

    /// <param name="builder">Where it becomes part of the model.</param>
    /// <param name="greeting">What the front page says: another one makes another revision.</param>
    public static void Add(IDistributedApplicationBuilder builder, string greeting)
    {
        builder
            .AddFargateEnvironment("large")
            .WithZones(3)
            .WithPrivateTasks(natGateways: 1)
            .WithNestedStacks()
            .WithManagedInstances(minVCpus: 1, minMemoryMiB: 2048)
            .WithContainerInsights()
            .WithAccessLogs(days: 1)
            .WithBucketAccessLogs(days: 1)
            .WithFlowLogs(days: 1)
            .WithIdleTimeout(TimeSpan.FromSeconds(90))
            .WithTag("purpose", "proof");
        var queue = builder.AddSqsQueue(Queue).WithDeadLetterQueue(maxReceives: 3);
        var files = builder.AddS3Bucket("files").WithVersioning().WithExpiration(days: 1);
        var token = builder.AddParameter("token", new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true);

        var store = Serve(builder, "store", "The store.")
            .WithVolume("store-data", "/data")
            .PublishAsFargateService(service => service.OwnVolume("store-data", uid: 1000, gid: 1000));
        var prepare = builder.AddContainer("prepare", Image, "1.37.0").WithArgs("true").PublishAsFargateTask();
        builder.AddContainer("report", Image, "1.37.0").WithArgs("true").PublishAsFargateTask(task => task.OnSchedule("rate(1 day)"));
        Serve(builder, "front", greeting)
            .WithExternalHttpEndpoints()
            .WithHttpHealthCheck("/")
            .WithEnvironment("STORE", store.GetEndpoint("http"))
            .WithEnvironment("ADDRESS", ReferenceExpression.Create($"https://user:{token:uri}@store"))
            .WithReference(queue, QueueAccess.Send)
            .WithReference(files, BucketAccess.ReadWrite)
            .WaitForCompletion(prepare)
            .PublishAsFargateService(service =>
            {
                service.Deployment = DeploymentStrategy.BlueGreen(TimeSpan.Zero);
                service.Scale(minimum: 2, maximum: 3).OnCpu(percent: 60);
            });
        Serve(builder, "office", "The office.")
            .WithExternalHttpEndpoints()
            .WithHttpHealthCheck("/")
            .PublishAsFargateService(service =>
            {
                service.WithRoute("/office/*");
                service.HealthCheck.Path = "/";
                service.Capacity = Capacity.FargateSpot(percent: 100);
            });
        Serve(builder, "machine", "The machine.")
            .WithReference(queue, QueueAccess.Consume)
            .PublishAsFargateService(service =>
            {
                service.Capacity = Capacity.ManagedInstances;
                service.Scale(minimum: 1, maximum: 2).OnBacklog(queue, messagesPerTask: 10);
            });
    }

    /// <summary>A container that answers with one page, at any path.</summary>
    private static IResourceBuilder<ContainerResource> Serve(IDistributedApplicationBuilder builder, string name, string page) =>
        builder
            .AddContainer(name, Image, "1.37.0")
            .WithHttpEndpoint(targetPort: 8080)
            .WithEntrypoint("/bin/sh")
            .WithArgs(
                "-c",
                "mkdir -p /tmp/www/office && echo \"$PAGE\" | tee /tmp/www/office/index.html > /tmp/www/index.html && exec httpd -f -p 8080 -h /tmp/www"
            )
            .WithEnvironment("PAGE", page);
}
