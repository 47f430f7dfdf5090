using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Deploying.Secrets;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>MySQL of RDS, where it is another than PostgreSQL.</summary>
public sealed class RdsMySqlTests
{
    [Fact]
    public async Task It_is_an_instance_that_takes_no_connection_without_TLS()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var server = builder.AddMySqlServer("my").PublishAsRds();
                builder.AddWorker("worker").WithReference(server).WithReference(server.AddDatabase("orders"));
            })
        ).Template();

        var server = template["MyDatabase"].Properties;
        Assert.Equal(
            ["mysql", "8.4", "db.t4g.micro", "root", "orders", "Ref MyDatabaseParameters", "[error]", "false"],
            new[]
            {
                "Engine",
                "EngineVersion",
                "DBInstanceClass",
                "MasterUsername",
                "DBName",
                "DBParameterGroupName",
                "EnableCloudwatchLogsExports",
                "EnablePerformanceInsights",
            }.Select(name => server.At(name).Show())
        );
        Assert.Equal(
            ("mysql8.4", "{require_secure_transport: 1}"),
            (template.Property("MyDatabaseParameters", "Family"), template.Property("MyDatabaseParameters", "Parameters"))
        );
        Assert.Equal("3306", template.Property("MyDatabaseFromWorker", "FromPort"));
        var secrets = template.OfType("AWS::SecretsManager::Secret").Select(secret => secret.Properties.At("SecretString").Show()).ToList();
        const string text =
            "Sub Server=${MyDatabase.Endpoint.Address};Port=3306;User ID=root;Password={{resolve:secretsmanager:${MyPasswordSecretArn}:SecretString}};SslMode=Required";
        Assert.Contains(text, secrets);
        Assert.Contains($"{text};Database=orders", secrets);
        Assert.Equal(
            "Sub jdbc:mysql://${MyDatabase.Endpoint.Address}:3306?sslMode=REQUIRED",
            template.Variable("worker", "MY_JDBCCONNECTIONSTRING")
        );
    }

    [Theory]
    [InlineData("8.0.44", "8.0", "")]
    [InlineData("8.4", "8.4", "")]
    [InlineData("9.5", "8.4", "is version 9.5 here, and 8.4 on AWS: RDS has 8.0 and 8.4.")]
    public async Task Its_version_is_that_of_the_image_where_RDS_has_it(string tag, string version, string notice)
    {
        var published = await Published.ModelAsync(builder =>
            builder.AddWorker("worker").WithReference(builder.AddMySqlServer("my", tag).PublishAsRds())
        );

        Assert.Equal(version, published.Template().Property("MyDatabase", "EngineVersion"));
        Assert.Contains(notice, published.Notices("my"), StringComparison.Ordinal);
        Assert.Equal(notice.Length > 0, published.Notices("my").Contains("on AWS", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Databases_that_RDS_does_not_make_are_made_by_a_task()
    {
        var template = (
            await Published.ModelAsync(builder =>
            {
                var server = builder.AddMySqlServer("my").PublishAsRds();
                server.AddDatabase("rank");
                builder.AddWorker("worker").WithReference(server.AddDatabase("order-book"));
            })
        ).Template();

        Assert.Null(template["MyDatabase"].Properties["DBName"]);
        Assert.Equal(
            ("rank", "order-book"),
            (template.Variable("my-databases", "DATABASE_1"), template.Variable("my-databases", "DATABASE_2"))
        );
        Assert.Equal(
            ("root", "Ref MyPasswordSecretArn"),
            (template.Variable("my-databases", "DATABASE_USER"), template.Secret("my-databases", "MYSQL_PWD"))
        );
    }

    [Fact]
    public async Task A_password_is_no_longer_than_41()
    {
        var application = (
            await Published.ModelAsync(builder => builder.AddWorker("worker").WithReference(builder.AddMySqlServer("my").PublishAsRds()))
        ).Application;

        Assert.Empty(DatabaseCredentials.Problems(application, _ => new string('a', 41)));
        Assert.Contains(
            "8 to 41 printable characters",
            Assert.Single(DatabaseCredentials.Problems(application, _ => new string('a', 42))),
            StringComparison.Ordinal
        );
    }
}
