using Amazon;
using Hosting.Fargate;
using Hosting.Fargate.Tests.Publishing;

namespace Deploy.AppHost;

/// <summary>
/// An application whose parts a test chooses by configuration. All of its images are taken by reference, so none is built.
/// </summary>
internal static class Shop
{
    public static void Run(string[] args)
    {
        var builder = DistributedApplication.CreateBuilder(FargateCommandLine.Parse(args));
        if (builder.Configuration["Model:Greeting"] is { } greeting)
        {
            LargeModel.Add(builder, greeting);
            builder.Build().Run();
            return;
        }

        var parts = (builder.Configuration["Model:Parts"] ?? "worker").Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        var tag = builder.Configuration["Model:Tag"] ?? "1.0";

        var environment = builder.AddFargateEnvironment("shop");
        if (parts.Contains("nested"))
        {
            environment.WithNestedStacks();
        }

        if (parts.Contains("guarded"))
        {
            environment.WithDeletionProtection();
        }

        if (parts.Contains("edge"))
        {
            environment.WithCloudFront();
        }

        if (parts.Contains("ireland"))
        {
            environment.WithReference(builder.AddAWSSDKConfig().WithRegion(RegionEndpoint.EUWest1));
        }

        if (parts.Contains("acl"))
        {
            environment.WithManagedWebAcl();
        }

        if (parts.Contains("renamed"))
        {
            environment.ConfigureTemplate(template =>
            {
                if (template.Contains("OrdersQueue"))
                {
                    template["OrdersQueue"].Properties["QueueName"] = "shop-orders-2";
                }
            });
        }

        if (parts.Contains("misspelled"))
        {
            environment.ConfigureTemplate(template =>
            {
                if (template.Resources.FirstOrDefault(resource => resource.Type == "AWS::ECS::Cluster") is { } cluster)
                {
                    cluster.Properties["ClusterNames"] = "shop";
                }
            });
        }

        var secret = parts.Contains("secret") ? builder.AddParameter("db-password", secret: true) : null;
        var stage = parts.Contains("parameter") ? builder.AddParameter("stage") : null;
        var queue = parts.Contains("queue") ? builder.AddSqsQueue("orders") : null;
        if (parts.Contains("existing"))
        {
            queue?.UseExisting("arn:aws:sqs:us-east-1:123456789012:others");
        }

        var bucket = parts.Contains("bucket") ? builder.AddS3Bucket("pictures") : null;

        if (parts.Contains("refused"))
        {
            builder.AddExecutable("tool", "ls", ".");
        }

        var migrate = parts.Contains("migrate") ? builder.AddContainer("migrate", "example/migrate", tag).PublishAsFargateTask() : null;
        if (parts.Contains("nightly"))
        {
            builder.AddContainer("nightly", "example/nightly", tag).PublishAsFargateTask(task => task.OnSchedule("rate(1 day)"));
        }

        var database = parts.Contains("database")
            ? builder
                .AddContainer("db", "example/db", builder.Configuration["Model:Tags:db"] ?? tag)
                .WithEndpoint(targetPort: 5432, name: "tcp", scheme: "tcp")
            : null;
        if (database is not null)
        {
            migrate?.WithReference(database.GetEndpoint("tcp"));
        }

        if (builder.Configuration["Model:Site"] is { } folder)
        {
            builder
                .AddExecutable("web", "sh", folder, "serve.sh")
                .WithEnvironment("VITE_TITLE", builder.AddParameter("title", tag))
                .PublishAsStaticSite(site => site.BuildWith("sh", "build.sh"));
        }

        if (parts.Contains("api"))
        {
            builder
                .AddContainer("api", "example/api", tag)
                .WithHttpEndpoint(targetPort: 8080)
                .WithExternalHttpEndpoints()
                .WithHttpHealthCheck("/health")
                .PublishAsFargateService(service =>
                {
                    service.Scale(minimum: 2, maximum: 4).OnCpu(percent: 60);
                    service.DataProtectionKeys = parts.Contains("keys");
                });
        }

        var server = parts.Contains("postgres") ? builder.AddPostgresServer("pg") : null;
        if (parts.Contains("aurora"))
        {
            server?.PublishAsAurora();
        }

        if (parts.Contains("unprotected"))
        {
            server?.PublishAsRds(database => database.DeletionProtection = false);
        }

        // To RDS another first database is another server.
        var postgres = server?.AddDatabase(parts.Contains("anew") ? "sales" : "orders");
        if (postgres is not null)
        {
            migrate?.WithReference(postgres);
        }

        var cache = parts.Contains("cache")
            ? builder.AddRedis("basket").PublishAsElastiCacheNodes(nodes => nodes.Replicas = parts.Contains("replica") ? 1 : 0)
            : null;
        if (cache is not null)
        {
            migrate?.WithReference(cache);
        }

        var broker = parts.Contains("broker") ? builder.AddRabbitMQServer("messaging") : null;
        foreach (var name in new[] { "worker", "mailer" }.Where(parts.Contains))
        {
            var worker = builder.AddContainer(name, $"example/{name}", builder.Configuration[$"Model:Tags:{name}"] ?? tag);
            if (secret is not null)
            {
                worker.WithEnvironment("DB_PASSWORD", secret);
            }

            if (secret is not null && parts.Contains("composed"))
            {
                worker.WithEnvironment("DATABASE", ReferenceExpression.Create($"Host=db;Password={secret}"));
            }

            if (parts.Contains("made"))
            {
                // As AddPostgres, AddRedis and others do: it is in no model.
                var password = ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password");
                worker
                    .WithEnvironment("PASSWORD", password)
                    .WithEnvironment("ADDRESS", ReferenceExpression.Create($"redis://:{password:uri}@cache"));
            }

            if (postgres is not null)
            {
                worker.WithReference(postgres);
            }

            if (cache is not null)
            {
                worker.WithReference(cache);
            }

            if (broker is not null)
            {
                worker.WithReference(broker);
            }

            if (stage is not null)
            {
                worker.WithEnvironment("STAGE", stage);
            }

            if (queue is not null)
            {
                worker.WithReference(queue, QueueAccess.Consume);
            }

            if (bucket is not null)
            {
                worker.WithReference(bucket, BucketAccess.ReadWrite);
            }

            if (parts.Contains("volume"))
            {
                worker.WithVolume("db-data", "/data");
            }

            if (parts.Contains("large"))
            {
                worker.WithEnvironment("CATALOG", new string('x', 60_000));
            }
        }

        builder.Build().Run();
    }
}
