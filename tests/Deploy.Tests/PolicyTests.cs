using Hosting.Fargate.Tests.Policies;

namespace Deploy.Tests;

/// <summary>
/// Every call that the emulator sees is allowed by the policies that publish writes, by an evaluation of policies that is not ours
/// (https://github.com/cloud-copilot/iam-simulate).
/// </summary>
public sealed class PolicyTests(Account account) : IClassFixture<Account>, IAsyncLifetime
{
    private Shop Shop =>
        new Shop(account.Aws, "api edge worker secret queue bucket migrate volume").With("Parameters__db-password", "the-password");

    public async ValueTask InitializeAsync() => await account.Aws.ResetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task What_deploys_updates_rolls_back_and_destroys_calls_is_allowed_to_who_deploys()
    {
        await Shop.DeployedAsync();
        await (Shop with { Tag = "2.0" }).DeployedAsync();
        var rule = await account.Aws.FailTasksAsync(
            new
            {
                service = "worker",
                kind = "Exit",
                exitCode = 1,
                logs = new[] { "No." },
            }
        );
        (await (Shop with { Tag = "3.0" }).DeployAsync()).EndedWith(1);
        await account.Aws.RemoveRulesAsync(rule);
        (await Shop.RunAsync("run", "migrate")).EndedWith(0);
        (await Shop.With("Parameters__db-password", "another-password").DeployAsync()).EndedWith(0);
        var bucket = (string)
            (await account.Aws.AwsCli("s3api", "list-buckets"))["Buckets"]!
                .AsArray()
                .Single(item => ((string)item!["Name"]!).Contains("pictures", StringComparison.Ordinal))!["Name"]!;
        var forgotten = await account.CallsAsync();
        await account.Aws.AwsCli("s3api", "put-object", "--bucket", bucket, "--key", "cat.jpeg");
        await account.Aws.ForgetCallsAsync();
        (await Shop.RunAsync("destroy", "--data", "--yes")).EndedWith(0);
        var removal = await account.CallsAsync();
        Assert.Contains(removal, call => (string)call!["service"]! == "s3");
        Account.AssertOwnersAreSaid(removal);

        await AllowedAsync(
            "deployer",
            [.. forgotten.Concat(removal).Where(call => (string)call!["service"]! != "s3" || !IsOfCli(call)).Select(call => call!)],
            atLeast: 25
        );
    }

    [Theory]
    [InlineData("worker postgres", "ModifyDBInstance")]
    [InlineData("worker postgres aurora", "ModifyDBCluster")]
    public async Task So_is_what_a_database_takes_that_goes(string parts, string operation)
    {
        var shop = await new Shop(account.Aws, parts).DeployedAsync();
        await account.Aws.ForgetCallsAsync();
        (await new Shop(account.Aws, $"{parts} anew").RunAsync("deploy", "--yes", "--allow-data-loss", "pg")).EndedWith(0);
        (await shop.RunAsync("destroy", "--yes")).EndedWith(0).Says("but for its data");
        (await shop.RunAsync("destroy", "--data", "--yes")).EndedWith(0);
        var calls = await account.CallsAsync();
        Assert.Equal(2, calls.Count(call => (string)call!["operation"]! == operation));

        await AllowedAsync("deployer", [.. calls.Select(call => call!)], atLeast: 15, of: shop);
    }

    [Fact]
    public async Task What_looks_and_changes_nothing_is_allowed_to_the_reader()
    {
        await Shop.DeployedAsync();
        await account.Aws.ForgetCallsAsync();
        (await (Shop with { Tag = "2.0" }).RunAsync("plan")).EndedWith(2);
        (await Shop.RunAsync("status")).EndedWith(0);
        (await Shop.RunAsync("logs")).EndedWith(0);
        var calls = await account.CallsAsync();

        // To compare a value is to read it: a reader may not, and the plan says so.
        await AllowedAsync(
            "reader",
            [.. calls.Select(call => call!).Where(call => (string)call["operation"]! != "GetSecretValue")],
            atLeast: 15
        );
    }

    [Theory]
    [InlineData("worker postgres", "rds:DescribeDBInstances")]
    [InlineData("worker postgres aurora", "rds:DescribeDBClusters")]
    [InlineData("worker cache", "elasticache:DescribeReplicationGroups")]
    [InlineData("worker broker", "mq:DescribeBroker")]
    public async Task So_is_what_is_asked_of_what_AWS_runs(string parts, string action)
    {
        var shop = await new Shop(account.Aws, parts).DeployedAsync();
        await account.Aws.ForgetCallsAsync();
        (await shop.RunAsync("status")).EndedWith(0);
        IReadOnlyList<JsonNode> calls = [.. (await account.CallsAsync()).Select(call => call!)];
        Assert.Contains(
            action,
            calls.Select(call => PermittedCall.ActionOf((string)call["service"]!, (string)call["operation"]!, call["parameters"]!))
        );

        await AllowedAsync("reader", calls, atLeast: 5, of: shop);
        await AllowedAsync("deployer", calls, atLeast: 5, of: shop);
    }

    /// <summary>What the test itself asks, by the AWS CLI.</summary>
    private static bool IsOfCli(JsonNode call) => (string?)call["parameters"]!["path"] == "/";

    private async Task AllowedAsync(string who, IReadOnlyList<JsonNode> calls, int atLeast, Shop? of = null)
    {
        var folder = Path.Combine(account.Aws.Home, who);
        (await (of ?? Shop).RunAsync("publish", "--output-path", folder)).EndedWith(0);
        var policies = new JsonArray([
            .. Directory.GetFiles(folder, $"{who}-policy*.json").Select(file => JsonNode.Parse(File.ReadAllText(file))),
        ]);
        var actions = calls
            .Select(call => PermittedCall.ActionOf((string)call["service"]!, (string)call["operation"]!, call["parameters"]!))
            .OfType<string>()
            .Distinct()
            .ToList();
        var tables = (
            await IamTool.AskAsync(new JsonObject { ["tables"] = new JsonArray([.. actions.Select(action => (JsonNode)action)]) })
        ).GetProperty("tables");
        var permitted = calls
            .Select(call =>
                PermittedCall.Of(call, action =>
                    tables
                        .GetProperty(action)
                        .GetString()
                        ?.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                        .Select(type => type.TrimEnd('*'))
                        .ToList()
                    ?? throw new KeyNotFoundException(action)
                )
            )
            .OfType<PermittedCall>()
            .Distinct()
            .ToList();

        Assert.InRange(permitted.Select(call => call.Action).Distinct().Count(), atLeast, 200);
        var answers = (
            await IamTool.AskAsync(
                new JsonObject
                {
                    ["shared"] = new JsonArray(policies),
                    ["calls"] = new JsonArray([
                        .. permitted.Select(call => new JsonObject
                        {
                            ["shared"] = 0,
                            ["action"] = call.Action,
                            ["resource"] = call.Resource,
                            ["context"] = call.ServiceName is null
                                ? new JsonObject()
                                : new JsonObject { ["iam:AWSServiceName"] = call.ServiceName },
                        }),
                    ]),
                }
            )
        ).GetProperty("calls").EnumerateArray().Select(answer => answer.GetString()!).ToList();
        Assert.Empty(
            permitted
                .Zip(answers)
                .Where(pair => pair.Second != "Allowed")
                .Select(pair => $"{pair.First.Action} on {pair.First.Resource}: {pair.Second}")
        );
    }
}
