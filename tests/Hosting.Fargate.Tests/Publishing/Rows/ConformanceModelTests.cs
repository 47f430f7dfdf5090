using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Rows;

#pragma warning disable ASPIREPROBES001 // Probes say how a service shows that it works.

/// <summary>
/// One model with most of what an AppHost can say: as it is, it is refused for nine reasons; with these put right, it is published.
/// </summary>
public sealed class ConformanceModelTests
{
    [Fact]
    public async Task As_it_is_it_is_refused_for_each_of_its_reasons_at_once()
    {
        var refusal = await Published.RefusalAsync(builder => Model(builder, isPutRight: false));

        Assert.Contains("cannot be published to 'shop' (6 problems)", refusal, StringComparison.Ordinal);
        Assert.Contains("'cache' mounts 'config' of this machine at /config (WithBindMount)", refusal, StringComparison.Ordinal);
        Assert.Contains("'cache' takes the secret 'api-key' as an argument", refusal, StringComparison.Ordinal);
        Assert.Contains("RESOURCE of 'api' is the resource 'cache' itself", refusal, StringComparison.Ordinal);
        Assert.Contains(
            "MISSING of 'worker' refers to the endpoint 'grpc' of 'api', which there is not. There is 'http' and 'https'.",
            refusal,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "CACHE_TCP of 'api' and 'worker' (and 2 more of their variables) refers to an endpoint of 'cache', a task that runs and ends: nobody "
                + "can call it",
            refusal,
            StringComparison.Ordinal
        );
        Assert.Contains("'tool' is an executable, which runs here only", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_right_it_is_published()
    {
        var published = await Published.ModelAsync(builder => Model(builder, isPutRight: true));

        var template = published.Template();
        Assert.Equal(
            ["ApiService", "CacheService", "ProxyService", "WorkerService"],
            template.OfType("AWS::ECS::Service").Select(service => service.Id).Order()
        );
        Assert.Equal(3, template.Service("api").At("DesiredCount").AsInt());
        Assert.Equal("/alive", template.Property("ApiTargetGroup", "HealthCheckPath"));
        Assert.Equal("tcp://cache:6379", template.Variable("api", "services__cache__tcp__0"));
        Assert.Equal("https://api.stripe.com/", template.Variable("api", "services__stripe__https__0"));
        Assert.Equal("Ref DatabaseSecretArn", template.Secret("api", "ConnectionStrings__database"));
        Assert.Equal("Ref ApiKeySecretArn", template.Secret("api", "KEY"));
        Assert.Equal("Ref ApiKeySecretArn", template.Secret("api", "BUILDER"));
        Assert.Equal("Ref GeneratedSecretArn", template.Secret("api", "GENERATED"));
        Assert.StartsWith(
            "Sub a nested {{resolve:secretsmanager:${ApiKeyUriEncodedSecretArn}:SecretString}} ${Stage} b {literal}",
            template.Property("ApiNESTEDSecret", "SecretString"),
            StringComparison.Ordinal
        );
        Assert.StartsWith("StageIsProd ? Sub yes ", template.Property("ApiCHOICESecret", "SecretString"), StringComparison.Ordinal);
        Assert.Equal("42", template.Variable("api", "NUMBER"));
        Assert.Equal("", template.Variable("api", "EMPTY"));
        Assert.Equal("Sub http://${LoadBalancer.DNSName}", template.Variable("api", "SELF"));
        Assert.Equal("cache:6379", template.Variable("worker", "CACHE"));
        Assert.Equal("http://api", template.Variable("worker", "services__api__http__0"));
        Assert.Equal("[/bin/sh]", template.Container("proxy").At("EntryPoint").Show());
        Assert.Contains("is left out", published.Notices("hidden"), StringComparison.Ordinal);
        Assert.Equal(
            ["api-data-protection-keys", "api-key", "api-key", "database", "generated"],
            published.Application.Secrets.Select(secret => secret.Name).Order(StringComparer.Ordinal)
        );
    }

    private static void Model(IDistributedApplicationBuilder builder, bool isPutRight)
    {
        var key = builder.AddParameter("api-key", secret: true);
        var stage = builder.AddParameter("stage", "prod");
        var generated = builder.AddParameter("generated", new GenerateParameterDefault { MinLength = 22 }, secret: true, persist: true);
        var database = builder.AddConnectionString("database");
        var built = builder.AddConnectionString("built", ReferenceExpression.Create($"Host=x;Password={key}"));
        var stripe = builder.AddExternalService("stripe", "https://api.stripe.com/");

        var cache = builder
            .AddContainer("cache", "redis", "7.4")
            .WithEndpoint(targetPort: 6379, name: "tcp", scheme: "tcp")
            .WithEnvironment("REDIS_PASSWORD", key)
            .WithVolume("cache-data", "/data");
        var api = builder
            .AddWeb("api")
            .WithExternalHttpEndpoints()
            .WithHttpHealthCheck("/health")
            .WithHttpProbe(ProbeType.Liveness, "/alive")
            .WithReplicas(3)
            .WithReference(cache.GetEndpoint("tcp"))
            .WithReference(database)
            .WithReference(built)
            .WithReference(stripe)
            .WithEnvironment("KEY", key)
            .WithEnvironment("GENERATED", generated)
            .WithEnvironment(
                "NESTED",
                ReferenceExpression.Create($"a {ReferenceExpression.Create($"nested {key:uri} {stage}")} b {{literal}}")
            )
            .WithEnvironment(
                "CHOICE",
                ReferenceExpression.CreateConditional(
                    stage.Resource,
                    "prod",
                    ReferenceExpression.Create($"yes {key}"),
                    ReferenceExpression.Create($"no")
                )
            )
            .WithEnvironment("EMPTY", ReferenceExpression.Create($""))
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["NUMBER"] = 42;
                context.EnvironmentVariables["BUILDER"] = key;
            })
            .WaitFor(cache);
        api.WithEnvironment("SELF", api.GetEndpoint("http"));
        var worker = builder
            .AddWorker("worker")
            .WithReference(api)
            .WithEnvironment("CACHE", cache.GetEndpoint("tcp").Property(EndpointProperty.HostAndPort));
        var proxy = builder
            .AddContainer("proxy", "nginx")
            .WithHttpEndpoint(targetPort: 80)
            .WithHttpEndpoint(port: 9000, targetPort: 9001, name: "admin")
            .WithExternalHttpEndpoints()
            .WithEntrypoint("/bin/sh")
            .WithArgs("-c", "nginx")
            .WithReference(api);
        builder.AddContainer("hidden", "busybox").ExcludeFromManifest();
        var tool = builder.AddExecutable("tool", "ls", ".", "-l").WithEnvironment("A", "b");
        if (isPutRight)
        {
            api.PublishAsFargateService(service => service.WithRoute("/api/*"));
            proxy.PublishAsFargateService(service =>
            {
                service.WithRoute("/*", endpoint: "http");
                service.WithRoute("/admin/*", endpoint: "admin");
            });
            worker.WaitFor(cache);
            tool.ExcludeFromManifest();
            return;
        }

        cache.WithBindMount("./config", "/config", isReadOnly: true).WithArgs("--requirepass", key);
        api.WithEnvironment(context => context.EnvironmentVariables["RESOURCE"] = cache.Resource);
        worker.WithEnvironment("MISSING", api.GetEndpoint("grpc")).WaitForCompletion(cache);
    }
}
