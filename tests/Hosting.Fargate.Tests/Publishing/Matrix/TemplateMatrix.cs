using Amazon;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS;
using Aspire.Hosting.Publishing;
using Aws.CloudFormation;
using Hosting.Fargate.Publishing;

namespace Hosting.Fargate.Tests.Publishing;

#pragma warning disable ASPIREPIPELINES003 // Build options say which processor an image is for.

/// <summary>
/// Models that turn on every public option, and each with each other where they go together. A new option takes a value in
/// <see cref="Dimensions"/>, and a line in <see cref="Exclusions"/> for what it is refused with.
/// </summary>
internal static class TemplateMatrix
{
    private static readonly Lazy<Task<IReadOnlyList<Row>>> s_models = new(PublishAsync);

    private static readonly Lazy<(IReadOnlyList<int[]> Rows, IReadOnlyList<AllPairs.Pair> Impossible)> s_cover = new(() =>
        AllPairs.Cover(Sizes!, IsAllowed)
    );

    private static readonly Lazy<Exclusion[]> s_exclusions = new(() => [.. Exclusions!]);

    private static readonly string[] s_edges = ["CloudFront", "CloudFront, some countries", "CloudFront, every option"];

    /// <summary>What is chosen for each model, in the order in which it is applied. The first value of each is the default.</summary>
    public static IReadOnlyList<Dimension> Dimensions { get; } =
    [
        // What the API is made of.
        new(
            "image",
            ("project", m => m.UseProject()),
            ("container", m => m.UseContainer(m.Builder.AddContainer("api", "nginx", "1.29"))),
            ("container in ECR", m => m.UseContainer(m.Builder.AddContainer("api", $"{MatrixModel.Registry}/shop/api", "1.0"))),
            ("Dockerfile", m => m.UseContainer(m.Builder.AddDockerfile("api", "api")))
        ),
        // The environment.
        new(
            "network",
            ("public", _ => { }),
            ("NAT", m => m.Environment.WithPrivateTasks(natGateways: 2)),
            ("endpoints", m => m.Environment.WithVpcEndpoints()),
            ("existing, public tasks", m =>
                m.Environment.WithExistingVpc(
                    "vpc-0123456789abcdef0",
                    "10.1.0.0/16",
                    ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
                    publicTasks: true
                )
            ),
            ("existing", m =>
            {
                m.Environment.WithExistingVpc(
                    "vpc-01234567",
                    "10.1.0.0/16",
                    ["subnet-01234567", "subnet-01234568"],
                    ["subnet-01234569", "subnet-0123456a"]
                );
                m.UseExistingServers();
            })
        ),
        new("zones", ("two", _ => { }), ("three", m => m.Environment.WithZones(3))),
        new(
            "address",
            ("none", _ => { }),
            ("domain", m => m.Environment.WithDomain("shop.example.com", "Z0123456789ABCDEFGHIJ")),
            ("certificate", m =>
                m.Environment.WithCertificate(
                    "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
                    "shop.example.com"
                )
            )
        ),
        new(
            "edge",
            ("none", _ => { }),
            ("CloudFront", m => m.Environment.WithCloudFront(edge => edge.CertificateArn = EdgeCertificateOf(m))),
            ("CloudFront, some countries", m => m.Environment.WithCloudFront(edge =>
                {
                    (edge.CertificateArn, edge.SecurityHeaders, edge.PriceClass) = (
                        EdgeCertificateOf(m),
                        false,
                        CloudFrontPriceClass.Class200
                    );
                    edge.LongestAnswer = TimeSpan.FromSeconds(90);
                    edge.AllowCountries("DE", "AT");
                })),
            ("CloudFront, every option", m => m.Environment.WithCloudFront(edge =>
                {
                    (edge.CertificateArn, edge.PriceClass, edge.FollowsCacheControl) = (
                        EdgeCertificateOf(m),
                        CloudFrontPriceClass.Class100,
                        true
                    );
                    edge.AlarmTopicArn = "arn:aws:sns:us-east-1:123456789012:on-call";
                    edge.WebAclArn = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/01234567-89ab-cdef-0123-456789abcdef";
                    edge.PublicLoadBalancer = true;
                    (edge.ContentSecurityPolicy, edge.AccessLogBucket) = ("default-src 'self'", "shop-edge-logs");
                    edge.RefuseCountries("AQ");
                }))
        ),
        new("redirect", ("unsaid", _ => { }), ("none", m => m.Environment.WithoutHttpsRedirect())),
        new(
            "telemetry",
            ("unsaid", _ => { }),
            ("agent from ECR", m => m.Environment.WithTelemetry(Telemetry.CloudWatchAgent, $"{MatrixModel.Registry}/agent:1")),
            ("collector from ECR", m => m.Environment.WithTelemetry(Telemetry.Collector, $"{MatrixModel.Registry}/collector:1")),
            ("direct", m => m.Environment.WithTelemetry(Telemetry.Direct)),
            ("none", m => m.Environment.WithTelemetry(Telemetry.None))
        ),
        new(
            "insights",
            ("unsaid", _ => { }),
            ("enabled", m => m.Environment.WithContainerInsights()),
            ("enhanced", m => m.Environment.WithContainerInsights(ContainerInsights.Enhanced))
        ),
        new(
            "keys of Data Protection",
            ("unsaid", _ => { }),
            ("image in ECR", m => m.Environment.WithDataProtectionKeys(image: $"{MatrixModel.Registry}/busybox:1")),
            ("none", m => m.Environment.WithDataProtectionKeys(enabled: false))
        ),
        new(
            "alarms",
            ("unsaid", _ => { }),
            ("topic", m => m.Environment.WithAlarmTopic("arn:aws:sns:us-east-1:123456789012:on-call")),
            ("none", m => m.Environment.WithoutAlarms())
        ),
        new("access logs", ("none", _ => { }), ("kept", m => m.Environment.WithAccessLogs(days: 14))),
        new("access logs of buckets", ("none", _ => { }), ("kept", m => m.Environment.WithBucketAccessLogs(days: 14))),
        new("flow logs", ("none", _ => { }), ("kept", m => m.Environment.WithFlowLogs(days: 14))),
        new("idle timeout", ("unsaid", _ => { }), ("said", m => m.Environment.WithIdleTimeout(TimeSpan.FromSeconds(120)))),
        new("TLS policy", ("unsaid", _ => { }), ("said", m => m.Environment.WithTlsPolicy("ELBSecurityPolicy-TLS13-1-3-2021-06"))),
        new(
            "web ACL",
            ("none", _ => { }),
            ("said", m =>
                m.Environment.WithWebAcl("arn:aws:wafv2:us-east-1:123456789012:regional/webacl/shop/01234567-89ab-cdef-0123-456789abcdef")
            ),
            ("made", m => m.Environment.WithManagedWebAcl()),
            ("made, counting", m => m.Environment.WithManagedWebAcl(webAcl =>
                {
                    webAcl.OnlyCounts = true;
                    webAcl.AddRuleGroup("AWSManagedRulesSQLiRuleSet");
                    webAcl.Count("AWSManagedRulesSQLiRuleSet", "SQLi_BODY");
                }))
        ),
        new("deletion protection", ("none", _ => { }), ("set", m => m.Environment.WithDeletionProtection())),
        new(
            "cache of a registry",
            ("none", _ => { }),
            ("of Docker Hub", m =>
                m.Environment.WithPullThroughCache(
                    "docker.io",
                    "arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/hub-AbCdEf"
                )
            )
        ),
        new("kept logs", ("none", _ => { }), ("kept", m => m.Environment.WithKeptLogs())),
        new(
            "boundary",
            ("none", _ => { }),
            ("set", m => m.Environment.WithPermissionsBoundary("arn:aws:iam::123456789012:policy/boundary"))
        ),
        new("tag of the environment", ("none", _ => { }), ("set", m => m.Environment.WithTag("cost-center", "42 + more / less: ü"))),
        new("stacks", ("one", _ => { }), ("nested", m => m.Environment.WithNestedStacks())),
        new(
            "template",
            ("as it is", _ => { }),
            ("configured", m =>
                m.Environment.ConfigureTemplate(template =>
                    template.Outputs["Team"] = new TemplateMap { ["Value"] = $"the team of {template.StackName}" }
                )
            )
        ),
        new(
            "account",
            ("unsaid", _ => { }),
            ("said", m => m.Environment.WithReference(m.Builder.AddAWSSDKConfig().WithProfile("shop").WithRegion(RegionEndpoint.USEast1)))
        ),
        new(
            "instances",
            ("unsaid", _ => { }),
            ("said", m => m.Environment.WithManagedInstances(minVCpus: 2, minMemoryMiB: 4096, maxVCpus: 16))
        ),
        // The API as a service.
        new(
            "deployment",
            ("unsaid", _ => { }),
            ("rolling", m => m.Service(service => service.Deployment = DeploymentStrategy.Rolling(50, 150))),
            ("blue/green", m => m.Service(service => service.Deployment = DeploymentStrategy.BlueGreen(TimeSpan.FromMinutes(15)))),
            ("canary", m => m.Service(service => service.Deployment = DeploymentStrategy.Canary(12.5))),
            ("linear", m => m.Service(service => service.Deployment = DeploymentStrategy.Linear(20, TimeSpan.FromMinutes(2))))
        ),
        new(
            "capacity",
            ("unsaid", _ => { }),
            ("spot share", m => m.Service(service => service.Capacity = Capacity.FargateSpot(70, onDemand: 1))),
            ("instances of ECS", m => m.Service(service => service.Capacity = Capacity.ManagedInstances)),
            ("instances of EC2", m => m.Service(service => service.Capacity = Capacity.Ec2("large")))
        ),
        new(
            "routes",
            ("none", _ => { }),
            ("path", m => m.Service(service => service.WithRoute("/orders/*", priority: 7))),
            ("host", m => m.Service(service => service.WithRoute(host: "api.example.com"))),
            ("port", m => m.Service(service => service.WithPort(8443))),
            ("two endpoints", m =>
            {
                m.ApiEndpoints.WithHttpEndpoint(targetPort: 9090, name: "admin").WithExternalHttpEndpoints();
                m.Service(service =>
                {
                    service.WithRoute("/admin/*", "shop.example.com", "admin");
                    service.WithRoute("/v1/*", endpoint: "http");
                    service.WithRoute("/v2/*", endpoint: "http");
                });
            })
        ),
        new(
            "scaling",
            ("none", _ => { }),
            ("CPU and memory", m => m.Service(service => service.Scale(1, 4).OnCpu(62.5).OnMemory(70))),
            ("requests", m => m.Service(service => service.Scale(2, 20).OnRequests(500))),
            ("by nothing but a schedule", m =>
                m.Service(service =>
                    service.Scale(2, 4).OnSchedule("cron(0 8 ? * MON-FRI *)", 4, 8, "Europe/Berlin").OnSchedule("rate(1 day)", 2, 4)
                )
            )
        ),
        new(
            "health",
            ("unsaid", _ => { }),
            ("check", m => m.ApiEndpoints.WithHttpHealthCheck("/health", 204)),
            ("probe", m => m.ProbeApi("/ready")),
            ("options", m => m.Service(service =>
                {
                    service.HealthCheck.Path = "/live";
                    service.HealthCheck.SuccessCodes = "200-299";
                    service.HealthCheck.Interval = TimeSpan.FromSeconds(20);
                    service.HealthCheck.Timeout = TimeSpan.FromSeconds(10);
                    service.HealthCheck.HealthyThreshold = 3;
                    service.HealthCheck.UnhealthyThreshold = 5;
                    service.HealthCheck.GracePeriod = TimeSpan.FromSeconds(90);
                }))
        ),
        new("rollback", ("on alarm", _ => { }), ("not on alarm", m => m.Service(service => service.RollBackOnAlarm = false))),
        new("peers", ("none", _ => { }), ("on an endpoint", m =>
            {
                m.ApiEndpoints.WithEndpoint(targetPort: 7946, name: "gossip", scheme: "tcp");
                m.Service(service => service.WithPeerEndpoint("gossip"));
            })),
        new(
            "slow",
            ("unsaid", _ => { }),
            ("set", m => m.Service(service => service.SlowAnswer = TimeSpan.FromSeconds(30))),
            ("never", m => m.Service(service => service.SlowAnswer = null))
        ),
        new("longest answer", ("unsaid", _ => { }), ("set", m => m.Service(service => service.LongestAnswer = TimeSpan.FromSeconds(60)))),
        new(
            "sticky sessions",
            ("unsaid", _ => { }),
            ("no", m => m.Service(service => service.StickySessions = false)),
            ("yes", m => m.Service(service => service.StickySessions = true))
        ),
        new(
            "keys of the API",
            ("unsaid", _ => { }),
            ("no", m => m.Service(service => service.DataProtectionKeys = false)),
            ("yes", m => m.Service(service => service.DataProtectionKeys = true))
        ),
        new("shell", ("no", _ => { }), ("yes", m => m.Service(service => service.EnableExec = true))),
        new("root file system", ("unsaid", _ => { }), ("read-only", m => m.Service(service => service.ReadonlyRootFilesystem = true))),
        new("secrets in arguments", ("refused", _ => { }), ("allowed", m => m.Service(service => service.AllowSecretArguments = true))),
        new(
            "deregistration",
            ("unsaid", _ => { }),
            ("set", m => m.Service(service => service.DeregistrationDelay = TimeSpan.FromSeconds(5)))
        ),
        new(
            "size",
            ("unsaid", _ => { }),
            ("CPU and memory", m => m.Service(service => (service.Cpu, service.Memory) = (1024, 3072))),
            ("memory", m => m.Service(service => service.Memory = 4096))
        ),
        new("disk", ("unsaid", _ => { }), ("larger", m => m.Service(service => service.EphemeralStorage = 50))),
        new(
            "processor",
            ("unsaid", _ => { }),
            ("option", m => m.Service(service => service.Architecture = Architecture.Arm64)),
            ("build options", m => m.Api.WithContainerBuildOptions(options => options.TargetPlatform = ContainerTargetPlatform.LinuxArm64))
        ),
        new("stop", ("unsaid", _ => { }), ("late", m => m.Service(service => service.StopTimeout = TimeSpan.FromSeconds(120)))),
        new("log", ("unsaid", _ => { }), ("a week", m => m.Service(service => service.LogRetentionDays = 7))),
        new(
            "telemetry of the API",
            ("unsaid", _ => { }),
            ("agent", m => m.Service(service => service.Telemetry = Telemetry.CloudWatchAgent)),
            ("collector", m => m.Service(service => service.Telemetry = Telemetry.Collector)),
            ("none", m => m.Service(service => service.Telemetry = Telemetry.None))
        ),
        new("user", ("unsaid", _ => { }), ("set", m => m.Service(service => service.User = "1654:1654"))),
        new("check in the container", ("none", _ => { }), ("command", m => m.Service(service =>
                    service.ContainerHealthCheck = new ContainerHealthCheck("CMD", "/app/check", "--quick")
                    {
                        Interval = TimeSpan.FromSeconds(15),
                        Timeout = TimeSpan.FromSeconds(3),
                        Retries = 5,
                        StartPeriod = TimeSpan.FromSeconds(60),
                    }
                ))),
        new(
            "variable of the options",
            ("none", _ => { }),
            ("set", m => m.Service(service => service.Environment["GREETING"] = "hello: \"${world}\" # {0} 'quoted'"))
        ),
        new("tag of the service", ("none", _ => { }), ("set", m => m.Service(service => service.Tags["team"] = "orders"))),
        new(
            "statements",
            ("none", _ => { }),
            ("on a table", m =>
                m.Service(service =>
                    service.Allow(
                        ["dynamodb:GetItem", "dynamodb:Query"],
                        ["arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/orders"]
                    )
                )
            ),
            ("on all", m => m.Service(service => service.Allow(["cloudwatch:ListMetrics"], ["*"], "metrics have no ARN")))
        ),
        new(
            "sidecar",
            ("none", _ => { }),
            ("plain", m => m.Service(service => service.AddSidecar("proxy", "envoyproxy/envoy:v1.35.0"))),
            ("every option", m => m.Service(service => service.AddSidecar("proxy", $"{MatrixModel.Registry}/proxy:1", sidecar =>
                    {
                        sidecar.Essential = true;
                        sidecar.Cpu = 64;
                        sidecar.Memory = 96;
                        sidecar.Command.Add("--verbose");
                        sidecar.Environment["MODE"] = "proxy";
                        sidecar.StartsFirst = false;
                        sidecar.HealthCheck = new ContainerHealthCheck("CMD-SHELL", "exit 0");
                    })))
        ),
        new(
            "resources",
            ("as they are", _ => { }),
            ("configured", m =>
                m.Service(service =>
                    service.Configure(resources =>
                        resources.First(resource => resource.Type == "AWS::ECS::TaskDefinition").Properties["PidMode"] = "task"
                    )
                )
            )
        ),
        // What the API is given.
        new(
            "value",
            ("parameter", m => m.ApiEnvironment.WithEnvironment("VALUE", m.Stage)),
            ("secret", m => m.ApiEnvironment.WithEnvironment("VALUE", m.Builder.AddParameter("api-key", secret: true))),
            ("composed secret", m =>
            {
                var password = m.Builder.AddParameter("password", secret: true);
                m.ApiEnvironment.WithEnvironment(
                    "VALUE",
                    ReferenceExpression.Create($"https://user:{password:uri}@db/{m.Stage}?raw={password}&x=${{y}}")
                );
            }),
            ("conditional", m =>
                m.ApiEnvironment.WithEnvironment(
                    "VALUE",
                    ReferenceExpression.CreateConditional(
                        m.Stage.Resource,
                        "prod",
                        ReferenceExpression.Create($"big"),
                        ReferenceExpression.Create($"small for {m.Stage:uri}")
                    )
                )
            )
        ),
        new(
            "rotated secret",
            ("none", _ => { }),
            ("monthly", m =>
                m.ApiEnvironment.WithEnvironment(
                    "ROTATED",
                    m.Builder.AddParameter("rotated", secret: true)
                        .WithRotation("arn:aws:lambda:us-east-1:123456789012:function:rotate", day: 2, hour: 4)
                )
            )
        ),
        new(
            "connection string",
            ("none", _ => { }),
            ("whole", m => m.ApiEnvironment.WithReference(m.Builder.AddConnectionString("orders")))
        ),
        new(
            "output",
            ("none", _ => { }),
            ("queue", m => m.ApiEnvironment.WithEnvironment("QUEUE", ReferenceExpression.Create($"{m.Jobs.Resource.QueueUrl}?x")))
        ),
        new("argument", ("none", _ => { }), ("parameter", m => m.ApiArguments.WithArgs("--stage", m.Stage))),
        // The queue, the bucket, and the worker that uses them.
        new(
            "queue",
            ("unsaid", _ => { }),
            ("five receives", m => m.Jobs.WithDeadLetterQueue(5)),
            ("no dead letters", m => m.Jobs.WithoutDeadLetterQueue()),
            ("existing", m => m.Jobs.UseExisting("arn:aws:sqs:us-east-1:123456789012:jobs"))
        ),
        new("visibility", ("unsaid", _ => { }), ("ten minutes", m => m.Jobs.WithVisibilityTimeout(TimeSpan.FromMinutes(10)))),
        new(
            "access to the queue",
            ("consume", m => m.Worker.WithReference(m.Jobs, QueueAccess.Consume)),
            ("send", m => m.Worker.WithReference(m.Jobs, QueueAccess.Send)),
            ("both", m => m.Worker.WithReference(m.Jobs, QueueAccess.Send | QueueAccess.Consume)),
            ("dead letters", m => m.Worker.WithReference(m.Jobs, QueueAccess.ConsumeDeadLetters))
        ),
        new(
            "bucket",
            ("unsaid", _ => { }),
            ("expiring", m => m.Datasets.WithExpiration(30)),
            ("versioned", m => m.Datasets.WithVersioning()),
            ("existing", m => m.Datasets.UseExisting("arn:aws:s3:::existing-datasets"))
        ),
        new(
            "access to the bucket",
            ("read", m => m.Worker.WithReference(m.Datasets, BucketAccess.Read)),
            ("write", m => m.Worker.WithReference(m.Datasets, BucketAccess.Write)),
            ("all", m => m.Worker.WithReference(m.Datasets, BucketAccess.ReadWrite | BucketAccess.Delete))
        ),
        new(
            "table",
            ("unsaid", _ => { }),
            ("index", m => m.Sessions.WithIndex("by-user", "user", new DynamoDBKey("hash", DynamoDBKeyType.Binary))),
            ("expiring", m => m.Sessions.WithTimeToLive("expires").WithoutPointInTimeRecovery()),
            ("existing", m => m.Sessions.UseExisting("arn:aws:dynamodb:us-east-1:123456789012:table/sessions"))
        ),
        new(
            "access to the table",
            ("read", m => m.Worker.WithReference(m.Sessions, TableAccess.Read)),
            ("write", m => m.Worker.WithReference(m.Sessions, TableAccess.Write)),
            ("all", m => m.Worker.WithReference(m.Sessions, TableAccess.ReadWrite))
        ),
        new(
            "scaling of the worker",
            ("none", _ => { }),
            ("backlog", m => m.WorkerService(service => service.Scale(1, 10).OnBacklog(m.Jobs, 7.5))),
            ("backlog from zero", m => m.WorkerService(service => service.Scale(0, 5).OnBacklog(m.Jobs, 5)))
        ),
        new(
            "capacity of the worker",
            ("Fargate", m => m.WorkerService(service => service.Capacity = Capacity.Fargate)),
            ("spot alone", m => m.WorkerService(service => service.Capacity = Capacity.FargateSpot(100))),
            ("external", m => m.WorkerService(service => (service.Capacity, service.Telemetry) = (Capacity.External, Telemetry.Direct)))
        ),
        new(
            "calls of the worker",
            ("none", _ => { }),
            ("API", m => m.Worker.WithEnvironment("API", m.ApiEndpoints.GetEndpoint("http"))),
            ("API, later", m => m.Worker.WaitFor(m.ApiWaits)),
            ("cache", m => m.Worker.WithEnvironment("CACHE", m.Cache.GetEndpoint("tcp")))
        ),
        new("replicas of the worker", ("unsaid", _ => { }), ("three", m => m.Worker.WithReplicas(3))),
        new(
            "generated secret",
            ("none", _ => { }),
            ("token", m =>
                m.Worker.WithEnvironment(
                    "TOKEN",
                    m.Builder.AddParameter("token", new GenerateParameterDefault { MinLength = 32 }, secret: true)
                )
            )
        ),
        // The task, and the container with data.
        new(
            "task",
            ("once", m => m.Task.PublishAsFargateTask()),
            ("cron", m => m.RunTask(task => task.OnSchedule("cron(0 3 * * ? *)", "Europe/Berlin"))),
            ("rate", m => m.RunTask(task => task.OnSchedule("rate(6 hours)", retries: 0, flexibleWindow: TimeSpan.FromMinutes(15)))),
            ("at", m => m.RunTask(task => task.OnSchedule("at(2030-01-02T03:04:05)")))
        ),
        new(
            "capacity of the task",
            ("spot", m => m.RunTask(task => task.Capacity = Capacity.FargateSpot(50))),
            ("instances of ECS", m => m.RunTask(task => task.Capacity = Capacity.ManagedInstances)),
            ("instances of EC2", m => m.RunTask(task => task.Capacity = Capacity.Ec2("small"))),
            ("external", m => m.RunTask(task => (task.Capacity, task.Telemetry) = (Capacity.External, Telemetry.None)))
        ),
        new(
            "volume",
            ("none", _ => { }),
            ("read-only", m => m.Cache.WithVolume("cache-data", "/data", isReadOnly: true)),
            ("without a name", m => m.Cache.WithVolume("/data")),
            ("existing", m =>
            {
                m.Cache.WithVolume("cache-data", "/data");
                m.Environment.WithExistingFileSystem("cache-data", "fs-0123456789abcdef0");
            }),
            ("shared", m =>
            {
                m.Cache.WithVolume("cache-data", "/data").PublishAsFargateService(service => service.OwnVolume("cache-data", 999, 999));
                m.Builder.AddContainer("backup", $"{MatrixModel.Registry}/backup", "1")
                    .WithVolume("cache-data", "/data", isReadOnly: true)
                    .WithArgs("--once")
                    .PublishAsFargateTask();
            })
        ),
        new(
            "cache of AWS",
            ("none", _ => { }),
            ("plain", m => m.Worker.WithReference(m.Builder.AddRedis("basket").PublishAsElastiCache())),
            ("limits", m =>
                m.Worker.WithReference(
                    m.Builder.AddRedis("basket")
                        .PublishAsElastiCache(cache =>
                            (cache.MaximumGigabytes, cache.MaximumProcessingUnits, cache.SnapshotDays, cache.EngineVersion) = (
                                5,
                                10_000,
                                7,
                                "7"
                            )
                        )
                )
            ),
            ("a node", m => m.Worker.WithReference(m.Builder.AddRedis("basket").PublishAsElastiCacheNodes())),
            ("nodes", m => m.Worker.WithReference(
                    m.Builder.AddRedis("basket")
                        .PublishAsElastiCacheNodes(cache =>
                        {
                            (cache.NodeType, cache.Replicas, cache.SnapshotDays, cache.EngineVersion) = ("cache.r6gd.xlarge", 2, 7, "8.0");
                            cache.MaintainOn(DayOfWeek.Sunday, hour: 23);
                        })
                        .AddReadReplica("basket-read")
                ))
        ),
        new(
            "database of AWS",
            ("none", _ => { }),
            ("plain", m => m.Worker.WithReference(m.Builder.AddPostgresServer("ledger").PublishAsRds().AddDatabase("book"))),
            ("all", m => m.Worker.WithReference(
                    m.Builder.AddPostgresServer("ledger", tag: "14")
                        .WithImageRegistry(MatrixModel.Registry)
                        .PublishAsRds(database =>
                        {
                            (database.InstanceClass, database.StorageGigabytes, database.MaximumStorageGigabytes, database.MultiAz) = (
                                "db.m7g.large",
                                400,
                                1000,
                                true
                            );
                            (database.EngineVersion, database.AllowMajorVersionUpgrade, database.BackupDays, database.DeletionProtection) =
                                ("14.18", true, 35, false);
                            (database.InitialDatabase, database.UserPerDatabase) = ("book", true);
                        })
                        .AddDatabase("other")
                )),
            ("restored", m =>
                m.Worker.WithReference(m.Builder.AddPostgresServer("ledger").PublishAsRds(database => database.RestoreFrom = "shop-2026"))
            ),
            ("MySQL", m =>
                m.Worker.WithReference(
                    m.Builder.AddMySqlServer("ledger")
                        .PublishAsRds()
                        .AddReadReplica("ledger-read", replica => replica.InstanceClass = "db.t4g.small")
                )
            ),
            ("SQL Server", m => m.Worker.WithReference(m.Builder.AddSqlServerServer("ledger").PublishAsRds()))
        ),
        new(
            "cluster of AWS",
            ("none", _ => { }),
            ("MySQL", m => m.Worker.WithReference(m.Builder.AddMySqlServer("annals").PublishAsAurora().AddDatabase("shelf"))),
            ("every option", m => m.Worker.WithReference(
                    m.Builder.AddPostgresServer("annals", tag: "17")
                        .WithImageRegistry(MatrixModel.Registry)
                        .PublishAsAurora(database =>
                        {
                            (database.MinimumCapacity, database.MaximumCapacity, database.PauseAfter) = (2.5m, 16, TimeSpan.FromHours(1));
                            (database.Instances, database.BackupDays, database.AllowMajorVersionUpgrade) = (2, 14, true);
                            database.RestoreFrom = "arn:aws:rds:eu-west-1:123456789012:snapshot:shop-2026";
                        })
                        .AddDatabase("shelf")
                        .AddReadReplica("shelf-read")
                ))
        ),
        new(
            "broker of AWS",
            ("none", _ => { }),
            ("plain", m => m.Worker.WithReference(m.Builder.AddRabbitMQServer("bus").PublishAsAmazonMq())),
            ("cluster", m => m.Worker.WithReference(
                    m.Builder.AddRabbitMQServer("bus")
                        .PublishAsAmazonMq(broker =>
                        {
                            (broker.InstanceType, broker.MultiAz, broker.EngineVersion) = ("mq.m7g.large", true, "3.13");
                            broker.AllowMajorVersionUpgrade = true;
                            broker.MaintainOn(DayOfWeek.Sunday, hour: 3, "Europe/Berlin");
                        })
                ))
        ),
        new(
            "site",
            ("none", _ => { }),
            ("built in a container", m => m.Builder.AddViteApp("front", "front").PublishAsStaticSite(site => site.BuildInContainer = true)),
            ("every option", m => m.Builder.AddViteApp("front", "front")
                    .WithEnvironment("VITE_STAGE", m.Stage)
                    .PublishAsStaticSite(site =>
                    {
                        (site.OutputFolder, site.DeepLinks) = ("build", false);
                        site.Host = m.Environment.Resource.Ingress.Domain is null ? null : "front.example.com";
                        site.BuildWith("npm", "run", "pages");
                    }))
        ),
        // Where the model goes; last, for all resources are there.
        new("environments", ("one", _ => { }), ("two", m =>
            {
                var office = m.Builder.AddFargateEnvironment("office");
                foreach (var resource in m.Builder.Resources.OfType<IComputeResource>().ToList())
                {
                    m.Builder.CreateResourceBuilder(resource).WithComputeEnvironment(m.Environment);
                }

                m.Builder.AddWorker("desk").WithEnvironment("API", m.ApiEndpoints.GetEndpoint("http")).WithComputeEnvironment(office);
            })),
        new("host environment", ("Production", _ => { }), ("Staging", _ => { })),
    ];

    private static string? EdgeCertificateOf(MatrixModel model) =>
        model.Environment.Resource.Ingress.Domain is null
            ? null
            : "arn:aws:acm:us-east-1:123456789012:certificate/fedcba98-7654-3210-fedc-ba9876543210";

    /// <summary>Values that the reader refuses together, and the reason that it gives.</summary>
    public static IReadOnlyList<Exclusion> Exclusions { get; } =
    [
        new(
            "outside of it (Capacity.External)",
            ("cache of AWS", ["plain", "limits", "a node", "nodes"]),
            ("capacity of the worker", ["external"])
        ),
        new(
            "outside of it (Capacity.External)",
            ("database of AWS", ["plain", "all", "restored", "MySQL", "SQL Server"]),
            ("capacity of the worker", ["external"])
        ),
        new("outside of it (Capacity.External)", ("cluster of AWS", ["MySQL", "every option"]), ("capacity of the worker", ["external"])),
        new("outside of it (Capacity.External)", ("broker of AWS", ["plain", "cluster"]), ("capacity of the worker", ["external"])),
        new("ECS Exec does not work with a read-only file system", ("shell", ["yes"]), ("root file system", ["read-only"])),
        new("reach no registry but ECR", ("network", ["endpoints"]), ("image", ["container"])),
        new("reach no registry but ECR", ("network", ["endpoints"]), ("sidecar", ["plain"])),
        new("reach no registry but ECR", ("network", ["endpoints"]), ("telemetry", ["unsaid"])),
        new(
            "reach no registry but ECR",
            ("network", ["endpoints"]),
            ("telemetry of the API", ["agent"]),
            ("telemetry", ["collector from ECR", "direct", "none"])
        ),
        new(
            "reach no registry but ECR",
            ("network", ["endpoints"]),
            ("telemetry of the API", ["collector"]),
            ("telemetry", ["agent from ECR", "direct", "none"])
        ),
        new(
            "reach no registry but ECR",
            ("network", ["endpoints"]),
            ("keys of the API", ["yes"]),
            ("keys of Data Protection", ["unsaid", "none"])
        ),
        new("shifts traffic as it deploys", ("sticky sessions", ["yes"]), ("deployment", ["blue/green", "canary", "linear"])),
        new("uses a network that exists", ("network", ["existing, public tasks", "existing"]), ("zones", ["three"])),
        new("uses a network that exists", ("network", ["existing, public tasks", "existing"]), ("flow logs", ["kept"])),
        new(
            "cannot have a public address",
            ("network", ["public", "existing, public tasks"]),
            ("capacity", ["instances of ECS", "instances of EC2"])
        ),
        new(
            "cannot have a public address",
            ("network", ["public", "existing, public tasks"]),
            ("capacity of the task", ["instances of ECS", "instances of EC2"])
        ),
        new("EphemeralStorage, which is Fargate's", ("disk", ["larger"]), ("capacity", ["instances of ECS", "instances of EC2"])),
        new("shifts traffic as it deploys", ("routes", ["two endpoints"]), ("deployment", ["blue/green", "canary", "linear"])),
        new(
            "shifts traffic as it deploys",
            ("deployment", ["blue/green", "canary", "linear"]),
            ("redirect", ["none"]),
            ("address", ["domain", "certificate"]),
            ("edge", ["none"])
        ),
        new("CloudFront answers on 443 alone", ("edge", s_edges), ("routes", ["port"])),
        new("without a domain CloudFront answers", ("edge", s_edges), ("address", ["none"]), ("routes", ["host", "two endpoints"])),
        new("which CloudFront serves", ("site", ["built in a container", "every option"]), ("edge", ["none"])),
        new("which CloudFront serves", ("site", ["built in a container", "every option"]), ("routes", ["port"])),
        new(
            "and CloudFront has no port for it",
            ("site", ["built in a container"]),
            ("edge", s_edges),
            ("address", ["certificate"]),
            ("routes", ["none"])
        ),
        new("which has no dead-letter queue", ("queue", ["no dead letters", "existing"]), ("access to the queue", ["dead letters"])),
        new(
            "External has neither Service Connect nor an address of its own",
            ("capacity of the worker", ["external"]),
            ("calls of the worker", ["cache"])
        ),
        new("where deploy does not know a machine to be there", ("task", ["once"]), ("capacity of the task", ["external"])),
    ];

    /// <summary>The models of the matrix as published, each once for all tests.</summary>
    public static Task<IReadOnlyList<Row>> Models => s_models.Value;

    /// <summary>
    /// The models for what takes seconds a model: as many as it takes for each value of each dimension, those with most of them first;
    /// all where <c>MODEL_MATRIX=all</c> says so.
    /// </summary>
    public static async Task<IReadOnlyList<Row>> ModelsForTools()
    {
        var rows = await Models;
        if (Environment.GetEnvironmentVariable("MODEL_MATRIX") == "all")
        {
            return rows;
        }

        var missing = Sizes.SelectMany((size, dimension) => Enumerable.Range(0, size).Select(value => (dimension, value))).ToHashSet();
        List<Row> chosen = [];
        while (missing.Count > 0)
        {
            var next = rows.Except(chosen)
                .MaxBy(row => row.Choices.Index().Count(choice => missing.Contains((choice.Index, choice.Item))))!;
            missing.ExceptWith(next.Choices.Index().Select(choice => (choice.Index, choice.Item)));
            chosen.Add(next);
        }

        return chosen;
    }

    /// <summary>The choices of each model, and the pairs of which no model can be.</summary>
    public static (IReadOnlyList<int[]> Rows, IReadOnlyList<AllPairs.Pair> Impossible) Cover => s_cover.Value;

    public static IReadOnlyList<int> Sizes { get; } = [.. Dimensions.Select(dimension => dimension.Values.Length)];

    /// <summary>Publishes all models anew.</summary>
    public static async Task<IReadOnlyList<Row>> PublishAsync()
    {
        List<Row> rows = [];
        foreach (var (index, choices) in Cover.Rows.Index())
        {
            var name = $"model {index + 1}: {Describe(choices)}";
            try
            {
                rows.Add(new Row(name, choices, await PublishAsync(choices)));
            }
            catch (DistributedApplicationException exception)
            {
                throw new InvalidOperationException($"{name}{Environment.NewLine}{exception.Message}", exception);
            }
        }

        return rows;
    }

    /// <summary>Publishes the environments of one model.</summary>
    public static Task<IReadOnlyList<Publication>> PublishAsync(int[] choices)
    {
        string[] args =
            Dimensions[^1].Values[choices[^1]].Name == "Staging" ? ["--environment", "Staging", "--Fargate:Environment", "staging"] : [];
        return Published.EnvironmentsAsync(
            builder =>
            {
                var model = new MatrixModel(builder);
                foreach (var (dimension, value) in Dimensions.Zip(choices))
                {
                    dimension.Values[value].Apply(model);
                }
            },
            args
        );
    }

    /// <summary>Whether no exclusion is in the values that are chosen.</summary>
    public static bool IsAllowed(int[] choices)
    {
        foreach (var exclusion in s_exclusions.Value)
        {
            if (exclusion.IsIn(choices))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The index of a dimension.</summary>
    public static int IndexOf(string dimension) => Dimensions.Index().Single(entry => entry.Item.Name == dimension).Index;

    /// <summary>What is chosen other than by default.</summary>
    public static string Describe(int[] choices) =>
        string.Join(
            ", ",
            Dimensions
                .Zip(choices)
                .Where(pair => pair.Second > 0)
                .Select(pair => $"{pair.First.Name}: {pair.First.Values[pair.Second].Name}")
        );

    /// <summary>A model of the matrix.</summary>
    /// <param name="Name">What it turns on.</param>
    /// <param name="Choices">The value of each dimension.</param>
    /// <param name="Publications">What was published, by environment.</param>
    internal sealed record Row(string Name, int[] Choices, IReadOnlyList<Publication> Publications);

    internal sealed record Dimension(string Name, params (string Name, Action<MatrixModel> Apply)[] Values);

    /// <param name="Reason">Words of the refusal.</param>
    /// <param name="Parts">Dimensions, and their values that are refused with those of the others.</param>
    internal sealed record Exclusion(string Reason, params (string Dimension, string[] Values)[] Parts)
    {
        private readonly Lazy<(int Dimension, int[] Values)[]> _indexes = new(() =>
            [
                .. Parts.Select(part =>
                    (
                        IndexOf(part.Dimension),
                        part.Values.Select(name =>
                                Dimensions[IndexOf(part.Dimension)].Values.Index().Single(value => value.Item.Name == name).Index
                            )
                            .ToArray()
                    )
                ),
            ]
        );

        public (int Dimension, int[] Values)[] Indexes => _indexes.Value;

        /// <summary>Asked millions of times, while the rows are looked for.</summary>
        public bool IsIn(int[] choices)
        {
            foreach (var (dimension, values) in Indexes)
            {
                if (Array.IndexOf(values, choices[dimension]) < 0)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
