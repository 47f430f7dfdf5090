using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Reading;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>What public images need, where the model says nothing.</summary>
public sealed class KnownImageTests
{
    [Theory]
    [InlineData("postgres", "17.6", "999:999")]
    [InlineData("postgres", "17.6-alpine", "70:70")]
    [InlineData("docker.io/library/postgres", "17.6", "999:999")]
    [InlineData("public.ecr.aws/docker/library/mysql", "9.4", "999:999")]
    [InlineData("container-registry.oracle.com/mysql/community-server", "9.4", "27:27")]
    [InlineData("docker.elastic.co/elasticsearch/elasticsearch", "9.1.0", "1000:0")]
    [InlineData("123456789012.dkr.ecr.eu-west-1.amazonaws.com/library/mongo", "8.0", "999:999")]
    [InlineData("library/rabbitmq", "4.2-management", "999:999")]
    [InlineData("library/rabbitmq", "4.2-management-alpine", "100:101")]
    [InlineData("redis", "8.2-alpine", "999:1000")]
    [InlineData("mcr.microsoft.com/mssql/server", "2022-latest", "10001:10001")]
    [InlineData("clickhouse/clickhouse-server", "25.8", "101:101")]
    [InlineData("dpage/pgadmin4", "9.8.0", "5050:0")]
    [InlineData("bitnami/postgresql", "17", "1001:0")]
    [InlineData("qdrant/qdrant", "v1.15", "1000:1000")]
    [InlineData("hashicorp/vault", "1.21", "100:1000")]
    [InlineData("eclipse-mosquitto", "2", "1883:1883")]
    [InlineData("example/postgres", "17", "1000:1000")]
    public async Task Files_of_a_volume_belong_to_the_user_of_the_image(string image, string tag, string owner)
    {
        var template = (
            await Published.ModelAsync(builder => builder.AddContainer("db", image, tag).WithVolume("data", "/data"))
        ).Template();

        Assert.Equal(
            owner,
            $"{template.Property("DbDataAccessPoint", "PosixUser", "Uid")}:{template.Property("DbDataAccessPoint", "PosixUser", "Gid")}"
        );
    }

    [Theory]
    [InlineData("KC_DB", "postgres", "", false)]
    [InlineData("KC_DB", "dev-file", "", true)]
    [InlineData("KC_LOG_LEVEL", "info", "", true)]
    [InlineData("KC_LOG_LEVEL", "info", "--db=postgres", false)]
    public async Task A_Keycloak_with_a_database_loses_nothing_with_its_task(string variable, string value, string argument, bool isTold)
    {
        var published = await Published.ModelAsync(builder =>
            builder
                .AddContainer("login", "quay.io/keycloak/keycloak", "26.4")
                .WithEnvironment(variable, value)
                .WithArgs(argument.Length == 0 ? ["start"] : new[] { "start", argument })
        );

        Assert.Equal(isTold, published.Notices("login").Contains("without a volume", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_only_runs_a_command_of_an_image_keeps_no_data()
    {
        var published = await Published.ModelAsync(builder =>
            builder
                .AddWorker("worker")
                .WaitForCompletion(builder.AddContainer("db-init", "postgres", "17.6").WithEntrypoint("psql").WithArgs("-f", "init.sql"))
        );

        Assert.DoesNotContain("without a volume", published.Notices("db-init"), StringComparison.Ordinal);
    }

    /// <summary>Nobody is to wait until a database answers in a container that runs a script.</summary>
    [Fact]
    public async Task Nor_is_it_the_server_where_it_is_a_service()
    {
        var published = await Published.ModelAsync(builder =>
            builder
                .AddContainer("backup", "postgres", "17.6")
                .WithEntrypoint("/bin/sh")
                .WithArgs("-c", "while :; do pg_dump; sleep 3600; done")
        );

        Assert.DoesNotContain("without a volume", published.Notices("backup"), StringComparison.Ordinal);
        var container = published.Template().Container("backup");
        Assert.Null(container.At("HealthCheck"));
        Assert.Null(container.At("PortMappings"));
    }

    [Fact]
    public async Task A_server_with_another_image_is_what_its_package_says()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder.AddPostgres("db").WithImage("example/with-vectors", "17").WithVolume("data", "/var/lib/postgresql/data")
            )
        ).Template();

        Assert.Equal("{Uid: 999, Gid: 999}", template.Property("DbDataAccessPoint", "PosixUser"));
        Assert.Equal("[CMD, pg_isready, -h, 127.0.0.1]", template.Container("db").At("HealthCheck", "Command").Show());
    }

    [Fact]
    public async Task A_server_with_a_Dockerfile_is_what_its_package_says()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder.AddPostgres("db").WithDockerfile(".").WithVolume("data", "/var/lib/postgresql/data")
            )
        ).Template();

        Assert.Equal("{Uid: 999, Gid: 999}", template.Property("DbDataAccessPoint", "PosixUser"));
        Assert.Equal("[CMD, pg_isready, -h, 127.0.0.1]", template.Container("db").At("HealthCheck", "Command").Show());
    }

    [Theory]
    [InlineData("axllent/mailpit", "catches mail and sends none on")]
    [InlineData("ghcr.io/axllent/mailpit", "catches mail and sends none on")]
    [InlineData("localstack/localstack", "stands in for services of AWS, which are there")]
    [InlineData("redis/redisinsight", "is a tool that looks into others")]
    public async Task What_is_for_whoever_develops_is_warned_of(string image, string words) =>
        Assert.Contains(
            words,
            (await Published.ModelAsync(builder => builder.AddContainer("tool", image, "1"))).Notices("tool"),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task What_the_model_says_of_owner_size_check_and_variables_stays()
    {
        var published = await Published.ModelAsync(builder =>
            builder
                .AddContainer("mq", "rabbitmq", "4.2")
                .WithEndpoint(targetPort: 5672, name: "tcp", scheme: "tcp")
                .WithEnvironment("RABBITMQ_NODENAME", "shop@localhost")
                .WithVolume("data", "/var/lib/rabbitmq")
                .PublishAsFargateService(service =>
                {
                    service.OwnVolume("data", 1, 2);
                    service.ContainerHealthCheck = new("CMD", "true");
                    service.Memory = 2048;
                })
        );

        var template = published.Template();
        Assert.Equal("{Uid: 1, Gid: 2}", template.Property("MqDataAccessPoint", "PosixUser"));
        Assert.Equal("[CMD, true]", template.Container("mq").At("HealthCheck", "Command").Show());
        Assert.Equal("shop@localhost", template.Variable("mq", "RABBITMQ_NODENAME"));
        Assert.Equal("2048", template.Property("MqTaskDefinition", "Memory"));
    }

    [Fact]
    public async Task RabbitMQ_finds_its_files_under_the_same_name_in_each_task()
    {
        var template = (
            await Published.ModelAsync(builder => builder.AddContainer("mq", "rabbitmq", "4.2").WithVolume("data", "/var/lib/rabbitmq"))
        ).Template();
        Assert.Equal("rabbit@localhost", template.Variable("mq", "RABBITMQ_NODENAME"));
    }

    [Theory]
    [InlineData("mcr.microsoft.com/mssql/server", "1024", "4096")]
    [InlineData("gvenzl/oracle-free", "1024", "4096")]
    [InlineData("milvusdb/milvus", "2048", "8192")]
    [InlineData("postgres", "256", "512")]
    public async Task A_task_is_as_large_as_its_image_wants(string image, string cpu, string memory)
    {
        var published = await Published.ModelAsync(builder => builder.AddContainer("db", image, "1").WithVolume("data", "/data"));

        Assert.Equal(
            (cpu, memory),
            (published.Template().Property("DbTaskDefinition", "Cpu"), published.Template().Property("DbTaskDefinition", "Memory"))
        );
        Assert.Equal(
            cpu != "256",
            published
                .Notices("db")
                .Contains($"has {cpu} CPU units and {memory} MiB since the model says nothing " + "else", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_size_of_the_model_is_taken_as_it_is()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder.AddContainer("db", "milvusdb/milvus", "v2.6").PublishAsFargateService(service => service.Cpu = 512)
            )
        ).Template();
        Assert.Equal(("512", "1024"), (template.Property("DbTaskDefinition", "Cpu"), template.Property("DbTaskDefinition", "Memory")));
    }

    [Fact]
    public async Task A_database_is_asked_whether_it_takes_connections_on_its_usual_port_alone()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddPostgres("db");
                builder.AddContainer("odd", "postgres", "17").WithEndpoint(targetPort: 5433, name: "tcp", scheme: "tcp");
            })
        ).Template();

        Assert.Equal("[CMD, pg_isready, -h, 127.0.0.1]", template.Container("db").At("HealthCheck", "Command").Show());
        Assert.Null(template.Container("odd").At("HealthCheck"));
    }

    [Fact]
    public async Task A_database_without_a_volume_is_warned_of_and_a_cache_is_not()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddPostgres("db");
            builder.AddPostgres("kept").WithVolume("kept-data", "/var/lib/postgresql/data");
            builder.AddRedis("cache").PublishAsContainer();
            builder.AddContainer("scratch", "mongo", "8").WithVolume("/data/db");
            builder.AddContainer("bus", "nats", "2.12");
        });

        Assert.Equal(
            ["db", "scratch"],
            published
                .Application.Notices.Where(notice =>
                    notice.IsWarning && notice.Text.Contains("its data ends with its task", StringComparison.Ordinal)
                )
                .Select(notice => notice.Resource)
        );
    }

    [Theory]
    [InlineData("confluentinc/confluent-local", "such as Amazon MSK", "WithPullThroughCache")]
    [InlineData("rabbitmq", "such as Amazon MQ", "public.ecr.aws/docker/library")]
    [InlineData("cloudamqp/lavinmq", "such as Amazon MQ", "WithPullThroughCache")]
    [InlineData("qdrant/qdrant", "or use a managed service.", "WithPullThroughCache")]
    public async Task What_AWS_runs_in_its_place_and_where_else_it_comes_from_is_said(string image, string managed, string registry)
    {
        var published = await Published.ModelAsync(builder => builder.AddContainer("mq", image, "8"));

        Assert.Contains(managed, published.Notices("mq"), StringComparison.Ordinal);
        Assert.Contains(registry, published.Notices("mq"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_people_log_in_is_external_or_warned_of(bool isExternal)
    {
        var published = await Published.ModelAsync(builder =>
            builder
                .AddContainer("login", "quay.io/keycloak/keycloak", "26.3")
                .WithHttpEndpoint(targetPort: 8080)
                .WithEndpoint("http", endpoint => endpoint.IsExternal = isExternal)
        );

        Assert.NotEqual(
            isExternal,
            published.Notices("login").Contains("a browser that is sent there to log in does not reach it", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Whose_files_those_of_an_unknown_image_are_is_to_be_said()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddContainer("wiki", "example/wiki", "1").WithVolume("pages", "/pages");
            builder
                .AddContainer("said", "example/wiki", "1")
                .WithVolume("more", "/pages")
                .PublishAsFargateService(service => service.OwnVolume("more", 33, 33));
            builder.AddContainer("reader", "example/wiki", "1").WithVolume("pages", "/pages", isReadOnly: true);
        });

        Assert.Contains(
            "reads and writes the volume 'pages' as 1000:1000, for 'example/wiki:1' is not known here",
            published.Notices("wiki"),
            StringComparison.Ordinal
        );
        Assert.Contains("service.OwnVolume(\"pages\", uid, gid)", published.Notices("wiki"), StringComparison.Ordinal);
        Assert.DoesNotContain("is not known here", published.Notices("said") + published.Notices("reader"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scale", "is to have up to 3 tasks (Scale)")]
    [InlineData("overlap", "a new task is to start before the old one has ended (Deployment)")]
    public async Task Two_at_once_on_the_files_of_a_database_are_refused(string what, string words)
    {
        var message = await Published.RefusalAsync(builder =>
            builder
                .AddPostgres("db")
                .WithVolume("data", "/var/lib/postgresql/data")
                .PublishAsFargateService(service =>
                {
                    if (what == "scale")
                    {
                        service.Scale(1, 3);
                    }
                    else
                    {
                        service.Deployment = DeploymentStrategy.Rolling();
                    }
                })
        );

        Assert.Contains("(one problem)", message, StringComparison.Ordinal);
        Assert.Contains("'db' keeps the data of postgres in the volume 'data', and " + words, message, StringComparison.Ordinal);
        Assert.Contains("destroy them", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("docker.io/library/postgres:17", "postgres")]
    [InlineData("localhost:5000/postgres", "postgres")]
    [InlineData("postgres@sha256:00", "postgres")]
    [InlineData("docker.elastic.co/elasticsearch/elasticsearch:9.1.0", "elasticsearch")]
    [InlineData("container-registry.oracle.com/database/free:23.9.0.0", "oracle")]
    [InlineData("mcr.microsoft.com/azure-storage/azurite", "azurite")]
    [InlineData("quay.io/keycloak/keycloak:26.3", "keycloak")]
    [InlineData("ghcr.io/microsoft/garnet:1.0", "garnet")]
    [InlineData("example/postgres", null)]
    [InlineData("postgres-exporter", null)]
    [InlineData("prom/postgres", null)]
    public void An_image_is_known_by_its_repository_in_whatever_registry(string image, string? name) =>
        Assert.Equal(name, KnownImages.Find(image)?.Name);

    [Fact]
    public async Task A_volume_with_a_variable_says_where_it_is()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                builder.AddContainer("wiki", "example/wiki", "1").WithVolume("pages", "/pages", env: "PAGES_PATH");
                builder.AddWorker("index").WithVolume("index", "/var/index", env: "INDEX_PATH");
            })
        ).Template();

        Assert.Equal("/pages", template.Variable("wiki", "PAGES_PATH"));
        Assert.Equal("/var/index", template.Variable("index", "INDEX_PATH"));
        Assert.Equal(
            "[{SourceVolume: index, ContainerPath: /var/index, ReadOnly: false}]",
            template.Container("index").At("MountPoints").Show()
        );
        Assert.Equal("{Uid: 1654, Gid: 1654}", template.Property("IndexIndexAccessPoint", "PosixUser"));
    }

    [Fact]
    public async Task The_templates_have_no_fault()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddPostgres("db").WithVolume("db-data", "/var/lib/postgresql/data");
            builder
                .AddContainer("mq", "rabbitmq", "4.2")
                .WithEndpoint(targetPort: 5672, name: "tcp", scheme: "tcp")
                .WithVolume("mq-data", "/var/lib/rabbitmq");
            builder
                .AddContainer("search", "docker.elastic.co/elasticsearch/elasticsearch", "9.1.0")
                .WithVolume("search-data", "/usr/share/elasticsearch/data");
            builder.AddContainer("sql", "mcr.microsoft.com/mssql/server", "2022-CU20").WithVolume("sql-data", "/var/opt/mssql");
        });

        Assert.Empty(
            await CfnLint.CheckAsync([
                .. published
                    .Files.Where(file => file.Name.EndsWith(".template.yaml", StringComparison.Ordinal))
                    .Select(file => (file.Name, file.Content)),
            ])
        );
    }
}
