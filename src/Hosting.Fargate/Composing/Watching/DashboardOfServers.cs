using Hosting.Fargate.Application;

namespace Hosting.Fargate.Composing;

/// <summary>What the dashboard shows of databases, caches and brokers: a row each.</summary>
internal static class DashboardOfServers
{
    public static void Add(DashboardWidgets widgets, FargateApplication application)
    {
        foreach (var server in application.Databases)
        {
            if (server.Aurora is null)
            {
                AddDatabase(widgets, server);
                foreach (var replica in server.Replicas)
                {
                    AddReplica(widgets, replica);
                }
            }
            else
            {
                AddCluster(widgets, server);
            }
        }

        foreach (var cache in application.Caches)
        {
            if (cache.Nodes is null)
            {
                AddCache(widgets, cache);
            }
            else
            {
                AddNodes(widgets, cache);
            }
        }

        foreach (var broker in application.Brokers)
        {
            AddBroker(widgets, broker);
        }
    }

    private static void AddBroker(DashboardWidgets widgets, Broker broker) =>
        widgets.AddRow(
            DashboardWidgets.Metrics(
                $"{broker.Name}: messages",
                "Maximum",
                [OfBroker("MessageReadyCount", broker, "waiting"), OfBroker("MessageUnacknowledgedCount", broker, "in hand")]
            ),
            DashboardWidgets.Metrics(
                $"{broker.Name}: who is there",
                "Maximum",
                [OfBroker("ConnectionCount", broker, "connections"), OfBroker("ConsumerCount", broker, "consumers")]
            ),
            DashboardWidgets.Metrics($"{broker.Name}: CPU, percent", "Average", [OfBroker("SystemCpuUtilization", broker, "CPU")])
        );

    private static ChartLine OfBroker(string metric, Broker broker, string label) =>
        new(label, "AWS/AmazonMQ", metric, "Broker", broker.BrokerName);

    private static void AddDatabase(DashboardWidgets widgets, DatabaseServer server) =>
        widgets.AddRow(
            DashboardWidgets.Metrics($"{server.Name}: CPU, percent", "Average", [OfDatabase("CPUUtilization", server, "CPU")]),
            DashboardWidgets.Metrics($"{server.Name}: connections", "Maximum", [OfDatabase("DatabaseConnections", server, "connections")]),
            DashboardWidgets.Metrics(
                $"{server.Name}: bytes of storage and memory left",
                "Minimum",
                [OfDatabase("FreeStorageSpace", server, "storage"), OfDatabase("FreeableMemory", server, "memory")]
            )
        );

    private static void AddReplica(DashboardWidgets widgets, DatabaseReplica replica) =>
        widgets.AddRow(
            DashboardWidgets.Metrics($"{replica.Name}: seconds behind", "Average", [OfReplica("ReplicaLag", replica, "behind")]),
            DashboardWidgets.Metrics($"{replica.Name}: CPU, percent", "Average", [OfReplica("CPUUtilization", replica, "CPU")]),
            DashboardWidgets.Metrics($"{replica.Name}: connections", "Maximum", [OfReplica("DatabaseConnections", replica, "connections")])
        );

    private static ChartLine OfReplica(string metric, DatabaseReplica replica, string label) =>
        new(label, "AWS/RDS", metric, "DBInstanceIdentifier", $"${{{replica.ResourceId}}}");

    private static void AddCluster(DashboardWidgets widgets, DatabaseServer server) =>
        widgets.AddRow(
            DashboardWidgets.Metrics(
                $"{server.Name}: capacity in ACU",
                "Average",
                [OfCluster("ServerlessDatabaseCapacity", server, "capacity")]
            ),
            DashboardWidgets.Metrics($"{server.Name}: connections", "Maximum", [OfCluster("DatabaseConnections", server, "connections")]),
            DashboardWidgets.Metrics($"{server.Name}: bytes of storage", "Maximum", [OfCluster("VolumeBytesUsed", server, "storage")])
        );

    private static ChartLine OfCluster(string metric, DatabaseServer server, string label) =>
        new(label, "AWS/RDS", metric, "DBClusterIdentifier", $"${{{server.ResourceId}}}");

    private static void AddCache(DashboardWidgets widgets, Cache cache) =>
        widgets.AddRow(
            DashboardWidgets.Metrics($"{cache.Name}: bytes in it", "Maximum", [OfCache("BytesUsedForCache", cache, "bytes")]),
            DashboardWidgets.Metrics(
                $"{cache.Name}: commands, refused, evicted",
                "Sum",
                [
                    OfCache("TotalCmdsCount", cache, "commands"),
                    OfCache("ThrottledCmds", cache, "refused (throttled)"),
                    OfCache("Evictions", cache, "evicted"),
                ]
            ),
            DashboardWidgets.Metrics($"{cache.Name}: hits, percent", "Average", [OfCache("CacheHitRate", cache, "hits")])
        );

    private static void AddNodes(DashboardWidgets widgets, Cache cache) =>
        widgets.AddRow(
            DashboardWidgets.Metrics(
                $"{cache.Name}: memory in use, percent",
                "Maximum",
                [.. cache.NodeSuffixes.Select(suffix => OfNode("DatabaseMemoryUsagePercentage", cache, suffix, $"node {suffix[1..]}"))]
            ),
            DashboardWidgets.Metrics(
                $"{cache.Name}: evicted",
                "Sum",
                [.. cache.NodeSuffixes.Select(suffix => OfNode("Evictions", cache, suffix, $"node {suffix[1..]}"))]
            ),
            DashboardWidgets.Metrics(
                $"{cache.Name}: hits, percent",
                "Average",
                [.. cache.NodeSuffixes.Select(suffix => OfNode("CacheHitRate", cache, suffix, $"node {suffix[1..]}"))]
            )
        );

    private static ChartLine OfNode(string metric, Cache cache, string suffix, string label) =>
        new(label, "AWS/ElastiCache", metric, "CacheClusterId", $"${{{cache.ResourceId}}}{suffix}");

    private static ChartLine OfDatabase(string metric, DatabaseServer server, string label) =>
        new(label, "AWS/RDS", metric, "DBInstanceIdentifier", $"${{{server.ResourceId}}}");

    private static ChartLine OfCache(string metric, Cache cache, string label) =>
        new(label, "AWS/ElastiCache", metric, "clusterId", $"${{{cache.ResourceId}}}");
}
