using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Deploying.Secrets;
using Hosting.Fargate.Publishing;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>What there is for who runs a database of RDS: credentials that are checked, alarms, costs, permissions.</summary>
public sealed class RdsOperationTests
{
    private static Task<Publication> ShopAsync(
        Action<RelationalDatabase>? configure = null,
        Action<IResourceBuilder<FargateEnvironmentResource>>? environment = null
    ) =>
        Published.ModelAsync(builder =>
        {
            var shop = builder.AddFargateEnvironment("shop");
            environment?.Invoke(shop);
            var server = builder.AddPostgresServer("pg", builder.AddParameter("pg-user")).PublishAsRds(configure);
            builder.AddWorker("worker").WithReference(server.AddDatabase("orders"));
        });

    [Theory]
    [InlineData("7-signs", true)]
    [InlineData("8-signs!", false)]
    [InlineData("with/slash", true)]
    [InlineData("with@sign-", true)]
    [InlineData("with space", true)]
    [InlineData(null, false)]
    public async Task A_password_that_RDS_would_refuse_is_told_before_anything_changes(string? password, bool isProblem)
    {
        var problems = DatabaseCredentials
            .Problems((await ShopAsync()).Application, name => name == "pg-password" ? password : null)
            .ToList();

        Assert.Equal(isProblem ? 1 : 0, problems.Count);
        Assert.All(problems, problem => Assert.DoesNotContain(password!, problem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("shopkeeper", false)]
    [InlineData("admin", true)]
    [InlineData("User", true)]
    [InlineData("pg_owner", true)]
    [InlineData("1st", true)]
    [InlineData("seventeen_letters", true)]
    public async Task A_user_that_RDS_would_refuse_is_told_before_anything_changes(string user, bool isProblem)
    {
        Func<string, string?> given = name => name == "pg-user" ? user : null;

        Assert.Equal(isProblem ? 1 : 0, DatabaseCredentials.Problems((await ShopAsync()).Application, given).Count());
        Assert.Empty(DatabaseCredentials.Problems((await ShopAsync(database => database.RestoreFrom = "old")).Application, given));
    }

    /// <summary>Its value at deploy may be another.</summary>
    [Theory]
    [InlineData("rdsadmin", true)]
    [InlineData("orders", false)]
    public async Task A_user_by_a_parameter_that_RDS_does_not_take_is_told(string user, bool isTold)
    {
        var published = await Published.ModelAsync(builder =>
            builder.AddWorker("worker").WithReference(builder.AddPostgresServer("pg", builder.AddParameter("pg-user", user)).PublishAsRds())
        );

        Assert.Equal(
            isTold,
            published
                .Notices("pg")
                .Contains($"has the user '{user}' by the parameter 'pg-user', which RDS does not take", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Its_alarms_are_on_what_ends_it()
    {
        var template = (await ShopAsync(environment: shop => shop.WithAlarmTopic("arn:aws:sns:eu-west-1:123456789012:on-call"))).Template();

        Assert.Equal(
            ("CPUUtilization", "90"),
            (template.Property("PgDatabaseCpuAlarm", "MetricName"), template.Property("PgDatabaseCpuAlarm", "Threshold"))
        );
        Assert.Equal(
            ("FreeStorageSpace", "LessThanThreshold", "1073741824"),
            (
                template.Property("PgDatabaseStorageAlarm", "MetricName"),
                template.Property("PgDatabaseStorageAlarm", "ComparisonOperator"),
                template.Property("PgDatabaseStorageAlarm", "Threshold")
            )
        );
        Assert.Equal(
            ("DatabaseConnections", "67"),
            (template.Property("PgDatabaseConnectionsAlarm", "MetricName"), template.Property("PgDatabaseConnectionsAlarm", "Threshold"))
        );
        Assert.Equal("[{Name: DBInstanceIdentifier, Value: Ref PgDatabase}]", template.Property("PgDatabaseCpuAlarm", "Dimensions"));
        Assert.Equal("[arn:aws:sns:eu-west-1:123456789012:on-call]", template.Property("PgDatabaseCpuAlarm", "AlarmActions"));
        Assert.Contains("${PgDatabase}", template.Property("Dashboard", "DashboardBody"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_alarms_it_has_none_and_of_a_class_that_says_no_memory_none_on_connections()
    {
        Assert.DoesNotContain((await ShopAsync(environment: shop => shop.WithoutAlarms())).Template().Resources, resource =>
            resource.Id.StartsWith("PgDatabase", StringComparison.Ordinal) && resource.Id.EndsWith("Alarm", StringComparison.Ordinal)
        );
        Assert.Equal(
            ["PgDatabaseCpuAlarm", "PgDatabaseStorageAlarm"],
            (await ShopAsync(database => database.InstanceClass = "db.z1d.large"))
                .Template()
                .Resources.Select(resource => resource.Id)
                .Where(id => id.StartsWith("PgDatabase", StringComparison.Ordinal) && id.EndsWith("Alarm", StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData("db.t4g.micro", 1)]
    [InlineData("db.t3.medium", 4)]
    [InlineData("db.m7g.large", 8)]
    [InlineData("db.r7g.2xlarge", 64)]
    [InlineData("db.x2g.16xlarge", 1024)]
    [InlineData("db.z1d.large", null)]
    public void The_name_of_a_class_says_its_memory(string name, int? gigabytes) =>
        Assert.Equal(gigabytes, Application.InstanceClasses.MemoryOf(name));

    [Fact]
    public async Task The_summary_has_it_with_its_cost()
    {
        var published = await ShopAsync();

        var summary = published.File("README.md");
        Assert.Matches(
            @"\| `pg` +\| database \(RDS, PostgreSQL 18\) +\| over TLS, with the password `pg-password`, `db\.t4g\.micro`, 20 GiB that grow to 100, backups of 7 days, protected against deletion +\| a snapshot of it is kept +\|",
            summary
        );
        Assert.Contains(published.Cost.Lines, line =>
            line is { What: "pg: db.t4g.micro with PostgreSQL", Minimum: 11.68m, Maximum: 11.68m }
        );
        Assert.Contains(published.Cost.Lines, line => line is { What: "pg: storage in GB, as it begins", Minimum: 2.30m });
        var doubled = (await ShopAsync(database => (database.MultiAz, database.InstanceClass) = (true, "db.z1d.large"))).Cost;
        Assert.Contains(doubled.Lines, line => line is { What: "pg: storage in GB, as it begins", Minimum: 4.60m });
        Assert.Contains(doubled.NotCounted, cost => cost.What == "pg: db.z1d.large with PostgreSQL");
    }

    [Fact]
    public async Task The_deployer_may_make_it_under_names_of_the_application_alone()
    {
        var published = await ShopAsync(database => database.RestoreFrom = "arn:aws:rds:eu-west-1:210987654321:snapshot:old");

        var policies = string.Concat(
            published.Files.Where(file => file.Name.StartsWith("deployer-policy", StringComparison.Ordinal)).Select(file => file.Content)
        );
        Assert.All(
            [
                "rds:CreateDBInstance",
                "rds:CreateDBSnapshot",
                "rds.amazonaws.com",
                ":db:shop-pgdatabase-*\"",
                ":subgrp:shop-pgdatabasesubnets-*\"",
                ":snapshot:shop-snapshot-pgdatabase-*\"",
                "arn:aws:rds:eu-west-1:210987654321:snapshot:old",
                ":pg:default*\"",
                ":og:default*\"",
            ],
            part => Assert.Contains(part, policies, StringComparison.Ordinal)
        );
        Assert.DoesNotContain("\"rds:*", policies, StringComparison.Ordinal);

        // A list, which AWS limits by no name.
        Assert.Contains("rds:DescribeDBSnapshots", policies, StringComparison.Ordinal);
        Assert.DoesNotContain("rds:CreateDBInstanceReadReplica", policies, StringComparison.Ordinal);
    }
}
