using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Data;
using static Hosting.Fargate.Tests.Costs.Applications;

namespace Hosting.Fargate.Tests.Writing.Summary;

/// <summary>An application with one of everything, and templates as small as show it.</summary>
internal static class SampleApplication
{
    public static FargateApplication Create()
    {
        var jobs = new Queue("jobs", 60, 3, Existing: null);
        var datasets = new Bucket("datasets", ExpireDays: 30, Versioned: true, Existing: null);
        var shared = new Bucket("shared", null, false, "arn:aws:s3:::shared-files");
        var data = new FileSystem("cache-data");
        var key = Secret("api-key", isGenerated: true);
        var password = new SecretSpec("db-password", ValueFormat.AsIs, "of the database | not of the user", IsGenerated: false);
        var composed = new ComposedSecret(
            "api",
            "ConnectionStrings__db",
            Value.Concat([new Text("Host=db;Password="), new SecretValue(password)])
        );
        var port = new ContainerPort("http", 8080, PortProtocol.Http);
        var redis = new ContainerPort("tcp", 6379, PortProtocol.Tcp);
        var api = Service(
                "api",
                tasks: 2,
                scaling: new Scaling(2, 10, 60, null, 1000, null, [new ScalingSchedule("cron(0 8 ? * MON-FRI *)", 4, 20, "Europe/Berlin")])
            )
            .External(new RouteRule("/api/*", null, 20_000), new RouteRule("/health", null, 15_000))
            .WithSecrets(new("Api__Key", new WholeSecret(key)), new("ConnectionStrings__db", composed)) with
        {
            Telemetry = Telemetry.CloudWatchAgent,
            Deployment = DeploymentStrategy.Canary(),
            EnableExec = true,
            Grants =
            [
                new DataGrant(jobs, QueueAccess.Send, "api.WithReference(jobs, QueueAccess.Send)"),
                new DataGrant(datasets, BucketAccess.ReadWrite | BucketAccess.Delete, "api.WithReference(datasets, …)"),
            ],
            ConnectEndpoints = [new ConnectEndpoint(port, "api", "api", 80)],
            Connections = [new Connection("cache", 6379, "api.WithReference(cache)")],
            After = ["cache"],
        };
        var web = Service("web", tasks: 2).External(new RouteRule(null, "www.example.com", 100)) with
        {
            Connections = [new Connection("api", 8080, "web.WithReference(api)")],
        };
        var worker = Service(
            "worker",
            capacity: Capacity.FargateSpot(80, onDemand: 1),
            scaling: new Scaling(0, 5, null, null, null, new BacklogScaling(jobs, 10), [])
        ) with
        {
            EphemeralStorage = 40,
            Telemetry = Telemetry.Direct,
            Grants =
            [
                new DataGrant(jobs, QueueAccess.Consume | QueueAccess.ConsumeDeadLetters, "worker.WithReference(jobs, …)"),
                new DataGrant(shared, BucketAccess.Read, "worker.WithReference(shared, BucketAccess.Read)"),
            ],
        };
        var volume = new Volume("data", data, 1000, 1000);
        var cache = Service("cache", architecture: Architecture.X64) with
        {
            Declaration = "AddContainer(\"cache\")",
            Containers =
            [
                new Container
                {
                    Name = "cache",
                    Image = new RegistryImage("redis:8"),
                    Memory = 512,
                    HealthCheck = new ContainerHealthCheck("CMD-SHELL", "redis-cli ping | grep PONG"),
                },
                new Container
                {
                    Name = "metrics",
                    Image = new RegistryImage("exporter:1"),
                    Memory = 64,
                },
            ],
            Deployment = DeploymentStrategy.Rolling(0, 100),
            ConnectEndpoints = [new ConnectEndpoint(redis, "cache", "cache", 6379)],
            Volumes = [volume],
            Grants = [new DataGrant(data, VolumeAccess.ReadWrite, "cache.WithVolume(data)")],
        };
        return Of(web, api, worker, cache) with
        {
            Tasks =
            [
                Task("migrate").WithSecrets(new SecretVariable("DB_PASSWORD", new WholeSecret(password))),
                Task("cleanup", new TaskSchedule("cron(0 3 * * ? *)", "UTC", 3, 15)),
            ],
            Ingress = new Ingress("profiler.example.com", "Z0123456789ABCDEFGHIJ", null, Redirect: true, AccessLogDays: 90),
            Insights = ContainerInsights.Enabled,
            Secrets = [key, password],
            Data = [jobs, datasets, shared, data],
            Parameters =
            [
                new ParameterSpec("greeting", ValueFormat.AsIs, "What is said | first", null, "hello | `world`"),
                new ParameterSpec("region-name", ValueFormat.AsIs, null, null, null),
            ],
            Notices =
            [
                new Notice("worker", "scales by backlog, which turns Container Insights on for the cluster. It is billed by metric."),
                new Notice(
                    "web",
                    "has no health check: any answer below 500 to / counts as healthy. Add WithHttpHealthCheck(\"/health\").",
                    IsWarning: true
                ),
            ],
        };
    }

    public static IReadOnlyList<Template> CreateTemplates() => [Foundation(), Stack()];

    private static Template Foundation()
    {
        var template = new Template("profiler-foundation", "profiler: what outlives the application - images, secrets, data");
        template.Add(
            new TemplateSection(
                "data",
                [
                    Kept("ApiKeySecret", "AWS::SecretsManager::Secret", "api-key"),
                    Kept("DbPasswordSecret", "AWS::SecretsManager::Secret", "db-password"),
                    Kept("JobsQueue", "AWS::SQS::Queue", "jobs"),
                    Kept("DatasetsBucket", "AWS::S3::Bucket", "datasets"),
                    Kept("CacheDataFileSystem", "AWS::EFS::FileSystem", "cache-data"),
                ]
            )
        );
        return template;
    }

    private static Template Stack()
    {
        var template = new Template("profiler", "profiler: network, load balancer, tasks and services");
        template.Parameters["ApiImage"] = new TemplateMap { Comment = "AddProject(\"api\"): deploy builds the image", ["Type"] = "String" };
        template.Parameters["Greeting"] = new TemplateMap { ["Type"] = "String" };
        template.Parameters["RegionName"] = new TemplateMap { ["Type"] = "String" };
        template.Parameters["DbPasswordVersion"] = new TemplateMap { Comment = "the version that deploy put last", ["Type"] = "String" };
        template.Add(
            new TemplateSection(
                "load balancer",
                [
                    new("LoadBalancerSecurityGroup", "AWS::EC2::SecurityGroup")
                    {
                        Properties = new()
                        {
                            ["SecurityGroupIngress"] = new TemplateList([Rule(443, "CidrIp", "0.0.0.0/0", "HTTPS from everywhere")]),
                        },
                    },
                ]
            )
        );
        template.Add(
            new TemplateSection(
                "api",
                [
                    Role(
                        "ApiExecutionRole",
                        "what ECS may do to start api",
                        Statement("RegistryLogin", "AWS knows no resource for these actions", ["ecr:GetAuthorizationToken"], "*"),
                        Statement("PullImage", null, ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], Fn.Ref("ApiRepositoryArn"))
                    ),
                    Role(
                        "ApiTaskRole",
                        "what api itself may do",
                        Statement("JobsQueue", "api.WithReference(jobs, QueueAccess.Send)", ["sqs:SendMessage"], Fn.Ref("JobsQueueArn")),
                        Statement(
                            "DatasetsObjects",
                            "api.WithReference(datasets, …)",
                            ["s3:GetObject", "s3:PutObject"],
                            Fn.Sub("${BucketArn}/*", new TemplateMap { ["BucketArn"] = Fn.Ref("DatasetsBucketArn") })
                        )
                    ),
                    new("ApiSecurityGroup", "AWS::EC2::SecurityGroup")
                    {
                        Properties = new()
                        {
                            ["SecurityGroupIngress"] = new TemplateList([
                                Rule(
                                    8080,
                                    "SourceSecurityGroupId",
                                    Fn.GetAtt("LoadBalancerSecurityGroup", "GroupId"),
                                    "from the load balancer"
                                ),
                            ]),
                        },
                    },
                    new("Cache6379FromApi", "AWS::EC2::SecurityGroupIngress")
                    {
                        Comment = "api.WithReference(cache)",
                        Properties = new()
                        {
                            ["GroupId"] = Fn.GetAtt("CacheSecurityGroup", "GroupId"),
                            ["IpProtocol"] = "tcp",
                            ["FromPort"] = 6379,
                            ["ToPort"] = 6379,
                            ["SourceSecurityGroupId"] = Fn.GetAtt("ApiSecurityGroup", "GroupId"),
                        },
                    },
                    new("ApiTrafficRole", "AWS::IAM::Role")
                    {
                        Properties = new()
                        {
                            ["Description"] = "what ECS may do to shift the traffic of api",
                            ["ManagedPolicyArns"] = new TemplateList([
                                Fn.Sub("arn:${AWS::Partition}:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers"),
                            ]),
                        },
                    },
                ]
            )
        );
        template.Add(
            new TemplateSection(
                "cleanup",
                [
                    Role(
                        "CleanupExecutionRole",
                        "what ECS may do to start cleanup",
                        Statement("RegistryLogin", "AWS knows no resource for these actions", ["ecr:GetAuthorizationToken"], "*")
                    ),
                    Role(
                        "CleanupSchedulerRole",
                        "what EventBridge Scheduler may do to start cleanup",
                        Statement(
                            "RunTask",
                            null,
                            ["ecs:RunTask"],
                            Fn.Ref("CleanupTaskDefinition"),
                            new TemplateMap { ["ArnEquals"] = new TemplateMap { ["ecs:cluster"] = Fn.GetAtt("Cluster", "Arn") } }
                        )
                    ),
                ]
            )
        );
        return template;
    }

    public static TemplateMap Statement(
        string sid,
        string? comment,
        string[] actions,
        TemplateNode resource,
        TemplateMap? condition = null
    ) =>
        new()
        {
            Comment = comment,
            ["Sid"] = sid,
            ["Effect"] = "Allow",
            ["Action"] = actions.Length == 1 ? actions[0] : new TemplateList(actions.Select(action => (TemplateNode)action)),
            ["Resource"] = resource,
            ["Condition"] = condition,
        };

    public static TemplateResource Role(string id, string description, params TemplateMap[] statements) =>
        new(id, "AWS::IAM::Role")
        {
            Properties = new()
            {
                ["Description"] = description,
                ["AssumeRolePolicyDocument"] = new TemplateMap
                {
                    ["Statement"] = new TemplateList([
                        new TemplateMap
                        {
                            ["Effect"] = "Allow",
                            ["Principal"] = new TemplateMap { ["Service"] = "ecs-tasks.amazonaws.com" },
                            ["Action"] = "sts:AssumeRole",
                        },
                    ]),
                },
                ["Policies"] = new TemplateList([
                    new TemplateMap
                    {
                        ["PolicyName"] = "all",
                        ["PolicyDocument"] = new TemplateMap { ["Version"] = "2012-10-17", ["Statement"] = new TemplateList(statements) },
                    },
                ]),
            },
        };

    private static TemplateMap Rule(int port, string from, TemplateNode source, string description) =>
        new()
        {
            ["IpProtocol"] = "tcp",
            ["FromPort"] = port,
            ["ToPort"] = port,
            [from] = source,
            ["Description"] = description,
        };

    private static TemplateResource Kept(string id, string type, string owner) =>
        new(id, type)
        {
            Owner = owner,
            DeletionPolicy = "RetainExceptOnCreate",
            UpdateReplacePolicy = "Retain",
        };
}
