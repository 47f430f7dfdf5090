using System.Text.RegularExpressions;
using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Publishing;

namespace Hosting.Fargate.Tests.Publishing;

/// <summary>What roles may do, in every template of the matrix.</summary>
public sealed partial class RoleTests
{
    /// <summary>
    /// Actions that are allowed on <c>*</c>, each with why it cannot be less. Source:
    /// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
    /// </summary>
    private static readonly Dictionary<string, string> s_cannotBeScoped = new(StringComparer.Ordinal)
    {
        ["ecr:GetAuthorizationToken"] = "a token is for the whole registry: the action has no resource",
        ["xray:PutTraceSegments"] = "X-Ray has no resource for what is sent to it",
        ["xray:PutTelemetryRecords"] = "X-Ray has no resource for what is sent to it",
        ["xray:PutSpans"] = "X-Ray has no resource for what is sent to it",
        ["xray:PutSpansForIndexing"] = "X-Ray has no resource for what is sent to it",
        ["cloudwatch:PutMetricData"] = "a metric has no ARN: the action has no resource",
        ["ssmmessages:CreateControlChannel"] = "a channel of ECS Exec has no ARN: the action has no resource",
        ["ssmmessages:CreateDataChannel"] = "a channel of ECS Exec has no ARN: the action has no resource",
        ["ssmmessages:OpenControlChannel"] = "a channel of ECS Exec has no ARN: the action has no resource",
        ["ssmmessages:OpenDataChannel"] = "a channel of ECS Exec has no ARN: the action has no resource",
    };

    /// <summary>Ends of ARNs with <c>*</c>, each with why the names are not known before.</summary>
    private static readonly Dictionary<string, string> s_families = new(StringComparer.Ordinal)
    {
        ["ecs:${AWS::Region}:${AWS::AccountId}:task/CLUSTER/*"] = "a task's id is made when it starts; the cluster is this application's",
        ["logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/ecs/application/metrics:*"] =
            "the collector names the streams by its own configuration",
        ["logs:${AWS::Region}:${AWS::AccountId}:log-group:/ecs/CLUSTER-foundation/WORKLOAD:*"] = "a stream is named by its task",
        ["BUCKET/*"] = "the objects of the bucket",
        ["TABLE/index/*"] = "the indexes of the table",
    };

    /// <summary>Managed policies of AWS's, each with what ECS itself needs it for.</summary>
    private static readonly Dictionary<string, string> s_managed = new(StringComparer.Ordinal)
    {
        ["AmazonECSInfrastructureRolePolicyForLoadBalancers"] = "ECS moves traffic between target groups",
        ["AmazonECSInfrastructureRolePolicyForManagedInstances"] = "ECS starts and ends instances",
        ["AmazonECSInstanceRolePolicyForManagedInstances"] = "an instance registers with its cluster",
    };

    [Fact]
    public async Task A_role_may_do_on_everything_only_what_cannot_be_less()
    {
        var statements = (await StatementsAsync()).Where(found => found.Statement.IsOfRole).ToList();
        var wide = statements.Where(found => found.Statement.Resources.Contains("*") && !IsOfModelWithReason(found.Statement)).ToList();
        Assert.All(wide, found =>
            Assert.All(found.Statement.Actions, action =>
                Assert.True(s_cannotBeScoped.ContainsKey(action), $"{found.Where} allows {action} on *.")
            )
        );
        Assert.Equal(s_cannotBeScoped.Keys.Order(), wide.SelectMany(found => found.Statement.Actions).Distinct().Order());
        Assert.Contains(statements, found => found.Statement.Resources.Contains("*") && IsOfModelWithReason(found.Statement));
    }

    [Fact]
    public async Task A_role_names_each_action() =>
        Assert.All((await StatementsAsync()).Where(found => found.Statement.Allows), found =>
            Assert.All(found.Statement.Actions, action => Assert.Matches("^[a-z0-9-]+:[A-Za-z]+$", action))
        );

    [Fact]
    public async Task A_role_names_each_resource_or_a_family_that_has_no_names_yet()
    {
        var patterns = (await StatementsAsync())
            .Where(found => found.Statement.IsOfRole)
            .SelectMany(found =>
                found
                    .Statement.Resources.Where(resource => resource != "*" && resource.Contains('*'))
                    .Select(resource => (found.Where, resource))
            )
            .ToList();
        Assert.All(patterns, pattern =>
            Assert.True(s_families.ContainsKey(FamilyOf(pattern.resource)), $"{pattern.Where}: {pattern.resource}")
        );
        Assert.Equal(s_families.Keys.Order(), patterns.Select(pattern => FamilyOf(pattern.resource)).Distinct().Order());
    }

    [Fact]
    public async Task A_managed_policy_is_one_that_ECS_needs_for_itself()
    {
        var managed = (await TemplatesAsync())
            .SelectMany(template => template.Resources)
            .SelectMany(role => role.Properties.At("ManagedPolicyArns").Items())
            .Select(arn => arn.InOneLine())
            .Distinct();
        Assert.Equal(s_managed.Keys.Select(name => $"arn:${{AWS::Partition}}:iam::aws:policy/{name}").Order(), managed.Order());
    }

    [Fact]
    public async Task An_execution_role_pulls_its_images_writes_its_log_and_reads_its_secrets_and_no_more()
    {
        foreach (var row in await TemplateMatrix.Models)
        {
            foreach (var publication in row.Publications)
            {
                foreach (var workload in publication.Application.Workloads)
                {
                    var role = publication.Templates.All.Single(template => template.Contains($"{workload.Id}ExecutionRole"));
                    var permissions = PolicyStatement
                        .In(role)
                        .Where(statement => statement.IsOfRole && statement.Resource.Id == $"{workload.Id}ExecutionRole")
                        .SelectMany(statement => statement.Permissions);
                    Assert.Equal(ExpectedOf(publication.Application, workload).Distinct().Order(), permissions.Order());
                }
            }
        }
    }

    [Fact]
    public async Task A_role_is_taken_by_one_service_of_AWS()
    {
        var trusts = (await StatementsAsync())
            .Where(found => found.Statement.Document == "AssumeRolePolicyDocument")
            .Select(found => found.Statement.Map.At("Principal")!.InOneLine())
            .Distinct();
        Assert.Equal(
            [
                "{Service: ec2.amazonaws.com}",
                "{Service: ecs-tasks.amazonaws.com}",
                "{Service: ecs.amazonaws.com}",
                "{Service: scheduler.amazonaws.com}",
            ],
            trusts.Order()
        );
    }

    [Fact]
    public async Task What_others_may_do_with_a_resource_is_nothing_without_TLS_writing_logs_and_reading_files_of_sites()
    {
        var statements = (await StatementsAsync()).Where(found => found.Statement.Resource.Type != "AWS::IAM::Role").ToList();
        Assert.Equal(
            [
                "s3:GetBucketAcl on GetAtt FlowLogsBucket.Arn",
                "s3:GetObject on ${FrontBucket.Arn}/files/*",
                "s3:ListBucket on GetAtt FrontBucket.Arn",
                "s3:PutObject on ${AccessLogsBucket.Arn}/AWSLogs/${AWS::AccountId}/*",
                "s3:PutObject on ${BucketLogsBucket.Arn}/*",
                "s3:PutObject on ${FlowLogsBucket.Arn}/AWSLogs/${AWS::AccountId}/*",
            ],
            statements
                .Where(found => found.Statement.Allows)
                .SelectMany(found => found.Statement.Permissions)
                .Distinct()
                .Order(StringComparer.Ordinal)
        );
        Assert.All(statements.Where(found => found.Statement.Allows), found =>
            Assert.Contains("aws:Source", found.Statement.Map.At("Condition")!.InOneLine(), StringComparison.Ordinal)
        );
        Assert.All(statements.Where(found => !found.Statement.Allows), found =>
            Assert.Equal("{Bool: {aws:SecureTransport: false}}", found.Statement.Map.At("Condition")!.InOneLine())
        );
    }

    private static async Task<IEnumerable<Template>> TemplatesAsync() =>
        (await TemplateMatrix.Models).SelectMany(row => row.Publications).SelectMany(publication => publication.Templates.All);

    private static async Task<IReadOnlyList<(string Where, PolicyStatement Statement)>> StatementsAsync() =>
        [
            .. from row in await TemplateMatrix.Models
            from publication in row.Publications
            from template in publication.Templates.All
            from statement in PolicyStatement.In(template)
            select ($"{statement.Resource.Id} of {template.StackName}, {row.Name}", statement),
        ];

    /// <summary>What the model says itself by <c>Allow</c>: the reader asks for the reason.</summary>
    private static bool IsOfModelWithReason(PolicyStatement statement) =>
        statement.Map.At("Sid").AsText()!.StartsWith("Allowed", StringComparison.Ordinal)
        && statement.Map.Comment is { } comment
        && comment.EndsWith("Allow, metrics have no ARN", StringComparison.Ordinal);

    private static IEnumerable<string> ExpectedOf(FargateApplication application, Workload workload)
    {
        var repositories = workload
            .Containers.Select(container => container.Image)
            .Select(image =>
                image switch
                {
                    BuiltImage =>
                        $"arn:${{AWS::Partition}}:ecr:${{AWS::Region}}:${{AWS::AccountId}}:repository/{application.Name}/{workload.Name}",
                    RegistryImage { CachedAs: { } cached } =>
                        $"arn:${{AWS::Partition}}:ecr:${{AWS::Region}}:${{AWS::AccountId}}:repository/{cached.Split(':')[0]}",
                    RegistryImage { Reference: var reference } when Ecr().Match(reference) is { Success: true } match =>
                        $"arn:${{AWS::Partition}}:ecr:us-east-1:123456789012:repository/{match.Groups[1].Value}",
                    _ => null,
                }
            )
            .OfType<string>()
            .ToList();
        if (repositories.Count > 0)
        {
            yield return "ecr:GetAuthorizationToken on *";
        }

        foreach (var repository in repositories)
        {
            yield return $"ecr:BatchCheckLayerAvailability on {repository}";
            yield return $"ecr:BatchGetImage on {repository}";
            yield return $"ecr:GetDownloadUrlForLayer on {repository}";
        }

        foreach (var repository in repositories.Where(repository => repository.Contains("/docker-hub/", StringComparison.Ordinal)))
        {
            yield return $"ecr:BatchImportUpstreamImage on {repository}";
            yield return $"ecr:CreateRepository on {repository}";
        }

        var log = application.Safeguards.KeepsLogs
            ? $"arn:${{AWS::Partition}}:logs:${{AWS::Region}}:${{AWS::AccountId}}:log-group:/ecs/{application.FoundationName}/{workload.Name}:*"
            : $"GetAtt {workload.Id}LogGroup.Arn";
        yield return $"logs:CreateLogStream on {log}";
        yield return $"logs:PutLogEvents on {log}";
        foreach (var source in workload.SecretVariables.Select(variable => variable.Source))
        {
            yield return "secretsmanager:GetSecretValue on "
                + source switch
                {
                    WholeSecret { Secret: var secret } => $"Ref {secret.ArnOutputId}",
                    ComposedSecret composed => $"Ref {composed.Id}",
                    _ => throw new InvalidOperationException(),
                };
        }
    }

    private static string FamilyOf(string resource)
    {
        var family = Bucket().Replace(resource, "BUCKET/*");
        family = Table().Replace(family, "TABLE/index/*");
        family = KeptLog().Replace(family, "log-group:/ecs/CLUSTER-foundation/WORKLOAD:*");
        return Cluster().Replace(family.Replace("arn:${AWS::Partition}:", "", StringComparison.Ordinal), "task/CLUSTER/*");
    }

    [GeneratedRegex(@"^123456789012\.dkr\.ecr\.us-east-1\.amazonaws\.com/([^:]+):")]
    private static partial Regex Ecr();

    [GeneratedRegex(@"^(\$\{DatasetsBucketArn\}/\*|arn:aws:s3:::[a-z0-9-]+/\*)$")]
    private static partial Regex Bucket();

    [GeneratedRegex(@"^(\$\{SessionsTableArn\}|arn:aws:dynamodb:[a-z0-9-]+:[0-9]+:table/sessions)/index/\*$")]
    private static partial Regex Table();

    [GeneratedRegex("log-group:/ecs/(shop|shop-staging|office|office-staging)-foundation/[a-z-]+:[*]")]
    private static partial Regex KeptLog();

    [GeneratedRegex(@"task/(shop|shop-staging|office|office-staging)/\*")]
    private static partial Regex Cluster();
}
