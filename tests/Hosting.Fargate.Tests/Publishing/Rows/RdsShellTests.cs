using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Deploying.Tasks;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>What runs statements on database servers by hand.</summary>
public sealed class RdsShellTests
{
    [Fact]
    public async Task A_task_with_the_servers_client_reaches_it_with_its_password_alone_and_nothing_starts_it()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var server = builder.AddPostgresServer("pg").PublishAsRds(database => database.UserPerDatabase = true);
            builder.AddWorker("worker").WithReference(server.AddDatabase("orders", "order-book"));
        });
        var template = published.Template();

        Assert.Equal("docker.io/library/postgres:18.3", template.Container("pg-shell").At("Image").Show());
        Assert.Equal("Ref PgPasswordSecretArn", template.Secret("pg-shell", "PGPASSWORD"));
        Assert.Equal("GetAtt PgDatabase.Endpoint.Address", template.Variable("pg-shell", "PGHOST"));
        Assert.Equal("GetAtt PgShellSecurityGroup.GroupId", template.Property("PgDatabaseFromPgShell", "SourceSecurityGroupId"));
        Assert.Equal(
            ["PgPasswordSecretArn"],
            template
                .Resources.Where(resource => resource.Owner == "pg-shell")
                .SelectMany(resource => resource.Properties.References())
                .Where(id => id.EndsWith("SecretArn", StringComparison.Ordinal))
                .Distinct()
        );
        Assert.Equal(
            ["pg-databases"],
            DeployStage.OfTasks(published.Application).SelectMany(stage => stage.Tasks).Select(task => task.Name)
        );

        var output = template.Outputs["PgShell"].At("Value").Show()!;
        Assert.StartsWith(
            """Sub {"server":"pg","databases":[{"name":"orders","database":"order-book"}],"task":{"cluster":"${Cluster}",""",
            output,
            StringComparison.Ordinal
        );
        Assert.Contains("\"taskDefinition\":\"${PgShellTaskDefinition}\"", output, StringComparison.Ordinal);
        Assert.DoesNotContain("PgShellRun", template.Outputs.Keys);
        Assert.DoesNotContain(published.Application.Workloads, workload => workload.Name == "pg-shell");
    }

    [Fact]
    public async Task Where_there_can_be_none_a_notice_says_why()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder.AddWorker("pg-shell").WithReference(builder.AddPostgresServer("pg").PublishAsRds());
            builder.AddWorker("worker").WithReference(builder.AddMySqlServer("my").PublishAsRds());
            builder.AddFargateEnvironment("shop").WithVpcEndpoints().WithTelemetry(Telemetry.None);
        });

        Assert.Empty(published.Application.Shells);
        Assert.Contains(published.Application.Notices, notice =>
            notice.Text.StartsWith("has no 'run my -- STATEMENT': its client is in 'docker.io/library/mysql:8.4'", StringComparison.Ordinal)
        );
        Assert.Contains(published.Application.Notices, notice =>
            notice.Text
            == "has no 'run pg -- STATEMENT': the task for it would be 'pg-shell', which is another resource's name. Rename that to "
                + "have it."
        );
    }
}
