using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Tests.Publishing;

/// <summary>What holds data, the worker that uses it, and tasks.</summary>
internal static class DataDimensions
{
    public static IReadOnlyList<TemplateMatrix.Dimension> All { get; } =
    [
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
    ];
}
