using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Rows;

public sealed class SecretTests
{
    [Fact]
    public async Task A_secret_parameter_is_a_secret_without_a_value_and_the_containers_secret()
    {
        var published = await Published.ModelAsync(
            builder =>
                builder
                    .AddWorker("worker")
                    .WithEnvironment("KEY", builder.AddParameter("api-key", secret: true).WithDescription("Of the partner.")),
            "--Parameters:api-key=VERYSECRET"
        );

        var secret = published.Templates.Foundation["ApiKeySecret"];
        Assert.Equal("AWS::SecretsManager::Secret", secret.Type);
        Assert.Equal("shop/api-key", secret.Properties.At("Name").Show());
        Assert.Equal("Of the partner.", secret.Properties.At("Description").Show());
        Assert.Null(secret.Properties.At("SecretString"));
        Assert.Null(secret.Properties.At("GenerateSecretString"));
        Assert.Equal("RetainExceptOnCreate", secret.DeletionPolicy);
        Assert.Equal("Ref ApiKeySecretArn", published.Template().Secret("worker", "KEY"));
        Assert.Null(published.Template().Variable("worker", "KEY"));
        Assert.Null(published.Template().Parameters["ApiKey"]);
        Assert.All(published.Files, file => Assert.DoesNotContain("VERYSECRET", file.Content, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_execution_role_reads_the_secrets_of_its_own_service_alone()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var key = builder.AddParameter("api-key", secret: true);
                builder.AddWorker("worker").WithEnvironment("KEY", key).WithEnvironment("TEXT", ReferenceExpression.Create($"key={key}"));
                builder.AddWorker("other").WithEnvironment("OTHER", builder.AddParameter("other-key", secret: true));
            })
        ).Template();

        Assert.Equal(
            "[Ref ApiKeySecretArn, Ref WorkerTEXTSecret]",
            template.Statement("WorkerExecutionRole", "ReadSecrets").At("Resource").Show()
        );
        Assert.Equal("Ref OtherKeySecretArn", template.Statement("OtherExecutionRole", "ReadSecrets").At("Resource").Show());
        Assert.Null(template.Statement("WorkerTaskRole", "ReadSecrets"));
    }

    [Fact]
    public async Task An_argument_has_a_secret_inside_where_that_is_agreed_to_and_a_new_value_makes_a_new_revision()
    {
        var published = await Published.ModelAsync(
            builder =>
                builder
                    .AddContainer("nats", "nats", "2.11")
                    .WithArgs("--user", "nats", "--pass", builder.AddParameter("nats-password", secret: true))
                    .PublishAsFargateService(service => service.AllowSecretArguments = true),
            "--Parameters:nats-password=VERYSECRET"
        );

        var template = published.Template();
        var command = template.Container("nats").At("Command").Show();
        Assert.Contains("{{resolve:secretsmanager:${NatsPasswordSecretArn}:SecretString}}", command, StringComparison.Ordinal);
        Assert.Equal("Sub nats-password ${NatsPasswordVersion}", template.Container("nats").At("DockerLabels", "secret-versions").Show());
        Assert.NotNull(template.Parameters["NatsPasswordVersion"]);
        Assert.Contains(
            "takes the secret 'nats-password' as an argument (AllowSecretArguments)",
            published.Notices("nats"),
            StringComparison.Ordinal
        );
        Assert.All(published.Files, file => Assert.DoesNotContain("VERYSECRET", file.Content, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Text_with_a_secret_inside_is_composed_from_the_version_that_deploy_put_last()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var key = builder.AddParameter("api-key", secret: true);
                builder.AddWorker("worker").WithEnvironment("TEXT", ReferenceExpression.Create($"Host=x;Password={key};Opt=${{y}}"));
            })
        ).Template();

        Assert.Equal("Ref WorkerTEXTSecret", template.Secret("worker", "TEXT"));
        Assert.Equal(
            "Sub Host=x;Password={{resolve:secretsmanager:${ApiKeySecretArn}:SecretString}};Opt=${!y}",
            template.Property("WorkerTEXTSecret", "SecretString")
        );
        Assert.Equal("shop/worker/TEXT", template.Property("WorkerTEXTSecret", "Name"));

        // A version in the reference would be gone after two more; another property that changes has CloudFormation resolve it again.
        Assert.Equal("Sub TEXT of worker, composed from api-key ${ApiKeyVersion}", template.Property("WorkerTEXTSecret", "Description"));
        Assert.Equal("String", template.Parameters.At("ApiKeyVersion", "Type").Show());
        Assert.Null(template.Parameters.At("ApiKeyVersion", "Default"));
    }

    [Fact]
    public async Task The_version_is_a_parameter_only_where_something_is_composed_of_it()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder.AddWorker("worker").WithEnvironment("KEY", builder.AddParameter("api-key", secret: true))
            )
        ).Template();

        Assert.Equal(["WorkerImage", "ApiKeySecretArn"], template.Parameters.Keys);
    }

    [Fact]
    public async Task A_variable_whose_name_has_a_colon_gets_a_secret_whose_name_has_none()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var key = builder.AddParameter("api-key", secret: true);
                builder.AddWorker("worker").WithEnvironment("Partner:Key", ReferenceExpression.Create($"key={key}"));
            })
        ).Template();

        Assert.Equal("shop/worker/Partner-Key", template.Property("WorkerPartnerKeySecret", "Name"));
        Assert.Equal("Ref WorkerPartnerKeySecret", template.Secret("worker", "Partner:Key"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_generated_value_is_a_secret_that_deploy_makes_up_whether_the_model_says_so_or_not(bool isSecret)
    {
        var published = await Published.ModelAsync(builder =>
            builder
                .AddWorker("worker")
                .WithEnvironment(
                    "TOKEN",
                    builder.AddParameter("token", new GenerateParameterDefault { MinLength = 22 }, secret: isSecret, persist: true)
                )
        );

        Assert.True(Assert.Single(published.Application.Secrets).IsGenerated);
        Assert.Equal("Ref TokenSecretArn", published.Template().Secret("worker", "TOKEN"));
        Assert.Contains("made up once", published.Templates.Foundation["TokenSecret"].Comment, StringComparison.Ordinal);
        Assert.Null(published.Template().Parameters["Token"]);
    }

    [Fact]
    public async Task The_encoded_form_of_a_generated_secret_is_beside_the_secret_that_it_is_made_from()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var token = builder.AddParameter("token", new GenerateParameterDefault { MinLength = 22 }, secret: true);
            builder.AddWorker("worker").WithEnvironment("VALUE", ReferenceExpression.Create($"amqp://:{token:uri}@host"));
        });

        Assert.Equal(
            ["shop/token", "shop/token-uri-encoded"],
            published.Templates.Foundation.OfType("AWS::SecretsManager::Secret").Select(secret => secret.Properties.At("Name").Show())
        );
    }

    [Fact]
    public async Task A_connection_string_of_configuration_is_a_secret()
    {
        var template = (
            await Published.ModelAsync(builder => builder.AddWorker("worker").WithReference(builder.AddConnectionString("database")))
        ).Template();

        Assert.Equal("Ref DatabaseSecretArn", template.Secret("worker", "ConnectionStrings__database"));
    }

    [Fact]
    public async Task A_connection_string_that_the_model_composes_is_composed_with_its_secret()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var key = builder.AddParameter("key", secret: true);
                var host = builder.AddParameter("host", "db.example.com");
                builder
                    .AddWorker("worker")
                    .WithReference(builder.AddConnectionString("with", ReferenceExpression.Create($"Host={host};Password={key}")))
                    .WithReference(builder.AddConnectionString("without", ReferenceExpression.Create($"Host={host}")));
            })
        ).Template();

        Assert.Equal("Ref WorkerConnectionStringsWithSecret", template.Secret("worker", "ConnectionStrings__with"));
        Assert.Equal("Sub Host=${Host}", template.Variable("worker", "ConnectionStrings__without"));
    }

    [Fact]
    public async Task A_cache_with_a_password_of_its_own_is_reached_by_its_name_with_that_password()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var cache = builder.AddRedis("cache").PublishAsContainer();
            cache.WithEnvironment("REDIS_PASSWORD", cache.Resource.Password);
            builder.AddWorker("worker").WithReference(cache).WaitFor(cache);
        });

        var template = published.Template();
        Assert.Equal(
            "Sub cache:6379,password={{resolve:secretsmanager:${CachePasswordSecretArn}:SecretString}}",
            template.Property("WorkerConnectionStringsCacheSecret", "SecretString")
        );
        Assert.Equal("Ref CachePasswordSecretArn", template.Secret("cache", "REDIS_PASSWORD"));
        Assert.True(Assert.Single(published.Application.Secrets).IsGenerated);
        Assert.Equal("docker.io/library/redis:8.2", template.Container("cache").At("Image").Show());
        Assert.Contains("AddRedis(\"cache\")", template["CacheService"].Comment, StringComparison.Ordinal);
        Assert.Contains("CacheService", template["WorkerService"].DependsOn);
    }

    [Fact]
    public async Task A_database_of_a_server_is_its_connection_string_and_nothing_that_runs()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var orders = builder.AddPostgres("pg").AddDatabase("orders");
            builder.AddWorker("worker").WithReference(orders).WaitFor(orders);
        });

        var template = published.Template();
        Assert.Equal(
            "Sub Host=pg;Port=5432;Username=postgres;Password={{resolve:secretsmanager:${PgPasswordSecretArn}:SecretString}};Database=orders",
            template.Property("WorkerConnectionStringsOrdersSecret", "SecretString")
        );
        Assert.Equal(["PgService", "WorkerService"], template.OfType("AWS::ECS::Service").Select(service => service.Id));
        Assert.Contains("PgService", template["WorkerService"].DependsOn);
    }

    [Fact]
    public async Task The_parts_of_a_connection_string_are_variables_each()
    {
        var template = (
            await Published.ModelAsync(builder => builder.AddWorker("worker").WithReference(builder.AddPostgres("pg")))
        ).Template();

        Assert.Equal("pg", template.Variable("worker", "PG_HOST"));
        Assert.Equal("5432", template.Variable("worker", "PG_PORT"));
        Assert.Equal("Ref PgPasswordSecretArn", template.Secret("worker", "PG_PASSWORD"));
        Assert.Equal("Ref WorkerPGURISecret", template.Secret("worker", "PG_URI"));
    }
}
