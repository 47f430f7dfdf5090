using Aws.CloudFormation;
using Hosting.Fargate.Writing;
using static Hosting.Fargate.Tests.Writing.Summary.SampleApplication;

namespace Hosting.Fargate.Tests.Writing.Summary;

public sealed class GrantsTests
{
    [Fact]
    public void A_permission_has_its_reason_from_the_template()
    {
        var section = GrantsSection.Write(CreateTemplates());
        AssertRow(
            Of("ApiTaskRole", section),
            "`sqs:SendMessage`",
            "`${JobsQueueArn}`",
            "api.WithReference(jobs, QueueAccess.Send) (JobsQueue)"
        );
        AssertRow(
            Of("ApiTaskRole", section),
            "`s3:GetObject`, `s3:PutObject`",
            "`${DatasetsBucketArn}/*`",
            "api.WithReference(datasets, …) (DatasetsObjects)"
        );
    }

    [Fact]
    public void Without_a_comment_the_role_is_the_reason_and_conditions_are_shown()
    {
        var section = GrantsSection.Write(CreateTemplates());
        AssertRow(
            Of("ApiExecutionRole", section),
            "`ecr:BatchGetImage`, `ecr:GetDownloadUrlForLayer`",
            "`${ApiRepositoryArn}`",
            "what ECS may do to start api (PullImage)"
        );
        AssertRow(
            Of("CleanupSchedulerRole", section),
            "`ecs:RunTask`",
            "`${CleanupTaskDefinition}`",
            "what EventBridge Scheduler may do to start cleanup (RunTask); if `ArnEquals ecs:cluster ${Cluster.Arn}`"
        );
    }

    [Fact]
    public void What_is_on_all_resources_stands_apart_once_for_all_roles()
    {
        var section = GrantsSection.Write(CreateTemplates());
        var apart = section[section.IndexOf("### Not limited", StringComparison.Ordinal)..];
        AssertRow(
            apart,
            "`ecr:GetAuthorizationToken`",
            "`*`",
            "AWS knows no resource for these actions (RegistryLogin)",
            "`ApiExecutionRole`, `CleanupExecutionRole`"
        );
        Assert.DoesNotContain("GetAuthorizationToken", section[..^apart.Length]);
    }

    [Fact]
    public void Policies_kept_elsewhere_and_who_takes_roles_are_shown()
    {
        var section = GrantsSection.Write(CreateTemplates());
        AssertRow(
            section,
            "`ApiTrafficRole`",
            "`arn:aws:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers`",
            "what ECS may do to shift the traffic of api"
        );
        Assert.Contains(
            "- `ecs-tasks.amazonaws.com`: `ApiExecutionRole`, `ApiTaskRole`, `CleanupExecutionRole`, `CleanupSchedulerRole`\n",
            section
        );
    }

    [Fact]
    public void What_the_model_adds_to_a_template_is_shown_too()
    {
        var template = new Template("profiler", "");
        var denied = Statement("No", "because | so", ["s3:DeleteBucket"], "*");
        denied["Effect"] = "Deny";
        var other = Statement("", null, [], Fn.GetAtt("Table", "Arn"));
        other["Sid"] = null;
        other["Action"] = null;
        other["NotAction"] = "dynamodb:DeleteTable";
        template.Add(
            new TemplateResource("Extra", "AWS::IAM::Policy")
            {
                Comment = "added",
                Properties = new()
                {
                    ["Roles"] = new TemplateList([Fn.Ref("ApiTaskRole")]),
                    ["PolicyDocument"] = new TemplateMap { ["Statement"] = new TemplateList([denied, other]) },
                },
            }
        );
        var section = GrantsSection.Write([template]);
        AssertRow(section, "**must not** `s3:DeleteBucket`", "`*`", @"because \| so (No)", "`ApiTaskRole`");
        AssertRow(section, "`all but dynamodb:DeleteTable`", "`${Table.Arn}`", "added", "`ApiTaskRole`");
    }

    internal static void AssertRow(string text, params string[] cells) =>
        Assert.Contains(
            text.Split('\n')
                .Select(line =>
                    string.Join(
                        " | ",
                        System.Text.RegularExpressions.Regex.Split(line.Trim('|', ' '), @"(?<!\\)\|").Select(cell => cell.Trim())
                    )
                ),
            line => line == string.Join(" | ", cells)
        );

    /// <summary>The part of the section that is about a role.</summary>
    private static string Of(string role, string section)
    {
        var start = section.IndexOf($"### `{role}`", StringComparison.Ordinal);
        Assert.True(start >= 0, $"'{role}' is not in: {section}");
        var end = section.IndexOf("\n### ", start, StringComparison.Ordinal);
        return end < 0 ? section[start..] : section[start..end];
    }
}
