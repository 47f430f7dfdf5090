using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>What AWS runs of a model that says nothing of AWS, and what stays a container.</summary>
public sealed class ManagedDefaultTests
{
    /// <summary>As the package of Redis starts its program where the model is published.</summary>
    private static IResourceBuilder<RedisResource> AddCache(IDistributedApplicationBuilder builder, string more = "")
    {
        var cache = builder.AddRedis("cache").WithEntrypoint("/bin/sh");
        return cache
            .WithEnvironment("REDIS_PASSWORD", cache.Resource.Password)
            .WithArgs("-c", $"redis-server --requirepass $REDIS_PASSWORD --save 60 1{more}");
    }

    private static string[] ServicesOf(Template template) =>
        [.. template.OfType("AWS::ECS::Service").Select(service => service.Properties.At("ServiceName").Show()!)];

    private static async Task<(Template Template, string Notices)> PostgresAsync(
        Action<IResourceBuilder<RelationalResources.PostgresServerResource>> configure,
        string tag = "18.3"
    )
    {
        var published = await Published.ModelAsync(builder =>
        {
            var server = builder.AddPostgresServer("pg", tag: tag);
            builder.AddWorker("worker").WithReference(server.AddDatabase("orders"));
            configure(server);
        });
        return (published.Template(), published.Notices("pg"));
    }

    [Fact]
    public async Task A_password_that_the_model_has_as_text_is_that_of_a_container()
    {
        var (template, notices) = await PostgresAsync(server => server.WithEnvironment("POSTGRES_PASSWORD", "lfpass"));

        Assert.Contains("pg", ServicesOf(template));
        Assert.Contains(
            "is a container on AWS too, and not a database of Amazon RDS: it has its password as text (POSTGRES_PASSWORD)",
            notices,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Databases_and_caches_are_run_by_AWS_without_a_word()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var worker = builder.AddWorker("worker").WithReference(AddCache(builder));
            worker.WithReference(builder.AddPostgresServer("pg").AddDatabase("orders"));
            worker.WithReference(builder.AddMySqlServer("my", tag: "9.7"));
            worker.WithReference(builder.AddSqlServerServer("sql"));
        });

        var template = published.Template();
        Assert.Equal(["worker"], ServicesOf(template));
        Assert.Equal(
            ("postgres", "orders", "mysql", "sqlserver-ex", "valkey"),
            (
                template.Property("PgDatabase", "Engine"),
                template.Property("PgDatabase", "DBName"),
                template.Property("MyDatabase", "Engine"),
                template.Property("SqlDatabase", "Engine"),
                template.Property("CacheCache", "Engine")
            )
        );
        Assert.Contains(
            "is a database of Amazon RDS, since the model says nothing else: PostgreSQL 18 on db.t4g.micro, about 13.98 USD a month. A first "
                + "deploy takes 5 to 15 minutes longer. PublishAsRds(database => …) says more of it, and PublishAsContainer() keeps it",
            published.Notices("pg"),
            StringComparison.Ordinal
        );
        Assert.Contains("is a cache of ElastiCache Serverless for Valkey", published.Notices("cache"), StringComparison.Ordinal);
        Assert.Contains("is version 9.7 here, and 8.4 on AWS", published.Notices("my"), StringComparison.Ordinal);
        Assert.Contains(
            "is SQL Server Express on AWS: it costs no licence, holds 10 GB",
            published.Notices("sql"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("(WithArgs)", published.Notices("cache"), StringComparison.Ordinal);
        Assert.DoesNotContain("(WithEnvironment)", published.Notices("cache"), StringComparison.Ordinal);
        Assert.All(published.Application.Notices.Where(notice => notice.IsNews), notice =>
            Assert.Contains("PublishAsContainer()", notice.Text, StringComparison.Ordinal)
        );
        Assert.Equal(4, published.Application.Notices.Count(notice => notice.IsNews));
    }

    [Fact]
    public async Task What_the_model_says_is_a_container_is_one()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddPostgresServer("pg").PublishAsContainer();
            AddCache(builder).PublishAsFargateService(service => service.Memory = 2048);
        });

        Assert.Equal(["pg", "cache"], ServicesOf(published.Template()));
        Assert.DoesNotContain("RDS, since", published.Notices("pg"), StringComparison.Ordinal);
        Assert.DoesNotContain("PublishAsElastiCache()", published.Notices("cache"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_to_be_both_is_refused()
    {
        var refusal = await Published.RefusalAsync(builder =>
            builder.AddWorker("worker").WithReference(builder.AddPostgresServer("pg").PublishAsContainer().PublishAsRds())
        );

        Assert.Contains(
            "'pg' is said to be more than one thing: PublishAsContainer and PublishAsRds. Keep one of them.",
            refusal,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("ankane/pgvector", "latest", "18")]
    [InlineData("pgvector/pgvector", "pg17", "17")]
    [InlineData("postgis/postgis", "17-3.5", "17")]
    [InlineData("bitnami/postgresql", "16", "16")]
    public async Task An_image_with_what_RDS_has_too_is_RDS(string image, string tag, string version)
    {
        var (template, notices) = await PostgresAsync(server => server.WithImage(image, tag));

        Assert.Equal(version, template.Property("PgDatabase", "EngineVersion"));
        Assert.Contains(
            $"{image}:{tag}' here, and PostgreSQL {version} of RDS on AWS, with the extensions",
            notices,
            StringComparison.Ordinal
        );
        Assert.Equal(image.StartsWith("postgis", StringComparison.Ordinal), notices.Contains("CREATE EXTENSION", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("timescale/timescaledb", "2.22.0-pg17")]
    [InlineData("ghcr.io/shop/postgres-with-everything", "17")]
    [InlineData("citusdata/citus", "13.0")]
    public async Task Any_other_image_stays_a_container_and_is_told_why(string image, string tag)
    {
        var (template, notices) = await PostgresAsync(server => server.WithImage(image, tag));

        Assert.Contains("pg", ServicesOf(template));
        Assert.Contains(
            $"is a container on AWS too, and not a database of Amazon RDS: its image 'docker.io/{image}:{tag}' is another than",
            notices,
            StringComparison.Ordinal
        );
        Assert.Contains("PublishAsRds(). Where the container is meant: PublishAsContainer().", notices, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_runs_at_the_first_start_keeps_it_a_container()
    {
        var (template, notices) = await PostgresAsync(server =>
            server.WithContainerFiles("/docker-entrypoint-initdb.d", [new ContainerFile { Name = "a.sql", Contents = "SELECT 1;" }])
        );

        Assert.Contains("pg", ServicesOf(template));
        Assert.Contains("what is to run as it starts for the first time (WithInitFiles, WithBindMount)", notices, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_are_left_out_and_told()
    {
        var (template, notices) = await PostgresAsync(server =>
            server
                .WithEnvironment("POSTGRES_HOST_AUTH_METHOD", "scram-sha-256")
                .WithEnvironment("POSTGRES_INITDB_ARGS", "--auth-host=scram-sha-256 --locale=de_DE.UTF-8")
                .WithEnvironment("TZ", "Europe/Berlin")
                .WithArgs("-c", "max_connections=500")
                .WithVolume("pg-data", "/var/lib/postgresql")
                .WithContainerFiles("/etc/postgresql", [new ContainerFile { Name = "postgresql.conf", Contents = "" }])
        );

        Assert.True(template.Contains("PgDatabase"));
        Assert.Contains("has arguments (WithArgs) here alone: -c max_connections=500.", notices, StringComparison.Ordinal);
        Assert.Contains("has POSTGRES_INITDB_ARGS and TZ (WithEnvironment) here alone", notices, StringComparison.Ordinal);
        Assert.Contains("'pg-data' here alone", notices, StringComparison.Ordinal);
        Assert.Contains("has files in its container", notices, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_of_a_variable_is_made_too()
    {
        var (template, notices) = await PostgresAsync(server => server.WithEnvironment("POSTGRES_DB", "legacy"));
        var (only, _) = await PostgresAsync(server => server.WithEnvironment("POSTGRES_DB", "orders"));

        Assert.Equal("orders", template.Property("PgDatabase", "DBName"));
        Assert.Equal("legacy", template.Variable("pg-databases", "DATABASE_1"));
        Assert.DoesNotContain("(WithEnvironment)", notices, StringComparison.Ordinal);
        Assert.False(only.Contains("PgDatabasesTaskDefinition"));
    }

    [Fact]
    public async Task What_RDS_would_refuse_keeps_it_a_container()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var my = builder.AddMySqlServer("my").WithEnvironment("MYSQL_USER", "shop");
            var quoted = builder.AddPostgresServer("quoted");
            quoted.AddDatabase("clock", "o'clock");
            var open = builder
                .AddResource(new RelationalResources.PostgresServerResource("open", null, builder.AddParameter("plain").Resource))
                .WithImage("postgres", "17")
                .WithEndpoint(targetPort: 5432, name: "tcp");
            var more = builder.AddPostgresServer("more").WithEndpoint(targetPort: 8008, name: "patroni");
            builder.AddWorker("worker").WithReference(my).WithReference(quoted).WithReference(open).WithReference(more);
        });

        Assert.Equal(["my", "quoted", "open", "more", "worker"], ServicesOf(published.Template()));
        Assert.Contains("the image makes a user of its own (MYSQL_USER)", published.Notices("my"), StringComparison.Ordinal);
        Assert.Contains("it has the database 'o'clock'", published.Notices("quoted"), StringComparison.Ordinal);
        Assert.Contains(
            "it has no password that is a secret parameter (AddParameter(name, secret: true)).",
            published.Notices("open"),
            StringComparison.Ordinal
        );
        Assert.Contains("it has the endpoint 'patroni' beside its own", published.Notices("more"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cache_with_modules_is_a_container_and_one_with_settings_is_told()
    {
        var modules = await Published.ModelAsync(builder => AddCache(builder, " --loadmodule /opt/search.so"));
        var stack = await Published.ModelAsync(builder => AddCache(builder).WithImage("redis/redis-stack", "7.4"));
        var settings = await Published.ModelAsync(builder => AddCache(builder, " --maxmemory 100mb"));

        Assert.Contains("it loads modules, which AWS does not.", modules.Notices("cache"), StringComparison.Ordinal);
        Assert.Contains("'docker.io/redis/redis-stack:7.4' is another than", stack.Notices("cache"), StringComparison.Ordinal);
        Assert.Contains("has arguments (WithArgs) here alone: --maxmemory 100mb.", settings.Notices("cache"), StringComparison.Ordinal);
        Assert.True(settings.Template().Contains("CacheCache"));
    }

    [Fact]
    public async Task Text_that_names_a_server_has_its_address_and_is_told_of_TLS()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddPostgresServer("pg").AddDatabase("orders");
            AddCache(builder);
            builder
                .AddContainer("legacy", "example/legacy", "1")
                .WithEnvironment("DB_HOST", "pg")
                .WithEnvironment("JDBC_URL", "jdbc:postgresql://pg:5432/orders")
                .WithEnvironment("CACHE", "redis://cache:6379");
        });

        var template = published.Template();
        Assert.Equal("GetAtt PgDatabase.Endpoint.Address", template.Variable("legacy", "DB_HOST"));
        Assert.Equal(
            "Sub jdbc:postgresql://${PgDatabase.Endpoint.Address}:5432/orders?sslmode=require",
            template.Variable("legacy", "JDBC_URL")
        );
        Assert.Equal("Sub rediss://${CacheCache.Endpoint.Address}:6379", template.Variable("legacy", "CACHE"));
        Assert.True(template.Contains("PgDatabaseFromLegacy"));
        Assert.Contains(
            "names 'pg' in DB_HOST, which AWS runs, over TLS alone: the program has to ask for TLS.",
            published.Notices("legacy"),
            StringComparison.Ordinal
        );
    }
}
