using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Policies;
using Hosting.Fargate.Publishing;
using Hosting.Fargate.Tests.Publishing;

namespace Hosting.Fargate.Tests.Policies;

/// <summary>What the policies of a model allow and deny, as a simulation of AWS's rules has it.</summary>
public sealed class IamSimulationTests
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
                    .. PolicyFiles
                        .Of(publication)
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
                    && SimulatedCalls.ResourceOf(publication, action) is { } resource
                )
                {
                    calls.Add(CallOf(publication, shared.Count - 1, action, resource));
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
            shared.Add(new JsonArray([.. PolicyFiles.Of(publication).Select(file => file.Policy)]));
            foreach (var (action, resource) in s_mustBeDenied)
            {
                calls.Add(CallOf(publication, shared.Count - 1, action, resource));
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
                                    .. PolicyFiles
                                        .Of(published)
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

    /// <summary>
    /// What the services of the reference application call (src/Api, src/Worker), with the roles that its references give them.
    /// </summary>
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
            var actions = PolicyFiles
                .Of(publication)
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

    /// <summary>A call of whoever has some of the policies that all calls share.</summary>
    private static JsonObject CallOf(Publication publication, int policies, string action, string resource) =>
        new()
        {
            ["shared"] = policies,
            ["action"] = action,
            ["resource"] = resource,
            ["context"] = SimulatedCalls.ContextOf(publication, action),
        };
}
