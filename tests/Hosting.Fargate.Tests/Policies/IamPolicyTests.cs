using System.Text.Json;
using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aws.CloudFormation;
using Hosting.Fargate.Policies;
using Hosting.Fargate.Publishing;
using Hosting.Fargate.Tests.Publishing;

namespace Hosting.Fargate.Tests.Policies;

/// <summary>The policies of who deploys and of who looks, and those that templates have, against what AWS says of permissions.</summary>
public sealed class IamPolicyTests
{
    /// <summary>Calls that may not be anybody's who deploys the application <c>shop</c>.</summary>
    private static readonly (string Action, string Resource)[] s_mustBeDenied =
    [
        ("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-east-1:123456789012:secret:shop-staging/api-key-AbCdEf"),
        ("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-east-1:123456789012:secret:shopping/api-key-AbCdEf"),
        ("sqs:DeleteQueue", "arn:aws:sqs:us-east-1:123456789012:shop-staging-jobs"),
        ("sqs:SetQueueAttributes", "arn:aws:sqs:us-east-1:123456789012:shopping-jobs"),
        ("s3:DeleteObject", "arn:aws:s3:::shop-staging-datasets-123456789012-us-east-1/a"),
        ("s3:PutBucketPolicy", "arn:aws:s3:::shopping-datasets-123456789012-us-east-1"),
        ("iam:PutRolePolicy", "arn:aws:iam::123456789012:role/shop-staging-ApiTaskRole-ABCDEFGHIJKL"),
        ("iam:PassRole", "arn:aws:iam::123456789012:role/administrator"),
        ("iam:DeleteRolePermissionsBoundary", "arn:aws:iam::123456789012:role/shop-ApiTaskRole-ABCDEFGHIJKL"),
        ("iam:CreatePolicyVersion", "arn:aws:iam::123456789012:policy/boundary"),
        ("ecr:DeleteRepository", "arn:aws:ecr:us-east-1:123456789012:repository/shop-staging/api"),
        ("ecs:UpdateService", "arn:aws:ecs:us-east-1:123456789012:service/shop-staging/api"),
        (
            "cloudformation:DeleteStack",
            "arn:aws:cloudformation:us-east-1:123456789012:stack/shop-staging/01234567-89ab-cdef-0123-456789abcdef"
        ),
        ("logs:DeleteLogGroup", "arn:aws:logs:us-east-1:123456789012:log-group:/ecs/shop-staging/api"),
        ("rds:ModifyDBInstance", "arn:aws:rds:us-east-1:123456789012:db:shop-staging-pgdatabase-abcdefghijkl"),
        ("rds:ModifyDBInstance", "arn:aws:rds:us-east-1:123456789012:db:shopping-pgdatabase-abcdefghijkl"),
        ("rds:ModifyDBCluster", "arn:aws:rds:us-east-1:123456789012:cluster:shop-staging-pgaurora-abcdefghijkl"),
        ("rds:DeleteDBInstance", "arn:aws:rds:us-east-1:123456789012:db:shop-staging-pgdatabase-abcdefghijkl"),
        ("cloudwatch:DeleteAlarms", "arn:aws:cloudwatch:us-east-1:123456789012:alarm:shop-staging-ApiSlowAlarm-ABCDEFGHIJKL"),
    ];

    [Fact]
    public async Task What_an_action_is_limited_to_is_what_AWS_says()
    {
        var types = (await TemplateMatrix.Models)
            .SelectMany(row => row.Publications)
            .SelectMany(publication => publication.Templates.All)
            .SelectMany(template => template.Resources)
            .Select(resource => resource.Type)
            .Distinct();
        var actions = types
            .SelectMany(type => PermissionTables.HandlersOf(type) ?? [])
            .Where(action => UnusedPermissions.ReasonOf(action) is null)
            .Concat(DeployCalls.Reading)
            .Concat(DeployCalls.Changing)
            .Concat(DeployCalls.PuttingTemplates)
            .Concat(DeployCalls.LookingUpSites)
            .Concat(DeployCalls.SwitchingSites)
            .Distinct()
            .ToList();

        var said = (
            await IamTool.AskAsync(new JsonObject { ["tables"] = new JsonArray([.. actions.Select(action => (JsonNode)action)]) })
        ).GetProperty("tables");

        Assert.All(actions, action =>
            Assert.Equal(
                said.GetProperty(action)
                    .GetString()
                    ?.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(type => type.TrimEnd('*'))
                    .ToArray()
                    ?? throw new KeyNotFoundException(action),
                PermissionTables.ResourcesOf(action)
            )
        );
    }

    [Fact]
    public async Task Every_policy_of_the_matrix_is_valid_in_actions_resources_and_condition_keys()
    {
        var policies = new JsonArray();
        HashSet<string> seen = [];
        foreach (var row in await TemplateMatrix.Models)
        {
            foreach (var publication in row.Publications)
            {
                var plain = new PlainPolicy(publication);
                foreach (
                    var (name, policy, isOfResource) in publication
                        .Templates.All.SelectMany(plain.In)
                        .Concat(FilesOf(publication).Select(file => (file.Name, Policy: file.Policy, IsOfResource: false)))
                )
                {
                    if (seen.Add(policy.ToJsonString()))
                    {
                        policies.Add(
                            new JsonObject
                            {
                                ["name"] = $"{name}, {row.Name}",
                                ["policy"] = policy,
                                ["isOfResource"] = isOfResource,
                            }
                        );
                    }
                }
            }
        }

        Assert.InRange(policies.Count, 100, 5000);
        var faults = (await IamTool.AskAsync(new JsonObject { ["policies"] = policies }))
            .GetProperty("faults")
            .EnumerateArray()
            .Select(fault => fault.GetString())
            .ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(20)));
    }

    [Fact]
    public async Task A_fault_in_a_policy_would_be_found()
    {
        var policy = JsonNode.Parse(
            """{"Statement":[{"Sid":"A","Effect":"Allow","Action":["ecs:CreateClusters","sqs:SendMessage"],"Resource":"arn:aws:sns:us-east-1:123456789012:jobs","Condition":{"StringEquals":{"sqs:Nothing":"x"}}}]}"""
        );
        var faults = (
            await IamTool.AskAsync(
                new JsonObject { ["policies"] = new JsonArray(new JsonObject { ["name"] = "made up", ["policy"] = policy }) }
            )
        ).GetProperty("faults");
        Assert.Equal(
            [
                "made up, A: there is no action ecs:CreateClusters",
                "made up, A: sqs:SendMessage is on no resource of queue",
                "made up, A: sqs:SendMessage has no condition key sqs:Nothing",
                "made up, A: no action is on arn:aws:sns:us-east-1:123456789012:jobs",
            ],
            faults.EnumerateArray().Select(fault => fault.GetString()!)
        );
    }

    [Fact]
    public async Task A_policy_is_within_the_size_of_a_managed_one() =>
        Assert.All((await TemplateMatrix.Models).SelectMany(row => row.Publications).SelectMany(FilesOf), file =>
            Assert.InRange(file.Policy.ToJsonString().Length, 100, PolicyPacking.MaxCharacters)
        );

    [Fact]
    public async Task A_type_whose_handlers_are_not_known_is_said()
    {
        var published = await Published.ModelAsync(builder =>
        {
            builder
                .AddFargateEnvironment("shop")
                .ConfigureTemplate(template => template.Add(new TemplateSection("more", [new("Stream", "AWS::Kinesis::Stream")])));
            builder.AddWorker("worker");
        });
        Assert.Contains("lacks what CloudFormation calls for AWS::Kinesis::Stream", published.Notices(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thirty_services_take_a_few_policies_more()
    {
        var published = await Published.ModelAsync(builder =>
        {
            foreach (var number in Enumerable.Range(1, 30))
            {
                builder
                    .AddWeb($"service-{number}")
                    .WithExternalHttpEndpoints()
                    .PublishAsFargateService(service => service.WithRoute($"/{number}/*"));
            }
        });
        Assert.InRange(FilesOf(published).Count(file => file.Name.StartsWith("deployer", StringComparison.Ordinal)), 2, 5);
        Assert.All(FilesOf(published), file => Assert.InRange(file.Policy.ToJsonString().Length, 100, PolicyPacking.MaxCharacters));
    }

    /// <summary>Each permission of each handler, on a resource of this application, unless it is said why it is left out.</summary>
    [Fact]
    public async Task What_handlers_need_is_allowed_to_who_deploys()
    {
        var shared = new JsonArray();
        var calls = new JsonArray();
        List<string> asked = [];
        foreach (
            var (row, publication) in (await TemplateMatrix.Models)
                .Index()
                .Where(entry => entry.Index % 4 == 0)
                .SelectMany(entry => entry.Item.Publications.Select(publication => (entry.Item, publication)))
        )
        {
            shared.Add(
                new JsonArray([
                    .. FilesOf(publication)
                        .Where(file => file.Name.StartsWith("deployer", StringComparison.Ordinal))
                        .Select(file => file.Policy),
                ])
            );
            foreach (
                var action in publication
                    .Templates.All.SelectMany(template => template.Resources)
                    .Select(resource => resource.Type)
                    .Distinct()
                    .SelectMany(type => PermissionTables.HandlersOf(type) ?? [])
                    .Distinct()
            )
            {
                // A boundary is put on where the model has one, and not at anybody's pleasure.
                if (
                    UnusedPermissions.ReasonOf(action, publication.Application) is null
                    && (action != "iam:PutRolePermissionsBoundary" || publication.Application.PermissionsBoundary is not null)
                    && ResourceOf(publication, action) is { } resource
                )
                {
                    calls.Add(
                        new JsonObject
                        {
                            ["shared"] = shared.Count - 1,
                            ["action"] = action,
                            ["resource"] = resource,
                            ["context"] = ContextOf(publication, action),
                        }
                    );
                    asked.Add($"{action} on {resource}: {row.Name}");
                }
            }
        }

        Assert.InRange(calls.Count, 1000, 10_000);
        var answers = (await IamTool.AskAsync(new JsonObject { ["shared"] = shared, ["calls"] = calls }))
            .GetProperty("calls")
            .EnumerateArray()
            .Select(answer => answer.GetString());
        var denied = asked.Zip(answers).Where(pair => pair.Second != "Allowed").Select(pair => $"{pair.Second}: {pair.First}").ToList();
        Assert.True(denied.Count == 0, string.Join('\n', denied.Take(20)));
    }

    [Fact]
    public async Task What_belongs_to_others_is_denied_and_so_is_taking_a_boundary_off()
    {
        var shared = new JsonArray();
        var calls = new JsonArray();
        List<string> asked = [];
        var publications = (await TemplateMatrix.Models)
            .SelectMany(row => row.Publications)
            .Where(publication => publication.Application.Name == "shop")
            .ToList();
        foreach (var publication in publications)
        {
            shared.Add(new JsonArray([.. FilesOf(publication).Select(file => file.Policy)]));
            foreach (var (action, resource) in s_mustBeDenied)
            {
                calls.Add(
                    new JsonObject
                    {
                        ["shared"] = shared.Count - 1,
                        ["action"] = action,
                        ["resource"] = resource,
                        ["context"] = ContextOf(publication, action),
                    }
                );
                asked.Add($"{action} on {resource}");
            }

            if (publication.Application.PermissionsBoundary is not null)
            {
                foreach (
                    var action in new[] { "iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:PutRolePermissionsBoundary" }
                )
                {
                    calls.Add(
                        new JsonObject
                        {
                            ["shared"] = shared.Count - 1,
                            ["action"] = action,
                            ["resource"] = "arn:aws:iam::123456789012:role/shop-ApiTaskRole-ABCDEFGHIJKL",
                            ["context"] = new JsonObject
                            {
                                ["iam:PermissionsBoundary"] = "arn:aws:iam::123456789012:policy/another",
                                ["iam:PolicyARN"] = "arn:aws:iam::aws:policy/AdministratorAccess",
                            },
                        }
                    );
                    asked.Add($"{action} under another boundary");
                }
            }
        }

        Assert.Contains(asked, call => call.EndsWith("under another boundary", StringComparison.Ordinal));
        var answers = (await IamTool.AskAsync(new JsonObject { ["shared"] = shared, ["calls"] = calls }))
            .GetProperty("calls")
            .EnumerateArray()
            .Select(answer => answer.GetString());
        Assert.All(asked.Zip(answers), pair => Assert.True(pair.Second == "ImplicitlyDenied", $"{pair.Second}: {pair.First}"));
    }

    /// <summary>What <c>destroy</c>, and a deploy that may lose data, call of RDS themselves.</summary>
    [Fact]
    public async Task The_protection_of_its_own_databases_may_be_lifted_by_who_deploys_and_not_by_who_looks()
    {
        var published = await Published.ModelAsync(builder =>
            builder
                .AddWorker("worker")
                .WithReference(builder.AddPostgresServer("pg").PublishAsRds())
                .WithReference(builder.AddMySqlServer("my").PublishAsAurora())
        );
        (string Action, string Resource)[] own =
        [
            ("rds:DescribeDBInstances", "arn:aws:rds:us-east-1:123456789012:db:shop-pgdatabase-abcdefghijkl"),
            ("rds:ModifyDBInstance", "arn:aws:rds:us-east-1:123456789012:db:shop-pgdatabase-abcdefghijkl"),
            ("rds:DescribeDBClusters", "arn:aws:rds:us-east-1:123456789012:cluster:shop-myaurora-abcdefghijkl"),
            ("rds:ModifyDBCluster", "arn:aws:rds:us-east-1:123456789012:cluster:shop-myaurora-abcdefghijkl"),
        ];
        string[] others =
        [
            "db:shop-2-pgdatabase-abcdefghijkl",
            "db:shop-legacy-abcdefghijkl",
            "db:pgdatabase",
            "cluster:shop-2-myaurora-abcdefghijkl",
        ];

        Assert.All(await AskAsync("deployer", own), answer => Assert.Equal("Allowed", answer));
        Assert.Equal(["Allowed", "ImplicitlyDenied", "Allowed", "ImplicitlyDenied"], await AskAsync("reader", own));
        Assert.All(
            await AskAsync(
                "deployer",
                [
                    .. others.Select(name =>
                        (
                            name.StartsWith("db:", StringComparison.Ordinal) ? "rds:ModifyDBInstance" : "rds:ModifyDBCluster",
                            $"arn:aws:rds:us-east-1:123456789012:{name}"
                        )
                    ),
                ]
            ),
            answer => Assert.Equal("ImplicitlyDenied", answer)
        );

        async Task<IReadOnlyList<string?>> AskAsync(string who, IEnumerable<(string Action, string Resource)> calls) => [.. (
                    await IamTool.AskAsync(
                        new JsonObject
                        {
                            ["shared"] = new JsonArray(
                                new JsonArray([
                                    .. FilesOf(published)
                                        .Where(file => file.Name.StartsWith(who, StringComparison.Ordinal))
                                        .Select(file => file.Policy),
                                ])
                            ),
                            ["calls"] = new JsonArray([
                                .. calls.Select(call => new JsonObject
                                {
                                    ["shared"] = 0,
                                    ["action"] = call.Action,
                                    ["resource"] = call.Resource,
                                    ["context"] = new JsonObject(),
                                }),
                            ]),
                        }
                    )
                ).GetProperty("calls").EnumerateArray().Select(answer => answer.GetString())];
    }

    /// <summary>What the services of the reference application call (src/Api, src/Worker), with the roles that its references give them.</summary>
    [Fact]
    public async Task A_service_may_call_what_its_references_are_for_and_not_what_others_are()
    {
        var published = await Published.ModelAsync(builder =>
        {
            var datasets = builder.AddS3Bucket("datasets");
            var jobs = builder.AddSqsQueue("jobs");
            builder
                .AddWeb("api")
                .WithExternalHttpEndpoints()
                .WithReference(datasets, BucketAccess.ReadWrite | BucketAccess.Delete)
                .WithReference(jobs, QueueAccess.Send);
            builder
                .AddWorker("worker")
                .WithReference(datasets, BucketAccess.ReadWrite | BucketAccess.Delete)
                .WithReference(jobs, QueueAccess.Consume);
        });
        const string queue = "arn:aws:sqs:us-east-1:123456789012:shop-jobs",
            bucket = "arn:aws:s3:::shop-foundation-datasetsbucket-abcdefghijkl",
            task = "arn:aws:ecs:us-east-1:123456789012:task/shop/0123";
        string[] storage =
        [
            $"s3:PutObject {bucket}/a",
            $"s3:GetObject {bucket}/a",
            $"s3:DeleteObject {bucket}/a",
            $"s3:AbortMultipartUpload {bucket}/a",
            $"s3:ListBucket {bucket}",
            "xray:PutTraceSegments *",
            "cloudwatch:PutMetricData *",
        ];
        Dictionary<string, (string[] Allowed, string[] Denied)> expected = new()
        {
            ["ApiTaskRole"] = (
                [.. storage, $"sqs:SendMessage {queue}", $"sqs:GetQueueUrl {queue}"],
                [$"sqs:ReceiveMessage {queue}", $"sqs:SendMessage {queue}-dead-letters", $"ecs:UpdateTaskProtection {task}"]
            ),
            ["WorkerTaskRole"] = (
                [
                    .. storage,
                    $"sqs:ReceiveMessage {queue}",
                    $"sqs:DeleteMessage {queue}",
                    $"sqs:ChangeMessageVisibility {queue}",
                    $"ecs:UpdateTaskProtection {task}",
                    $"ecs:GetTaskProtection {task}",
                ],
                [
                    $"sqs:SendMessage {queue}",
                    $"s3:DeleteBucket {bucket}",
                    "secretsmanager:GetSecretValue arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/api-key-AbCdEf",
                ]
            ),
        };
        var policies = new PlainPolicy(published)
            .In(published.Template())
            .Where(policy => !policy.IsOfResource)
            .ToDictionary(policy => policy.Name.Split(' ')[0], policy => policy.Policy);
        var calls = new JsonArray();
        List<(string Call, string Answer)> asked = [];
        foreach (var (role, (allowed, denied)) in expected)
        {
            foreach (
                var (call, answer) in allowed.Select(call => (call, "Allowed")).Concat(denied.Select(call => (call, "ImplicitlyDenied")))
            )
            {
                calls.Add(
                    new JsonObject
                    {
                        ["policies"] = new JsonArray(policies[role].DeepClone()),
                        ["action"] = call.Split(' ')[0],
                        ["resource"] = call.Split(' ')[1],
                    }
                );
                asked.Add(($"{role}: {call}", answer));
            }
        }

        var answers = (await IamTool.AskAsync(new JsonObject { ["calls"] = calls }))
            .GetProperty("calls")
            .EnumerateArray()
            .Select(answer => answer.GetString());
        Assert.Equal(
            asked.Select(call => $"{call.Call} {call.Answer}"),
            asked.Zip(answers).Select(pair => $"{pair.First.Call} {pair.Second}")
        );
    }

    [Fact]
    public async Task Who_looks_reads_no_secret_and_changes_nothing_but_a_change_set()
    {
        foreach (var publication in (await TemplateMatrix.Models).SelectMany(row => row.Publications))
        {
            var actions = FilesOf(publication)
                .Where(file => file.Name.StartsWith("reader", StringComparison.Ordinal))
                .SelectMany(file => file.Policy["Statement"]!.AsArray())
                .SelectMany(statement =>
                    statement!["Action"] is JsonArray list
                        ? list.Select(action => action!.GetValue<string>())
                        : [statement["Action"]!.GetValue<string>()]
                )
                .ToList();
            Assert.DoesNotContain("secretsmanager:GetSecretValue", actions);
            Assert.Contains("secretsmanager:DescribeSecret", actions);
            Assert.All(actions, action =>
                Assert.Matches(":(Describe|Get|List|Filter|BatchGet)|:(Create|Delete)ChangeSet$|^s3:PutObject$", action)
            );
        }
    }

    [Fact]
    public async Task Permissions_that_are_left_out_are_those_of_the_handlers_and_each_has_its_reason()
    {
        var types = (await TemplateMatrix.Models)
            .SelectMany(row => row.Publications)
            .SelectMany(publication => publication.Templates.All)
            .SelectMany(template => template.Resources)
            .Select(resource => resource.Type)
            .Distinct();
        var left = types
            .SelectMany(type => PermissionTables.HandlersOf(type) ?? [])
            .Distinct()
            .Where(action => UnusedPermissions.ReasonOf(action) is not null)
            .ToList();
        Assert.InRange(left.Count, 50, 250);
        Assert.All(["secretsmanager:CreateSecret", "ec2:CreateVpc", "iam:CreateRole", "ecs:CreateService", "s3:CreateBucket"], action =>
            Assert.Null(UnusedPermissions.ReasonOf(action))
        );
    }

    private static IEnumerable<(string Name, JsonNode Policy)> FilesOf(Publication publication) =>
        publication
            .Files.Where(file =>
                file.Name.Contains("-policy", StringComparison.Ordinal) && file.Name.EndsWith(".json", StringComparison.Ordinal)
            )
            .Select(file => (file.Name, JsonNode.Parse(file.Content)!));

    /// <summary>A resource of the application that an action is called on; null where the application has none of its kind.</summary>
    private static string? ResourceOf(Publication publication, string action)
    {
        var types = PermissionTables.ResourcesOf(action)!;
        if (types.Count == 0)
        {
            return "*";
        }

        var names = new ApplicationNames(publication.Application, [.. publication.Templates.All]);
        var pattern =
            action == "iam:CreateServiceLinkedRole"
                ? "arn:aws:iam::123456789012:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"
                : types.SelectMany(type => names.Of(action[..action.IndexOf(':')], type)).FirstOrDefault();
        if (
            pattern is null
            || action.StartsWith("ec2:", StringComparison.Ordinal)
            || (action.StartsWith("elastic", StringComparison.Ordinal) && !action.StartsWith("elasticache:", StringComparison.Ordinal))
        )
        {
            // Known by an id alone: any of the kind.
            pattern = pattern is null
                ? null
                : action[..action.IndexOf(':')] switch
                {
                    "ec2" => $"arn:aws:ec2:*:*:{types.First(type => type != "ipam-pool")}/id-0123456789abcdef0",
                    "elasticfilesystem" => $"arn:aws:elasticfilesystem:*:*:{types[0]}/fs-0123456789abcdef0",
                    _ => types[0] switch
                    {
                        "targetgroup" => "arn:aws:elasticloadbalancing:*:*:targetgroup/shop/0123456789abcdef",
                        "listener/app" => "arn:aws:elasticloadbalancing:*:*:listener/app/shop/0123456789abcdef/0123456789abcdef",
                        "listener-rule/app" =>
                            "arn:aws:elasticloadbalancing:*:*:listener-rule/app/shop/0123456789abcdef/0123456789abcdef/0123456789abcdef",
                        _ => "arn:aws:elasticloadbalancing:*:*:loadbalancer/app/shop/0123456789abcdef",
                    },
                };
        }

        // The region and the account of the stack, and some end of the name.
        var parts = pattern?.Split(':', 6);
        return parts is null
            ? null
            : string.Join(
                ':',
                [
                    .. parts[..3],
                    parts[3] == "*" ? PlainPolicy.Region : parts[3],
                    parts[4] == "*" ? PlainPolicy.Account : parts[4],
                    parts[5]
                        .Replace("app/*", "app/shop/0123456789abcdef", StringComparison.Ordinal)
                        .Replace("*", "x", StringComparison.Ordinal),
                ]
            );
    }

    private static JsonObject ContextOf(Publication publication, string action)
    {
        var context = new JsonObject();
        if (action == "iam:PassRole")
        {
            context["iam:PassedToService"] = "ecs-tasks.amazonaws.com";
        }

        if (action == "iam:CreateServiceLinkedRole")
        {
            context["iam:AWSServiceName"] = "ecs.amazonaws.com";
        }

        if (action is "iam:AttachRolePolicy" or "iam:DetachRolePolicy")
        {
            context["iam:PolicyARN"] = "arn:aws:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers";
        }

        if (action.StartsWith("iam:", StringComparison.Ordinal) && publication.Application.PermissionsBoundary is { } boundary)
        {
            context["iam:PermissionsBoundary"] = boundary;
        }

        return context;
    }
}
