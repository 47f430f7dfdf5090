namespace Deploy.Tests;

/// <summary>What CloudFront has in us-east-1 alone, of an application elsewhere.</summary>
public sealed partial class DeploymentTests
{
    [Fact]
    public async Task What_CloudFront_has_in_us_east_1_comes_before_the_application_is_told_of_it_and_goes_after_it()
    {
        var shop = new Shop(Aws, "api edge acl ireland");
        (await shop.RunAsync("plan"))
            .EndedWith(2)
            .Says("shop-edge in us-east-1: 2 added", "+ WebAcl ", "+ DistributionErrorsAlarm  AWS::CloudWatch::Alarm");
        (await shop.RunAsync("deploy")).EndedWith(1).Says("account 123456789012, eu-west-1", "Say it beforehand: --yes.");
        Assert.Equal(0, await account.CountAsync("CreateChangeSet"));

        // Cut off while the application is made: no distribution is known yet.
        await Aws.HoldResourceAsync("Distribution", "create");
        await using (var cutOff = shop.Start("deploy", "--yes"))
        {
            await cutOff.SaysAsync("✓ edge ");
            cutOff.Kill();
        }

        Assert.Equal(["WebAcl"], await InEdgeStackAsync());
        await Aws.ReleaseResourceAsync("Distribution");
        (await shop.DeployAsync()).EndedWith(0).Says("✓ edge ", "unchanged", "✓ alarms of the edge", "https://d");
        Assert.Equal(["DistributionErrorsAlarm", "WebAcl"], await InEdgeStackAsync());
        Assert.Equal([await DistributionAsync()], await WatchedAsync());

        await Aws.ForgetCallsAsync();
        (await shop.RunAsync("plan")).EndedWith(0).Says("Nothing would change.");
        (await shop.DeployAsync()).EndedWith(0).Says("Changed for shop", "nothing");
        Assert.Equal(0, await account.CountAsync("ExecuteChangeSet"));
        (await shop.RunAsync("status"))
            .EndedWith(0)
            .Says("shop-edge: UPDATE_COMPLETE", "alarms: 5 OK", "cloudwatch/home?region=us-east-1#alarmsV2:");

        shop = new Shop(Aws, "api edge ireland");
        (await shop.RunAsync("plan")).EndedWith(2).Says("shop-edge in us-east-1: 1 removed", "- WebAcl ", "DistributionConfig/WebACLId");
        (await shop.DeployAsync()).EndedWith(0);
        Assert.Equal(["DistributionErrorsAlarm"], await InEdgeStackAsync());

        // What was not deleted after the application took nothing of it any more is found again.
        shop = new Shop(Aws, "api ireland");
        await Aws.FailResourceAsync("DistributionErrorsAlarm", "delete", "Not today.");
        (await shop.DeployAsync()).EndedWith(1).Says("Not today.");
        (await shop.RunAsync("plan")).EndedWith(2).Says("shop-edge in us-east-1: 1 removed", "- DistributionErrorsAlarm ");
        (await shop.DeployAsync()).EndedWith(0);
        Assert.Empty(await StacksAsync("us-east-1"));
        (await shop.RunAsync("plan")).EndedWith(0);

        await new Shop(Aws, "api edge acl ireland").DeployedAsync();
        (await shop.RunAsync("destroy", "--data", "--yes"))
            .EndedWith(0)
            .Says("Goes: 'shop-edge' in us-east-1", "shop, shop-edge and shop-foundation");
        Assert.Empty((await StacksAsync("us-east-1")).Concat(await StacksAsync("eu-west-1")).Concat(await WatchedAsync()));
    }

    private async Task<IReadOnlyList<string>> StacksAsync(string region) =>
        [
            .. (await Aws.AwsCli("cloudformation", "describe-stacks", "--region", region))["Stacks"]!
                .AsArray()
                .Select(stack => (string)stack!["StackName"]!),
        ];

    private async Task<IReadOnlyList<string>> InEdgeStackAsync() =>
        [
            .. (await Aws.AwsCli("cloudformation", "describe-stack-resources", "--region", "us-east-1", "--stack-name", "shop-edge"))[
                "StackResources"
            ]!
                .AsArray()
                .Select(resource => (string)resource!["LogicalResourceId"]!)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The id of the distribution.</summary>
    private async Task<string> DistributionAsync() =>
        (string)
            (
                await Aws.AwsCli(
                    "cloudformation",
                    "describe-stack-resources",
                    "--region",
                    "eu-west-1",
                    "--stack-name",
                    "shop",
                    "--logical-resource-id",
                    "Distribution"
                )
            )["StackResources"]![0]!["PhysicalResourceId"]!;

    /// <summary>The distributions that alarms of us-east-1 look at.</summary>
    private async Task<IReadOnlyList<string>> WatchedAsync() =>
        [
            .. (await Aws.AwsCli("cloudwatch", "describe-alarms", "--region", "us-east-1"))["MetricAlarms"]!
                .AsArray()
                .SelectMany(alarm => alarm!["Metrics"]!.AsArray())
                .Select(metric => metric!["MetricStat"]?["Metric"]!["Dimensions"]!.AsArray())
                .OfType<JsonArray>()
                .SelectMany(dimensions => dimensions)
                .Where(dimension => (string)dimension!["Name"]! == "DistributionId")
                .Select(dimension => (string)dimension!["Value"]!)
                .Distinct(),
        ];
}
