using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;

namespace FargateEmulator.Tests;

/// <summary>What exists becomes part of a stack.</summary>
[Collection(nameof(Account))]
public sealed class ImportTests(Account account) : IAsyncLifetime
{
    private const string Images =
        """ "Images":{"Type":"AWS::ECR::Repository","DeletionPolicy":"Retain","Properties":{"RepositoryName":"app/web"}} """;
    private const string Logs = """ "Logs":{"Type":"AWS::Logs::LogGroup"} """;

    public async ValueTask InitializeAsync() => await account.ResetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_repository_comes_into_a_new_stack_and_into_one_that_is_there()
    {
        await account.Aws.AwsCli("ecr", "create-repository", "--repository-name", "app/web");
        Assert.Equal(
            StackStatus.IMPORT_COMPLETE,
            (await account.ExecuteAsync(await ImportAsync("new", $"{{\"Resources\":{{{Images}}}}}"))).StackStatus
        );
        var updated = await account.DeployAsync("new", $"{{\"Resources\":{{{Images},{Logs}}}}}", ChangeSetType.UPDATE);
        Assert.Equal(StackStatus.UPDATE_COMPLETE, updated.StackStatus);
        var taken = await ImportAsync("other", $"{{\"Resources\":{{{Images}}}}}");
        await account.CloudFormation.ExecuteChangeSetAsync(new() { ChangeSetName = taken.ChangeSetId });
        Assert.Equal(StackStatus.IMPORT_ROLLBACK_COMPLETE, (await account.EndAsync("other")).StackStatus);

        await account.DeleteAsync("new");
        await account.DeployAsync("app", $"{{\"Resources\":{{{Logs}}}}}", ChangeSetType.CREATE);
        var imported = await ImportAsync("app", $"{{\"Resources\":{{{Images},{Logs}}}}}");
        Assert.Equal(
            ["Import Images"],
            imported.Changes.Select(change => $"{change.ResourceChange.Action} {change.ResourceChange.LogicalResourceId}")
        );
        Assert.Equal(StackStatus.IMPORT_COMPLETE, (await account.ExecuteAsync(imported)).StackStatus);
    }

    [Fact]
    public async Task Nothing_else_changes_with_an_import()
    {
        await account.DeployAsync("app", $"{{\"Resources\":{{{Logs}}}}}", ChangeSetType.CREATE);
        Assert.Equal(
            "As part of the import operation, you cannot modify or add [Outputs]",
            await RefusedAsync($"{{\"Resources\":{{{Images},{Logs}}},\"Outputs\":{{\"A\":{{\"Value\":\"a\"}}}}}}")
        );
        Assert.Contains(
            "must have DeletionPolicy attribute",
            await RefusedAsync(
                $"{{\"Resources\":{{{Images.Replace("\"DeletionPolicy\":\"Retain\",", "", StringComparison.Ordinal)},{Logs}}}}}"
            )
        );
        Assert.Equal(
            "Resources [More] is missing in ResourceToImport list",
            await RefusedAsync($"{{\"Resources\":{{{Images},{Logs},{Logs.Replace("Logs\":{", "More\":{", StringComparison.Ordinal)}}}}}")
        );
        Assert.StartsWith("You have modified resources [Logs]", await RefusedAsync($"{{\"Resources\":{{{Images}}}}}"));
    }

    private async Task<string> RefusedAsync(string template) =>
        (await Assert.ThrowsAnyAsync<AmazonCloudFormationException>(() => ImportAsync("app", template))).Message;

    private async Task<DescribeChangeSetResponse> ImportAsync(string stack, string template)
    {
        var made = await account.CloudFormation.CreateChangeSetAsync(
            new CreateChangeSetRequest
            {
                StackName = stack,
                ChangeSetName = "import",
                ChangeSetType = ChangeSetType.IMPORT,
                TemplateBody = template,
                ResourcesToImport =
                [
                    new ResourceToImport
                    {
                        LogicalResourceId = "Images",
                        ResourceType = "AWS::ECR::Repository",
                        ResourceIdentifier = new() { ["RepositoryName"] = "app/web" },
                    },
                ],
            }
        );
        return await Account.UntilAsync(
            () => account.CloudFormation.DescribeChangeSetAsync(new DescribeChangeSetRequest { ChangeSetName = made.Id }),
            found => found.Status == ChangeSetStatus.CREATE_COMPLETE || found.Status == ChangeSetStatus.FAILED
        );
    }
}
