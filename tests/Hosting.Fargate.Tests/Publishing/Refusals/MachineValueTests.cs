using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Refusals;

/// <summary>Values of the machine that publishes.</summary>
public sealed class MachineValueTests
{
    [Fact]
    public Task A_path_in_the_AppHosts_folder_is_refused() =>
        Refused.ValueAsync(
            builder => Path.Combine(builder.AppHostDirectory, "data", "seed.json"),
            "holds a path of this machine, of the AppHost's folder or " + "beside it",
            "WithVolume",
            "IsRunMode"
        );

    [Fact]
    public Task So_is_one_beside_it() =>
        Refused.ValueAsync(
            builder => $"Data Source={Path.GetFullPath(Path.Combine(builder.AppHostDirectory, "..", "shop.db"))}",
            "holds a path of this " + "machine"
        );

    [Fact]
    public async Task So_is_one_elsewhere_in_the_checkout()
    {
        using var folder = new Images.Checkout();
        Directory.CreateDirectory(folder.PathOf("team/shop/.git"));
        Directory.CreateDirectory(folder.PathOf("team/shop/src/deploy/AppHost"));

        Assert.Contains(
            "CERTIFICATE of 'api' holds a path of this machine, of the checkout, which a task on AWS does not have",
            await Published.RefusalAsync(folder.PathOf("team/shop/src/deploy/AppHost"), builder =>
                builder
                    .AddContainer("api", "example/api")
                    .WithEnvironment("CERTIFICATE", folder.PathOf("team/shop/certificates/development.pem"))
            ),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("unix:///var/run/docker.sock")]
    [InlineData("npipe:////./pipe/docker_engine")]
    public async Task The_socket_of_a_container_engine_is_told(string address) =>
        Assert.Contains(
            "is told of the socket of a container engine (DOCKER_HOST)",
            (
                await Published.ModelAsync(builder =>
                    builder.AddContainer("api", "example/api", "1").WithEnvironment("DOCKER_HOST", address)
                )
            ).Notices("api"),
            StringComparison.Ordinal
        );

    [Fact]
    public Task So_is_one_in_the_text_of_an_expression() =>
        Refused.ValueAsync(
            builder => ReferenceExpression.Create($"{builder.AppHostDirectory}/config;{builder.AddParameter("stage", "test")}"),
            "holds a path " + "of this machine"
        );

    [Fact]
    public Task A_path_of_Windows_is_refused() =>
        Refused.ValueAsync(_ => @"C:\data\shop.db", "holds a path of Windows, and its tasks run " + "Linux");

    [Theory]
    [InlineData("Data Source=/tmp/shop.db;Cache=Shared", "/tmp/shop.db")]
    [InlineData("DataSource=/var/lib/shop.db", "/var/lib/shop.db")]
    [InlineData("/tmp/shop.db", "/tmp/shop.db")]
    [InlineData("sqlite:////data/shop.sqlite3", "/data/shop.sqlite3")]
    public async Task A_database_in_a_file_of_the_task_is_told(string value, string file) =>
        Assert.Contains(
            $"keeps a database in the file '{file}' (VALUE), on the disk of its task",
            await NoticesAsync(value),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task One_in_a_volume_is_not()
    {
        var published = await Published.ModelAsync(builder =>
            builder
                .AddContainer("worker", "example/worker", "1")
                .WithVolume("data", "/data")
                .WithEnvironment("VALUE", "Data Source=/data/shop.db")
        );

        Assert.DoesNotContain("keeps a database", published.Notices("worker"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:5000/api")]
    [InlineData("https://127.0.0.1")]
    [InlineData("Host=localhost;Port=5432")]
    [InlineData("amqp://guest:guest@localhost:5672")]
    [InlineData("localhost:9092")]
    [InlineData("Server=tcp:localhost,1433")]
    public async Task An_address_of_this_machine_is_told(string value)
    {
        var notices = await NoticesAsync(value);
        Assert.Contains("is told of 'localhost' (VALUE), which in a task is the task itself", notices, StringComparison.Ordinal);
        Assert.Contains("GetEndpoint", notices, StringComparison.Ordinal);
    }

    [Fact]
    public async Task So_is_a_name_of_its_own() =>
        Assert.Contains(
            "is told of 'shop.dev.localhost' (VALUE), which in a task is the task itself",
            await NoticesAsync("https://shop.dev.localhost:7443/orders"),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1:9000", false)]
    [InlineData("app.dev.localhost", false)]
    public async Task Of_a_host_alone_it_is_said_what_a_program_listens_on(string value, bool isSaid) =>
        Assert.Equal(
            isSaid,
            (await NoticesAsync(value)).Contains("Where it is what the program listens on: 0.0.0.0", StringComparison.Ordinal)
        );

    [Theory]
    [InlineData("http://host.docker.internal:5000/api")]
    [InlineData("Server=gateway.docker.internal,1433")]
    [InlineData("host.containers.internal")]
    [InlineData("http://aspire.dev.internal:4317")]
    public async Task So_is_the_machine_around_a_container(string value)
    {
        var published = await Published.ModelAsync(builder =>
            builder
                .AddContainer("worker", "example/worker", "1")
                .WithEnvironment("VALUE", value)
                .PublishAsFargateService(service => service.AddSidecar("proxy", "envoyproxy/envoy:v1.35.0"))
        );

        Assert.Contains(
            "(VALUE), which on AWS is nothing: it is the machine that a container engine runs on",
            published.Notices("worker"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("http://localhost:7100/api", true)]
    [InlineData("Server=localhost,7100;Database=shop", true)]
    [InlineData("Host=localhost;Port=7100;Database=shop", true)]
    [InlineData("http://host.docker.internal:7100", true)]
    [InlineData("https://shop.dev.localhost:7100", true)]
    [InlineData("http://localhost:7101", false)]
    public async Task The_endpoint_that_has_its_port_here_is_named(string value, bool isKnown)
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddContainer("stock", "example/stock", "1").WithHttpEndpoint(port: 7100, targetPort: 80, name: "api");
            builder.AddWorker("worker").WithEnvironment("VALUE", value);
        });

        Assert.Equal(
            isKnown,
            published
                .Notices("worker")
                .Contains("Here port 7100 leads to 'stock': give stock.GetEndpoint(\"api\") in its place", StringComparison.Ordinal)
        );
        Assert.Contains("IsRunMode", published.Notices("worker"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SMTP_HOST", "SMTP_PORT")]
    [InlineData("Email__SmtpServer", "Email__Port")]
    [InlineData("Database__Host", "Database__Port")]
    [InlineData("Cassandra__ContactPoints__0", "Cassandra__Port")]
    public async Task Its_port_may_be_in_another_variable(string host, string port)
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddContainer("stock", "example/stock", "1").WithEndpoint(port: 7100, targetPort: 25, name: "smtp");
            builder.AddWorker("worker").WithEnvironment(host, "localhost").WithEnvironment(port, "7100");
        });

        Assert.Contains(
            $"is told of 'localhost' ({host}), which in a task is the task itself. Here port 7100 ({port}) leads to 'stock': give "
                + "stock.GetEndpoint(\"smtp\").Property(EndpointProperty.Host) in its place, and "
                + $"stock.GetEndpoint(\"smtp\").Property(EndpointProperty.Port) for {port}. Where it is meant for here alone",
            published.Notices("worker"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("RabbitMq__HostName", true)]
    [InlineData("RABBITMQ_HOST", true)]
    [InlineData("Broker__Host", false)]
    public async Task A_host_without_a_port_is_known_by_its_name(string variable, bool isKnown)
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddContainer("rabbit-mq", "rabbitmq", "4.2").WithEndpoint(targetPort: 5672, name: "amqp");
            builder.AddWorker("worker").WithEnvironment(variable, "localhost");
        });

        Assert.Equal(
            isKnown,
            published
                .Notices("worker")
                .Contains("By its name it is that of 'rabbit-mq': give rabbit-mq.GetEndpoint(\"amqp\")", StringComparison.Ordinal)
        );
        Assert.NotEqual(isKnown, published.Notices("worker").Contains("what the program listens on", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_port_of_what_is_not_published_leads_nowhere()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder
                .AddContainer("mail", "axllent/mailpit", "v1.27")
                .WithEndpoint(port: 1025, targetPort: 1025, name: "smtp")
                .ExcludeFromManifest();
            builder.AddWorker("worker").WithEnvironment("SMTP_HOST", "localhost").WithEnvironment("SMTP_PORT", "1025");
        });

        Assert.DoesNotContain("'mail'", published.Notices("worker"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ASPNETCORE_ENVIRONMENT", "Development", true)]
    [InlineData("DOTNET_ENVIRONMENT", "Development", true)]
    [InlineData("ASPNETCORE_ENVIRONMENT", "Staging", false)]
    [InlineData("MODE", "Development", false)]
    public async Task What_runs_for_those_who_develop_is_told(string variable, string value, bool isTold)
    {
        var published = await Published.ModelAsync(builder => builder.AddWorker("worker").WithEnvironment(variable, value));

        Assert.Equal(
            isTold,
            published.Notices("worker").Contains($"runs as Development on AWS too ({variable})", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_file_is_told_once_however_many_variables_name_it()
    {
        var published = await Published.ModelAsync(builder =>
            builder
                .AddWorker("worker")
                .WithEnvironment("A", "Data Source=/tmp/shop.db")
                .WithEnvironment("B", "Data Source=/tmp/shop.db;Cache=Shared")
        );

        Assert.Single(published.Application.Notices, notice => notice.Text.Contains("keeps a database", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://localhosting.example.com")]
    [InlineData("nolocalhost")]
    [InlineData("The word localhost in a sentence")]
    [InlineData("user@localhost")]
    [InlineData("/data/files")]
    [InlineData("Data Source=tcp:db.example.com,1433")]
    [InlineData("C:")]
    public async Task What_only_looks_so_is_not(string value) =>
        Assert.DoesNotContain("worker", (await NoticesOfAsync(value)).Select(notice => notice.Resource));

    [Fact]
    public async Task What_a_program_listens_on_and_what_is_beside_it_may_be_localhost()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddWorker("listener").WithEnvironment("ASPNETCORE_URLS", "http://localhost:5000");
            builder
                .AddWorker("accompanied")
                .WithEnvironment("PROXY", "http://localhost:9901")
                .PublishAsFargateService(service => service.AddSidecar("proxy", "envoyproxy/envoy:v1.35.0"));
            var web = builder.AddWeb("web");
            web.WithEnvironment("SELF", web.GetEndpoint("http"));
        });

        Assert.DoesNotContain(published.Application.Notices, notice => notice.Text.Contains("'localhost'", StringComparison.Ordinal));
    }

    [Fact]
    public Task A_parameter_whose_value_throws_is_refused_where_something_uses_it() =>
        Refused.ForAsync(
            builder =>
                builder
                    .AddWorker("worker")
                    .WithEnvironment(
                        "VALUE",
                        builder.AddParameter("license", () => throw new InvalidOperationException("No license file."))
                    ),
            "'license' is a parameter whose value fails where the model is published: No license file.",
            "IsPublishMode"
        );

    [Fact]
    public async Task One_that_nothing_uses_stops_nobody()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddParameter("license", () => throw new InvalidOperationException("No license file."));
            builder.AddWorker("worker");
        });

        Assert.Contains("nothing published here uses", published.Notices("license"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_encoded_parameter_and_an_encoded_secret_are_described_as_that()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var user = builder.AddParameter("user", "shop").WithDescription("Who connects.");
            var password = builder.AddParameter("password", secret: true).WithDescription("With what.");
            builder
                .AddWorker("worker")
                .WithEnvironment("URI", ReferenceExpression.Create($"https://{user:uri}:{password:uri}@example.com"));
        });

        Assert.Equal(
            "The parameter user, percent-encoded to stand in an address. Who connects.",
            published.Template().Parameters["UserUriEncoded"].At("Description").Show()
        );
        Assert.Equal(
            "With what, percent-encoded to stand in an address",
            published.Templates.Foundation.Property("PasswordUriEncodedSecret", "Description")
        );
        Assert.Contains(
            "`password-uri-encoded` have the same values percent-encoded",
            published.File("README.md"),
            StringComparison.Ordinal
        );
    }

    private static async Task<string> NoticesAsync(string value) =>
        string.Join('\n', (await NoticesOfAsync(value)).Where(notice => notice.Resource == "worker").Select(notice => notice.Text));

    private static async Task<IEnumerable<Application.Notice>> NoticesOfAsync(string value) =>
        (await Published.ModelAsync(builder => builder.AddWorker("worker").WithEnvironment("VALUE", value))).Application.Notices;
}
