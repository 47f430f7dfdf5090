using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>
/// The AppHost of a shop as teams have it: a site, two APIs, a gRPC service, a worker, migrations, a cache and a database.
/// </summary>
public sealed class TeamModelTests
{
    [Fact]
    public async Task It_is_published_as_it_is_written()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithDomain("shop.example.com", "Z0123456789").WithPrivateTasks();
            var cache = builder.AddRedis("cache");
            cache.WithArgs("--save", "60", "1").WithVolume("cache-data", "/data");
            var database = builder.AddPostgresServer("postgres").WithVolume("postgres-data", "/var/lib/postgresql");
            var orders = database.AddDatabase("ordersdb");
            var identity = builder.AddExternalService("identity", builder.AddParameter("identity-url", "https://login.example.com/"));
            var migrations = builder.AddWorker("Migrations");
            var basket = builder.AddWeb("basket-api").AsHttp2Service().WithReference(cache).WaitFor(cache);
            var ordering = builder
                .AddWeb("ordering-api")
                .WithReference(orders)
                .WaitFor(orders)
                .WaitForCompletion(migrations)
                .WithReference(identity)
                .WithHttpHealthCheck("/health");
            builder.AddWorker("order-processor").WithReference(orders).WithReference(ordering).WaitForCompletion(migrations);
            builder
                .AddWeb("web")
                .WithExternalHttpEndpoints()
                .WithReference(basket)
                .WithReference(ordering)
                .WithReference(identity)
                .WithHttpHealthCheck("/health")
                .WithReplicas(3);
            migrations.PublishAsFargateTask();
        });

        var template = published.Template();
        Assert.Equal(
            ["BasketApiService", "OrderProcessorService", "OrderingApiService", "WebService"],
            template.OfType("AWS::ECS::Service").Select(service => service.Id).Order(StringComparer.Ordinal)
        );
        Assert.Equal(["Migrations"], published.Application.Tasks.Select(task => task.Name));
        Assert.Equal("http://basket-api", template.Variable("web", "services__basket-api__http__0"));
        Assert.Equal("http2", template.Container("basket-api").At("PortMappings").Maps().Single().At("AppProtocol").Show());
        Assert.Equal("Ref IdentityUrl", template.Variable("web", "services__identity__default__0"));
        Assert.Equal("Ref OrderingApiConnectionStringsOrdersdbSecret", template.Secret("ordering-api", "ConnectionStrings__ordersdb"));
        Assert.Equal("ordersdb", template.Property("PostgresDatabase", "DBName"));
        Assert.True(template.Contains("PostgresDatabaseFromOrderingApi"));
        Assert.True(template.Contains("CacheCacheFromBasketApi"));
        Assert.Contains("OrderingApiService", template["WebService"].DependsOn);
        Assert.Equal(3, template.Service("web").At("DesiredCount").AsInt());
        Assert.Equal("/health", template.Property("WebTargetGroup", "HealthCheckPath"));
        Assert.Equal(
            ["cache-password", "postgres-password", "web-data-protection-keys"],
            published.Application.Secrets.Select(secret => secret.Name).Distinct().Order(StringComparer.Ordinal)
        );
        Assert.Single(template.OfType("AWS::ElasticLoadBalancingV2::TargetGroup"));
    }

    [Fact]
    public async Task A_migration_connects_to_a_database_of_the_model()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var orders = builder.AddPostgres("postgres").AddDatabase("ordersdb");
            var migrations = builder.AddWorker("migrations").WithReference(orders).WaitFor(orders);
            builder.AddWeb("ordering-api").WithReference(orders).WaitForCompletion(migrations);
        });

        var task = Assert.Single(published.Application.Tasks);
        Assert.Equal(("migrations", "postgres"), (task.Name, Assert.Single(task.After)));
        var composed = published.Template()["MigrationsConnectionStringsOrdersdbSecret"].Properties.At("SecretString").Show();
        Assert.Contains("Host=postgres.shop.internal;Port=5432;", composed, StringComparison.Ordinal);
        Assert.Equal(
            "Ref MigrationsConnectionStringsOrdersdbSecret",
            published.Template().Secret("migrations", "ConnectionStrings__ordersdb")
        );
    }
}
