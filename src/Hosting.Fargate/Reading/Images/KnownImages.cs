using System.Collections.Immutable;

namespace Hosting.Fargate.Reading;

/// <summary>
/// The one table of what public images need. On Fargate the limit of open files is 65535 for all, /dev/shm is 64 MiB and cannot be set, nor
/// can vm.max_map_count: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html. What wants more of these
/// is told so here.
/// </summary>
internal static class KnownImages
{
    private static readonly ImmutableArray<KnownImage> s_all =
    [
        // Relational.
        Of("postgres", ImageKind.Database, "https://github.com/docker-library/postgres/blob/master/Dockerfile-debian.template",
            "library/postgres", "postgis/postgis", "pgvector/pgvector") with
        {
            User = (999, 999), AlpineUser = (70, 70), DatabaseVariable = "POSTGRES_DB", Port = 5432, HealthCheck = Every(10, "CMD", "pg_isready", "-h", "127.0.0.1"),
        },
        Of("timescale", ImageKind.Database, "https://github.com/timescale/timescaledb-docker/blob/main/Dockerfile",
            "timescale/timescaledb") with
        {
            User = (70, 70), DatabaseVariable = "POSTGRES_DB", Port = 5432, HealthCheck = Every(10, "CMD", "pg_isready", "-h", "127.0.0.1"),
        },
        Of("mysql", ImageKind.Database, "https://github.com/docker-library/mysql/blob/master/template/Dockerfile.oracle", "library/mysql",
            "mysql/mysql-server") with
        {
            User = (999, 999), DatabaseVariable = "MYSQL_DATABASE", Port = 3306, HealthCheck = Every(10, "CMD", "mysqladmin", "ping", "-h", "127.0.0.1"),
        },
        Of("mariadb", ImageKind.Database, "https://github.com/MariaDB/mariadb-docker/blob/master/Dockerfile.template",
            "library/mariadb") with { User = (999, 999), DatabaseVariable = "MARIADB_DATABASE" },
        Of("percona", ImageKind.Database, "https://github.com/percona/percona-docker", "library/percona",
            "percona/percona-server") with { User = (1001, 1001) },
        Of("mssql", ImageKind.Database, "https://learn.microsoft.com/sql/linux/sql-server-linux-docker-container-security",
            "mssql/server", "library/azure-sql-edge") with
        {
            // 2 GB at the least: https://learn.microsoft.com/sql/linux/sql-server-linux-setup#system. It counts what the container may
            // have.
            User = (10001, 10001), Cpu = 1024, Memory = 4096,
        },
        Of("oracle", ImageKind.Database, "https://github.com/gvenzl/oci-oracle-free/blob/main/Dockerfile.23", "database/free",
            "database/express", "gvenzl/oracle-free", "gvenzl/oracle-xe") with
        {
            User = (54321, 54321), Cpu = 1024, Memory = 4096,
        },
        Of("cockroach", ImageKind.Database, "https://www.cockroachlabs.com/docs/stable/recommended-production-settings",
            "cockroachdb/cockroach") with { Cpu = 1024, Memory = 4096 },

        // Documents, graphs, columns, vectors, time series.
        Of("mongo", ImageKind.Database, "https://github.com/docker-library/mongo/blob/master/Dockerfile-linux.template", "library/mongo",
            "mongodb/mongodb-community-server") with { User = (999, 999), MakesDatabasesItself = true },
        Of("couchdb", ImageKind.Database, "https://github.com/apache/couchdb-docker", "library/couchdb",
            "apache/couchdb") with { User = (5984, 5984) },
        Of("couchbase", ImageKind.Database, "https://docs.couchbase.com/server/current/install/pre-install.html", "library/couchbase",
            "couchbase/server") with { User = (1000, 1000), Cpu = 2048, Memory = 4096 },
        Of("ravendb", ImageKind.Database, "https://github.com/ravendb/ravendb/tree/v7.0/docker", "ravendb/ravendb")
            with { User = (999, 999), Cpu = 1024, Memory = 2048 },
        Of("cassandra", ImageKind.Database, "https://github.com/docker-library/cassandra/blob/master/Dockerfile.template",
            "library/cassandra") with { User = (999, 999), Cpu = 2048, Memory = 8192 },
        Of("scylla", ImageKind.Database, "https://docs.scylladb.com/manual/stable/getting-started/system-requirements.html",
            "scylladb/scylla") with { Cpu = 1024, Memory = 4096 },
        Of("neo4j", ImageKind.Database, "https://neo4j.com/docs/operations-manual/current/docker/mounting-volumes/",
            "library/neo4j") with { User = (7474, 7474), Cpu = 1024, Memory = 2048 },
        Of("clickhouse", ImageKind.Database, "https://github.com/ClickHouse/ClickHouse/blob/master/docker/server/Dockerfile.ubuntu",
            "library/clickhouse", "clickhouse/clickhouse-server") with
        {
            User = (101, 101), Cpu = 1024, Memory = 4096,
        },
        Of("influx", ImageKind.Database, "https://github.com/influxdata/influxdata-docker/tree/master/influxdb",
            "library/influxdb") with { User = (1000, 1000) },
        Of("elasticsearch", ImageKind.Database, "https://www.elastic.co/guide/en/elasticsearch/reference/current/docker.html",
            "library/elasticsearch", "elasticsearch/elasticsearch") with
        {
            // Without mmap, for vm.max_map_count is too low:
            // https://www.elastic.co/guide/en/elasticsearch/reference/current/vm-max-map-count.html.
            User = (1000, 1000), Cpu = 1024, Memory = 4096, Environment = [("node.store.allow_mmap", "false")],
        },
        Of("opensearch", ImageKind.Database, "https://docs.opensearch.org/latest/install-and-configure/install-opensearch/docker/",
            "opensearchproject/opensearch") with
        {
            User = (1000, 1000), Cpu = 1024, Memory = 4096, Environment = [("node.store.allow_mmap", "false")],
        },
        Of("solr", ImageKind.Database, "https://github.com/apache/solr-docker", "library/solr")
            with { User = (8983, 8983), Cpu = 1024, Memory = 2048 },
        Of("meilisearch", ImageKind.Database, "https://www.meilisearch.com/docs/guides/docker", "getmeili/meilisearch"),
        Of("qdrant", ImageKind.Database, "https://qdrant.tech/documentation/guides/installation/", "qdrant/qdrant"),
        Of("weaviate", ImageKind.Database, "https://docs.weaviate.io/deploy/installation-guides/docker-installation",
            "semitechnologies/weaviate"),
        Of("milvus", ImageKind.Database, "https://milvus.io/docs/prerequisite-docker.md", "milvusdb/milvus")
            with { Cpu = 2048, Memory = 8192 },
        Of("surrealdb", ImageKind.Database, "https://surrealdb.com/docs/surrealdb/installation/running/docker",
            "surrealdb/surrealdb") with { User = (65532, 65532) },

        // Messages.
        Of("rabbitmq", ImageKind.Broker, "https://github.com/docker-library/rabbitmq/blob/master/Dockerfile-ubuntu.template",
            "library/rabbitmq") with
        {
            // Its files are under the name of its node, which has that of the host: https://www.rabbitmq.com/docs/clustering#node-names.
            User = (999, 999), AlpineUser = (100, 101), Environment = [("RABBITMQ_NODENAME", "rabbit@localhost")],
            Port = 5672, HealthCheck = Every(30, "CMD", "rabbitmq-diagnostics", "-q", "ping"),
        },
        Of("kafka", ImageKind.Broker, "https://docs.confluent.io/platform/current/installation/docker/config-reference.html",
            "apache/kafka", "apache/kafka-native", "confluentinc/cp-kafka", "confluentinc/confluent-local") with
        {
            User = (1000, 1000), Cpu = 1024, Memory = 2048,
        },
        Of("redpanda", ImageKind.Broker, "https://docs.redpanda.com/current/get-started/quick-start/",
            "redpandadata/redpanda") with { User = (101, 101), Cpu = 1024, Memory = 4096 },
        Of("nats", ImageKind.Broker, "https://github.com/nats-io/nats-docker", "library/nats") with { MayKeepNothing = true },

        // Objects, events, logs.
        Of("minio", ImageKind.Store, "https://github.com/minio/minio/blob/master/Dockerfile.release", "minio/minio"),
        Of("azurite", ImageKind.Store, "https://github.com/Azure/Azurite/blob/main/Dockerfile", "azure-storage/azurite"),
        Of("seq", ImageKind.Store, "https://docs.datalust.co/docs/getting-started-with-docker", "datalust/seq"),
        Of("keycloak", ImageKind.Store, "https://www.keycloak.org/high-availability/multi-cluster/concepts-memory-and-cpu-sizing",
            "keycloak/keycloak") with { User = (1000, 0), Cpu = 1024, Memory = 2048 },

        // Caches.
        Of("redis", ImageKind.Cache, "https://github.com/redis/docker-library-redis/blob/release/8.2/debian/Dockerfile", "library/redis",
            "redis/redis-stack", "redis/redis-stack-server") with
        {
            User = (999, 999), AlpineUser = (999, 1000), Port = 6379, HealthCheck = Every(10, "CMD", "redis-cli", "ping"),
        },
        Of("valkey", ImageKind.Cache, "https://github.com/valkey-io/valkey-container/blob/mainline/Dockerfile.template",
            "valkey/valkey") with
        {
            User = (999, 999), AlpineUser = (999, 1000), Port = 6379, HealthCheck = Every(10, "CMD", "valkey-cli", "ping"),
        },
        Of("garnet", ImageKind.Cache, "https://github.com/microsoft/garnet/blob/main/Dockerfile", "microsoft/garnet")
            with { User = (1654, 1654) },
        Of("memcached", ImageKind.Cache, "https://github.com/docker-library/memcached", "library/memcached"),

        // Tools.
        Of("pgadmin", ImageKind.Tool, "https://github.com/pgadmin-org/pgadmin4/blob/master/Dockerfile",
            "dpage/pgadmin4") with { User = (5050, 0) },
        Of("grafana", ImageKind.Tool, "https://grafana.com/docs/grafana/latest/setup-grafana/configure-docker/", "grafana/grafana",
            "grafana/grafana-oss") with { User = (472, 0) },
        Of("prometheus", ImageKind.Tool, "https://github.com/prometheus/prometheus/blob/main/Dockerfile",
            "prom/prometheus") with { User = (65534, 65534) },
        Of("loki", ImageKind.Tool, "https://github.com/grafana/loki/blob/main/cmd/loki/Dockerfile", "grafana/loki")
            with { User = (10001, 10001) },
        Of("bitnami", ImageKind.Tool, "https://docs.bitnami.com/kubernetes/faq/configuration/use-non-root/", "bitnami/*",
            "bitnamilegacy/*", "bitnamisecure/*") with { User = (1001, 0) },
    ];

    /// <summary>What is known of an image; null where nothing is.</summary>
    /// <param name="reference">Its name, such as <c>docker.io/library/postgres:17</c>.</param>
    public static KnownImage? Find(string reference)
    {
        var path = PathOf(reference);
        return s_all.FirstOrDefault(known => known.Repositories.Any(repository => IsAt(path, repository)));
    }

    /// <summary>Whether an image is a database, or is called after one: what others make of it keeps its data alike.</summary>
    public static bool IsDatabase(string reference) => (Find(reference) is { Kind: not ImageKind.Tool } known ? [known]
        : s_all.Where(known => reference.Contains(known.Name, StringComparison.OrdinalIgnoreCase)))
        .Any(known => known.Kind is ImageKind.Database or ImageKind.Broker);

    private static bool IsAt(string path, string repository) => repository.EndsWith("/*", StringComparison.Ordinal)
        ? path.StartsWith(repository[..^1], StringComparison.Ordinal) || path.Contains('/' + repository[..^1], StringComparison.Ordinal)
        : path == repository || path.EndsWith('/' + repository, StringComparison.Ordinal);

    /// <summary>The name without registry, tag and digest; a single word is what Docker Hub has under <c>library</c>.</summary>
    private static string PathOf(string reference)
    {
        var parts = reference.Split('@')[0].Split('/');
        var first = parts.Length > 1 && (parts[0].Contains('.') || parts[0].Contains(':') || parts[0] == "localhost") ? 1 : 0;
        var path = string.Join('/', parts[first..].Select(part => part.Split(':')[0]));
        return path.Contains('/') ? path : $"library/{path}";
    }

    private static KnownImage Of(string name, ImageKind kind, string source, params string[] repositories) => new(name, [.. repositories],
        kind, source);

    /// <summary>A check that lets a first start take its time, which may be minutes on a small task.</summary>
    private static ContainerHealthCheck Every(int seconds, params string[] command) =>
        new(command) { Interval = TimeSpan.FromSeconds(seconds), Timeout = TimeSpan.FromSeconds(seconds - 1), Retries = 5,
            StartPeriod = TimeSpan.FromSeconds(120) };
}
