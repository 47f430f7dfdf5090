namespace Hosting.Fargate.Tests.Validation.OwnRules;

/// <summary>
/// The metrics that AWS makes of what a template has, with the dimensions that they come by. Of each kind of resource the sets are those of
/// its page:
/// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html,
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html,
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html,
/// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html,
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html,
/// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html,
/// https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/serverless-metrics-events-redis.html (serverless caches, whose dimension is
/// called clusterId), https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html and CacheMetrics.HostLevel.html
/// (nodes),
/// https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-logging-monitoring.html,
/// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html
/// </summary>
internal static class KnownMetrics
{
    public const string LoadBalancing = "AWS/ApplicationELB";
    public const string Services = "AWS/ECS";
    public const string Insights = "ECS/ContainerInsights";
    public const string Queues = "AWS/SQS";
    public const string Tables = "AWS/DynamoDB";
    public const string Databases = "AWS/RDS";
    public const string Caches = "AWS/ElastiCache";
    public const string Brokers = "AWS/AmazonMQ";
    public const string Edge = "AWS/CloudFront";

    private static readonly string[] s_ofLoadBalancer = ["LoadBalancer", "LoadBalancer,AvailabilityZone"];
    private static readonly string[] s_ofTargets =
    [
        .. s_ofLoadBalancer,
        "LoadBalancer,TargetGroup",
        "LoadBalancer,TargetGroup,AvailabilityZone",
    ];
    private static readonly string[] s_ofGroups = ["LoadBalancer,TargetGroup", "LoadBalancer,TargetGroup,AvailabilityZone"];
    private static readonly string[] s_perTarget = ["TargetGroup", "TargetGroup,AvailabilityZone", .. s_ofGroups];
    private static readonly string[] s_ofServices = ["ClusterName", "ClusterName,ServiceName"];
    private static readonly string[] s_ofService = ["ClusterName,ServiceName"];
    private static readonly string[] s_ofInsights = [.. s_ofServices, "ClusterName,TaskDefinitionFamily"];
    private static readonly string[] s_ofQueue = ["QueueName"];
    private static readonly string[] s_ofTable = ["TableName", "TableName,GlobalSecondaryIndexName"];
    private static readonly string[] s_ofNode = ["CacheClusterId", "CacheClusterId,CacheNodeId"];
    private static readonly string[] s_ofCaches = ["clusterId", .. s_ofNode];
    private static readonly string[] s_ofDatabase = ["DBInstanceIdentifier", "DatabaseClass", "EngineName"];

    private static readonly Dictionary<string, Dictionary<string, string[]>> s_namespaces = new()
    {
        [LoadBalancing] = Of(
            (
                s_ofTargets,
                "RequestCount HTTPCode_Target_2XX_Count HTTPCode_Target_3XX_Count HTTPCode_Target_4XX_Count HTTPCode_Target_5XX_Count TargetConnectionErrorCount TargetResponseTime TargetTLSNegotiationErrorCount"
            ),
            (
                s_ofGroups,
                "HealthyHostCount UnHealthyHostCount HealthyStateDNS HealthyStateRouting UnhealthyStateDNS UnhealthyStateRouting UnhealthyRoutingRequestCount MitigatedHostCount AnomalousHostCount"
            ),
            (s_perTarget, "RequestCountPerTarget"),
            (
                s_ofLoadBalancer,
                "ActiveConnectionCount NewConnectionCount RejectedConnectionCount ProcessedBytes ClientTLSNegotiationErrorCount ConsumedLCUs PeakLCUs GrpcRequestCount IPv6ProcessedBytes IPv6RequestCount "
                    + "HTTP_Fixed_Response_Count HTTP_Redirect_Count HTTP_Redirect_Url_Limit_Exceeded_Count HTTPCode_ELB_3XX_Count HTTPCode_ELB_4XX_Count HTTPCode_ELB_5XX_Count "
                    + "HTTPCode_ELB_500_Count HTTPCode_ELB_502_Count HTTPCode_ELB_503_Count HTTPCode_ELB_504_Count RuleEvaluations DesyncMitigationMode_NonCompliant_Request_Count "
                    + "DroppedInvalidHeaderRequestCount ForwardedInvalidHeaderRequestCount LowReputationPacketsDropped LowReputationRequestsDenied"
            )
        ),
        [Services] = Of(
            (s_ofServices, "CPUUtilization MemoryUtilization EBSFilesystemUtilization"),
            (["ClusterName"], "CPUReservation MemoryReservation GPUReservation"),
            (
                ["ServiceName", "ClusterName", "ServiceName,DiscoveryName", "ServiceName,ClusterName,DiscoveryName"],
                "ActiveConnectionCount NewConnectionCount ProcessedBytes RequestCount GrpcRequestCount ClientTLSNegotiationErrorCount"
            ),
            (
                ["TargetDiscoveryName", "TargetDiscoveryName,ServiceName,ClusterName"],
                "HTTPCode_Target_2XX_Count HTTPCode_Target_3XX_Count HTTPCode_Target_4XX_Count HTTPCode_Target_5XX_Count RequestCountPerTarget TargetProcessedBytes TargetResponseTime TargetTLSNegotiationErrorCount"
            )
        ),
        [Insights] = Of(
            (s_ofService, "DesiredTaskCount RunningTaskCount PendingTaskCount DeploymentCount TaskSetCount RestartCount"),
            (["ClusterName"], "ServiceCount TaskCount ContainerInstanceCount"),
            (
                s_ofInsights,
                "CpuUtilized CpuReserved MemoryUtilized MemoryReserved NetworkRxBytes NetworkTxBytes StorageReadBytes StorageWriteBytes "
                    + "EphemeralStorageUtilized EphemeralStorageReserved TaskCpuUtilization TaskMemoryUtilization TaskEphemeralStorageUtilization"
            )
        ),
        [Edge] = Of((["DistributionId,Region"], "Requests BytesDownloaded BytesUploaded TotalErrorRate 4xxErrorRate 5xxErrorRate")),
        [Caches] = Of(
            (["clusterId"], "ElastiCacheProcessingUnits TotalCmdsCount ThrottledCmds"),
            (
                s_ofNode,
                "CPUUtilization EngineCPUUtilization FreeableMemory SwapUsage CacheMisses DatabaseMemoryUsagePercentage DatabaseCapacityUsagePercentage MemoryFragmentationRatio ReplicationBytes ReplicationLag IsMaster "
                    + "MasterLinkHealthStatus GetTypeCmds SetTypeCmds CPUCreditUsage CPUCreditBalance NetworkBandwidthInAllowanceExceeded NetworkBandwidthOutAllowanceExceeded"
            ),
            (
                s_ofCaches,
                "BytesUsedForCache SuccessfulReadRequestLatency SuccessfulWriteRequestLatency CacheHitRate CacheHits CurrConnections NewConnections CurrItems "
                    + "CurrVolatileItems NetworkBytesIn NetworkBytesOut Evictions IamAuthenticationExpirations IamAuthenticationThrottling KeyAuthorizationFailures AuthenticationFailures CommandAuthorizationFailures"
            )
        ),
        [Brokers] = Of(
            (
                ["Broker"],
                "ExchangeCount QueueCount ConnectionCount ChannelCount ConsumerCount MessageCount MessageReadyCount MessageUnacknowledgedCount PublishRate ConfirmRate AckRate SystemCpuUtilization RabbitMQMemLimit "
                    + "RabbitMQMemUsed RabbitMQDiskFreeLimit RabbitMQDiskFree RabbitMQFdUsed RabbitMQIOReadAverageTime RabbitMQIOWriteAverageTime"
            )
        ),
        [Queues] = Of(
            (
                s_ofQueue,
                "ApproximateAgeOfOldestMessage ApproximateNumberOfGroupsWithInflightMessages ApproximateNumberOfMessagesDelayed ApproximateNumberOfMessagesNotVisible "
                    + "ApproximateNumberOfMessagesVisible NumberOfEmptyReceives NumberOfDeduplicatedSentMessages NumberOfMessagesDeleted NumberOfMessagesReceived NumberOfMessagesSent SentMessageSize"
            )
        ),
        [Databases] = Of(
            // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html: clusters have these too,
            // and the last alone.
            ([.. s_ofDatabase, "DBClusterIdentifier"], "DatabaseConnections ACUUtilization ServerlessDatabaseCapacity AuroraReplicaLag"),
            (["DBClusterIdentifier"], "VolumeBytesUsed"),
            (
                s_ofDatabase,
                "BurstBalance CPUUtilization CPUCreditUsage CPUCreditBalance CPUSurplusCreditBalance CPUSurplusCreditsCharged CheckpointLag ConnectionAttempts DBLoad DBLoadCPU "
                    + "DBLoadNonCPU DiskQueueDepth EBSByteBalance% EBSIOBalance% FailedSQLServerAgentJobsCount FreeableMemory FreeStorageSpace MaximumUsedTransactionIDs NetworkReceiveThroughput NetworkTransmitThroughput "
                    + "OldestReplicationSlotLag ReadIOPS ReadLatency ReadThroughput ReplicaLag ReplicationSlotDiskUsage SwapUsage TransactionLogsDiskUsage TransactionLogsGeneration WriteIOPS WriteLatency WriteThroughput"
            )
        ),
    };

    /// <summary>
    /// The sets of dimensions that a metric comes by, the names of each put together with commas; null of a namespace that is not known.
    /// </summary>
    /// <returns>None for a metric that the namespace does not have.</returns>
    public static IReadOnlyList<string>? DimensionsOf(string space, string metric) =>
        s_namespaces.TryGetValue(space, out var metrics) ? metrics.GetValueOrDefault(metric, []) : null;

    /// <summary>How many metrics of a namespace come by a set of dimensions.</summary>
    public static int CountOf(string space, string dimensions) => s_namespaces[space].Values.Count(sets => sets.Contains(dimensions));

    private static Dictionary<string, string[]> Of(params (string[] Dimensions, string Metrics)[] groups) =>
        groups
            .SelectMany(group => group.Metrics.Split(' ').Select(metric => (metric, group.Dimensions)))
            .ToDictionary(entry => entry.metric, entry => entry.Dimensions);
}
