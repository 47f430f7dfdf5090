using Amazon.CloudFormation;

namespace FargateEmulator.Tests;

/// <summary>Databases of a stack are RDS's, and one that is protected is not deleted, in RDS's own words.</summary>
[Collection(nameof(Account))]
public sealed class DatabaseTests(Account account) : IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await account.ResetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>
    /// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html; the words are those that moto has verified.
    /// </summary>
    [Fact]
    public async Task A_protected_instance_is_deleted_by_nobody_until_that_is_lifted()
    {
        await account.DeployAsync("data", Template(isProtected: true), ChangeSetType.CREATE);
        var name = await NameAsync("Database");

        var refused = await FailAsync("delete-db-instance", "--db-instance-identifier", name, "--skip-final-snapshot");
        Assert.Contains(
            "(InvalidParameterCombination) when calling the DeleteDBInstance operation: Cannot delete protected DB Instance, please disable deletion protection and try again.",
            refused,
            StringComparison.Ordinal
        );
        Assert.Equal(
            ("DELETE_FAILED", "Cannot delete protected DB Instance, please disable deletion protection and try again.", "InvalidRequest"),
            await DeletedAsync("Database")
        );

        await account.Aws.AwsCli("rds", "modify-db-instance", "--db-instance-identifier", name, "--no-deletion-protection");
        Assert.Null((await DeletedAsync("Database")).Status);
        var snapshot = Assert.Single(await SnapshotsAsync("describe-db-snapshots", "DBSnapshots"));
        Assert.StartsWith("data-snapshot-database-", (string)snapshot["DBSnapshotIdentifier"]!, StringComparison.Ordinal);
        Assert.Equal(name, (string)snapshot["DBInstanceIdentifier"]!);
    }

    /// <summary>
    /// https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless.delete.html, and the handler of clusters, which looks
    /// first. An instance of a protected cluster goes: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html.
    /// </summary>
    [Fact]
    public async Task So_it_is_of_a_cluster_whose_instances_go()
    {
        await account.DeployAsync("data", ClusterTemplate, ChangeSetType.CREATE);
        var name = await NameAsync("Cluster");

        Assert.Contains(
            "(InvalidParameterCombination) when calling the DeleteDBCluster operation: Cannot delete protected Cluster, please disable deletion protection and try again.",
            await FailAsync("delete-db-cluster", "--db-cluster-identifier", name, "--skip-final-snapshot"),
            StringComparison.Ordinal
        );
        Assert.Equal(
            ("DELETE_FAILED", $"Cannot delete protected Cluster {name}, please disable deletion protection and try again", "NotUpdatable"),
            await DeletedAsync("Cluster")
        );
        Assert.Empty((await account.Aws.AwsCli("rds", "describe-db-instances"))["DBInstances"]!.AsArray());

        await account.Aws.AwsCli("rds", "modify-db-cluster", "--db-cluster-identifier", name, "--no-deletion-protection");
        Assert.Null((await DeletedAsync("Cluster")).Status);
        Assert.Single(await SnapshotsAsync("describe-db-cluster-snapshots", "DBClusterSnapshots"));
    }

    [Fact]
    public async Task A_template_turns_protection_on_and_off_and_one_that_says_nothing_leaves_it()
    {
        await account.DeployAsync("data", Template(isProtected: false), ChangeSetType.CREATE);
        var name = await NameAsync("Database");
        foreach (bool? wanted in new bool?[] { true, null, false })
        {
            await account.DeployAsync("data", Template(wanted), ChangeSetType.UPDATE);
            var database = Assert.Single((await account.Aws.AwsCli("rds", "describe-db-instances"))["DBInstances"]!.AsArray())!;
            Assert.Equal((name, wanted ?? true), ((string)database["DBInstanceIdentifier"]!, (bool)database["DeletionProtection"]!));
        }
    }

    [Fact]
    public async Task What_is_removed_while_it_is_protected_stays_in_the_account_and_is_no_longer_in_the_stack()
    {
        await account.DeployAsync("data", Template(isProtected: true), ChangeSetType.CREATE);
        await account.DeployAsync("data", """{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}""", ChangeSetType.UPDATE);

        Assert.Single((await account.Aws.AwsCli("rds", "describe-db-instances"))["DBInstances"]!.AsArray());
        var stack = (await account.Aws.AwsCli("cloudformation", "describe-stacks", "--stack-name", "data"))["Stacks"]![0]!;
        Assert.Equal("Update successful. One or more resources could not be deleted.", (string)stack["StackStatusReason"]!);
    }

    [Fact]
    public async Task A_parameter_that_the_operation_does_not_have_is_refused()
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, account.Aws.Url)
        {
            Content = new FormUrlEncodedContent([
                new("Action", "ModifyDBInstance"),
                new("Version", "2014-10-31"),
                new("DBInstanceIdentifier", "data"),
                new("DeleteProtection", "false"),
            ]),
        };
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=test/20261130/us-east-1/rds/aws4_request, SignedHeaders=host, Signature=0"
        );
        using var response = await client.SendAsync(request);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains(
            "ModifyDBInstance has no parameter DeleteProtection",
            await response.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    private static string Template(bool? isProtected) =>
        """
            {"Resources":{"Database":{"Type":"AWS::RDS::DBInstance","DeletionPolicy":"Snapshot","UpdateReplacePolicy":"Snapshot","Properties":{
              "Engine":"postgres","EngineVersion":"18","DBInstanceClass":"db.t4g.micro","AllocatedStorage":"20","MasterUsername":"postgres",
              "MasterUserPassword":"long-enough"PROTECTION}}}}
            """.Replace(
            "PROTECTION",
            isProtected is { } value ? $",\"DeletionProtection\":{(value ? "true" : "false")}" : "",
            StringComparison.Ordinal
        );

    private const string ClusterTemplate = """
        {"Resources":{
          "Cluster":{"Type":"AWS::RDS::DBCluster","DeletionPolicy":"Snapshot","UpdateReplacePolicy":"Snapshot","Properties":{"Engine":"aurora-postgresql","EngineVersion":"17",
            "MasterUsername":"postgres","MasterUserPassword":"long-enough","ServerlessV2ScalingConfiguration":{"MinCapacity":0,"MaxCapacity":4},"DeletionProtection":true}},
          "Instance":{"Type":"AWS::RDS::DBInstance","DeletionPolicy":"Delete","Properties":{"Engine":"aurora-postgresql","DBInstanceClass":"db.serverless",
            "DBClusterIdentifier":{"Ref":"Cluster"}}}}}
        """;

    private async Task<string> NameAsync(string logicalId) =>
        (string)
            (
                await account.Aws.AwsCli(
                    "cloudformation",
                    "describe-stack-resource",
                    "--stack-name",
                    "data",
                    "--logical-resource-id",
                    logicalId
                )
            )["StackResourceDetail"]!["PhysicalResourceId"]!;

    /// <summary>Deletes the stack: how it ended, and what its handler said of a resource; nothing where it is gone.</summary>
    private async Task<(string? Status, string? Message, string? Code)> DeletedAsync(string logicalId)
    {
        await account.Aws.AwsCli("cloudformation", "delete-stack", "--stack-name", "data");
        JsonNode? stack;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        do
        {
            await timer.WaitForNextTickAsync(deadline.Token);
            stack = (await account.Aws.AwsCli("cloudformation", "describe-stacks"))["Stacks"]!.AsArray().SingleOrDefault();
        } while ((string?)stack?["StackStatus"] == "DELETE_IN_PROGRESS");

        if (stack is null)
        {
            return (null, null, null);
        }

        var reason = (string)
            (await account.Aws.AwsCli("cloudformation", "describe-stack-events", "--stack-name", "data"))["StackEvents"]!
                .AsArray()
                .First(item => (string)item!["LogicalResourceId"]! == logicalId && (string)item["ResourceStatus"]! == "DELETE_FAILED")![
                "ResourceStatusReason"
            ]!;
        var message = reason.Split('"')[1].Split(" (Service:")[0];
        return ((string)stack["StackStatus"]!, message, reason.Split("HandlerErrorCode: ")[1].TrimEnd(')'));
    }

    private async Task<IReadOnlyList<JsonNode>> SnapshotsAsync(string command, string list) =>
        [.. (await account.Aws.AwsCli("rds", command, "--snapshot-type", "manual"))[list]!.AsArray().Select(one => one!)];

    /// <summary>What the AWS CLI says of a call of RDS that is refused.</summary>
    private async Task<string> FailAsync(params string[] arguments) =>
        (await Assert.ThrowsAnyAsync<Exception>(() => account.Aws.AwsCli(["rds", .. arguments]))).Message;
}
