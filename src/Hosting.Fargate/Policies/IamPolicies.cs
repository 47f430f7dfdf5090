using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Composing;

namespace Hosting.Fargate.Policies;

/// <summary>
/// What who deploys this very model must be allowed, and who only looks: what the handlers of its resource types need and what the verbs
/// call, limited to the application's names wherever AWS can limit it.
/// </summary>
internal sealed class IamPolicies
{
    /// <summary>AWS authorizes these on more than what they name: a list, or a family of it.</summary>
    private static readonly HashSet<string> s_onAll =
    [
        "cloudwatch:DescribeAlarms",
        "ecs:ListTasks",
        "cloudwatch:GetMetricData",
        "rds:DescribeDBSnapshots",
        "rds:DescribeDBClusterSnapshots",
    ];

    private static readonly string[] s_managedPolicies =
    [
        "AmazonECSInfrastructureRolePolicyForLoadBalancers",
        "AmazonECSInfrastructureRolePolicyForManagedInstances",
        "AmazonECSInstanceRolePolicyForManagedInstances",
    ];

    /// <summary>What CloudFormation makes itself, without a call.</summary>
    private static readonly HashSet<string> s_withoutHandlers = ["AWS::CloudFormation::WaitConditionHandle"];

    private readonly FargateApplication _application;
    private readonly IReadOnlyList<Template> _templates;
    private readonly ApplicationNames _names;

    public IamPolicies(FargateApplication application, IReadOnlyList<Template> templates)
    {
        _application = application;
        _templates = templates;
        _names = new ApplicationNames(application, templates);
    }

    /// <summary>Types of the templates whose handlers are not known here: what they need is to be allowed besides.</summary>
    public IReadOnlyList<string> UnknownTypes =>
        [.. Types.Where(type => PermissionTables.HandlersOf(type) is null && !s_withoutHandlers.Contains(type))];

    private IEnumerable<string> Types =>
        _templates
            .SelectMany(template => template.Resources)
            .Select(resource => resource.Type)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

    /// <summary>The policies of who deploys: as many as it takes, each within the size of a managed one.</summary>
    public IReadOnlyList<IReadOnlyList<AllowStatement>> Deployer()
    {
        var handlers = Types.SelectMany(type => PermissionTables.HandlersOf(type) ?? []);
        var invalidating = _application.Sites.Length > 0 ? DeployCalls.SwitchingSites : [];
        return PolicyPacking.Pack([
            .. Statements([
                .. handlers,
                .. DeployCalls.Reading,
                .. DeployCalls.Changing,
                .. EdgeCalls,
                .. ManagedCalls,
                .. DatabaseCalls,
                .. invalidating,
            ]),
            .. Passwords(),
        ]);
    }

    /// <summary>The passwords of servers that exist, which deploy takes over.</summary>
    private IEnumerable<AllowStatement> Passwords() =>
        _application
            .Existing.Select(existing => existing.Server.PasswordSecretArn)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToList()
            is { Count: > 0 } arns
            ? [new AllowStatement("secretsmanager", ["secretsmanager:GetSecretValue"], arns, [])]
            : [];

    /// <summary>The policy of who only looks.</summary>
    public IReadOnlyList<IReadOnlyList<AllowStatement>> Reader()
    {
        var putsTemplates = _templates.Any(template => template.Contains(TemplatesBucketComposer.Id));
        return PolicyPacking.Pack(
            Statements([.. DeployCalls.Reading, .. putsTemplates ? DeployCalls.PuttingTemplates : [], .. EdgeCalls, .. ManagedCalls])
        );
    }

    /// <summary>What <c>status</c> asks of databases, caches and brokers.</summary>
    private IReadOnlyList<string> ManagedCalls =>
        [
            .. _application
                .Databases.Select(server => server.Aurora is null ? "rds:DescribeDBInstances" : "rds:DescribeDBClusters")
                .Distinct(),
            .. _application
                .Caches.Select(cache =>
                    cache.Nodes is null ? "elasticache:DescribeServerlessCaches" : "elasticache:DescribeReplicationGroups"
                )
                .Distinct(),
            .. _application.Brokers.IsEmpty ? [] : new[] { "mq:DescribeBroker" },
        ];

    /// <summary>
    /// What <c>plan</c> and <c>destroy</c> ask of snapshots of databases, and what lifts the protection of those that go.
    /// </summary>
    private IEnumerable<string> DatabaseCalls =>
        _application
            .Databases.SelectMany(server =>
                server.Aurora is null
                    ? new[] { "rds:DescribeDBSnapshots", "rds:ModifyDBInstance" }
                    : ["rds:DescribeDBClusterSnapshots", "rds:ModifyDBCluster"]
            )
            .Distinct();

    private IReadOnlyList<string> EdgeCalls =>
        [.. _application.HasEdge ? DeployCalls.LookingUpEdge : [], .. _application.Sites.Length > 0 ? DeployCalls.LookingUpSites : []];

    /// <summary>
    /// What CloudFront checks of who gives it a web ACL, and a bucket for its logs:
    /// https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-associating-aws-resource.html,
    /// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html.
    /// </summary>
    private IEnumerable<AllowStatement> EdgeStatements()
    {
        var edge = _application.HasDistribution ? _application.Ingress.Edge : null;
        if (edge?.WebAclArn is { } webAcl)
        {
            yield return new("wafv2", ["wafv2:GetWebACL"], [webAcl], []);
        }

        if (edge?.AccessLogBucket is { } bucket)
        {
            yield return new("s3", ["s3:GetBucketAcl", "s3:PutBucketAcl"], [_names.Bucket(bucket)], []);
        }
    }

    /// <summary>
    /// The policy of who turns Transaction Search on, once for an account and region, besides:
    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Enable-TransactionSearch.html. It is about all applications, and so
    /// apart.
    /// </summary>
    private IReadOnlyList<AllowStatement> TransactionSearch() =>
        [
            new(
                "xray",
                [
                    "application-signals:StartDiscovery",
                    "logs:DescribeResourcePolicies",
                    "logs:PutResourcePolicy",
                    "xray:GetTraceSegmentDestination",
                    "xray:UpdateTraceSegmentDestination",
                ],
                ["*"],
                []
            ),
            new("logs", ["logs:CreateLogGroup", "logs:PutRetentionPolicy"], [_names.Spans], []),
            new(
                "iam",
                ["iam:CreateServiceLinkedRole"],
                [_names.ServiceLinkedRoles],
                [new("StringEquals", "iam:AWSServiceName", ["application-signals.cloudwatch.amazonaws.com"])]
            ),
        ];

    /// <summary>
    /// The files: <c>deployer-policy.json</c>, <c>deployer-policy-2.json</c> where one does not hold it, <c>reader-policy.json</c>, and
    /// <c>transaction-search-policy.json</c> where something sends traces.
    /// </summary>
    public IEnumerable<PolicyFile> Files() =>
        [
            .. Deployer().Select((statements, index) => File("deployer-policy", index, statements)),
            .. Reader().Select((statements, index) => File("reader-policy", index, statements)),
            .. _application.Workloads.Any(workload => workload.Telemetry != Telemetry.None)
                ? [File("transaction-search-policy", 0, TransactionSearch())]
                : Array.Empty<PolicyFile>(),
        ];

    private static PolicyFile File(string name, int index, IReadOnlyList<AllowStatement> statements) =>
        new(index == 0 ? $"{name}.json" : $"{name}-{index + 1}.json", PolicyJson.Write(statements, indented: true));

    private List<AllowStatement> Statements(IEnumerable<string> actions)
    {
        var needed = actions.Where(action => UnusedPermissions.ReasonOf(action, _application) is null).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. needed
                .Where(action => !IsSpecial(action))
                .GroupBy(action => new
                {
                    Service = ResourcesOf(action) is ["*"] ? "*" : ServiceOf(action),
                    Resources = string.Join(' ', ResourcesOf(action)),
                })
                .Where(group => group.Key.Resources.Length > 0)
                .OrderBy(group => group.Key.Service == "*" ? 1 : 0)
                .ThenBy(group => group.Key.Service, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Resources, StringComparer.Ordinal)
                .Select(group => new AllowStatement(
                    group.Key.Service,
                    [.. group.Order(StringComparer.Ordinal)],
                    group.Key.Resources.Split(' '),
                    []
                )),
            .. Roles(needed),
            .. needed.Contains("cloudfront:CreateDistribution") ? EdgeStatements() : [],
            .. needed.Contains("ecr:CreatePullThroughCacheRule") && Credentials().ToList() is { Count: > 0 } credentials
                ? [new AllowStatement("secretsmanager", ["secretsmanager:GetSecretValue"], credentials, [])]
                : Array.Empty<AllowStatement>(),
        ];
    }

    /// <summary>The credentials for other registries, which ECR checks as who makes a rule.</summary>
    private IEnumerable<string> Credentials() =>
        _application.Safeguards.Caches.Values.Select(cache => cache.CredentialArn).OfType<string>();

    /// <summary>What is about roles has conditions of its own.</summary>
    private static bool IsSpecial(string action) =>
        action.StartsWith("iam:", StringComparison.Ordinal) && !action.Contains("InstanceProfile", StringComparison.Ordinal);

    private static string ServiceOf(string action) => action[..action.IndexOf(':')];

    private IReadOnlyList<string> ResourcesOf(string action)
    {
        var types = PermissionTables.ResourcesOf(action)
            ?? throw new InvalidOperationException($"{action} is not in action-resources.tsv.");
        return types.Count == 0 || s_onAll.Contains(action)
            ? ["*"]
            :
            [
                .. types
                    .SelectMany(type => _names.Of(ServiceOf(action), type))
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ];
    }

    /// <summary>
    /// Roles: made and changed under the boundary alone where there is one, with no managed policy but those of ECS's own that templates
    /// here have, and handed to no service but those that tasks and instances are started by.
    /// </summary>
    private IEnumerable<AllowStatement> Roles(HashSet<string> needed)
    {
        var roles = _names.Of("iam", "role").Order(StringComparer.Ordinal).ToList();
        IReadOnlyList<PolicyCondition> bounded = _application.PermissionsBoundary is { } arn
            ? [new("StringEquals", "iam:PermissionsBoundary", [arn])]
            : [];
        if (roles.Count > 0)
        {
            string[] underBoundary = ["iam:CreateRole", "iam:DeleteRolePolicy", "iam:PutRolePolicy"];
            string[] managed = ["iam:AttachRolePolicy", "iam:DetachRolePolicy"];
            var free = needed
                .Where(IsSpecial)
                .Except([.. underBoundary, .. managed, "iam:PassRole", "iam:CreateServiceLinkedRole", "iam:PutRolePermissionsBoundary"]);
            if (free.Any())
            {
                yield return new("iam", [.. free.Order(StringComparer.Ordinal)], roles, []);
            }

            if (underBoundary.Where(needed.Contains).Any())
            {
                string[] boundary = bounded.Count > 0 ? ["iam:PutRolePermissionsBoundary"] : [];
                yield return new("iam", [.. underBoundary.Concat(boundary).Order(StringComparer.Ordinal)], roles, bounded);
                yield return new(
                    "iam",
                    managed,
                    roles,
                    [new("ArnEquals", "iam:PolicyARN", [.. s_managedPolicies.Select(_names.ManagedPolicy)]), .. bounded]
                );
                yield return new("iam", ["iam:PassRole"], roles, [new("StringEquals", "iam:PassedToService", PassedTo())]);
            }
        }

        if (needed.Contains("iam:CreateServiceLinkedRole"))
        {
            string[] services = [.. ServiceLinkedRoles.Of(Types)];
            yield return new(
                "iam",
                ["iam:CreateServiceLinkedRole"],
                [_names.ServiceLinkedRoles],
                [new("StringEquals", "iam:AWSServiceName", services)]
            );
        }
    }

    private string[] PassedTo() =>
        [
            "ecs-tasks.amazonaws.com",
            "ecs.amazonaws.com",
            .. Types.Contains("AWS::ECS::CapacityProvider") ? ["ec2.amazonaws.com"] : Array.Empty<string>(),
            .. Types.Contains("AWS::Scheduler::Schedule") ? ["scheduler.amazonaws.com"] : Array.Empty<string>(),
        ];
}

/// <summary>A policy as a file.</summary>
internal sealed record PolicyFile(string Name, string Content);
