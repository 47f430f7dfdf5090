using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>Connection names with hyphens, which Aspire gives under two names: its own, and one that every shell takes.</summary>
public sealed class ConnectionNameTests
{
    private const string Own = "ConnectionStrings__my-cache";
    private const string Alias = "ConnectionStrings__my_cache";

    [Fact]
    public async Task A_connection_string_with_a_secret_inside_is_one_secret_under_both_names()
    {
        var template = (
            await Published.ModelAsync(builder => builder.AddWorker("worker").WithReference(builder.AddRedis("my-cache")))
        ).Template();

        Assert.Equal("Ref WorkerConnectionStringsMyCacheSecret", template.Secret("worker", Own));
        Assert.Equal("Ref WorkerConnectionStringsMyCacheSecret", template.Secret("worker", Alias));
        Assert.Equal("shop/worker/ConnectionStrings__my-cache", template.Property("WorkerConnectionStringsMyCacheSecret", "Name"));
    }

    [Fact]
    public async Task A_connection_string_from_outside_is_one_secret_under_both_names()
    {
        var published = await Published.ModelAsync(builder =>
            builder.AddWorker("worker").WithReference(builder.AddConnectionString("my-cache"))
        );

        Assert.Equal("Ref MyCacheSecretArn", published.Template().Secret("worker", Own));
        Assert.Equal("Ref MyCacheSecretArn", published.Template().Secret("worker", Alias));
    }

    [Fact]
    public async Task A_connection_string_without_a_secret_is_text_under_both_names()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var cache = builder.AddContainer("cache", "redis").WithEndpoint(targetPort: 6379, name: "tcp", scheme: "tcp");
                var connection = builder.AddConnectionString(
                    "my-cache",
                    ReferenceExpression.Create($"{cache.GetEndpoint("tcp").Property(EndpointProperty.HostAndPort)},ssl=false")
                );
                builder.AddWorker("worker").WithReference(connection);
            })
        ).Template();

        Assert.Equal("cache:6379,ssl=false", template.Variable("worker", Own));
        Assert.Equal("cache:6379,ssl=false", template.Variable("worker", Alias));
    }

    [Fact]
    public async Task Different_texts_whose_names_differ_in_signs_alone_are_two_secrets()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var key = builder.AddParameter("key", secret: true);
                builder
                    .AddWorker("worker")
                    .WithEnvironment("Partner:Key", ReferenceExpression.Create($"one={key}"))
                    .WithEnvironment("PARTNER_KEY", ReferenceExpression.Create($"two={key}"))
                    .WithEnvironment("Partner__Key", ReferenceExpression.Create($"three={key}"));
            })
        ).Template();

        Assert.Equal(
            3,
            template
                .OfType("AWS::SecretsManager::Secret")
                .Select(secret => secret.Properties.At("Name").Show())
                .Distinct(StringComparer.Ordinal)
                .Count()
        );
        Assert.Equal(
            3,
            new[] { "Partner:Key", "PARTNER_KEY", "Partner__Key" }
                .Select(name => template.Secret("worker", name))
                .Distinct(StringComparer.Ordinal)
                .Count()
        );
    }
}
