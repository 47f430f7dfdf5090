using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;

namespace Hosting.Fargate.Tests.Publishing;

#pragma warning disable ASPIREPIPELINES003 // Build options say which processor an image is for.

/// <summary>Models of applications as people have them, whose templates are kept in <c>Golden/</c>.</summary>
internal static class GoldenModels
{
    /// <summary>Containers alone: a shop front before a database and a cache, which keep what they have on volumes.</summary>
    public static void Containers(IDistributedApplicationBuilder builder)
    {
        builder.AddFargateEnvironment("bookshop");
        var password = builder.AddParameter("db-password", secret: true);
        var database = builder
            .AddContainer("db", "postgres", "18.1")
            .WithEndpoint(targetPort: 5432, name: "tcp", scheme: "tcp")
            .WithEnvironment("POSTGRES_PASSWORD", password)
            .WithVolume("db-data", "/var/lib/postgresql")
            .PublishAsFargateService(service =>
            {
                service.OwnVolume("db-data", uid: 999, gid: 999);
                service.Memory = 2048;
                service.ContainerHealthCheck = new ContainerHealthCheck("CMD-SHELL", "pg_isready -U postgres");
            });
        var cache = builder
            .AddContainer("cache", "valkey/valkey", "9.0")
            .WithEndpoint(targetPort: 6379, name: "tcp", scheme: "tcp")
            .WithArgs("--save", "60", "1")
            .WithVolume("/data");
        builder
            .AddContainer("front", "ghcr.io/example/bookshop-front", "4.2")
            .WithHttpEndpoint(targetPort: 3000)
            .WithExternalHttpEndpoints()
            .WithHttpHealthCheck("/healthz")
            .WithEnvironment(
                "DATABASE_URL",
                ReferenceExpression.Create(
                    $"postgres://postgres:{password:uri}@{database.GetEndpoint("tcp").Property(EndpointProperty.HostAndPort)}/books"
                )
            )
            .WithEnvironment("CACHE", cache.GetEndpoint("tcp"))
            .WaitFor(database)
            .PublishAsFargateService(service => service.Scale(minimum: 2, maximum: 6).OnCpu(percent: 60));
    }

    /// <summary>A private network, an address of its own, and versions that take over the traffic step by step.</summary>
    public static void PrivateNetwork(IDistributedApplicationBuilder builder)
    {
        builder
            .AddFargateEnvironment("booking")
            .WithPrivateTasks(natGateways: 2)
            .WithDomain("booking.example.com", "Z0123456789ABCDEFGHIJ")
            .WithAccessLogs(days: 30)
            .WithAlarmTopic("arn:aws:sns:eu-west-1:123456789012:on-call")
            .WithTag("cost-center", "travel");
        var rates = builder.AddWeb("rates");
        var api = builder
            .AddWeb("api")
            .WithExternalHttpEndpoints()
            .WithHttpHealthCheck("/health")
            .WithReference(rates)
            .PublishAsFargateService(service =>
            {
                service.WithRoute("/api/*");
                service.Deployment = DeploymentStrategy.BlueGreen(TimeSpan.FromMinutes(10));
                service.Scale(minimum: 2, maximum: 8).OnRequests(perTargetAndMinute: 600);
                service.EnableExec = true;
            });
        builder
            .AddWeb("site")
            .WithExternalHttpEndpoints()
            .WithHttpHealthCheck("/health")
            .WithReference(api)
            .PublishAsFargateService(service =>
            {
                service.WithRoute(host: "www.example.com");
                service.Deployment = DeploymentStrategy.Canary(percent: 12.5);
                service.Capacity = Capacity.FargateSpot(70, onDemand: 2);
            });
    }

    /// <summary>Tasks that end: before each version and by the clock; parameters, secrets, and values that depend on a parameter.</summary>
    public static void Tasks(IDistributedApplicationBuilder builder)
    {
        builder.AddFargateEnvironment("billing").WithTelemetry(Telemetry.Direct);
        var stage = builder.AddParameter("stage", "test");
        var smtp = builder.AddParameter("smtp-host");
        var password = builder.AddParameter("db-password", secret: true);
        var key = builder.AddParameter("signing-key", new GenerateParameterDefault { MinLength = 32 }, secret: true);
        var database = builder.AddConnectionString(
            "billing-db",
            ReferenceExpression.Create($"Host=db.example.com;Username=app;Password={password}")
        );
        var reports = builder.AddS3Bucket("reports").WithExpiration(days: 400).WithVersioning();
        var invoices = builder.AddSqsQueue("invoices").WithDeadLetterQueue(maxReceives: 5).WithVisibilityTimeout(TimeSpan.FromMinutes(10));
        var migrate = builder.AddWorker("migrate").WithReference(database).PublishAsFargateTask();
        builder
            .AddWorker("month-end")
            .WithReference(database)
            .WithReference(reports, BucketAccess.Write)
            .WithReference(invoices, QueueAccess.Send)
            .WithEnvironment(
                "LEDGER",
                ReferenceExpression.CreateConditional(
                    stage.Resource,
                    "prod",
                    ReferenceExpression.Create($"https://ledger.example.com"),
                    ReferenceExpression.Create($"https://ledger.{stage}.example.com")
                )
            )
            .WithArgs("--month", "previous", "--stage", stage)
            .PublishAsFargateTask(task =>
            {
                task.OnSchedule("cron(0 3 1 * ? *)", "Europe/Berlin", retries: 5, flexibleWindow: TimeSpan.FromMinutes(30));
                task.Cpu = 1024;
                task.EphemeralStorage = 40;
            });
        builder
            .AddWorker("cleanup")
            .WithReference(reports, BucketAccess.Read | BucketAccess.Delete)
            .PublishAsFargateTask(task => task.OnSchedule("rate(12 hours)"));
        builder
            .AddWorker("mailer")
            .WithReference(database)
            .WithReference(invoices, QueueAccess.Consume | QueueAccess.ConsumeDeadLetters)
            .WithEnvironment("SMTP", ReferenceExpression.Create($"smtp://{smtp}:587"))
            .WithEnvironment("SIGNING_KEY", key)
            .WaitForCompletion(migrate)
            .PublishAsFargateService(service => service.Scale(minimum: 0, maximum: 4).OnBacklog(invoices, messagesPerTask: 20));
    }

    /// <summary>A network, a queue and a bucket that exist, and services on instances.</summary>
    public static void Instances(IDistributedApplicationBuilder builder)
    {
        builder
            .AddFargateEnvironment("vision")
            .WithExistingVpc(
                "vpc-0123456789abcdef0",
                "10.20.0.0/16",
                ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"],
                ["subnet-0bbbbbbbbbbbbbbb1", "subnet-0bbbbbbbbbbbbbbb2"]
            )
            .WithCertificate("arn:aws:acm:eu-west-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef", "vision.example.com")
            .WithManagedInstances(minVCpus: 4, minMemoryMiB: 16384)
            .WithPermissionsBoundary("arn:aws:iam::123456789012:policy/boundary")
            .WithContainerInsights(ContainerInsights.Enhanced);
        var frames = builder.AddSqsQueue("frames").UseExisting("arn:aws:sqs:eu-west-1:123456789012:frames");
        var images = builder.AddS3Bucket("images").UseExisting("arn:aws:s3:::example-images");
        builder
            .AddDockerfile("model", "model")
            .WithHttpEndpoint(targetPort: 8000, name: "http")
            .WithExternalHttpEndpoints()
            .WithContainerBuildOptions(options => options.TargetPlatform = ContainerTargetPlatform.LinuxArm64)
            .WithReference(images, BucketAccess.Read)
            .PublishAsFargateService(service =>
            {
                service.Capacity = Capacity.Ec2("gpu");
                (service.Cpu, service.Memory) = (4096, 15_000);
                service.HealthCheck.Path = "/ready";
                service.HealthCheck.GracePeriod = TimeSpan.FromMinutes(5);
            });
        builder
            .AddWorker("sorter")
            .WithReference(frames, QueueAccess.Consume)
            .WithReference(images, BucketAccess.ReadWrite)
            .PublishAsFargateService(service =>
            {
                service.Capacity = Capacity.ManagedInstances;
                service.AddSidecar("statsd", "public.ecr.aws/example/statsd:1.9", sidecar => sidecar.Memory = 64);
                service.Allow(["rekognition:DetectLabels"], ["*"], reason: "the action has no resource");
            });
        builder
            .AddWorker("camera")
            .WithReference(frames, QueueAccess.Send)
            .PublishAsFargateService(service => (service.Capacity, service.Telemetry) = (Capacity.External, Telemetry.None));
    }

    /// <summary>HTTPS without a domain: CloudFront before the load balancer, and what logs in there.</summary>
    public static void Edge(IDistributedApplicationBuilder builder)
    {
        builder.AddFargateEnvironment("bakery").WithCloudFront();
        var login = builder
            .AddContainer("login", "quay.io/keycloak/keycloak", "26.4")
            .WithHttpEndpoint(targetPort: 8080)
            .WithExternalHttpEndpoints();
        builder
            .AddWeb("web")
            .WithExternalHttpEndpoints()
            .WithHttpHealthCheck("/health")
            .WithEnvironment("Auth__Authority", ReferenceExpression.Create($"{login.GetEndpoint("http")}/realms/bakery"))
            .PublishAsFargateService(service =>
            {
                service.WithRoute("/*");
                service.LongestAnswer = TimeSpan.FromSeconds(100);
            });
    }

    /// <summary>A domain, its certificate in us-east-1, and a load balancer in private subnets behind both.</summary>
    public static void EdgeWithDomain(IDistributedApplicationBuilder builder)
    {
        builder
            .AddFargateEnvironment("florist")
            .WithPrivateTasks()
            .WithDomain("florist.example.com", "Z0123456789ABCDEFGHIJ")
            .WithManagedWebAcl()
            .WithCloudFront(edge =>
            {
                edge.ContentSecurityPolicy = "default-src 'self'";
                edge.AllowCountries("DE", "AT", "CH");
            });
        var api = builder
            .AddWeb("api")
            .WithExternalHttpEndpoints()
            .WithHttpHealthCheck("/health")
            .PublishAsFargateService(service => service.WithRoute("/api/*"));
        builder.AddWeb("shop").WithExternalHttpEndpoints().WithHttpHealthCheck("/health").WithReference(api);
        builder.AddWeb("blog").WithExternalHttpEndpoints().WithHttpHealthCheck("/health");
    }

    /// <summary>A front end as files, and its API under the same name.</summary>
    public static void StaticSite(IDistributedApplicationBuilder builder)
    {
        builder.AddFargateEnvironment("garden").WithCloudFront();
        var api = builder
            .AddWeb("api")
            .WithExternalHttpEndpoints()
            .WithHttpHealthCheck("/api/health")
            .PublishAsFargateService(service => service.WithRoute("/api/*"));
        builder
            .AddViteApp("web", "web")
            .WithReference(api)
            .WithEnvironment("VITE_API_URL", api.GetEndpoint("http"))
            .WithEnvironment("VITE_TITLE", builder.AddParameter("title"))
            .PublishAsStaticSite();
    }

    /// <summary>Two front ends under names of a domain, beside a service with a host of its own; the certificate is given.</summary>
    public static void TwoSites(IDistributedApplicationBuilder builder)
    {
        builder
            .AddFargateEnvironment("orchard")
            .WithDomain("orchard.example.com", "Z0123456789ABCDEFGHIJ")
            .WithCloudFront(edge =>
                edge.CertificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"
            );
        var api = builder
            .AddWeb("api")
            .WithExternalHttpEndpoints()
            .WithHttpHealthCheck("/api/health")
            .PublishAsFargateService(service => service.WithRoute("/api/*"));
        builder.AddWeb("login").WithExternalHttpEndpoints().WithHttpHealthCheck("/health");
        builder.AddViteApp("web", "web", "pnpm").WithEnvironment("VITE_API_URL", api.GetEndpoint("http")).PublishAsStaticSite();
        builder
            .AddViteApp("admin", "admin", "yarn", "--mode", "staging")
            .WithEnvironment("VITE_API_URL", api.GetEndpoint("http"))
            .PublishAsStaticSite(site => site.DeepLinks = false);
    }

    /// <summary>A stack for each service inside that of the application.</summary>
    public static void NestedStacks(IDistributedApplicationBuilder builder)
    {
        var platform = builder.AddFargateEnvironment("platform").WithNestedStacks();
        var stage = builder.AddParameter("stage", "prod");
        var token = builder.AddParameter("token", secret: true);
        var events = builder.AddSqsQueue("events");
        var carts = builder
            .AddDynamoDBTable("carts", "customer")
            .WithSortKey(new DynamoDBKey("added", DynamoDBKeyType.Number))
            .WithIndex("by-product", "product", "customer")
            .WithTimeToLive("expires");
        var store = builder.AddWeb("store").WithComputeEnvironment(platform).WithReference(carts, TableAccess.ReadWrite);
        builder
            .AddWeb("gateway")
            .WithComputeEnvironment(platform)
            .WithExternalHttpEndpoints()
            .WithHttpHealthCheck("/health")
            .WithReference(store)
            .WithReference(events, QueueAccess.Send)
            .WithEnvironment("AUTHORIZATION", ReferenceExpression.Create($"Bearer {token}"))
            .PublishAsFargateService(service => service.Scale(minimum: 2, maximum: 4).OnRequests(perTargetAndMinute: 1000));
        builder
            .AddWorker("recorder")
            .WithComputeEnvironment(platform)
            .WithReference(store)
            .WithReference(events, QueueAccess.Consume)
            .WithReference(carts, TableAccess.Read)
            .WithEnvironment(
                "LOUD",
                ReferenceExpression.CreateConditional(
                    stage.Resource,
                    "prod",
                    ReferenceExpression.Create($"no"),
                    ReferenceExpression.Create($"yes")
                )
            )
            .PublishAsFargateService(service => service.Scale(minimum: 1, maximum: 4).OnBacklog(events, messagesPerTask: 10));
    }
}
