using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Deploying.Secrets;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>Databases with users of their own.</summary>
public sealed class RdsUserTests
{
    [Fact]
    public async Task Who_refers_to_a_database_has_its_user_and_no_way_to_the_password_of_the_first_one()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var server = builder.AddPostgresServer("pg").PublishAsRds(database => database.UserPerDatabase = true);
            var orders = server.AddDatabase("orders", "order-book");
            builder.AddWorker("worker").WithReference(orders, "books");
            builder.AddWorker("admin").WithReference(server);
            builder.AddWorker("shelf").WithEnvironment("STOCK", server.AddDatabase("stock"));
        });
        var template = published.Template();

        const string host = "${PgDatabase.Endpoint.Address}",
            password = "{{resolve:secretsmanager:${OrdersPasswordSecretArn}:SecretString}}";
        Assert.Equal("order-book", template.Variable("worker", "BOOKS_USERNAME"));
        Assert.Equal("Ref OrdersPasswordSecretArn", template.Secret("worker", "BOOKS_PASSWORD"));
        Assert.Equal("GetAtt PgDatabase.Endpoint.Address", template.Variable("worker", "BOOKS_HOST"));
        Assert.Equal(
            $"Sub jdbc:postgresql://{host}:5432/order-book?sslmode=require",
            template.Variable("worker", "BOOKS_JDBCCONNECTIONSTRING")
        );
        var secrets = template.OfType("AWS::SecretsManager::Secret").Select(secret => secret.Properties.At("SecretString").Show()).ToList();
        Assert.Contains($"Sub Host={host};Port=5432;Username=order-book;Password={password};SSL Mode=Require;Database=order-book", secrets);
        Assert.Contains($"Sub postgresql://order-book:{password}@{host}:5432/order-book?sslmode=require", secrets);
        Assert.Contains(secrets, secret =>
            secret!.Contains(";Username=stock;Password={{resolve:secretsmanager:${StockPasswordSecretArn}", StringComparison.Ordinal)
        );
        Assert.All(["worker", "shelf"], name =>
            Assert.DoesNotContain(
                published
                    .Templates.Application.Resources.Where(resource => resource.Owner == name)
                    .SelectMany(resource => resource.Properties.References()),
                id => id.StartsWith("PgPassword", StringComparison.Ordinal)
            )
        );

        Assert.Equal("postgres", template.Variable("admin", "PG_USERNAME"));
        Assert.Equal("Ref PgPasswordSecretArn", template.Secret("admin", "PG_PASSWORD"));
        Assert.Contains(secrets, secret =>
            secret!.EndsWith(
                $"Username=postgres;Password={{{{resolve:secretsmanager:${{PgPasswordSecretArn}}:SecretString}}}};SSL Mode=Require",
                StringComparison.Ordinal
            )
        );
    }

    [Fact]
    public async Task A_replica_of_a_database_has_its_user()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var orders = builder.AddPostgresServer("pg").PublishAsRds(database => database.UserPerDatabase = true).AddDatabase("orders");
            builder.AddWorker("report").WithReference(orders.AddReadReplica("orders-read"), "books");
        });
        var template = published.Template();

        Assert.Equal("orders", template.Variable("report", "BOOKS_USERNAME"));
        Assert.Equal("Ref OrdersPasswordSecretArn", template.Secret("report", "BOOKS_PASSWORD"));
        Assert.Equal("GetAtt OrdersReadReplica.Endpoint.Address", template.Variable("report", "BOOKS_HOST"));
        Assert.DoesNotContain(
            published
                .Templates.Application.Resources.Where(resource => resource.Owner == "report")
                .SelectMany(resource => resource.Properties.References()),
            id => id.StartsWith("PgPassword", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_task_makes_the_users_with_the_passwords_that_deploy_makes_up()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var server = builder.AddPostgresServer("pg").PublishAsAurora(database => database.UserPerDatabase = true);
            builder.AddWorker("worker").WithReference(server.AddDatabase("orders"));
            server.AddDatabase("stock");
        });
        var template = published.Template();

        Assert.Equal("orders", template.Property("PgAurora", "DatabaseName"));

        // It may have paused, and takes half a minute then.
        Assert.Equal("60", template.Variable("pg-databases", "PGCONNECT_TIMEOUT"));
        Assert.Equal(
            ("orders", "orders", "stock", "stock"),
            (
                template.Variable("pg-databases", "DATABASE_1"),
                template.Variable("pg-databases", "USER_1"),
                template.Variable("pg-databases", "DATABASE_2"),
                template.Variable("pg-databases", "USER_2")
            )
        );
        Assert.Equal(
            ("Ref OrdersPasswordSecretArn", "Ref StockPasswordSecretArn", "Ref PgPasswordSecretArn"),
            (
                template.Secret("pg-databases", "PASSWORD_1"),
                template.Secret("pg-databases", "PASSWORD_2"),
                template.Secret("pg-databases", "PGPASSWORD")
            )
        );
        Assert.All(published.Application.Secrets.Where(secret => secret.Name is "orders-password" or "stock-password"), secret =>
            Assert.True(secret.IsGenerated)
        );
        Assert.Equal(["pg-password", "orders-password", "stock-password"], published.Application.Secrets.Select(secret => secret.Name));
        Assert.Contains(DatabaseCredentials.Problems(published.Application, name => name == "stock-password" ? "it's" : null), problem =>
            problem.Contains("'stock-password'", StringComparison.Ordinal) && !problem.Contains("it's", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task MySql_and_SqlServer_have_it_in_their_connection_strings_too()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var mysql = builder.AddMySqlServer("my").PublishAsRds(database => database.UserPerDatabase = true);
                var mssql = builder.AddSqlServerServer("ms").PublishAsRds(database => database.UserPerDatabase = true);
                builder
                    .AddWorker("worker")
                    .WithReference(mysql.AddDatabase("books", "the books"))
                    .WithReference(mssql.AddDatabase("stock"))
                    .WithReference(mysql);
            })
        ).Template();

        var secrets = template
            .OfType("AWS::SecretsManager::Secret")
            .Select(secret => secret.Properties.At("SecretString").Show()!)
            .ToList();
        Assert.Contains(secrets, secret =>
            secret.Contains("User ID=the_books_", StringComparison.Ordinal)
            && secret.Contains("${BooksPasswordSecretArn}", StringComparison.Ordinal)
            && secret.Contains("the books", StringComparison.Ordinal)
        );
        Assert.Contains(secrets, secret =>
            secret.Contains("User ID=stock;Password={{resolve:secretsmanager:${StockPasswordSecretArn}", StringComparison.Ordinal)
            && secret.Contains("Initial Catalog=stock", StringComparison.Ordinal)
        );
        Assert.Contains(secrets, secret =>
            secret.Contains("User ID=root;Password={{resolve:secretsmanager:${MyPasswordSecretArn}", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(secrets, secret => secret.Contains("${MsPasswordSecretArn}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_first_user_that_is_a_parameter_is_replaced_too()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var server = builder
                .AddPostgresServer("pg", builder.AddParameter("pg-user"))
                .PublishAsRds(database => database.UserPerDatabase = true);
            builder.AddWorker("worker").WithReference(server.AddDatabase("orders"));
        });
        var template = published.Template();

        Assert.Equal("orders", template.Variable("worker", "ORDERS_USERNAME"));
        Assert.Contains(template.OfType("AWS::SecretsManager::Secret"), secret =>
            secret.Properties.At("SecretString").Show()!.Contains("Username=orders;Password=", StringComparison.Ordinal)
        );
        Assert.Contains(DatabaseCredentials.Problems(published.Application, name => name == "pg-user" ? "Orders" : null), problem =>
            problem.Contains("The parameter 'pg-user' is the first user", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("orders", "orders")]
    [InlineData("order-book", "order-book")]
    [InlineData("Orders", "orders_")]
    [InlineData("the orders", "the_orders_")]
    [InlineData("user", "user_")]
    [InlineData("pg_orders", "db_pg_orders_")]
    [InlineData("2026", "db_2026_")]
    [InlineData("all-orders-of-all-customers-everywhere", "all-orders-of-all-custo_")]
    public async Task Its_name_is_that_of_the_database_where_every_engine_takes_that(string database, string user)
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder
                    .AddWorker("worker")
                    .WithReference(
                        builder.AddPostgresServer("pg").PublishAsRds(options => options.UserPerDatabase = true).AddDatabase("db", database)
                    )
            )
        ).Template();

        var name = template.Variable("worker", "DB_USERNAME")!;
        Assert.StartsWith(user, name, StringComparison.Ordinal);
        Assert.Equal(user.EndsWith('_') ? user.Length + 8 : user.Length, name.Length);
        Assert.Equal(name, template.Variable("pg-databases", "USER_1"));
    }

    [Fact]
    public async Task What_cannot_have_one_is_refused()
    {
        var refusal = await Published.RefusalAsync(builder =>
        {
            var server = builder.AddPostgresServer("pg").PublishAsRds(database => database.UserPerDatabase = true);
            server.AddDatabase("all", "postgres");
            builder.AddWorker("worker").WithReference(server.AddDatabase("orders"));
            builder.AddParameter("orders-password", secret: true);
            builder.AddPostgresServer("none").PublishAsRds(database => database.UserPerDatabase = true);
        });

        Assert.Contains("'postgres' is one that every server has. Give it another name", refusal, StringComparison.Ordinal);
        Assert.Contains(
            "'none' gives each of its databases a user of its own (UserPerDatabase), and has none.",
            refusal,
            StringComparison.Ordinal
        );
        Assert.Contains("whose password is the secret 'orders-password'. Rename the resource", refusal, StringComparison.Ordinal);
    }
}
