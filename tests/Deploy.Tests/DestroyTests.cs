namespace Deploy.Tests;

/// <summary>What destroy takes, what it leaves, and that deploy works after either.</summary>
public sealed class DestroyTests(Account account) : IClassFixture<Account>, IAsyncLifetime
{
    private EmulatedAws Aws => account.Aws;

    private Shop Shop => new(Aws, "worker secret queue bucket");

    public async ValueTask InitializeAsync() => await Aws.ResetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_application_goes_its_data_stays_and_deploy_makes_it_anew()
    {
        await Shop.With("Parameters__db-password", "the-password").DeployedAsync();

        var refused = (await Shop.RunAsync("destroy")).EndedWith(1);
        refused.Says(
            "Goes: 'shop' with ",
            "1 AWS::ECS::Service",
            "Stays: bucket ",
            "Stays: queue shop-orders with its messages",
            "Stays: secret shop/db-password",
            "There is no terminal to ask at. Say it beforehand: --yes."
        );
        Assert.Equal("CREATE_COMPLETE", await account.StackAsync("shop"));

        (await Shop.RunAsync("destroy", "--yes")).EndedWith(0).Says("'deploy' takes them up again, 'destroy --data' deletes them");
        Assert.Equal((null, "CREATE_COMPLETE"), (await account.StackAsync("shop"), await account.StackAsync("shop-foundation")));

        (await Shop.RunAsync("destroy", "--yes"))
            .EndedWith(0)
            .Says("Nothing to destroy: there is no stack 'shop'; 'shop-foundation' keeps the data (destroy --data)");
        await Shop.DeployedAsync();
        Assert.Equal("the-password", await SecretAsync());
        Assert.StartsWith("worker 1/1 ", Assert.Single(await account.ServicesAsync("worker")));
    }

    [Fact]
    public async Task A_task_that_runs_is_stopped_first()
    {
        var shop = await new Shop(Aws, "worker migrate").DeployedAsync();
        await Aws.FailTasksAsync(
            new
            {
                family = "shop-migrate",
                kind = "Exit",
                exitCode = 0,
                seconds = 600,
                times = 1,
            }
        );
        await using (var cutOff = shop.Start("run", "migrate"))
        {
            await cutOff.SaysAsync("migrate: RUNNING");
            cutOff.Kill();
        }

        (await shop.RunAsync("destroy", "--yes")).EndedWith(0).Says("migrate: stopping task ");
        Assert.Null(await account.StackAsync("shop"));
        Assert.Equal(1, await account.CountAsync("StopTask"));
    }

    [Fact]
    public async Task What_cannot_be_deleted_at_first_is_tried_once_more()
    {
        await new Shop(Aws, "worker").DeployedAsync();
        await Aws.FailResourceAsync("Cluster", "delete", "The capacity provider has instances that deregister.");

        (await Shop.RunAsync("destroy", "--yes")).EndedWith(0).Says("trying once more");
        Assert.Null(await account.StackAsync("shop"));
    }

    [Fact]
    public async Task With_data_all_of_it_goes_and_a_secret_can_be_restored_by_the_next_deploy()
    {
        await Shop.With("Parameters__db-password", "the-password").DeployedAsync();
        var bucket = (string)
            (await Aws.AwsCli("s3api", "list-buckets"))["Buckets"]!
                .AsArray()
                .Single(item => ((string)item!["Name"]!).Contains("pictures", StringComparison.Ordinal))!["Name"]!;
        await Aws.AwsCli("s3api", "put-object", "--bucket", bucket, "--key", "cat.jpeg");

        (await Shop.RunAsync("destroy", "--data")).EndedWith(1).Says("Goes: secret shop/db-password", "AND ITS DATA");
        (await AnswerAsync("y")).EndedWith(1).Says("Not agreed to, so nothing more was done.");
        Assert.NotNull(await account.StackAsync("shop"));
        (await AnswerAsync("shop")).EndedWith(0).Says("can be restored for 30 days");

        Assert.Equal((null, null), (await account.StackAsync("shop"), await account.StackAsync("shop-foundation")));
        Assert.Empty((await Aws.AwsCli("s3api", "list-buckets"))["Buckets"]!.AsArray());
        Assert.Null((await Aws.AwsCli("sqs", "list-queues"))["QueueUrls"]);
        var secret = await Aws.AwsCli("secretsmanager", "describe-secret", "--secret-id", "shop/db-password");
        Assert.NotNull(secret["DeletedDate"]);

        (await Shop.DeployAsync())
            .EndedWith(0)
            .Says("taking up again what was kept: secret shop/db-password", "restored from its recovery window");
        Assert.Equal("the-password", await SecretAsync());
        Assert.Equal(
            (string)secret["ARN"]!,
            (string)(await Aws.AwsCli("secretsmanager", "describe-secret", "--secret-id", "shop/db-password"))["ARN"]!
        );
        Assert.StartsWith("worker 1/1 ", Assert.Single(await account.ServicesAsync("worker")));

        // A y comes too easily for what nobody brings back.
        async Task<Outcome> AnswerAsync(string answer)
        {
            await using var process = Shop.StartAtTerminal("destroy", "--data");
            await process.SaysAsync("Type shop to agree: ");
            await process.TypeAsync(answer + "\n");
            return await process.EndAsync();
        }
    }

    [Fact]
    public async Task A_file_system_that_left_the_model_is_taken_up_again_when_it_comes_back()
    {
        var (with, without) = (new Shop(Aws, "worker volume"), new Shop(Aws, "worker"));
        await with.DeployedAsync();
        var id = Assert.Single(await FileSystemsAsync());

        (await without.DeployAsync()).EndedWith(0).Says("Kept in the account", $"AWS::EFS::FileSystem {id}: it left the model");
        await new Shop(Aws, "worker queue").DeployedAsync();
        (await with.RunAsync("plan")).EndedWith(2).Says("1 taken up", "< DbDataFileSystem");
        (await with.DeployAsync()).EndedWith(0).Says($"taking up again what was kept: file system {id}");

        Assert.Equal([id], await FileSystemsAsync());
        var volumes = (await Aws.AwsCli("ecs", "describe-task-definition", "--task-definition", "shop-worker"))["taskDefinition"]![
            "volumes"
        ]!.AsArray();
        Assert.Equal(id, (string)Assert.Single(volumes)!["efsVolumeConfiguration"]!["fileSystemId"]!);
    }

    [Fact]
    public async Task A_file_system_that_somebody_deleted_meanwhile_is_not_made_anew_in_silence()
    {
        var with = await new Shop(Aws, "worker volume").DeployedAsync();
        await new Shop(Aws, "worker").DeployedAsync();
        await Aws.AwsCli("efs", "delete-file-system", "--file-system-id", Assert.Single(await FileSystemsAsync()));
        (await with.DeployAsync())
            .EndedWith(1)
            .Says("Was one of these file systems deleted on purpose? Then give its volume another name in the model");
        Assert.Empty(await FileSystemsAsync());
    }

    private async Task<IReadOnlyList<string>> FileSystemsAsync() =>
        [.. (await Aws.AwsCli("efs", "describe-file-systems"))["FileSystems"]!.AsArray().Select(item => (string)item!["FileSystemId"]!)];

    [Fact]
    public async Task Nothing_there_is_no_failure() =>
        (await Shop.RunAsync("destroy", "--yes")).EndedWith(0).Says("Nothing to destroy: there is no stack 'shop'.");

    private async Task<string> SecretAsync() =>
        (string)(await Aws.AwsCli("secretsmanager", "get-secret-value", "--secret-id", "shop/db-password"))["SecretString"]!;
}
