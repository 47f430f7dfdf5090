using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>SQL Server of RDS, where it is another than PostgreSQL.</summary>
public sealed class RdsSqlServerTests
{
    [Fact]
    public async Task It_is_Express_with_its_licence_and_takes_no_connection_without_TLS()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder.AddWorker("worker").WithReference(builder.AddSqlServerServer("sql").PublishAsRds().AddDatabase("orders"))
            )
        ).Template();

        var server = template["SqlDatabase"].Properties;
        Assert.Equal(
            ["sqlserver-ex", "16.00", "license-included", "db.t3.small", "admin", null, "Ref SqlDatabaseParameters", "[error]"],
            new[]
            {
                "Engine",
                "EngineVersion",
                "LicenseModel",
                "DBInstanceClass",
                "MasterUsername",
                "DBName",
                "DBParameterGroupName",
                "EnableCloudwatchLogsExports",
            }.Select(name => server.At(name).Show())
        );
        Assert.Equal(
            ("sqlserver-ex-16.0", "{rds.force_ssl: 1}"),
            (template.Property("SqlDatabaseParameters", "Family"), template.Property("SqlDatabaseParameters", "Parameters"))
        );
        Assert.DoesNotContain(template.Resources, resource => resource.Id == "SqlDatabaseConnectionsAlarm");
    }

    [Fact]
    public async Task What_refers_to_it_has_the_user_that_RDS_gives_it_and_TLS()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var server = builder.AddSqlServerServer("sql").PublishAsRds();
                builder
                    .AddWorker("worker")
                    .WithReference(server)
                    .WithReference(server.AddDatabase("orders"))
                    .WithEnvironment("OTHER_USERNAME", "sam");
                builder.AddWorker("stranger").WithEnvironment("A_USERNAME", "sa");
            })
        ).Template();

        const string host = "${SqlDatabase.Endpoint.Address}";
        Assert.Equal(("admin", "sam"), (template.Variable("worker", "SQL_USERNAME"), template.Variable("worker", "OTHER_USERNAME")));
        Assert.Equal("sa", template.Variable("stranger", "A_USERNAME"));
        Assert.Equal(
            $"Sub jdbc:sqlserver://{host}:1433;encrypt=true;trustServerCertificate=true",
            template.Variable("worker", "SQL_JDBCCONNECTIONSTRING")
        );
        var secrets = template.OfType("AWS::SecretsManager::Secret").Select(secret => secret.Properties.At("SecretString").Show()).ToList();
        const string text =
            $"Sub Server={host},1433;User ID=admin;Password={{{{resolve:secretsmanager:${{SqlPasswordSecretArn}}:SecretString}}}};Encrypt=true;TrustServerCertificate=true";
        Assert.Contains(text, secrets);
        Assert.Contains($"{text};Initial Catalog=orders", secrets);
        Assert.Contains(
            $"Sub mssql://admin:{{{{resolve:secretsmanager:${{SqlPasswordUriEncodedSecretArn}}:SecretString}}}}@{host}:1433",
            secrets
        );
    }

    [Fact]
    public async Task All_its_databases_are_made_by_a_task()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder.AddWorker("worker").WithReference(builder.AddSqlServerServer("sql").PublishAsRds().AddDatabase("orders"))
            )
        ).Template();

        Assert.Equal(
            ("orders", "admin", "Ref SqlPasswordSecretArn", "mcr.microsoft.com/mssql/server:2022-latest"),
            (
                template.Variable("sql-databases", "DATABASE_1"),
                template.Variable("sql-databases", "SQLCMDUSER"),
                template.Secret("sql-databases", "SQLCMDPASSWORD"),
                template.Container("sql-databases").At("Image").Show()
            )
        );
    }

    [Theory]
    [InlineData("2019-latest", "15.00", "")]
    [InlineData("2025-latest", "16.00", "is version 17.00 here, and 16.00 on AWS: RDS has 15.00 and 16.00.")]
    public async Task Its_version_is_that_of_the_image_where_RDS_has_it(string tag, string version, string notice)
    {
        var published = await Published.ModelAsync(builder =>
            builder.AddWorker("worker").WithReference(builder.AddSqlServerServer("sql", tag).PublishAsRds())
        );

        Assert.Equal(version, published.Template().Property("SqlDatabase", "EngineVersion"));
        Assert.Contains(notice, published.Notices("sql"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_Express_has_not_is_refused()
    {
        var refusal = await Published.RefusalAsync(builder =>
            builder
                .AddWorker("worker")
                .WithReference(
                    builder
                        .AddSqlServerServer("sql")
                        .PublishAsRds(database => (database.MultiAz, database.InitialDatabase) = (true, "orders"))
                )
        );

        Assert.Contains("'sql' is SQL Server Express, of which no second server stands by.", refusal, StringComparison.Ordinal);
        Assert.Contains("'sql' is SQL Server Express, with which RDS makes no database", refusal, StringComparison.Ordinal);
    }
}
