using System.Text.RegularExpressions;
using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>The two roles of a service or task: what ECS may do to start it, and what it may do itself. Nothing else is in them.</summary>
internal static partial class IdentityComposer
{
    /// <summary>
    /// Why a statement's resource is <c>*</c>: AWS has no resource for these actions
    /// (https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html).
    /// </summary>
    private const string CannotBeScoped = "AWS knows no resource for these actions";

    /// <summary>Where the collector's configuration has metrics go; of all applications of an account and region.</summary>
    private const string CollectorLogGroup = "/aws/ecs/application/metrics";

    public static IEnumerable<TemplateResource> Compose(FargateApplication application, Workload workload)
    {
        var execution = Role(
            application,
            $"{workload.Id}ExecutionRole",
            $"what ECS may do to start {workload.Name}",
            "ecs-tasks.amazonaws.com",
            "start",
            ExecutionStatements(application, workload)
        );
        execution.Comment =
            $"{workload.Declaration}: what ECS may do before {workload.Name} runs - pull its image, open its log, read its secrets";
        var task = Role(
            application,
            $"{workload.Id}TaskRole",
            $"what {workload.Name} itself may do",
            "ecs-tasks.amazonaws.com",
            "references",
            TaskStatements(application, workload)
        );
        task.Comment = $"{workload.Declaration}: what {workload.Name} itself may do - what its references say, and no more";
        return [execution, task];
    }

    /// <summary>A role with a managed policy of AWS's.</summary>
    public static TemplateResource Role(FargateApplication application, string id, string description, string service, string managedPolicy)
    {
        var role = Role(application, id, description, service, "", []);
        role.Properties["ManagedPolicyArns"] = new TemplateList([Fn.Sub($"arn:${{AWS::Partition}}:iam::aws:policy/{managedPolicy}")]);
        return role;
    }

    public static TemplateResource Role(
        FargateApplication application,
        string id,
        string description,
        string service,
        string policy,
        IReadOnlyList<Statement> statements
    ) =>
        new(id, "AWS::IAM::Role")
        {
            Comment = description,
            Properties = new()
            {
                ["Description"] = description,
                ["AssumeRolePolicyDocument"] = new TemplateMap
                {
                    ["Version"] = "2012-10-17",
                    ["Statement"] = new TemplateList([Trust(service)]),
                },
                ["PermissionsBoundary"] = application.PermissionsBoundary,
                ["Policies"] = statements.Count == 0 ? null : Policies(policy, statements),
            },
        };

    public static TemplateList Policies(string name, IEnumerable<Statement> statements) =>
        new([
            new TemplateMap
            {
                ["PolicyName"] = name,
                ["PolicyDocument"] = new TemplateMap
                {
                    ["Version"] = "2012-10-17",
                    ["Statement"] = new TemplateList(statements.Select(statement => (TemplateNode)statement.ToMap())),
                },
            },
        ]);

    private static TemplateMap Trust(string service) =>
        new()
        {
            ["Effect"] = "Allow",
            ["Principal"] = new TemplateMap { ["Service"] = service },
            ["Action"] = "sts:AssumeRole",
            // Against the confused deputy: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html.
            ["Condition"] = service switch
            {
                "ecs-tasks.amazonaws.com" => new TemplateMap
                {
                    ["StringEquals"] = new TemplateMap { ["aws:SourceAccount"] = Fn.AccountId },
                    ["ArnLike"] = new TemplateMap { ["aws:SourceArn"] = Fn.Arn("ecs", "*") },
                },
                // AWS documents that role without a condition, so not where the key is missing:
                // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/infrastructure_IAM_role.html.
                "ecs.amazonaws.com" => new TemplateMap
                {
                    ["StringEqualsIfExists"] = new TemplateMap { ["aws:SourceAccount"] = Fn.AccountId },
                },
                "scheduler.amazonaws.com" => new TemplateMap
                {
                    ["StringEquals"] = new TemplateMap { ["aws:SourceAccount"] = Fn.AccountId },
                },
                _ => null,
            },
        };

    private static List<Statement> ExecutionStatements(FargateApplication application, Workload workload)
    {
        List<Statement> statements = [];
        var repositories = workload
            .Containers.Select(container => RepositoryArn(application, container.Image))
            .OfType<TemplateNode>()
            .ToList();
        if (repositories.Count > 0)
        {
            statements.Add(new("RegistryLogin", ["ecr:GetAuthorizationToken"], ["*"]) { Comment = CannotBeScoped });
            statements.Add(
                new("PullImage", ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], repositories)
                {
                    Comment = $"{workload.Name}: its image",
                }
            );
        }

        var cached = workload
            .Containers.Select(container => container.Image)
            .OfType<RegistryImage>()
            .Select(image => image.CachedAs)
            .OfType<string>()
            .Select(RepositoryOf)
            .Distinct()
            .ToList();
        if (cached.Count > 0)
        {
            // https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html
            statements.Add(
                new(
                    "ImportImage",
                    ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"],
                    [.. cached.Select(repository => Fn.Arn("ecr", $"repository/{repository}"))]
                )
                {
                    Comment = "WithPullThroughCache: the first pull makes the repository",
                }
            );
        }

        statements.Add(
            new(
                "WriteLog",
                ["logs:CreateLogStream", "logs:PutLogEvents"],
                [
                    application.Safeguards.KeepsLogs
                        ? Fn.Arn("logs", $"log-group:{application.LogGroupOf(workload)}:*")
                        : Fn.GetAtt(ServiceComposer.LogGroupId(workload), "Arn"),
                ]
            )
            {
                Comment = $"{workload.Name}: what its containers print",
            }
        );
        var secrets = workload.SecretVariables.Select(variable => variable.Source).Distinct().ToList();
        if (secrets.Count > 0)
        {
            statements.Add(
                new(
                    "ReadSecrets",
                    ["secretsmanager:GetSecretValue"],
                    [.. secrets.Select(source => SecretComposer.Arn(application, source))]
                )
                {
                    Comment = $"{workload.Name}: {string.Join(", ", workload.SecretVariables.Select(variable => variable.Name))}",
                }
            );
        }

        return statements;
    }

    /// <summary>A name without tag and digest.</summary>
    private static string RepositoryOf(string image) => image.Split('@')[0].Split(':')[0];

    private static TemplateNode? RepositoryArn(FargateApplication application, Image image) =>
        image switch
        {
            BuiltImage built => Fn.Arn("ecr", $"repository/{RepositoryComposer.NameOf(application, built.Resource)}"),
            RegistryImage { CachedAs: { } cached } => Fn.Arn("ecr", $"repository/{RepositoryOf(cached)}"),
            RegistryImage { Reference: var reference } when EcrReference().Match(reference) is { Success: true } match => Fn.Sub(
                $"arn:${{AWS::Partition}}:ecr:{match.Groups["region"].Value}:{match.Groups["account"].Value}:repository/{match.Groups["repository"].Value}"
            ),
            _ => null,
        };

    private static List<Statement> TaskStatements(FargateApplication application, Workload workload)
    {
        List<Statement> statements = [];
        foreach (var (index, grant) in workload.Grants.Index())
        {
            statements.AddRange(
                grant switch
                {
                    DataGrant data => data.Data.Statements(workload, data),
                    StatementGrant { Statement: var own } =>
                    [
                        new($"Allowed{index + 1}", own.Actions, [.. own.Resources.Select(AsNode)]) { Comment = grant.Reason },
                    ],
                    _ => throw new InvalidOperationException($"{grant.GetType().Name} is no kind of grant."),
                }
            );
        }

        if (workload is ServiceSpec && workload.Grants.OfType<DataGrant>().Any(grant => grant.Data.IsWork(grant.Access)))
        {
            statements.Add(
                new("ProtectTask", ["ecs:GetTaskProtection", "ecs:UpdateTaskProtection"], [Fn.Arn("ecs", $"task/{application.Name}/*")])
                {
                    Comment = "a message in hand keeps its task from being scaled in",
                }
            );
        }

        statements.AddRange(TelemetryStatements(workload));
        if (workload is ServiceSpec { EnableExec: true })
        {
            statements.Add(
                new(
                    "OpenShell",
                    [
                        "ssmmessages:CreateControlChannel",
                        "ssmmessages:CreateDataChannel",
                        "ssmmessages:OpenControlChannel",
                        "ssmmessages:OpenDataChannel",
                    ],
                    ["*"]
                )
                {
                    Comment = $"EnableExec; {CannotBeScoped}",
                }
            );
        }

        return statements;
    }

    /// <summary>
    /// What sends traces and metrics. OTLP traces are spans (PutSpans, and PutSpansForIndexing for those that are indexed) besides
    /// segments:
    /// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html. The collector's exporter for X-Ray sends
    /// segments, and its metrics are lines of the log group that its configuration names, of which CloudWatch makes metrics:
    /// https://github.com/aws-observability/aws-otel-collector/blob/main/config/ecs/ecs-default-config.yaml.
    /// </summary>
    private static IEnumerable<Statement> TelemetryStatements(Workload workload)
    {
        switch (workload.Telemetry)
        {
            case Telemetry.CloudWatchAgent or Telemetry.Direct:
                yield return new(
                    "SendTelemetry",
                    ["xray:PutTraceSegments", "xray:PutSpans", "xray:PutSpansForIndexing", "cloudwatch:PutMetricData"],
                    ["*"]
                )
                {
                    Comment = $"traces and metrics ({workload.Telemetry}); {CannotBeScoped}",
                };
                break;
            case Telemetry.Collector:
                yield return new("SendTelemetry", ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], ["*"])
                {
                    Comment = $"traces (Collector); {CannotBeScoped}",
                };
                yield return new(
                    "SendMetrics",
                    ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
                    [Fn.Arn("logs", $"log-group:{CollectorLogGroup}"), Fn.Arn("logs", $"log-group:{CollectorLogGroup}:*")]
                )
                {
                    Comment = "metrics, as lines of the log group that the collector's own configuration names (EMF)",
                };
                break;
        }
    }

    private static TemplateNode AsNode(string arn) => arn.Contains("${", StringComparison.Ordinal) ? Fn.Sub(arn) : arn;

    [GeneratedRegex(@"^(?<account>[0-9]{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.[a-z.]+/(?<repository>[^:@]+)")]
    private static partial Regex EcrReference();
}
