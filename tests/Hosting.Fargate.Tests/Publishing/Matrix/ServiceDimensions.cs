using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;

namespace Hosting.Fargate.Tests.Publishing;

#pragma warning disable ASPIREPIPELINES003 // Build options say which processor an image is for.

/// <summary>The API as a service, and what it is given.</summary>
internal static class ServiceDimensions
{
    public static IReadOnlyList<TemplateMatrix.Dimension> All { get; } =
    [
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
    ];
}
