using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.EntityFrameworkCore;
using Aws.CloudFormation;

namespace Hosting.Fargate.Tests.Publishing.Rows;

/// <summary>Tasks that end reach what services reach, and what is waited for to complete is such a task.</summary>
public sealed class TaskReachTests
{
    [Fact]
    public async Task A_task_calls_a_service_by_a_name_in_DNS_and_on_the_port_of_its_container()
    {
        var template = (await Published.ModelAsync(Model)).Template();

        Assert.Equal("db.shop.internal", template.Variable("migrate", "DB_HOST"));
        Assert.Equal("5432", template.Variable("migrate", "DB_PORT"));
        Assert.Equal("{Name: shop.internal, Vpc: Ref Vpc}", Without("Tags", template["DnsNamespace"].Properties));
        Assert.Equal("AWS::ServiceDiscovery::PrivateDnsNamespace", template["DnsNamespace"].Type);
        Assert.Equal(
            "{Name: db, NamespaceId: Ref DnsNamespace, DnsConfig: {DnsRecords: [{Type: A, TTL: 10}], RoutingPolicy: MULTIVALUE}, "
                + "HealthCheckCustomConfig: {FailureThreshold: 1}}",
            Without("Tags", template["DbDiscovery"].Properties)
        );
        Assert.Equal("[{RegistryArn: GetAtt DbDiscovery.Arn}]", template.Service("db").At("ServiceRegistries").Show());
        Assert.Equal("5432", template.Property("Db5432FromMigrate", "FromPort"));
        Assert.Equal("GetAtt MigrateSecurityGroup.GroupId", template.Property("Db5432FromMigrate", "SourceSecurityGroupId"));
    }

    [Fact]
    public async Task Services_go_by_Service_Connect_and_what_no_task_calls_has_no_name_in_DNS()
    {
        var template = (await Published.ModelAsync(Model)).Template();

        Assert.Equal("db", template.Variable("api", "DB_HOST"));
        Assert.Equal(
            "[{DnsName: db, Port: 5432}]",
            Assert.Single(template.Service("db").At("ServiceConnectConfiguration", "Services").Maps()).At("ClientAliases").Show()
        );
        Assert.Equal("[]", template.Service("api").At("ServiceRegistries").Show());
        Assert.Equal(["DbDiscovery"], template.OfType("AWS::ServiceDiscovery::Service").Select(service => service.Id));
    }

    [Fact]
    public async Task What_only_tasks_call_has_no_Service_Connect()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder.AddWorker("migrate").WithReference(builder.AddPostgres("db")).PublishAsFargateTask()
            )
        ).Template();

        Assert.Equal("{Enabled: false}", template.Service("db").At("ServiceConnectConfiguration").Show());
        Assert.False(template.Contains("Namespace"));
        Assert.Equal("db - from those that refer to it", template.Property("DbSecurityGroup", "GroupDescription"));
    }

    [Fact]
    public async Task A_task_on_a_schedule_reaches_the_same_and_its_schedule_begins_after_it()
    {
        var template = (
            await Published.ModelAsync(builder =>
                builder
                    .AddWorker("nightly")
                    .WithReference(builder.AddPostgres("db"))
                    .PublishAsFargateTask(task => task.OnSchedule("rate(1 " + "day)"))
            )
        ).Template();

        Assert.Equal("db.shop.internal", template.Variable("nightly", "DB_HOST"));
        Assert.Contains("DbService", template["NightlySchedule"].DependsOn);
    }

    [Fact]
    public async Task What_is_waited_for_to_complete_is_a_task_that_runs_once()
    {
        var published = await Published.ModelAsync(builder => builder.AddWeb("api").WaitForCompletion(builder.AddWorker("migrate")));

        Assert.False(published.Template().Contains("MigrateService"));
        Assert.Equal(["migrate"], published.Application.Tasks.Select(task => task.Name));
        Assert.Contains(
            "is a task that runs once in each deploy, and must bear being done again: 'api' waits for it to complete "
                + "(WaitForCompletion)",
            published.Notices("migrate"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_migration_of_Entity_Framework_is_a_task_whoever_waits_for_it()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var database = builder.AddPostgres("db").AddDatabase("books");
            var migrations = builder
                .AddResource(new EFMigrationResource("migrations"))
                .WithImage("example/migrations", "1.0")
                .WithReference(database)
                .WaitFor(database);
            builder.AddWeb("api").WithReference(database).WaitFor(migrations);
        });

        Assert.Equal(["migrations"], published.Application.Tasks.Select(task => task.Name));
        Assert.Equal(["db"], published.Application.Tasks[0].After);
        Assert.Contains("it applies the migrations of Entity Framework", published.Notices("migrations"), StringComparison.Ordinal);
        Assert.NotNull(published.Template().Secret("migrations", "ConnectionStrings__books"));
    }

    [Fact]
    public async Task Migrations_that_are_applied_here_only_are_left_out_with_a_word_on_how_to_have_them()
    {
        var published = await Published.ModelAsync(builder =>
            builder.AddWeb("api").WaitFor(builder.AddResource(new EFMigrationResource("migrations")))
        );

        Assert.Empty(published.Application.Tasks);
        Assert.Contains("PublishAsMigrationBundle(publishContainer: true)", published.Notices("migrations"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_summary_says_when_a_task_runs_and_who_calls_what()
    {
        var published = await Published.ModelAsync(Model);

        Assert.Contains("in each deploy, after `db` and before other services roll", published.File("README.md"), StringComparison.Ordinal);
        Assert.Contains("`migrate` as `db.shop.internal:5432`", published.File("README.md"), StringComparison.Ordinal);
        Assert.Contains("Private DNS zone", published.File("README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_deploys_may_make_the_zone_and_the_names()
    {
        var policies = string.Concat(
            (await Published.ModelAsync(Model))
                .Files.Where(file => file.Name.StartsWith("deployer-policy", StringComparison.Ordinal))
                .Select(file => file.Content)
        );

        Assert.All(
            [
                "servicediscovery:CreatePrivateDnsNamespace",
                "servicediscovery:CreateService",
                "route53:CreateHostedZone",
                "route53:DeleteHostedZone",
                ":hostedzone/*",
                ":service/*",
            ],
            word => Assert.Contains(word, policies, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_name_in_DNS_has_parts_of_63_characters()
    {
        var stack = "shop-" + new string('x', 59);
        var message = await Published.RefusalAsync(builder =>
        {
            builder.AddFargateEnvironment(stack);
            Model(builder);
        });

        Assert.Contains($"'db' is called by DNS, and would have the name db.{stack}.internal", message, StringComparison.Ordinal);
        Assert.Contains("has 64: shorten", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_templates_have_no_fault()
    {
        var published = await Published.ModelAsync(Model);
        var nested = await Published.ModelAsync(builder =>
        {
            builder.AddFargateEnvironment("shop").WithNestedStacks();
            Model(builder);
        });

        Assert.Empty(
            await CfnLint.CheckAsync([
                .. published
                    .Files.Where(file => file.Name.EndsWith(".template.yaml", StringComparison.Ordinal))
                    .Select(file => (file.Name, file.Content)),
                .. nested
                    .Files.Where(file => file.Name.EndsWith(".template.yaml", StringComparison.Ordinal))
                    .Select(file => ($"nested/{file.Name}", file.Content)),
            ])
        );
    }

    private static void Model(IDistributedApplicationBuilder builder)
    {
        var database = builder.AddPostgres("db");
        var migrate = builder.AddWorker("migrate").WithReference(database);
        builder.AddWeb("api").WithExternalHttpEndpoints().WithHttpHealthCheck("/health").WithReference(database).WaitForCompletion(migrate);
    }

    private static string? Without(string name, TemplateMap properties)
    {
        var rest = new TemplateMap();
        foreach (var (key, value) in properties.Where(pair => pair.Key != name))
        {
            rest[key] = value;
        }

        return rest.Show();
    }
}
