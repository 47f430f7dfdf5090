using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Servers that packages of Aspire add, where the model gives one another image (WithImage): Postgres with extensions, a registry's own
/// copy. It is made from the usual one as a rule.
/// </summary>
internal static class KnownServers
{
    /// <summary>By the type of the resource: not every model has the packages of all servers.</summary>
    private static readonly Dictionary<string, string> s_servers = new(StringComparer.Ordinal)
    {
        ["PostgresServerResource"] = "postgres",
        ["MySqlServerResource"] = "mysql",
        ["SqlServerServerResource"] = "mssql",
        ["OracleDatabaseServerResource"] = "oracle",
        ["MongoDBServerResource"] = "mongo",
        ["MilvusServerResource"] = "milvus",
        ["QdrantServerResource"] = "qdrant",
        ["ElasticsearchResource"] = "elasticsearch",
        ["RabbitMQServerResource"] = "rabbitmq",
        ["LavinMQContainerResource"] = "lavinmq",
        ["KafkaServerResource"] = "kafka",
        ["NatsServerResource"] = "nats",
        ["KeycloakResource"] = "keycloak",
        ["SeqResource"] = "seq",
        ["RedisResource"] = "redis",
        ["ValkeyResource"] = "valkey",
        ["GarnetResource"] = "garnet",
    };

    /// <returns>What is known of the usual image; null where there is no such thing.</returns>
    public static KnownImage? Find(IResource server)
    {
        for (var type = server.GetType(); type is not null; type = type.BaseType)
        {
            if (s_servers.TryGetValue(type.Name, out var name))
            {
                return KnownImages.Named(name);
            }
        }

        return null;
    }
}
