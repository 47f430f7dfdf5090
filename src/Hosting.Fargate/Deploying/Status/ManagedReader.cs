using System.Collections.Immutable;
using System.Text.Json;
using System.Xml.Linq;
using Amazon.CloudFormation.Model;
using Hosting.Fargate.Application;
using Hosting.Fargate.Aws;
using Hosting.Fargate.Stacks;

namespace Hosting.Fargate.Deploying.Status;

/// <summary>Reads how the databases, caches and brokers of a stack do, as far as their services may be asked.</summary>
internal sealed class ManagedReader(StackReader stacks, AwsClients aws, AwsAccount account)
{
    /// <summary>
    /// What services of the query protocol are asked: the API's version, its operation, and the parameter that names one.
    /// </summary>
    private static readonly Dictionary<string, (string Service, string Version, string Operation, string Parameter)> s_calls = new(
        StringComparer.Ordinal
    )
    {
        // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBInstances.html
        [DatabaseTypes.Instance] = ("rds", "2014-10-31", "DescribeDBInstances", "DBInstanceIdentifier"),

        // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusters.html
        [DatabaseTypes.Cluster] = ("rds", "2014-10-31", "DescribeDBClusters", "DBClusterIdentifier"),

        // https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeServerlessCaches.html
        [Cache.ServerlessType] = ("elasticache", "2015-02-02", "DescribeServerlessCaches", "ServerlessCacheName"),

        // https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeReplicationGroups.html
        [Cache.NodesType] = ("elasticache", "2015-02-02", "DescribeReplicationGroups", "ReplicationGroupId"),
    };

    public async Task<ImmutableArray<ManagedStatus>> ReadAsync(LiveStack stack, CancellationToken cancellationToken)
    {
        using var calls = new PlainCalls(aws, account);
        List<ManagedStatus> all = [];
        foreach (
            var resource in (await stacks.ResourcesAsync(stack.Id, cancellationToken))
                .Values.Where(resource =>
                    ManagedStatus.KnownTypes.ContainsKey(resource.ResourceType)
                    && !DatabaseServer.IsOfCluster(resource.LogicalResourceId)
                    && resource.PhysicalResourceId is { Length: > 0 }
                )
                .OrderBy(resource => resource.LogicalResourceId, StringComparer.Ordinal)
        )
        {
            all.Add(await ReadAsync(calls, resource, cancellationToken));
        }

        return [.. all];
    }

    /// <summary>What a service says of one, in the words of <c>status</c>; null where it says nothing of its state.</summary>
    public static (string State, string? Detail)? Said(string type, XDocument answer)
    {
        string? Of(string name) => answer.Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value;
        if (type == DatabaseTypes.Cluster)
        {
            // What is in it has states of its own.
            var cluster = answer.Descendants().FirstOrDefault(element => element.Name.LocalName == "DBCluster");
            return cluster?.Elements().FirstOrDefault(element => element.Name.LocalName == "Status")?.Value is { } state
                ? (state, $"{Of("Engine")} {Of("EngineVersion")}, {Of("MinCapacity")} to {Of("MaxCapacity")} ACU")
                : null;
        }

        if (type == Cache.NodesType)
        {
            // What is in it has states of its own, and so has what it gives its log to.
            var group = answer.Descendants().FirstOrDefault(element => element.Name.LocalName == "ReplicationGroup");
            var nodes = answer.Descendants().Count(element => element.Name.LocalName == "ClusterId");
            return group?.Elements().FirstOrDefault(element => element.Name.LocalName == "Status")?.Value is { } state
                ? (state, $"{Of("Engine") ?? "valkey"}, {Of("CacheNodeType")}{(nodes > 1 ? $", {nodes} of them" : "")}")
                : null;
        }

        return type == DatabaseTypes.Instance
            ? Of("DBInstanceStatus") is { } database
                ? (database, $"{Of("Engine")} {Of("EngineVersion")}, {Of("DBInstanceClass")}, {Of("AllocatedStorage")} GiB")
                : null
            : Of("Status") is { } cache
                ? (cache, $"{Of("Engine")} {Of("FullEngineVersion") ?? Of("MajorEngineVersion")}")
                : null;
    }

    /// <summary>What Amazon MQ says of one: https://docs.aws.amazon.com/amazon-mq/latest/api-reference/brokers-broker-id.html.</summary>
    public static (string State, string? Detail)? Said(JsonElement answer)
    {
        string? Of(string name) => answer.TryGetProperty(name, out var value) ? value.GetString() : null;
        if (Of("brokerState") is not { } state)
        {
            return null;
        }

        var pending = Of("pendingEngineVersion") is { Length: > 0 } version ? $", {version} in its next maintenance" : "";
        var nodes = Of("deploymentMode") == "CLUSTER_MULTI_AZ" ? ", three of them" : "";
        var wanted =
            answer.TryGetProperty("actionsRequired", out var actions) && actions.ValueKind == JsonValueKind.Array
                ? string.Concat(
                    actions.EnumerateArray().Select(action => $", wants {action.GetProperty("actionRequiredCode").GetString()}")
                )
                : "";
        return (state, $"{Of("engineType")} {Of("engineVersion")}{pending}, {Of("hostInstanceType")}{nodes}{wanted}");
    }

    private static async Task<(string State, string? Detail)?> AskAsync(
        PlainCalls calls,
        string type,
        string name,
        CancellationToken cancellationToken
    )
    {
        if (type == Broker.Type)
        {
            return Said(await calls.GetAsync("mq", $"/v1/brokers/{name}", cancellationToken));
        }

        var (service, version, operation, parameter) = s_calls[type];
        return Said(type, await calls.QueryAsync(service, version, operation, [new(parameter, name)], cancellationToken));
    }

    private static async Task<ManagedStatus> ReadAsync(PlainCalls calls, StackResourceSummary resource, CancellationToken cancellationToken)
    {
        (string State, string? Detail)? said = null;
        try
        {
            said = await AskAsync(calls, resource.ResourceType, resource.PhysicalResourceId, cancellationToken);
        }
        catch (Exception exception) when (AwsFailure.IsNoAnswer(exception, cancellationToken))
        {
            // Who may see the stack alone sees what the stack says.
        }

        var isReplica = resource.ResourceType == DatabaseTypes.Instance && DatabaseReplica.Is(resource.LogicalResourceId);
        var suffix = isReplica ? DatabaseReplica.Suffix : ManagedStatus.KnownTypes[resource.ResourceType].Suffix;
        return new ManagedStatus
        {
            ModelId = resource.LogicalResourceId.EndsWith(suffix, StringComparison.Ordinal)
                ? resource.LogicalResourceId[..^suffix.Length]
                : resource.LogicalResourceId,
            Type = resource.ResourceType,
            IsReplica = isReplica,
            Name = resource.PhysicalResourceId,
            State = said?.State ?? resource.ResourceStatus.Value,
            Detail = said?.Detail,
        };
    }
}
