namespace Hosting.Fargate.Reading;

/// <summary>What AWS runs in the place of what a container does, for data that matters.</summary>
internal static class ManagedServices
{
    /// <summary>By the names of <see cref="KnownImages"/>.</summary>
    private static readonly Dictionary<string, string> s_managed = new(StringComparer.Ordinal)
    {
        ["postgres"] = "Amazon RDS (AddPostgres without PublishAsContainer)",
        ["timescale"] = "Amazon RDS",
        ["mysql"] = "Amazon RDS (AddMySql without PublishAsContainer)",
        ["mariadb"] = "Amazon RDS",
        ["percona"] = "Amazon RDS",
        ["mssql"] = "Amazon RDS (AddSqlServer without PublishAsContainer)",
        ["oracle"] = "Amazon RDS",
        ["mongo"] = "Amazon DocumentDB",
        ["cassandra"] = "Amazon Keyspaces",
        ["scylla"] = "Amazon Keyspaces",
        ["neo4j"] = "Amazon Neptune",
        ["influx"] = "Amazon Timestream for InfluxDB",
        ["elasticsearch"] = "Amazon OpenSearch Service",
        ["opensearch"] = "Amazon OpenSearch Service",
        ["solr"] = "Amazon OpenSearch Service",
        ["lavinmq"] = "Amazon MQ (AddRabbitMQ)",
        ["rabbitmq"] = "Amazon MQ (AddRabbitMQ without PublishAsContainer)",
        ["kafka"] = "Amazon MSK",
        ["redpanda"] = "Amazon MSK",
        ["mosquitto"] = "AWS IoT Core",
        ["minio"] = "Amazon S3",
        ["typesense"] = "Amazon OpenSearch Service",
        ["vault"] = "AWS Secrets Manager",
        ["prometheus"] = "Amazon Managed Service for Prometheus",
    };

    /// <returns>Null where there is no such thing.</returns>
    public static string? InPlaceOf(string image) => s_managed.GetValueOrDefault(image);
}
