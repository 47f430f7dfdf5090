using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Deploying.Secrets;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>Databases and caches that exist: nothing is made of them.</summary>
public sealed class ExistingServerTests
{
    private const string Secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-1-AbCdEf";

    private static IResourceBuilder<FargateEnvironmentResource> AddShop(IDistributedApplicationBuilder builder) =>
        builder
            .AddFargateEnvironment("shop")
            .WithExistingVpc("vpc-01234567", "10.1.0.0/16", ["subnet-01234567", "subnet-01234568"], ["subnet-01234569", "subnet-0123456a"]);

    [Fact]
    public async Task What_refers_to_them_has_their_addresses_with_TLS_and_a_rule_in_their_groups()
    {
        var published = await Published.ModelAsync(builder =>
        {
            AddShop(builder);
            var server = builder
                .AddPostgresServer("pg")
                .UseExisting("pg.abc.eu-west-1.rds.amazonaws.com", "sg-0123456789abcdef0", existing =>
                    (existing.Port, existing.UserName, existing.PasswordSecretArn) = (5433, "app", Secret)
                );
            var cache = builder
                .AddRedis("cache")
                .UseExisting("cache.abc.euw1.cache.amazonaws.com", "sg-0123456789abcdef1", existing => existing.PasswordSecretArn = Secret);
            builder
                .AddWorker("worker")
                .WithReference(server)
                .WithReference(server.AddDatabase("orders"))
                .WithReference(cache)
                .WithEnvironment(
                    "CACHE",
                    ReferenceExpression.Create($"redis://{cache.Resource.PrimaryEndpoint.Property(EndpointProperty.HostAndPort)}")
                );
        });

        var template = published.Template();
        Assert.DoesNotContain(template.Resources, resource =>
            resource.Type.StartsWith("AWS::RDS::", StringComparison.Ordinal)
            || resource.Type.StartsWith("AWS::ElastiCache::", StringComparison.Ordinal)
        );
        Assert.Equal(
            ("sg-0123456789abcdef0", "5433", "sg-0123456789abcdef1", "6379"),
            (
                template.Property("PgDatabaseFromWorker", "GroupId"),
                template.Property("PgDatabaseFromWorker", "ToPort"),
                template.Property("CacheCacheFromWorker", "GroupId"),
                template.Property("CacheCacheFromWorker", "ToPort")
            )
        );
        Assert.Equal(
            ("pg.abc.eu-west-1.rds.amazonaws.com", "5433", "app", "rediss://cache.abc.euw1.cache.amazonaws.com:6379"),
            (
                template.Variable("worker", "PG_HOST"),
                template.Variable("worker", "PG_PORT"),
                template.Variable("worker", "PG_USERNAME"),
                template.Variable("worker", "CACHE")
            )
        );
        var secrets = template.OfType("AWS::SecretsManager::Secret").Select(secret => secret.Properties.At("SecretString").Show()).ToList();
        const string password = "{{resolve:secretsmanager:${PgPasswordSecretArn}:SecretString}}";
        Assert.Contains(
            $"Sub Host=pg.abc.eu-west-1.rds.amazonaws.com;Port=5433;Username=app;Password={password};SSL Mode=Require;Database=orders",
            secrets
        );
        Assert.Contains(secrets, secret =>
            secret!.Contains("postgresql://app:", StringComparison.Ordinal)
            && secret.EndsWith("@pg.abc.eu-west-1.rds.amazonaws.com:5433?sslmode=require", StringComparison.Ordinal)
        );
        Assert.Contains(secrets, secret =>
            secret!.StartsWith("Sub cache.abc.euw1.cache.amazonaws.com:6379,password=", StringComparison.Ordinal)
            && secret.EndsWith(",ssl=true", StringComparison.Ordinal)
        );
        Assert.Contains("what it has by AddDatabase has to be there", published.Notices("pg"), StringComparison.Ordinal);
        Assert.Contains(Secret, published.File("deployer-policy.json"), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, published.File("reader-policy.json"), StringComparison.Ordinal);
        Assert.Contains("not of this stack: `pg.abc.eu-west-1.rds.amazonaws.com`", published.File("README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_TLS_nothing_asks_for_it()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                AddShop(builder);
                var cache = builder
                    .AddRedis("cache")
                    .UseExisting("cache.internal", "sg-01234567", existing => (existing.Tls, existing.PasswordSecretArn) = (false, Secret));
                var server = builder
                    .AddPostgresServer("pg")
                    .UseExisting("pg.internal", "sg-01234567", existing => (existing.Tls, existing.PasswordSecretArn) = (false, Secret));
                builder
                    .AddWorker("worker")
                    .WithReference(server)
                    .WithEnvironment(
                        "CACHE",
                        ReferenceExpression.Create($"redis://{cache.Resource.PrimaryEndpoint.Property(EndpointProperty.Host)}")
                    )
                    .WithEnvironment("TLS", cache.Resource.PrimaryEndpoint.Property(EndpointProperty.TlsEnabled));
            })
        ).Template();

        Assert.Equal(
            ("redis://cache.internal", "False", "jdbc:postgresql://pg.internal:5432"),
            (
                template.Variable("worker", "CACHE"),
                template.Variable("worker", "TLS"),
                template.Variable("worker", "PG_JDBCCONNECTIONSTRING")
            )
        );
    }

    [Fact]
    public async Task What_cannot_be_is_refused()
    {
        var refusal = await Published.RefusalAsync(builder =>
        {
            var server = builder.AddPostgresServer("pg").UseExisting("pg.internal", "sg-01234567");
            var user = builder
                .AddPostgresServer("named", builder.AddParameter("pg-user"))
                .UseExisting("pg.internal", "sg-01234567", existing => (existing.UserName, existing.PasswordSecretArn) = ("app", Secret))
                .PublishAsRds();
            builder.AddWorker("worker").WithReference(server).WithReference(user);
        });

        Assert.Contains(
            "'pg' exists (UseExisting) in the security group 'sg-01234567' of another network than that of the tasks",
            refusal,
            StringComparison.Ordinal
        );
        Assert.Contains("'pg' exists (UseExisting), and its password 'pg-password' would be made up.", refusal, StringComparison.Ordinal);
        Assert.Contains("'named' exists with the user 'app', and the model has that of a parameter", refusal, StringComparison.Ordinal);
        Assert.Contains("'named' is said to be more than one thing: PublishAsRds and UseExisting.", refusal, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ExistingServer("http://pg", "sg-01234567"));
        Assert.Throws<ArgumentException>(() => new ExistingServer("pg", "default"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExistingServer("pg", "sg-01234567").Port = 0);
        Assert.Throws<ArgumentException>(() => new ExistingServer("pg", "sg-01234567").PasswordSecretArn = "secret");
        Assert.Throws<ArgumentException>(() => new ExistingServer("pg", "sg-01234567").UserName = "a;b");
    }

    [Theory]
    [InlineData("hunter2", "hunter2")]
    [InlineData("{\"username\":\"app\",\"password\":\"p\"}", "p")]
    [InlineData("{curly", "{curly")]
    [InlineData("{\"username\":\"app\"}", null)]
    [InlineData("", null)]
    public void A_password_is_all_of_a_secret_or_its_field(string secret, string? password) =>
        Assert.Equal(password, ExistingPasswords.PasswordOf(secret));
}
