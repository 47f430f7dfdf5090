namespace Deploy.Tests;

/// <summary>Deploys that get through: what they change, and that they change nothing else.</summary>
public sealed partial class DeploymentTests(Account account) : IClassFixture<Account>, IAsyncLifetime
{
    private EmulatedAws Aws => account.Aws;

    public async ValueTask InitializeAsync() => await Aws.ResetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_first_deploy_makes_everything_raises_services_to_their_minimum_and_asks_the_load_balancer()
    {
        await using var door = await FrontDoor.OpenAsync();
        await Aws.SetAsync(new { load_balancer = door.Address });
        var shop = new Shop(Aws, "api worker secret queue bucket")
            .With("Parameters__db-password", "a-password-7f3")
            .With("Fargate__SmokeSeconds", "30");

        var first = (await shop.DeployAsync()).EndedWith(0);

        first.Says(
            "api: raising it from 1 task to its minimum of 2",
            $"GET http://{door.Address}/health answers 200",
            "Address of shop",
            $"http://{door.Address}"
        );
        Assert.DoesNotContain("a-password-7f3", first.Output);
        Assert.Equal(
            ["ecs.amazonaws.com", "ecs.application-autoscaling.amazonaws.com", "elasticloadbalancing.amazonaws.com"],
            (await account.CallsAsync())
                .Where(call => (string)call!["operation"]! == "CreateServiceLinkedRole")
                .Select(call => (string)call!["parameters"]!["AWSServiceName"]!)
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(["GET /health"], door.Requests);
        Assert.Equal(
            ["CREATE_COMPLETE", "CREATE_COMPLETE"],
            [await account.StackAsync("shop-foundation"), await account.StackAsync("shop")]
        );
        await account.BecomesAsync("api 2/2 shop-api:1", "worker 1/1 shop-worker:1");
        Assert.Equal(
            "a-password-7f3",
            (string)(await Aws.AwsCli("secretsmanager", "get-secret-value", "--secret-id", "shop/db-password"))["SecretString"]!
        );

        // Again, with nothing to do.
        await Aws.ForgetCallsAsync();
        var second = (await shop.With("Parameters__db-password", null).DeployAsync()).EndedWith(0);
        second.Says("Changed for shop", "nothing");
        foreach (
            var operation in new[]
            {
                "CreateChangeSet",
                "ExecuteChangeSet",
                "PutSecretValue",
                "UpdateService",
                "PutObject",
                "RegisterTaskDefinition",
                "DeleteStack",
                "CreateServiceLinkedRole",
                "GetServiceQuota",
            }
        )
        {
            Assert.True(await account.CountAsync(operation) == 0, operation);
        }

        Assert.DoesNotContain(
            (await Aws.AwsCli("cloudformation", "list-change-sets", "--stack-name", "shop"))["Summaries"]!.AsArray(),
            item => (string)item!["ExecutionStatus"]! == "AVAILABLE"
        );

        // Another value of the secret starts the tasks that read it anew, and no others.
        var (api, worker) = (await DeploymentAsync("api"), await DeploymentAsync("worker"));
        await Aws.ForgetCallsAsync();
        (await shop.With("Parameters__db-password", "another-password").DeployAsync())
            .EndedWith(0)
            .Says("1 put", "worker: a secret of it has a new value; starting its tasks anew");
        Assert.Equal(
            (1, 0, 1),
            (
                await account.CountAsync("PutSecretValue"),
                await account.CountAsync("ExecuteChangeSet"),
                await account.CountAsync("UpdateService")
            )
        );
        Assert.Equal(["api 2/2 shop-api:1", "worker 1/1 shop-worker:1"], await account.ServicesAsync("api", "worker"));
        Assert.Equal(api, await DeploymentAsync("api"));
        Assert.NotEqual(worker, await DeploymentAsync("worker"));
        await Aws.ForgetCallsAsync();
        await shop.With("Parameters__db-password", null).DeployedAsync();
        Assert.Equal(0, await account.CountAsync("UpdateService"));
    }

    [Fact]
    public async Task What_answers_wrongly_fails_the_deploy_and_is_left_in_place()
    {
        await using var door = await FrontDoor.OpenAsync();
        door.Status = 404;
        await Aws.SetAsync(new { load_balancer = door.Address });

        // With the region's own one there are as many as a region may have; the emulator does not count.
        await Task.WhenAll(Enumerable.Range(1, 4).Select(number => Aws.AwsCli("ec2", "create-vpc", "--cidr-block", $"10.{number}.0.0/16")));
        var outcome = (await new Shop(Aws, "api").With("Fargate__SmokeSeconds", "0.5").DeployAsync()).EndedWith(1);
        outcome.Says(
            "VPCs: this needs 1, and us-east-1 has 5, 5 of them in use. Raise the quota L-F678F1CE first",
            $"GET http://{door.Address}/health did not do",
            "it answers 404, where 200 is healthy",
            "Nothing was rolled back."
        );
        Assert.Equal("CREATE_COMPLETE", await account.StackAsync("shop"));
    }

    [Fact]
    public async Task What_a_template_cannot_know_of_CloudFront_is_looked_up_once()
    {
        var shop = new Shop(Aws, "api edge");
        (await shop.DeployAsync()).EndedWith(0).Says("CloudFront takes its time", "https://d");

        var list = (
            await Aws.AwsCli(
                "ec2",
                "describe-managed-prefix-lists",
                "--filters",
                "Name=prefix-list-name,Values=com.amazonaws.global.cloudfront.origin-facing"
            )
        )["PrefixLists"]![0]!["PrefixListId"]!;
        var parameters = (await Aws.AwsCli("cloudformation", "describe-stacks", "--stack-name", "shop"))["Stacks"]![0]![
            "Parameters"
        ]!.AsArray();
        Assert.Equal(
            (string)list!,
            (string)parameters.Single(parameter => (string)parameter!["ParameterKey"]! == "CloudFrontPrefixListId")!["ParameterValue"]!
        );
        Assert.Equal(
            "us-east-1a,us-east-1b",
            (string)parameters.Single(parameter => (string)parameter!["ParameterKey"]! == "CloudFrontZones")!["ParameterValue"]!
        );
        Assert.Contains(
            "vpcorigin.cloudfront.amazonaws.com",
            (await account.CallsAsync())
                .Where(call => (string)call!["operation"]! == "CreateServiceLinkedRole")
                .Select(call => (string)call!["parameters"]!["AWSServiceName"]!)
        );

        await Aws.ForgetCallsAsync();
        (await shop.DeployAsync()).EndedWith(0).Says("Changed for shop", "nothing");
        Assert.Equal(
            (0, 0),
            (await account.CountAsync("DescribeManagedPrefixLists"), await account.CountAsync("DescribeAvailabilityZones"))
        );
        (await shop.RunAsync("destroy", "--yes")).EndedWith(0).Says("the way to the load balancer up to 15");
    }

    [Fact]
    public async Task CloudFront_comes_to_subnets_that_are_there()
    {
        await new Shop(Aws, "api").DeployedAsync();
        var zones = await ZonesAsync();
        (await new Shop(Aws, "api edge").DeployAsync()).EndedWith(0).Says("https://d");
        Assert.Equal(zones, await ZonesAsync());

        async Task<string[]> ZonesAsync() =>
            [
                .. (await Aws.AwsCli("ec2", "describe-subnets"))["Subnets"]!
                    .AsArray()
                    .Where(subnet => (string)subnet!["CidrBlock"]! is "10.0.0.0/20" or "10.0.16.0/20")
                    .Select(subnet => $"{subnet!["SubnetId"]} {subnet["AvailabilityZone"]}")
                    .Order(StringComparer.Ordinal),
            ];
    }

    [Fact]
    public async Task Another_image_rolls_one_service_by_one_revision()
    {
        var shop = await new Shop(Aws, "worker mailer").DeployedAsync();
        (await shop.With("Model__Tags__mailer", "1.1").DeployAsync())
            .EndedWith(0)
            .Says("! MailerTaskDefinition", "example/mailer:1.0 → example/mailer:1.1");
        Assert.Equal(["mailer 1/1 shop-mailer:2", "worker 1/1 shop-worker:1"], await account.ServicesAsync("mailer", "worker"));
    }

    [Fact]
    public async Task A_service_is_added_another_removed_and_what_left_with_data_is_kept_and_taken_up_again()
    {
        var all = new Shop(Aws, "worker queue bucket secret").With("Parameters__db-password", "a-password");
        await new Shop(Aws, "worker").DeployedAsync();
        await (all with { Parts = "worker mailer queue bucket secret" }).DeployedAsync();
        Assert.Equal(
            ["mailer 1/1", "worker 1/1"],
            (await account.ServicesAsync("worker", "mailer")).Select(line => line[..^(line.Length - line.LastIndexOf(' '))])
        );
        var url = (string)
            (await Aws.AwsCli("sqs", "list-queues"))["QueueUrls"]!
                .AsArray()
                .Single(queue => ((string)queue!).EndsWith("orders", StringComparison.Ordinal))!;
        await Aws.AwsCli("sqs", "send-message", "--queue-url", url, "--message-body", "an order");

        // The services, the queue, the bucket and the secret leave; the foundation is changed after the application.
        await Aws.ForgetCallsAsync();
        var removed = (await new Shop(Aws, "worker").DeployAsync()).EndedWith(0);
        removed.Says("Kept in the account", "AWS::SQS::Queue", "AWS::S3::Bucket", "AWS::SecretsManager::Secret");
        var executed = (await account.CallsAsync())
            .Where(call => (string)call!["operation"]! == "ExecuteChangeSet")
            .Select(call => (string)call!["parameters"]!["StackName"]!);
        Assert.Equal(["shop", "shop-foundation"], executed.TakeLast(2));
        Assert.Equal(["worker"], (await account.ServicesAsync("worker", "mailer")).Select(line => line.Split(' ')[0]));
        Assert.Equal(
            "1",
            (string)
                (await Aws.AwsCli("sqs", "get-queue-attributes", "--queue-url", url, "--attribute-names", "ApproximateNumberOfMessages"))[
                    "Attributes"
                ]!["ApproximateNumberOfMessages"]!
        );

        var back = (await all.With("Parameters__db-password", null).DeployAsync()).EndedWith(0);
        back.Says(
            "taking up again what was kept: queue shop-orders",
            "taking up again what was kept: secret shop/db-password",
            "taking up again what was kept: bucket "
        );
        var resources = (await Aws.AwsCli("cloudformation", "list-stack-resources", "--stack-name", "shop-foundation"))[
            "StackResourceSummaries"
        ]!.AsArray();
        Assert.Contains(url, resources.Select(resource => (string)resource!["PhysicalResourceId"]!));
        Assert.Equal(
            "a-password",
            (string)(await Aws.AwsCli("secretsmanager", "get-secret-value", "--secret-id", "shop/db-password"))["SecretString"]!
        );
        (await all.DeployAsync()).EndedWith(0).Says("Changed for shop", "nothing");
    }

    [Fact]
    public async Task A_new_value_reaches_what_is_composed_of_it_and_the_tasks_that_read_it()
    {
        var shop = await new Shop(Aws, "worker secret composed").With("Parameters__db-password", "first").DeployedAsync();
        var before = await DeploymentAsync("worker");
        (await shop.With("Parameters__db-password", "second").DeployAsync()).EndedWith(0).Says("starting its tasks anew");
        Assert.NotEqual(before, await DeploymentAsync("worker"));
        var definition = await Aws.AwsCli("ecs", "describe-task-definition", "--task-definition", "shop-worker");
        var composed = definition["taskDefinition"]!["containerDefinitions"]![0]!["secrets"]!
            .AsArray()
            .Single(item => (string)item!["name"]! == "DATABASE")!;
        Assert.Equal(
            "Host=db;Password=second",
            (string)(await Aws.AwsCli("secretsmanager", "get-secret-value", "--secret-id", (string)composed["valueFrom"]!))["SecretString"]!
        );
    }

    [Fact]
    public async Task A_new_value_that_stops_the_tasks_is_said_and_the_old_tasks_stay()
    {
        var shop = await new Shop(Aws, "worker secret").With("Parameters__db-password", "first").DeployedAsync();
        await Aws.FailTasksAsync(
            new
            {
                service = "worker",
                kind = "Exit",
                exitCode = 1,
                logs = new[] { "Login failed" },
            }
        );
        (await shop.With("Parameters__db-password", "second").DeployAsync())
            .EndedWith(1)
            .Says(
                "'worker' did not become stable",
                "| Login failed",
                "It was started anew since a secret of it has a new value, which stays."
            );
        Assert.Equal(["worker 1/1 shop-worker:1"], await account.ServicesAsync("worker"));
        await Aws.RemoveRulesAsync();
        (await shop.With("Parameters__db-password", "third").DeployAsync()).EndedWith(0);
    }

    /// <summary>The deployment that a service is at.</summary>
    private async Task<string> DeploymentAsync(string service)
    {
        var described = await Aws.AwsCli("ecs", "describe-services", "--cluster", "shop", "--services", service);
        return (string)Assert.Single(described["services"]![0]!["deployments"]!.AsArray())!["id"]!;
    }
}
