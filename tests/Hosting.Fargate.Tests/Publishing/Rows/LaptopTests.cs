using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>What works on a laptop by itself and not on AWS: done where it can be, and told where not.</summary>
public sealed class LaptopTests
{
    [Fact]
    public async Task A_database_of_the_model_is_made_by_its_image_and_any_other_is_told()
    {
        var published = await Published.ModelAsync(builder =>
            AddServer(builder, "db", "postgres", "17.6", ("orders-db", "orders"), ("stock-db", "stock"))
        );

        Assert.Equal("orders", published.Template().Variable("db", "POSTGRES_DB"));
        Assert.DoesNotContain("'orders'", published.Notices("db"), StringComparison.Ordinal);
        Assert.Contains(
            "has the database 'stock' (AddDatabase), which Aspire makes on a laptop alone.",
            published.Notices("db"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_container_beside_the_server_makes_the_databases_that_its_image_does_not()
    {
        var published = await Published.ModelAsync(builder =>
        {
            AddServer(builder, "db", "postgres", "17.6", ("books-db", "books"), ("mine-db", "it's \"mine\""), ("made-db", "made"))
                .WithEndpoint(targetPort: 5432, name: "tcp", scheme: "tcp")
                .WithEnvironment("POSTGRES_USER", "postgres")
                .WithEnvironment("POSTGRES_PASSWORD", builder.AddParameter("password", secret: true));
            builder
                .Resources.Single(resource => resource.Name == "made-db")
                .Annotations.Add(new SampleCreateDatabaseScriptAnnotation("CREATE DATABASE made OWNER books"));
        });

        var template = published.Template();
        var databases = template["DbTaskDefinition"].Properties["ContainerDefinitions"]!
            .Maps()
            .Single(map => map.At("Name").Show() == "databases");
        Assert.Equal("false", databases.At("Essential").Show());
        Assert.Null(databases.At("RestartPolicy"));
        Assert.Equal("[{ContainerName: db, Condition: HEALTHY}]", databases.At("DependsOn").Show());
        Assert.Equal(template.Container("db").At("Image").Show(), databases.At("Image").Show());
        Assert.EndsWith(
            ", databases, it's \"mine\", CREATE DATABASE \"it's \"\"mine\"\"\", made, CREATE DATABASE made OWNER books]",
            databases.At("Command").Show(),
            StringComparison.Ordinal
        );
        Assert.Contains("{Name: PGPASSWORD, ValueFrom: ", databases.At("Secrets").Show(), StringComparison.Ordinal);
        Assert.Equal("books", template.Variable("db", "POSTGRES_DB"));
        Assert.DoesNotContain("(AddDatabase)", published.Notices("db"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mysql", "MYSQL_DATABASE")]
    [InlineData("mariadb", "MARIADB_DATABASE")]
    [InlineData("timescale/timescaledb", "POSTGRES_DB")]
    public async Task The_variable_is_the_image_s(string image, string variable)
    {
        var published = await Published.ModelAsync(builder => AddServer(builder, "db", image, "1", ("orders-db", "orders")));

        Assert.Equal("orders", published.Template().Variable("db", variable));
    }

    [Fact]
    public async Task What_the_model_says_of_it_stays_and_the_database_is_told()
    {
        var published = await Published.ModelAsync(builder =>
            AddServer(builder, "db", "postgres", "17.6", ("orders-db", "orders")).WithEnvironment("POSTGRES_DB", "own")
        );

        Assert.Equal("own", published.Template().Variable("db", "POSTGRES_DB"));
        Assert.Contains("has the database 'orders'", published.Notices("db"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mcr.microsoft.com/mssql/server", true)]
    [InlineData("mongo", false)]
    public async Task A_server_that_makes_none_by_a_variable_is_told_unless_it_makes_all_by_itself(string image, bool isTold)
    {
        var published = await Published.ModelAsync(builder => AddServer(builder, "db", image, "8", ("orders-db", "orders")));

        Assert.Equal(isTold, published.Notices("db").Contains("has the database 'orders'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Arguments_of_the_container_engine_are_left_out_and_told()
    {
        var published = await Published.ModelAsync(builder =>
            builder.AddContainer("ollama", "ollama/ollama", "0.12").WithContainerRuntimeArgs("--gpus=all")
        );

        Assert.Contains("gives arguments to the container engine", published.Notices("ollama"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_nobody_can_reach_is_told()
    {
        var inside = await Published.ModelAsync(builder => builder.AddWeb("web"));
        var outside = await Published.ModelAsync(builder => builder.AddWeb("web").WithExternalHttpEndpoints());
        var worker = await Published.ModelAsync(builder => builder.AddWorker("worker"));

        Assert.Contains("Nothing is reached from outside", inside.Notices(null), StringComparison.Ordinal);
        Assert.Contains(inside.Application.Notices, notice =>
            notice is { Resource: null, IsWarning: true } && notice.Text.StartsWith("Nothing is reached", StringComparison.Ordinal)
        );
        Assert.DoesNotContain("Nothing is reached from outside", outside.Notices(null), StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing is reached from outside", worker.Notices(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_names_what_calls_others_before_what_is_called()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var api = builder.AddWeb("api");
            builder.AddContainer("mail", "axllent/mailpit", "v1.22").WithHttpEndpoint(targetPort: 8025);
            builder.AddContainer("gateway", "example/gateway", "1").WithHttpEndpoint(targetPort: 5000).WithReference(api);
        });

        Assert.Contains("are to call 'gateway' or another", published.Notices(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_names_that_from_where_most_others_are_reached()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var stock = builder.AddWeb("stock");
            var orders = builder.AddWeb("orders").WithReference(stock);
            builder.AddWeb("mails").WithReference(stock);
            var store = builder.AddWeb("store").WithReference(orders);
            orders.WithEnvironment("STORE", store.GetEndpoint("http"));
            builder.AddContainer("admin", "example/admin", "1").WithHttpEndpoint(targetPort: 80).WithReference(orders.GetEndpoint("http"));
            builder.AddWeb("pages").WithReference(store);
        });

        Assert.Contains("are to call 'pages' or another", published.Notices(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_may_end_and_is_a_service_is_told()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddWorker("tool").WithExplicitStart();
            builder.AddWorker("migrations");
            builder.AddWorker("waited-migrations");
            builder.AddWorker("worker").WaitForCompletion(builder.AddWorker("db-migrations"));
            builder
                .Resources.OfType<ProjectResource>()
                .Single(resource => resource.Name == "waited-migrations")
                .Annotations.Add(new FargateTaskAnnotation(_ => { }));
        });

        Assert.Contains("is started by hand here (WithExplicitStart)", published.Notices("tool"), StringComparison.Ordinal);
        Assert.Contains("Where it ends, as migrations do", published.Notices("migrations"), StringComparison.Ordinal);
        Assert.DoesNotContain("as migrations do", published.Notices("db-migrations"), StringComparison.Ordinal);
        Assert.DoesNotContain("as migrations do", published.Notices("waited-migrations"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data-initializer", true)]
    [InlineData("db-init", true)]
    [InlineData("Vault-Bootstrap", true)]
    [InlineData("seeder", true)]
    [InlineData("initial-orders", false)]
    [InlineData("worker", false)]
    public async Task So_is_what_sounds_like_it(string name, bool isTold)
    {
        var project = await Published.ModelAsync(builder => builder.AddWorker(name));
        var container = await Published.ModelAsync(builder => builder.AddContainer(name, "example/tool", "1"));
        var server = await Published.ModelAsync(builder =>
            builder.AddContainer(name, "example/tool", "1").WithHttpEndpoint(targetPort: 80)
        );
        var service = await Published.ModelAsync(builder => builder.AddWorker(name).PublishAsFargateService(_ => { }));

        Assert.Equal(isTold, project.Notices(name).Contains("ECS starts again what ends", StringComparison.Ordinal));
        Assert.Equal(isTold, container.Notices(name).Contains("ECS starts again what ends", StringComparison.Ordinal));
        Assert.DoesNotContain("ECS starts again what ends", server.Notices(name) + service.Notices(name), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_with_an_endpoint_that_nobody_calls_may_end_too()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddWeb("data-seeder");
            builder.AddWeb("migrations-view").WithExternalHttpEndpoints();
            builder.AddWorker("worker").WithReference(builder.AddWeb("bootstrap-api"));
        });

        Assert.Contains("ECS starts again what ends", published.Notices("data-seeder"), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "ECS starts again what ends",
            published.Notices("migrations-view") + published.Notices("bootstrap-api"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_line_to_write_is_that_of_who_waits_and_is_enough()
    {
        var started = await Published.ModelAsync(builder =>
            builder.AddWeb("api").WaitFor(builder.AddWorker("migrations")).WithExternalHttpEndpoints()
        );
        var ended = await Published.ModelAsync(builder =>
            builder.AddWeb("api").WaitForCompletion(builder.AddWorker("migrations")).WithExternalHttpEndpoints()
        );

        Assert.Contains(
            "'api' waits for it to start alone (WaitFor). Write .WaitForCompletion(…) of it in its place",
            started.Notices("migrations"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("as migrations do", ended.Notices("migrations"), StringComparison.Ordinal);
        Assert.Single(ended.Application.Tasks, task => task.Name == "migrations");
    }

    [Fact]
    public async Task A_server_that_somebody_waits_for_and_nobody_refers_to_is_told()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var broker = builder.AddContainer("broker", "rabbitmq", "4.2").WithEndpoint(targetPort: 5672, name: "amqp");
            var called = builder.AddContainer("called", "example/called", "1").WithHttpEndpoint(targetPort: 80);
            var idle = builder.AddContainer("idle", "example/idle", "1").WithHttpEndpoint(targetPort: 80);
            var mail = builder.AddContainer("mail", "axllent/mailpit", "v1.27").WithHttpEndpoint(targetPort: 8025);
            var database = builder.AddPostgresServer("pg").AddDatabase("orders");
            builder.AddWorker("worker").WaitFor(broker).WaitFor(called).WaitFor(mail).WaitFor(database);
            builder.AddWorker("other").WithReference(called.GetEndpoint("http"));
        });

        Assert.Contains(
            "is reached by nobody on AWS: 'worker' waits for it, and the model gives no address of it, which also admits its caller there. "
                + "Refer to it: .WithReference(broker.GetEndpoint(\"amqp\"))",
            published.Notices("broker"),
            StringComparison.Ordinal
        );
        Assert.Contains("Refer to it: .WithReference(pg)", published.Notices("pg"), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "is reached by nobody",
            published.Notices("called") + published.Notices("idle") + published.Notices("mail"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Nor_is_one_told_so_whose_caller_is_told_of_localhost()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var broker = builder.AddContainer("broker", "rabbitmq", "4.2").WithEndpoint(port: 5672, targetPort: 5672, name: "amqp");
            builder.AddWorker("worker").WaitFor(broker).WithEnvironment("BROKER", "amqp://localhost:5672");
        });

        Assert.Contains("Here port 5672 leads to 'broker'", published.Notices("worker"), StringComparison.Ordinal);
        Assert.DoesNotContain("is reached by nobody", published.Notices("broker"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_only_Aspire_s_manifest_hears_is_told()
    {
#pragma warning disable CS0618 // Models have it, though it is obsolete.
        var published = await Published.ModelAsync(builder => builder.AddPostgresServer("pg").PublishAsConnectionString());
#pragma warning restore CS0618

        Assert.Contains(
            "says PublishAsConnectionString, which Aspire's manifest alone hears",
            published.Notices("pg"),
            StringComparison.Ordinal
        );
        Assert.Contains("or .UseExisting(…).", published.Notices("pg"), StringComparison.Ordinal);
        Assert.True(published.Template().Contains("PgDatabase"));
    }

    [Fact]
    public async Task What_the_AppHost_itself_does_here_is_told()
    {
        var published = await Published.ModelAsync(builder =>
            builder.AddResource(new OllamaModelResource("llama", builder.AddContainer("ollama", "ollama/ollama", "0.12").Resource))
        );

        Assert.Contains("is a model that the AppHost pulls here, and nobody on AWS", published.Notices("llama"), StringComparison.Ordinal);
        Assert.Equal("8192", published.Template().Property("OllamaTaskDefinition", "Memory"));
    }

    [Theory]
    [InlineData("ollama/ollama", true, true)]
    [InlineData("ollama/ollama", false, false)]
    [InlineData("example/models", true, false)]
    public async Task What_asks_nobody_who_they_are_and_is_on_the_internet_is_told(string image, bool isExternal, bool isTold)
    {
        var published = await Published.ModelAsync(builder =>
            builder
                .AddContainer("models", image, "1")
                .WithHttpEndpoint(targetPort: 11434)
                .WithEndpoint("http", endpoint => endpoint.IsExternal = isExternal)
        );

        Assert.Equal(isTold, published.Notices("models").Contains("is for everybody on the internet", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_within_the_network_in_a_variable_for_browsers_is_told()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var api = builder.AddWeb("api");
            var open = builder.AddWeb("open").WithExternalHttpEndpoints();
            builder
                .AddContainer("web", "example/web", "1")
                .WithEnvironment("NUXT_PUBLIC_API", api.GetEndpoint("http"))
                .WithEnvironment("VITE_OPEN", open.GetEndpoint("http"))
                .WithEnvironment("API", api.GetEndpoint("http"));
        });

        Assert.Contains(
            "has the address of 'api' within the network in NUXT_PUBLIC_API",
            published.Notices("web"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("VITE_OPEN", published.Notices("web"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AllowedOrigins__0", true)]
    [InlineData("Cors__Origins__0", true)]
    [InlineData("ImageStorage__PublicBaseUrl", true)]
    [InlineData("OAUTH_REDIRECT_URI", true)]
    [InlineData("Orders__BaseUrl", false)]
    public async Task So_is_one_in_a_variable_that_is_compared_with_what_browsers_say_or_sends_them_there(string variable, bool isTold)
    {
        var published = await Published.ModelAsync(builder =>
            builder.AddWorker("worker").WithEnvironment(variable, builder.AddWeb("site").GetEndpoint("http"))
        );

        Assert.Equal(
            isTold,
            published.Notices("worker").Contains($"has the address of 'site' within the network in {variable}", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task What_a_reference_makes_is_for_no_browser_whatever_the_service_is_called()
    {
        var published = await Published.ModelAsync(builder => builder.AddWorker("worker").WithReference(builder.AddWeb("public-gateway")));

        Assert.Equal("http://public-gateway", published.Template().Variable("worker", "PUBLIC_GATEWAY_HTTP"));
        Assert.DoesNotContain("within the network in", published.Notices("worker"), StringComparison.Ordinal);
    }

    /// <summary>A model in Ollama as the Community Toolkit has it: no container of its own.</summary>
    private sealed class OllamaModelResource(string name, ContainerResource parent) : Resource(name), IResourceWithParent<ContainerResource>
    {
        public ContainerResource Parent => parent;
    }

    private static IResourceBuilder<ContainerResource> AddServer(
        IDistributedApplicationBuilder builder,
        string name,
        string image,
        string tag,
        params (string Resource, string Name)[] databases
    )
    {
        var server = builder.AddContainer(name, image, tag);
        foreach (var (resource, database) in databases)
        {
            builder.AddResource(new DatabaseResource(resource, database, server.Resource));
        }

        return server;
    }

    /// <summary>As <c>WithCreationScript</c> of those packages adds it.</summary>
    private sealed record SampleCreateDatabaseScriptAnnotation(string Script) : IResourceAnnotation;

    /// <summary>
    /// As the packages of servers have it:
    /// https://github.com/microsoft/aspire/blob/main/src/Aspire.Hosting.PostgreSQL/PostgresDatabaseResource.cs.
    /// </summary>
    private sealed class DatabaseResource(string name, string databaseName, ContainerResource parent)
        : Resource(name),
            IResourceWithParent<ContainerResource>,
            IResourceWithConnectionString
    {
        public string DatabaseName => databaseName;

        public ContainerResource Parent => parent;

        public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"Database={DatabaseName}");
    }
}
