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

    /// <summary>As the packages of servers have it: https://github.com/microsoft/aspire/blob/main/src/Aspire.Hosting.PostgreSQL/PostgresDatabaseResource.cs.</summary>
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
