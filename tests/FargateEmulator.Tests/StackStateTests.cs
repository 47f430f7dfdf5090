using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Amazon.ECS.Model;
using Task = System.Threading.Tasks.Task;

namespace FargateEmulator.Tests;

/// <summary>The states of a stack and the errors that a deployer meets in them.</summary>
[Collection(nameof(Account))]
public sealed class StackStateTests(Account account) : IAsyncLifetime
{
    private const string Simple =
        """{"Parameters":{"Days":{"Type":"String","Default":"7"}},"Resources":{"Logs":{"Type":"AWS::Logs::LogGroup","Properties":{"LogGroupName":"/a","RetentionInDays":{"Ref":"Days"}}}}}""";

    public async ValueTask InitializeAsync() => await account.ResetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task What_is_not_there_is_said_as_AWS_says_it()
    {
        Assert.Equal("Stack with id none does not exist", (await ErrorAsync(() => account.EndAsync("none"))).Message);
        Assert.Equal("Stack [none] does not exist", (await ErrorAsync(() => account.EventsAsync("none"))).Message);
        await account.DeployAsync("app", Simple, ChangeSetType.CREATE);
        var missing = await ErrorAsync(() =>
            account.CloudFormation.DescribeChangeSetAsync(new() { StackName = "app", ChangeSetName = "none" })
        );
        Assert.Equal(("ChangeSetNotFound", "ChangeSet [none] does not exist"), (missing.ErrorCode, missing.Message));
        await account.CloudFormation.DeleteStackAsync(new() { StackName = "none" });
    }

    [Fact]
    public async Task Nothing_to_change_fails_the_change_set_and_another_update_makes_one_obsolete()
    {
        await account.DeployAsync("app", Simple, ChangeSetType.CREATE);

        var none = await account.ChangeSetAsync("app", null, ChangeSetType.UPDATE, ("Days", null));
        Assert.Equal((ChangeSetStatus.FAILED, ExecutionStatus.UNAVAILABLE), (none.Status, none.ExecutionStatus));
        Assert.Equal(
            "The submitted information didn't contain changes. Submit different information to create a change set.",
            none.StatusReason
        );

        var first = await account.ChangeSetAsync("app", null, ChangeSetType.UPDATE, ("Days", "14"));
        var second = await account.ChangeSetAsync("app", null, ChangeSetType.UPDATE, ("Days", "30"));
        Assert.Equal(StackStatus.UPDATE_COMPLETE, (await account.ExecuteAsync(second)).StackStatus);

        var obsolete = await ErrorAsync(() => account.ExecuteAsync(first));
        Assert.Equal("InvalidChangeSetStatus", obsolete.ErrorCode);
        Assert.EndsWith("cannot be executed in its current execution status of [OBSOLETE]", obsolete.Message);
    }

    [Fact]
    public async Task A_stack_in_progress_takes_no_other_update_and_one_that_rolled_back_only_deletion()
    {
        await account.Aws.HoldResourceAsync("Logs", "create");
        var changes = await account.ChangeSetAsync("app", Simple, ChangeSetType.CREATE);
        Assert.Equal(
            StackStatus.REVIEW_IN_PROGRESS,
            (await account.CloudFormation.DescribeStacksAsync(new DescribeStacksRequest { StackName = "app" })).Stacks[0].StackStatus
        );
        await account.CloudFormation.ExecuteChangeSetAsync(new() { ChangeSetName = changes.ChangeSetId, ClientRequestToken = "once" });
        await account.CloudFormation.ExecuteChangeSetAsync(new() { ChangeSetName = changes.ChangeSetId, ClientRequestToken = "once" });

        var busy = await ErrorAsync(() => account.ChangeSetAsync("app", Simple, ChangeSetType.UPDATE));
        Assert.Equal($"Stack:{changes.StackId} is in CREATE_IN_PROGRESS state and can not be updated.", busy.Message);

        await account.Aws.FailResourceAsync("Logs", "create", "No.");
        await account.Aws.ReleaseResourceAsync("Logs");
        Assert.Equal(StackStatus.ROLLBACK_COMPLETE, (await account.EndAsync("app")).StackStatus);
        Assert.All(await account.EventsAsync("app"), item =>
            Assert.True(item.ResourceStatus == "REVIEW_IN_PROGRESS" || item.ClientRequestToken == "once")
        );
        var rolledBack = await ErrorAsync(() => account.ChangeSetAsync("app", Simple, ChangeSetType.UPDATE));
        Assert.Equal($"Stack:{changes.StackId} is in ROLLBACK_COMPLETE state and can not be updated.", rolledBack.Message);
        Assert.Equal(StackStatus.DELETE_COMPLETE, (await account.DeleteAsync("app")).StackStatus);
    }

    [Fact]
    public async Task A_rollback_that_fails_is_continued()
    {
        await account.DeployAsync("app", Templates.Services("web", "jobs"), ChangeSetType.CREATE, ("Image", Templates.Image('a')));
        await account.Aws.FailResourceAsync("WebService", "update", "Not today.");
        await account.Aws.FailResourceAsync("WebService", "rollback", "Not back either.");

        var failed = await account.DeployAsync("app", null, ChangeSetType.UPDATE, ("Image", Templates.Image('b')));
        Assert.Equal(StackStatus.UPDATE_ROLLBACK_FAILED, failed.StackStatus);
        Assert.Equal("The following resource(s) failed to update: [WebService]. ", failed.StackStatusReason);

        await account.CloudFormation.ContinueUpdateRollbackAsync(new() { StackName = "app" });
        Assert.Equal(StackStatus.UPDATE_ROLLBACK_COMPLETE, (await account.EndAsync("app")).StackStatus);
        await ServicesRunAsync("small-web:1", "small-jobs:1");
    }

    [Fact]
    public async Task A_service_is_added_and_another_removed()
    {
        await account.DeployAsync("app", Templates.Services("web", "jobs"), ChangeSetType.CREATE, ("Image", Templates.Image('a')));

        var changes = await account.ChangeSetAsync("app", Templates.Services("web", "mail"), ChangeSetType.UPDATE, ("Image", null));
        Assert.Equal(
            ["Remove JobsLogs", "Remove JobsService", "Remove JobsTask", "Add MailLogs", "Add MailService", "Add MailTask"],
            changes.Changes.Select(change => $"{change.ResourceChange.Action} {change.ResourceChange.LogicalResourceId}")
        );

        Assert.Equal(StackStatus.UPDATE_COMPLETE, (await account.ExecuteAsync(changes)).StackStatus);
        await ServicesRunAsync("small-web:1", "small-mail:1");
        Assert.Equal(
            7,
            (await account.Aws.AwsCli("cloudformation", "list-stack-resources", "--stack-name", "app"))["StackResourceSummaries"]!
                .AsArray()
                .Count
        );
    }

    [Fact]
    public async Task A_deletion_that_fails_is_done_again_and_a_protected_stack_is_not_deleted()
    {
        var stack = await account.DeployAsync("app", Simple, ChangeSetType.CREATE);
        await account.CloudFormation.UpdateTerminationProtectionAsync(new() { StackName = "app", EnableTerminationProtection = true });
        Assert.Equal(
            "Stack [app] cannot be deleted while TerminationProtection is enabled",
            (await ErrorAsync(() => account.DeleteAsync("app"))).Message
        );
        await account.CloudFormation.UpdateTerminationProtectionAsync(new() { StackName = "app", EnableTerminationProtection = false });

        await account.Aws.FailResourceAsync("Logs", "delete", "Still in use.");
        var failed = await account.DeleteAsync("app");
        Assert.Equal(
            (StackStatus.DELETE_FAILED, "The following resource(s) failed to delete: [Logs]. "),
            (failed.StackStatus, failed.StackStatusReason)
        );
        Assert.Equal(StackStatus.DELETE_COMPLETE, (await account.DeleteAsync("app")).StackStatus);
        Assert.Equal(stack.StackId, (await account.EndAsync(stack.StackId)).StackId);
    }

    [Fact]
    public async Task An_export_in_use_is_neither_changed_nor_removed()
    {
        const string Exporting =
            """{"Parameters":{"Value":{"Type":"String","Default":"1"}},"Resources":{"Logs":{"Type":"AWS::Logs::LogGroup"}},"Outputs":{"Out":{"Value":{"Ref":"Value"},"Export":{"Name":"out"}}}}""";
        const string Importing =
            """{"Resources":{"Logs":{"Type":"AWS::Logs::LogGroup","Properties":{"LogGroupName":{"Fn::Sub":["/in/${Value}",{"Value":{"Fn::ImportValue":"out"}}]}}}}}""";
        var missing = await account.ChangeSetAsync("in", Importing, ChangeSetType.CREATE);
        Assert.Equal("No export named out found.", missing.StatusReason);
        await account.CloudFormation.DeleteStackAsync(new() { StackName = "in" });
        await Account.UntilAsync(
            () => account.CloudFormation.DescribeStacksAsync(new DescribeStacksRequest()),
            found => found.Stacks is null or []
        );
        await account.DeployAsync("out", Exporting, ChangeSetType.CREATE);
        await account.DeployAsync("in", Importing, ChangeSetType.CREATE);
        Assert.Equal(["in"], (await account.CloudFormation.ListImportsAsync(new() { ExportName = "out" })).Imports);

        await account.CloudFormation.CreateChangeSetAsync(
            new()
            {
                StackName = "out",
                ChangeSetName = "other",
                ChangeSetType = ChangeSetType.UPDATE,
                TemplateBody = Exporting.Replace("\"Logs\"", "\"MoreLogs\"", StringComparison.Ordinal),
                Parameters = [new() { ParameterKey = "Value", ParameterValue = "2" }],
            }
        );
        var changes = await Account.UntilAsync(
            () => account.CloudFormation.DescribeChangeSetAsync(new() { StackName = "out", ChangeSetName = "other" }),
            found => found.Status == ChangeSetStatus.CREATE_COMPLETE
        );
        Assert.Equal(StackStatus.UPDATE_ROLLBACK_COMPLETE, (await account.ExecuteAsync(changes)).StackStatus);
        Assert.Contains(await account.EventsAsync("out"), item =>
            item.ResourceStatusReason == "Export out cannot be updated as it is in use by in"
        );
    }

    [Fact]
    public async Task Events_come_in_pages_and_a_run_task_ends_with_its_exit_code()
    {
        await account.Aws.SetAsync(new { page = 5 });
        await account.DeployAsync("app", Templates.Services("web"), ChangeSetType.CREATE, ("Image", Templates.Image('a')));
        Assert.True((await account.EventsAsync("app")).Count > 10);

        await account.Aws.FailTasksAsync(
            new
            {
                family = "small-web",
                kind = "Exit",
                exitCode = 3,
                logs = new[] { "migration failed" },
            }
        );
        var run = await account.Ecs.RunTaskAsync(
            new RunTaskRequest
            {
                Cluster = "small",
                TaskDefinition = "small-web",
                StartedBy = "deploy",
                NetworkConfiguration = new() { AwsvpcConfiguration = new() { Subnets = ["subnet-1"] } },
            }
        );
        var arn = Assert.Single(run.Tasks).TaskArn;
        var task = await Account.UntilAsync(
            async () =>
                (await account.Ecs.DescribeTasksAsync(new DescribeTasksRequest { Cluster = "small", Tasks = [arn] })).Tasks.Single(),
            found => found.LastStatus == "STOPPED"
        );
        Assert.Equal(3, Assert.Single(task.Containers).ExitCode);
        Assert.Equal(
            "migration failed",
            Assert
                .Single(
                    (
                        await account.Logs.GetLogEventsAsync(
                            new() { LogGroupName = "/small/web", LogStreamName = $"web/web/{arn.Split('/')[^1]}" }
                        )
                    ).Events
                )
                .Message
        );
    }

    private async Task ServicesRunAsync(params string[] definitions)
    {
        var arns = (await account.Ecs.ListServicesAsync(new ListServicesRequest { Cluster = "small" })).ServiceArns;
        var services = (
            await account.Ecs.DescribeServicesAsync(new DescribeServicesRequest { Cluster = "small", Services = arns })
        ).Services;
        Assert.Equal(
            definitions.Order(StringComparer.Ordinal),
            services.Select(service => service.TaskDefinition.Split('/')[1]).Order(StringComparer.Ordinal)
        );
        Assert.All(services, service =>
            Assert.Equal(
                (1, 1, "COMPLETED"),
                (service.DesiredCount, service.RunningCount, Assert.Single(service.Deployments).RolloutState.Value)
            )
        );
    }

    private static Task<AmazonCloudFormationException> ErrorAsync(Func<Task> call) =>
        Assert.ThrowsAnyAsync<AmazonCloudFormationException>(call);
}
