using Aspire.Hosting;
using Aws.CloudFormation;
using Hosting.Fargate.Deploying.Plans;
using Hosting.Fargate.Publishing;
using Hosting.Fargate.Stacks;
using Hosting.Fargate.Tests.Publishing;

namespace Hosting.Fargate.Tests.Deploying;

/// <summary>Changes that would take the data of a database away.</summary>
public sealed class DataLossTests
{
    private static Task<Publication> ShopAsync(
        Action<RelationalDatabase>? configure = null,
        string database = "orders",
        string tag = "18"
    ) =>
        Published.ModelAsync(builder =>
            builder
                .AddWorker("worker")
                .WithReference(builder.AddPostgresServer("pg-main", tag: tag).PublishAsRds(configure).AddDatabase(database))
        );

    private static IReadOnlyList<PlannedChange> Changes(Publication before, Publication after) =>
        TemplateComparison.Changes("shop", TemplateJson.ToMap(before.Template()), TemplateJson.ToMap(after.Template()));

    [Fact]
    public async Task A_database_that_would_be_made_anew_is_refused_until_it_is_agreed_to_by_name()
    {
        var (before, after) = (await ShopAsync(), await ShopAsync(database: "sales"));
        var changes = Changes(before, after);

        var refusal = Assert
            .Throws<DistributedApplicationException>(() => DataLoss.Refuse(changes, after.Application, null, "Nothing was changed."))
            .Message;
        Assert.Contains(
            "The database 'pg-main' would be made anew, without its data, since DBName of it changes; a final snapshot of the old one would stay.",
            refusal,
            StringComparison.Ordinal
        );
        Assert.Contains("database.InitialDatabase = ", refusal, StringComparison.Ordinal);
        Assert.Contains("Agree to that with --allow-data-loss pg-main.\nNothing was changed.", refusal, StringComparison.Ordinal);
        Assert.Throws<DistributedApplicationException>(() => DataLoss.Refuse(changes, after.Application, "other", ""));
        DataLoss.Refuse(changes, after.Application, "other,pg-main", "");
        DataLoss.Refuse(
            Changes(before, await ShopAsync(options => options.InitialDatabase = "orders", "sales")),
            after.Application,
            null,
            ""
        );
    }

    [Fact]
    public async Task A_database_that_leaves_the_model_is_refused_too()
    {
        var (before, after) = (await ShopAsync(), await Published.ModelAsync(builder => builder.AddWorker("worker")));
        var changes = Changes(before, after);

        var refusal = Assert.Throws<DistributedApplicationException>(() => DataLoss.Refuse(changes, after.Application, null, "")).Message;
        Assert.Contains("The database 'PgMainDatabase' is no longer in the model, and would be deleted", refusal, StringComparison.Ordinal);
        Assert.Contains("--allow-data-loss PgMainDatabase.", refusal, StringComparison.Ordinal);
        DataLoss.Refuse(changes, after.Application, "pg-main", "");

        // One with another name is another one.
        var renamed = await Published.ModelAsync(builder =>
            builder.AddWorker("worker").WithReference(builder.AddPostgresServer("pg").PublishAsRds().AddDatabase("orders"))
        );
        Assert.Contains(
            "The database 'PgMainDatabase' is no longer in the model, and would be deleted",
            Assert
                .Throws<DistributedApplicationException>(() => DataLoss.Refuse(Changes(before, renamed), renamed.Application, null, ""))
                .Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_changes_in_place_needs_no_word()
    {
        var after = await ShopAsync(options =>
        {
            (options.InstanceClass, options.StorageGigabytes, options.MaximumStorageGigabytes, options.MultiAz) = (
                "db.m7g.large",
                50,
                200,
                true
            );
            (options.BackupDays, options.DeletionProtection, options.EngineVersion) = (14, false, "18.3");
        });
        var changes = Changes(await ShopAsync(), after);

        Assert.Contains(changes, change => change is { Id: "PgMainDatabase", Kind: ChangeKind.MayReplace });
        DataLoss.Refuse(changes, after.Application, null, "");
    }

    [Fact]
    public async Task A_container_that_becomes_a_database_of_RDS_begins_without_its_data_and_that_is_agreed_to()
    {
        var before = await Published.ModelAsync(builder =>
            builder
                .AddWorker("worker")
                .WithReference(builder.AddPostgresServer("pg-main").PublishAsContainer().WithVolume("pg-data", "/var/lib/postgresql"))
        );
        var after = await ShopAsync();
        var changes = Changes(before, after);

        Assert.Contains(
            "The database 'pg-main' was a container until now, and would be one of RDS, which begins without its data. Keep the container: "
                + "PublishAsContainer().",
            Assert.Throws<DistributedApplicationException>(() => DataLoss.Refuse(changes, after.Application, null, "")).Message,
            StringComparison.Ordinal
        );
        DataLoss.Refuse(changes, after.Application, "pg-main", "");
        DataLoss.Refuse(Changes(await Published.ModelAsync(builder => builder.AddWorker("worker")), after), after.Application, null, "");
        Assert.Contains(
            "CAREFUL: PgMainDatabase takes the place of a container, and begins without its data.",
            string.Join('\n', PlanText.Lines(new Plan { Changes = changes })),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_plan_says_that_the_protection_of_what_goes_is_lifted_where_it_has_any()
    {
        var changes = Changes(await ShopAsync(), await Published.ModelAsync(builder => builder.AddWorker("worker")));
        const string Gone =
            "CAREFUL: PgMainDatabase (AWS::RDS::DBInstance) is deleted with its data. A final snapshot of it stays in the account.";

        Assert.Contains(Gone, PlanText.Lines(new Plan { Changes = changes }));
        Assert.Contains(
            $"{Gone} Its deletion protection is lifted for that.",
            PlanText.Lines(
                new Plan
                {
                    Changes = changes,
                    Protected = new HashSet<string> { "PgMainDatabase" },
                }
            )
        );
    }

    [Fact]
    public async Task A_plan_says_what_becomes_of_the_data()
    {
        string Said(IReadOnlyList<PlannedChange> changes) => string.Join('\n', PlanText.Lines(new Plan { Changes = changes }));

        Assert.Contains(
            "CAREFUL: PgMainDatabase (AWS::RDS::DBInstance) is replaced, and its data is lost with it: the new one begins without it.",
            Said(Changes(await ShopAsync(), await ShopAsync(database: "sales"))),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "CAREFUL: PgMainDatabase (AWS::RDS::DBInstance) may be replaced",
            Said(
                Changes(await ShopAsync(options => options.RestoreFrom = "old"), await ShopAsync(options => options.RestoreFrom = "older"))
            ),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "PgMainDatabase takes 5 to 15 minutes to be made.",
            Said(TemplateComparison.Changes("shop", null, TemplateJson.ToMap((await ShopAsync()).Template()))),
            StringComparison.Ordinal
        );
        var inPlace = Said(Changes(await ShopAsync(), await ShopAsync(options => options.BackupDays = 14)));
        Assert.Contains("BackupRetentionPeriod", inPlace, StringComparison.Ordinal);
        Assert.DoesNotContain("CAREFUL", inPlace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_major_version_is_refused_until_it_is_agreed_to()
    {
        async Task<string?> ProblemAsync(string tag, Action<RelationalDatabase>? configure = null) =>
            ImpossibleChange.ProblemOf(
                "shop",
                [TemplateJson.ToMap((await ShopAsync(tag: "17.6")).Template())],
                [TemplateJson.ToMap((await ShopAsync(configure, tag: tag)).Template())]
            );

        Assert.Contains(
            "The database 'PgMainDatabase' is version 17, and would become 18, from which there is no way back.",
            await ProblemAsync("18.3"),
            StringComparison.Ordinal
        );
        Assert.Null(await ProblemAsync("18.3", options => options.AllowMajorVersionUpgrade = true));
        Assert.Null(await ProblemAsync("18.3", options => options.EngineVersion = "17"));
        Assert.Null(await ProblemAsync("17.7"));
    }
}
