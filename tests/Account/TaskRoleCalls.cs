using System.Text.Json;
using Hosting.Fargate.Tests.Policies;

namespace Account;

/// <summary>
/// What a service has called, held against the policies of its deployed task role by an evaluation that is not ours
/// (https://github.com/cloud-copilot/iam-simulate).
/// </summary>
internal static class TaskRoleCalls
{
    /// <param name="account">Where it is deployed.</param>
    /// <param name="cluster">The cluster, which has the name of the stack.</param>
    /// <param name="service">The service.</param>
    /// <param name="calls">Its calls, as the emulator has them.</param>
    public static async Task AssertAllowedAsync(ProofAccount account, string cluster, string service, IReadOnlyList<JsonNode> calls)
    {
        var actions = calls
            .Select(call => PermittedCall.ActionOf((string)call["service"]!, (string)call["operation"]!, call["parameters"]!))
            .OfType<string>()
            .Distinct()
            .ToList();
        Assert.InRange(actions.Count, 4, 50);
        var tables = (
            await IamTool.AskAsync(new JsonObject { ["tables"] = new JsonArray([.. actions.Select(action => (JsonNode)action)]) })
        ).GetProperty("tables");
        var allowed = calls
            .Select(call => PermittedCall.Of(call, action => TypesOf(tables, action)))
            .OfType<PermittedCall>()
            .Distinct()
            .ToList();
        var (queue, bucket) = (
            allowed.First(call => call.Action.StartsWith("sqs:", StringComparison.Ordinal)).Resource,
            allowed.First(call => call.Action == "s3:PutObject").Resource.Split('/')[0]
        );

        // The same calls on what others have, and what no task does to what it has.
        List<PermittedCall> denied =
        [
            .. allowed.SelectMany(call =>
                new[] { $"{cluster}-2", "profiler-other", "other" }.Select(other =>
                    call with
                    {
                        Resource = call.Resource.Replace(cluster, other, StringComparison.Ordinal),
                    }
                )
            ),
            .. new[] { "sqs:DeleteQueue", "sqs:SetQueueAttributes", "sqs:PurgeQueue", "sqs:AddPermission" }.Select(
                action => new PermittedCall(action, queue)
            ),
            .. new[] { "s3:DeleteBucket", "s3:PutBucketPolicy", "s3:PutLifecycleConfiguration" }.Select(action => new PermittedCall(
                action,
                bucket
            )),
            new("secretsmanager:GetSecretValue", $"arn:aws:secretsmanager:us-east-1:123456789012:secret:{cluster}/api-key-AbCdEf"),
            new("ecs:UpdateService", $"arn:aws:ecs:us-east-1:123456789012:service/{cluster}/{service}"),
            new("iam:PassRole", $"arn:aws:iam::123456789012:role/{cluster}-ApiTaskRole-ABCDEFGHIJKL"),
            .. actions.Contains("sqs:ReceiveMessage")
                ? []
                : new PermittedCall[] { new("sqs:ReceiveMessage", queue), new("sqs:DeleteMessage", queue) },
        ];
        Assert.All(allowed, call => Assert.Contains(cluster, call.Resource));
        var answers = (
            await IamTool.AskAsync(
                new JsonObject
                {
                    ["shared"] = new JsonArray(await PoliciesAsync(account, cluster, service)),
                    ["calls"] = new JsonArray([
                        .. allowed
                            .Concat(denied)
                            .Select(call => new JsonObject
                            {
                                ["shared"] = 0,
                                ["action"] = call.Action,
                                ["resource"] = call.Resource,
                            }),
                    ]),
                }
            )
        ).GetProperty("calls").EnumerateArray().Select(answer => answer.GetString()!).ToList();
        Assert.Empty(
            allowed
                .Concat(denied)
                .Zip(answers)
                .Where((pair, index) => pair.Second != (index < allowed.Count ? "Allowed" : "ImplicitlyDenied"))
                .Select(pair => $"{service}: {pair.First.Action} on {pair.First.Resource}: {pair.Second}")
        );
    }

    private static IReadOnlyList<string> TypesOf(JsonElement tables, string action) =>
        [
            .. (tables.GetProperty(action).GetString() ?? throw new KeyNotFoundException(action))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(type => type.TrimEnd('*')),
        ];

    /// <summary>The policies of the role that its tasks have, as IAM has them.</summary>
    private static async Task<JsonArray> PoliciesAsync(ProofAccount account, string cluster, string service)
    {
        var described = await account.AwsAsync("ecs", "describe-services", "--cluster", cluster, "--services", service);
        var definition = await account.AwsAsync(
            "ecs",
            "describe-task-definition",
            "--task-definition",
            (string)described["services"]![0]!["taskDefinition"]!
        );
        var role = ((string)definition["taskDefinition"]!["taskRoleArn"]!).Split('/')[^1];
        var policies = new JsonArray();
        foreach (var name in (await account.AwsAsync("iam", "list-role-policies", "--role-name", role))["PolicyNames"]!.AsArray())
        {
            policies.Add(
                (await account.AwsAsync("iam", "get-role-policy", "--role-name", role, "--policy-name", (string)name!))[
                    "PolicyDocument"
                ]!.DeepClone()
            );
        }

        return policies;
    }
}
