namespace Account;

/// <summary>
/// What of an application is in an account: of each kind of resource that may cost, or that would be in the way of the next deploy, what
/// its stacks have made and
/// what has its name.
/// </summary>
internal sealed class Leftovers(ProofAccount account, string stack)
{
    /// <summary>The kind, the command that lists it, and where in the answer is what CloudFormation calls it by.</summary>
    private static readonly (string Kind, string[] Command, string List, string? Id)[] s_kinds =
    [
        ("stack", ["cloudformation", "describe-stacks"], "Stacks", "StackName"),
        ("repository", ["ecr", "describe-repositories"], "repositories", "repositoryName"),
        // Those in their recovery window are not listed, and cost nothing.
        ("secret", ["secretsmanager", "list-secrets"], "SecretList", "ARN"),
        ("queue", ["sqs", "list-queues"], "QueueUrls", null),
        ("bucket", ["s3api", "list-buckets"], "Buckets", "Name"),
        ("file system", ["efs", "describe-file-systems"], "FileSystems", "FileSystemId"),
        ("cluster", ["ecs", "list-clusters"], "clusterArns", null),
        (
            "scalable target",
            ["application-autoscaling", "describe-scalable-targets", "--service-namespace", "ecs"],
            "ScalableTargets",
            "ResourceId"
        ),
        ("load balancer", ["elbv2", "describe-load-balancers"], "LoadBalancers", "LoadBalancerArn"),
        ("target group", ["elbv2", "describe-target-groups"], "TargetGroups", "TargetGroupArn"),
        ("log group", ["logs", "describe-log-groups"], "logGroups", "logGroupName"),
        ("alarm", ["cloudwatch", "describe-alarms"], "MetricAlarms", "AlarmName"),
        ("dashboard", ["cloudwatch", "list-dashboards"], "DashboardEntries", "DashboardName"),
        ("role", ["iam", "list-roles"], "Roles", "RoleName"),
        ("VPC", ["ec2", "describe-vpcs"], "Vpcs", "VpcId"),
        ("subnet", ["ec2", "describe-subnets"], "Subnets", "SubnetId"),
        ("security group", ["ec2", "describe-security-groups"], "SecurityGroups", "GroupId"),
        ("NAT gateway", ["ec2", "describe-nat-gateways"], "NatGateways", "NatGatewayId"),
        ("address", ["ec2", "describe-addresses"], "Addresses", "PublicIp"),
    ];

    private readonly HashSet<string> _made = new(StringComparer.Ordinal);

    /// <summary>The application's stacks, and those nested in them.</summary>
    public async Task<IReadOnlyList<string>> StacksAsync() =>
        [
            .. (await account.AwsAsync("cloudformation", "describe-stacks"))["Stacks"]!
                .AsArray()
                .Select(item => (string)item!["StackName"]!)
                .Where(name => name.Contains(stack, StringComparison.Ordinal)),
        ];

    /// <summary>Takes down what the stacks have made.</summary>
    /// <returns>The kinds of it that are found, to see that they would be.</returns>
    public async Task<IReadOnlySet<string>> NoteAsync()
    {
        foreach (var found in await StacksAsync())
        {
            foreach (
                var resource in (await account.AwsAsync("cloudformation", "list-stack-resources", "--stack-name", found))[
                    "StackResourceSummaries"
                ]!.AsArray()
            )
            {
                _made.Add((string)resource!["PhysicalResourceId"]!);
            }
        }

        return (await FindAsync()).Select(line => line[..line.LastIndexOf(' ')]).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>What there is, a line each.</summary>
    public async Task<IReadOnlyList<string>> FindAsync()
    {
        List<string>[] found = [.. s_kinds.Select(_ => new List<string>())];
        await Parallel.ForAsync(0, s_kinds.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (index, _) =>
        {
            var (kind, command, list, id) = s_kinds[index];
            var items = (await account.AwsAsync(command))[list]?.AsArray() ?? [];
            found[index]
                .AddRange(
                    items
                        .Where(item => !IsGone(item!))
                        .Select(item => (string)(id is null ? item : item![id])!)
                        .Where(IsOfStack)
                        .Select(name => $"{kind} {name}")
                );
        });
        return [.. found.SelectMany(lines => lines)];
    }

    /// <summary>A NAT gateway is listed for an hour after its deletion.</summary>
    private static bool IsGone(JsonNode item) =>
        item is JsonObject found && found["State"] is JsonValue state && (string?)state == "deleted";

    /// <summary>Container Insights makes a log group of its own, which ends by itself after a day.</summary>
    private bool IsOfStack(string id) =>
        (_made.Contains(id) || id.Contains(stack, StringComparison.Ordinal))
        && !id.StartsWith("/aws/ecs/containerinsights/", StringComparison.Ordinal);
}
