using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>What a model writes itself of servers that have no TLS on a laptop, and nothing else on AWS.</summary>
public sealed class ServerTlsTests
{
    [Theory]
    [InlineData("postgres://postgres:x@", "/fga?sslmode=disable", "/fga?sslmode=require")]
    [InlineData("host=", ";Database=fga;SSL Mode=Disable", ";Database=fga;SSL Mode=Require")]
    [InlineData("postgres://postgres:x@", "/fga?sslmode=verify-full", "/fga?sslmode=verify-full")]
    public async Task A_database_that_the_model_wants_without_TLS_is_asked_for_it(string before, string after, string asked)
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var server = builder.AddPostgresServer("pg").Resource.PrimaryEndpoint;
                var text = new ReferenceExpressionBuilder();
                text.AppendLiteral(before);
                text.Append($"{server.Property(EndpointProperty.HostAndPort)}");
                text.AppendLiteral(after);
                builder.AddContainer("fga", "openfga/openfga", "1.8").WithEnvironment("URI", text.Build());
            })
        ).Template();

        Assert.Equal($"Sub {before}${{PgDatabase.Endpoint.Address}}:5432{asked}", template.Variable("fga", "URI"));
    }

    [Fact]
    public async Task The_first_user_of_RDS_is_in_whatever_the_model_writes()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var server = builder.AddSqlServerServer("sql").Resource.PrimaryEndpoint;
                var host = server.Property(EndpointProperty.Host);
                builder
                    .AddContainer("flow", "example/flow", "1")
                    .WithEnvironment("A_DB_USER", "sa")
                    .WithEnvironment("DB_HOST", ReferenceExpression.Create($"{host}"))
                    .WithEnvironment("TEXT", ReferenceExpression.Create($"Server={host}; User Id=sa;Encrypt=True"));
            })
        ).Template();

        Assert.Equal("admin", template.Variable("flow", "A_DB_USER"));
        Assert.Equal("Sub Server=${SqlDatabase.Endpoint.Address}; User Id=admin;Encrypt=True", template.Variable("flow", "TEXT"));
    }

    [Fact]
    public async Task Options_of_a_cache_have_TLS_and_its_address_alone_is_told()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var cache = builder.AddRedis("cache").Resource.PrimaryEndpoint;
            var address = cache.Property(EndpointProperty.HostAndPort);
            builder
                .AddWorker("worker")
                .WithEnvironment("OPTIONS", ReferenceExpression.Create($"{address},abortConnect=false"))
                .WithEnvironment("OFF", ReferenceExpression.Create($"{address},ssl=False,abortConnect=false"))
                .WithEnvironment("BARE", ReferenceExpression.Create($"{address}"));
        });

        var template = published.Template();
        const string address = "Sub ${CacheCache.Endpoint.Address}:6379";
        Assert.Equal($"{address},abortConnect=false,ssl=true", template.Variable("worker", "OPTIONS"));
        Assert.Equal($"{address},ssl=true,abortConnect=false", template.Variable("worker", "OFF"));
        Assert.Equal(address, template.Variable("worker", "BARE"));
        Assert.Contains("names 'cache' in BARE, which AWS runs, over TLS alone", published.Notices("worker"), StringComparison.Ordinal);
        Assert.DoesNotContain("in OPTIONS", published.Notices("worker"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "PG_HOST")]
    [InlineData("ordersDb", "ORDERSDB_HOST")]
    [InlineData("orders-db", "ORDERS_DB_HOST")]
    public async Task Beside_a_connection_string_the_address_alone_needs_no_word(string? name, string variable)
    {
        var published = await Published.ModelAsync(builder =>
            builder.AddContainer("worker", "example/worker", "1").WithReference(builder.AddPostgresServer("pg"), name)
        );

        Assert.Equal("GetAtt PgDatabase.Endpoint.Address", published.Template().Variable("worker", variable));
        Assert.DoesNotContain("over TLS alone", published.Notices("worker"), StringComparison.Ordinal);
    }
}
