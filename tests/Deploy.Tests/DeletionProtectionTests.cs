namespace Deploy.Tests;

/// <summary>
/// RDS deletes no database that is protected, whoever asks. What was agreed to is done all the same, what was not stays protected, and no
/// stack is left that cannot go on.
/// </summary>
public sealed class DeletionProtectionTests(Account account) : IClassFixture<Account>, IAsyncLifetime
{
    private const string Refused = "Cannot delete protected DB Instance, please disable deletion protection and try again.";

    private Shop Shop => new(account.Aws, "worker postgres");

    public async ValueTask InitializeAsync() => await account.Aws.ResetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_database_is_protected_once_all_is_there_and_goes_with_a_final_snapshot()
    {
        (await Shop.DeployAsync()).EndedWith(0).Says("✓ what holds data: pg");
        var name = (await account.ResourceAsync("PgDatabase"))!;
        Assert.Equal([$"{name} True"], await DatabasesAsync());

        (await Shop.RunAsync("destroy", "--data"))
            .EndedWith(1)
            .Says($"Goes: the database '{name}', whose deletion protection is lifted, and of which a final snapshot stays");
        Assert.Equal([$"{name} True"], await DatabasesAsync());

        (await Shop.RunAsync("destroy", "--data", "--yes"))
            .EndedWith(0)
            .Says($"{name}: its deletion protection is lifted", "Snapshots", "shop-snapshot-pgdatabase-");
        Assert.Null(await account.StackAsync("shop"));
        Assert.Empty(await DatabasesAsync());
    }

    [Fact]
    public async Task So_is_a_cluster()
    {
        var shop = await new Shop(account.Aws, "worker postgres aurora").DeployedAsync();
        var name = (await account.ResourceAsync("PgAurora"))!;
        Assert.Equal([$"{name} True"], await ClustersAsync());

        (await shop.RunAsync("destroy", "--data", "--yes")).EndedWith(0).Says($"{name}: its deletion protection is lifted");
        Assert.Null(await account.StackAsync("shop"));
        Assert.Empty(await ClustersAsync());
    }

    [Fact]
    public async Task One_without_protection_by_choice_has_none_and_goes_without_a_word_of_it()
    {
        var shop = await new Shop(account.Aws, "worker postgres unprotected").DeployedAsync();
        Assert.Equal([$"{await account.ResourceAsync("PgDatabase")} False"], await DatabasesAsync());

        await Shop.DeployedAsync();
        Assert.Equal([$"{await account.ResourceAsync("PgDatabase")} True"], await DatabasesAsync());
        await shop.DeployedAsync();
        Assert.Equal([$"{await account.ResourceAsync("PgDatabase")} False"], await DatabasesAsync());

        Assert.DoesNotContain(
            "deletion protection",
            (await shop.RunAsync("destroy", "--data", "--yes")).EndedWith(0).Output,
            StringComparison.Ordinal
        );
        Assert.Empty(await DatabasesAsync());
    }

    [Fact]
    public async Task A_first_deploy_whose_service_fails_keeps_a_database_that_can_be_taken_back()
    {
        var rule = await account.Aws.FailTasksAsync(
            new
            {
                service = "worker",
                kind = "Exit",
                exitCode = 3,
            }
        );
        (await Shop.DeployAsync()).EndedWith(1).Says("'pg', which this deploy has made, stays");
        var name = await account.ResourceAsync("PgDatabase");
        Assert.Equal([$"{name} False"], await DatabasesAsync());

        await account.Aws.RemoveRulesAsync(rule);
        await Shop.DeployedAsync();
        Assert.Equal([$"{name} True"], await DatabasesAsync());
    }

    [Fact]
    public async Task A_first_deploy_in_which_something_fails_beside_the_database_leaves_nothing_behind()
    {
        await account.Aws.FailResourceAsync("PgDatabaseCpuAlarm", "create", "The quota of alarms is reached.");
        (await Shop.DeployAsync())
            .EndedWith(1)
            .Says("✓ PgDatabase ", "The quota of alarms is reached", "'shop' was not changed as planned (ROLLBACK_COMPLETE).");

        Assert.Empty(await DatabasesAsync());
        await Shop.DeployedAsync();
    }

    [Fact]
    public async Task An_update_that_is_rolled_back_leaves_the_database_protected()
    {
        await Shop.DeployedAsync();
        await account.Aws.FailTasksAsync(
            new
            {
                service = "worker",
                kind = "Exit",
                exitCode = 3,
            }
        );

        (await (Shop with { Tag = "2.0" }).DeployAsync()).EndedWith(1);

        Assert.Equal([$"{await account.ResourceAsync("PgDatabase")} True"], await DatabasesAsync());
        Assert.Equal(0, await account.CountAsync("ModifyDBInstance"));
    }

    [Fact]
    public async Task Who_takes_the_database_out_of_the_model_and_agrees_to_it_is_rid_of_it()
    {
        await Shop.DeployedAsync();
        var name = await account.ResourceAsync("PgDatabase");
        var without = new Shop(account.Aws, "worker");

        (await without.RunAsync("deploy", "--yes", "--allow-data-loss", "pg"))
            .EndedWith(0)
            .Says(
                "A final snapshot of it stays in the account. Its deletion protection is lifted for that.",
                $"{name}: its deletion protection is lifted"
            );
        Assert.Empty(await DatabasesAsync());
        Assert.Equal("UPDATE_COMPLETE", await account.StackAsync("shop"));
    }

    [Fact]
    public async Task Where_that_is_rolled_back_the_database_is_protected_again()
    {
        await Shop.DeployedAsync();
        var name = await account.ResourceAsync("PgDatabase");
        await account.Aws.FailTasksAsync(
            new
            {
                service = "worker",
                kind = "Exit",
                exitCode = 3,
            }
        );

        (await (new Shop(account.Aws, "worker") { Tag = "2.0" }).RunAsync("deploy", "--yes", "--allow-data-loss", "pg"))
            .EndedWith(1)
            .Says($"{name}: its deletion protection is lifted", $"{name}: its deletion protection is on again", "UPDATE_ROLLBACK_COMPLETE");
        Assert.Equal([$"{name} True"], await DatabasesAsync());
    }

    [Fact]
    public async Task Where_it_is_cut_off_before_anything_changed_the_next_deploy_protects_the_database_again()
    {
        // The foundation is the same with it and without.
        var shop = await new Shop(account.Aws, "worker bucket postgres").DeployedAsync();
        var name = await account.ResourceAsync("PgDatabase");
        await using (var proxy = await FaultProxy.StartAsync(account.Aws.Url))
        {
            var held = new FaultRule(Fault.Hang, "cloudformation", "ExecuteChangeSet");
            proxy.Rules.Add(held);
            await using var killed = new Shop(account.Aws, "worker bucket")
                .With("AWS_ENDPOINT_URL", proxy.Url)
                .Start("deploy", "--yes", "--allow-data-loss", "pg");
            await held.WhenHeld.WaitAsync(TimeSpan.FromMinutes(2));
            await killed.SaysAsync($"{name}: its deletion protection is lifted");
            killed.Kill();
        }

        Assert.Equal([$"{name} False"], await DatabasesAsync());
        (await shop.RunAsync("plan"))
            .EndedWith(0)
            .Says($"The database '{name}' is without the deletion protection that its template has: a deploy turns it on.");
        (await shop.DeployAsync()).EndedWith(0).Says($"{name}: its deletion protection is on again");
        Assert.Equal([$"{name} True"], await DatabasesAsync());
    }

    [Fact]
    public async Task A_database_that_is_made_anew_is_protected_as_the_old_one_was()
    {
        await Shop.DeployedAsync();
        var old = await account.ResourceAsync("PgDatabase");
        var anew = new Shop(account.Aws, "worker postgres anew");

        (await anew.RunAsync("deploy", "--yes", "--allow-data-loss", "pg"))
            .EndedWith(0)
            .Says($"{old}: its deletion protection is lifted", "✓ deletion protection: pg");

        var now = await account.ResourceAsync("PgDatabase");
        Assert.NotEqual(old, now);
        Assert.Equal([$"{now} True"], await DatabasesAsync());
        (await anew.RunAsync("plan")).EndedWith(0);
    }

    [Fact]
    public async Task Where_making_it_anew_is_rolled_back_the_new_one_goes_and_the_old_one_is_protected_again()
    {
        await Shop.DeployedAsync();
        var old = await account.ResourceAsync("PgDatabase");
        await account.Aws.FailTasksAsync(
            new
            {
                service = "worker",
                kind = "Exit",
                exitCode = 3,
            }
        );

        (await (new Shop(account.Aws, "worker postgres anew") { Tag = "2.0" }).RunAsync("deploy", "--yes", "--allow-data-loss", "pg"))
            .EndedWith(1)
            .Says($"{old}: its deletion protection is on again");

        Assert.Equal(old, await account.ResourceAsync("PgDatabase"));
        Assert.Equal([$"{old} True"], await DatabasesAsync());
    }

    [Fact]
    public async Task Where_a_task_calls_it_it_is_made_anew_before_that_and_protected_after()
    {
        await new Shop(account.Aws, "worker postgres migrate").DeployedAsync();
        var old = await account.ResourceAsync("PgDatabase");
        var anew = new Shop(account.Aws, "worker postgres migrate anew");
        var rule = await account.Aws.FailTasksAsync(
            new
            {
                family = "shop-migrate",
                kind = "Exit",
                exitCode = 1,
            }
        );

        (await anew.RunAsync("deploy", "--yes", "--allow-data-loss", "pg")).EndedWith(1).Says("The task 'migrate' failed");
        var now = await account.ResourceAsync("PgDatabase");
        Assert.NotEqual(old, now);
        Assert.Equal([$"{now} False"], await DatabasesAsync());

        await account.Aws.RemoveRulesAsync(rule);
        await anew.DeployedAsync();
        Assert.Equal([$"{now} True"], await DatabasesAsync());
    }

    [Fact]
    public async Task Who_deletes_the_stack_by_other_means_leaves_the_database_and_a_deploy_does_not_take_it_either()
    {
        await Shop.DeployedAsync();
        var name = await account.ResourceAsync("PgDatabase");
        await DeleteByHandAsync();
        Assert.Equal("DELETE_FAILED", await account.StackAsync("shop"));
        string[] why =
        [
            $"The stack 'shop' is DELETE_FAILED, and can only be deleted and made anew. The database 'pg' ({name}) is still in it, with its data",
            "To keep the data, run 'destroy', which leaves a final snapshot",
            "To begin without it: --allow-data-loss pg.",
        ];

        (await Shop.RunAsync("plan")).EndedWith(2).Says([.. why, "CAREFUL: The stack 'shop' is DELETE_FAILED"]);
        (await Shop.DeployAsync()).EndedWith(1).Says(why);
        Assert.Equal([$"{name} True"], await DatabasesAsync());

        (await Shop.RunAsync("destroy", "--yes"))
            .EndedWith(0)
            .Says($"{name}: its deletion protection is lifted", "shop-snapshot-pgdatabase-");
        Assert.Empty(await DatabasesAsync());
        (await Shop.RunAsync("plan"))
            .EndedWith(2)
            .Says("CAREFUL: the database 'pg' begins empty, and a final snapshot of an earlier one is there");
    }

    [Fact]
    public async Task It_takes_it_where_that_is_agreed_to_by_name()
    {
        await Shop.DeployedAsync();
        var name = await account.ResourceAsync("PgDatabase");
        await DeleteByHandAsync();

        (await Shop.RunAsync("deploy", "--yes", "--allow-data-loss", "pg"))
            .EndedWith(0)
            .Says($"{name}: its deletion protection is lifted", "is DELETE_FAILED, and so can only be made anew");

        var now = await account.ResourceAsync("PgDatabase");
        Assert.NotEqual(name, now);
        Assert.Equal([$"{now} True"], await DatabasesAsync());
    }

    [Fact]
    public async Task A_creation_by_hand_that_could_not_be_rolled_back_is_taken_up()
    {
        const string ByHand = """
            {"Resources":{
              "PgDatabase":{"Type":"AWS::RDS::DBInstance","DeletionPolicy":"Snapshot","Properties":{"Engine":"postgres","DBInstanceClass":"db.t4g.micro",
                "AllocatedStorage":"20","MasterUsername":"postgres","MasterUserPassword":"long-enough","DeletionProtection":true}},
              "Later":{"Type":"AWS::SNS::Topic","DependsOn":"PgDatabase"}}}
            """;
        await account.Aws.FailResourceAsync("Later", "create", "It is not to be.");
        await account.Aws.AwsCli("cloudformation", "create-stack", "--stack-name", "shop", "--template-body", ByHand);
        await Until.TrueAsync(async () => await account.StackAsync("shop") == "ROLLBACK_FAILED", () => "The stack is not ROLLBACK_FAILED.");
        var name = Assert.Single(await DatabasesAsync()).Split(' ')[0];

        (await Shop.DeployAsync())
            .EndedWith(0)
            .Says($"{name}: its deletion protection is lifted", "is ROLLBACK_FAILED, and so can only be made anew");
        Assert.Equal([$"{await account.ResourceAsync("PgDatabase")} True"], await DatabasesAsync());
    }

    [Fact]
    public async Task Who_may_not_change_it_is_told_so_before_anything_is_gone()
    {
        await Shop.DeployedAsync();
        await using var proxy = await FaultProxy.StartAsync(account.Aws.Url);
        proxy.Rules.Add(
            new FaultRule(Fault.Refuse, "rds", "ModifyDBInstance", Times: 100)
            {
                Code = "AccessDenied",
                Message = "User: alice is not authorized to perform: rds:ModifyDBInstance",
            }
        );
        await using var destroy = Shop.With("AWS_ENDPOINT_URL", proxy.Url).Start("destroy", "--data", "--yes");

        (await destroy.EndAsync())
            .EndedWith(1)
            .Says(
                "AWS refuses (AccessDenied): User: alice is not authorized to perform: rds:ModifyDBInstance. Whoever deploys needs that action"
            );
        Assert.Equal("UPDATE_COMPLETE", await account.StackAsync("shop"));
    }

    [Fact]
    public async Task A_database_that_is_busy_is_waited_for()
    {
        await Shop.DeployedAsync();
        await using var proxy = await FaultProxy.StartAsync(account.Aws.Url);
        proxy.Rules.Add(
            new FaultRule(Fault.Refuse, "rds", "ModifyDBInstance", Times: 2)
            {
                Code = "InvalidDBInstanceState",
                Message = "Database instance is not in available state.",
            }
        );
        await using var destroy = Shop.With("AWS_ENDPOINT_URL", proxy.Url).Start("destroy", "--data", "--yes");

        (await destroy.EndAsync())
            .EndedWith(0)
            .Says("is busy; waiting: Database instance is not in available state.", "its deletion protection is lifted");
        Assert.Empty(await DatabasesAsync());
    }

    /// <summary>As the console does it.</summary>
    private async Task DeleteByHandAsync()
    {
        await account.Aws.AwsCli("cloudformation", "delete-stack", "--stack-name", "shop");
        await Until.TrueAsync(
            async () => await account.StackAsync("shop") is not (null or "DELETE_IN_PROGRESS" or "UPDATE_COMPLETE"),
            () => "The stack is not done."
        );
        var events = (await account.Aws.AwsCli("cloudformation", "describe-stack-events", "--stack-name", "shop"))[
            "StackEvents"
        ]!.AsArray();
        Assert.Contains(events, item => ((string?)item!["ResourceStatusReason"])?.Contains(Refused, StringComparison.Ordinal) == true);
    }

    private Task<IReadOnlyList<string>> DatabasesAsync() => ListAsync("describe-db-instances", "DBInstances", "DBInstanceIdentifier");

    private Task<IReadOnlyList<string>> ClustersAsync() => ListAsync("describe-db-clusters", "DBClusters", "DBClusterIdentifier");

    /// <summary>What RDS has, each with whether it is protected.</summary>
    private async Task<IReadOnlyList<string>> ListAsync(string command, string list, string id) =>
        [.. (await account.Aws.AwsCli("rds", command))[list]!.AsArray().Select(one => $"{one![id]} {(bool)one["DeletionProtection"]!}")];
}
