using System.Collections.Immutable;

namespace Hosting.Fargate.Reading;

/// <summary>
/// The one table of what public images need. On Fargate the limit of open files is 65535 for all, /dev/shm is 64 MiB and cannot be set, nor
/// can vm.max_map_count: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html. What wants more of these
/// is told so here.
/// <para>
/// The user and what belongs to it were read in the image's Dockerfile or its maker's documentation, which is the source of the entry, in
/// November 2026; where something was not to be read, the entry says so. An image that starts as its own user, and looks at no owner, works
/// with any: on EFS everything is of the user of the access point. Those whose entry scripts set or check owners (PostgreSQL, MySQL,
/// MongoDB, Redis, RabbitMQ …) need theirs.
/// </para>
/// </summary>
internal static class KnownImages
{
    // csharpier-ignore - a table, an image a paragraph
    private static readonly ImmutableArray<KnownImage> s_all =
    [
        // Relational.
        Of("postgres", ImageKind.Database, "https://github.com/docker-library/postgres/blob/master/Dockerfile-debian.template",
            "library/postgres", "postgis/postgis", "pgvector/pgvector", "ankane/pgvector") with
        {
            User = (999, 999), AlpineUser = (70, 70), DatabaseVariable = "POSTGRES_DB", Port = 5432,
            HealthCheck = Every(10, "CMD", "pg_isready", "-h", "127.0.0.1"),
        },

        // Made from the image of Postgres on Alpine Linux.
        Of("timescale", ImageKind.Database, "https://github.com/timescale/timescaledb-docker/blob/main/Dockerfile",
            "timescale/timescaledb") with
        {
            User = (70, 70), DatabaseVariable = "POSTGRES_DB", Port = 5432, HealthCheck = Every(10, "CMD", "pg_isready", "-h", "127.0.0.1"),
        },
        Of("mysql", ImageKind.Database, "https://github.com/docker-library/mysql/blob/master/template/Dockerfile.oracle",
            "library/mysql") with
        {
            User = (999, 999), DatabaseVariable = "MYSQL_DATABASE", Port = 3306,
            HealthCheck = Every(10, "CMD", "mysqladmin", "ping", "-h", "127.0.0.1"),
        },

        // Oracle's own, whose user comes with the RPM package of the server: packaging/rpm-oel/mysql.spec.in, and is that of Red Hat's too.
        Of("mysql", ImageKind.Database, "https://github.com/mysql/mysql-docker/blob/main/mysql-server/8.4/Dockerfile", "mysql/mysql-server",
            "mysql/community-server") with
        {
            User = (27, 27), DatabaseVariable = "MYSQL_DATABASE", Port = 3306,
            HealthCheck = Every(10, "CMD", "mysqladmin", "ping", "-h", "127.0.0.1"),
        },
        Of("mariadb", ImageKind.Database, "https://github.com/MariaDB/mariadb-docker/blob/master/Dockerfile.template",
            "library/mariadb") with { User = (999, 999), DatabaseVariable = "MARIADB_DATABASE" },
        Of("percona", ImageKind.Database, "https://github.com/percona/percona-docker/blob/main/percona-server-8.4/Dockerfile",
            "library/percona", "percona/percona-server") with { User = (1001, 1001) },

        // It has that user since 2019, and that group since the updates of November 2023. Whose the files are is all that counts.
        Of("mssql", ImageKind.Database, "https://github.com/microsoft/mssql-docker/issues/869", "mssql/server",
            "library/azure-sql-edge") with
        {
            // It does not start with less than 2000 MB, of which it counts what the container may have.
            User = (10001, 10001), Cpu = 1024, Memory = 4096,
            SizeSource = "https://learn.microsoft.com/sql/linux/sql-server-linux-setup#system",
            UnsupportedOnNfs = "https://learn.microsoft.com/sql/linux/sql-server-linux-release-notes-2022, NFS 4.2 at the least, and EFS "
                + "is NFS 4.1",
        },

        // Less than 2 GB is warned of: container-entrypoint.sh. The user of Oracle's own images is the same: FAQ.md of
        // oracle/docker-images.
        Of("oracle", ImageKind.Database, "https://github.com/gvenzl/oci-oracle-free/blob/main/container-entrypoint.sh", "database/free",
            "database/express", "gvenzl/oracle-free", "gvenzl/oracle-xe") with
        {
            User = (54321, 54321), Cpu = 1024, Memory = 4096,
        },

        // 4 GiB for each vCPU.
        Of("cockroach", ImageKind.Database, "https://www.cockroachlabs.com/docs/stable/recommended-production-settings",
            "cockroachdb/cockroach") with { Cpu = 1024, Memory = 4096 },

        // Documents, graphs, columns, vectors, time series. The Dockerfile of mongodb-community-server was not to be read: its user is a
        // guess.
        Of("mongo", ImageKind.Database, "https://github.com/docker-library/mongo/blob/master/Dockerfile-linux.template", "library/mongo",
            "mongodb/mongodb-community-server") with { User = (999, 999), MakesDatabasesItself = true },
        Of("couchdb", ImageKind.Database, "https://github.com/apache/couchdb-docker/blob/main/3.5.0/Dockerfile", "library/couchdb",
            "apache/couchdb") with { User = (5984, 5984) },
        Of("couchbase", ImageKind.Database, "https://github.com/couchbase/docker/tree/master/community/couchbase-server",
            "library/couchbase",
            "couchbase/server") with
        {
            User = (1000, 1000), Cpu = 2048, Memory = 4096,
            SizeSource = "https://docs.couchbase.com/server/current/install/pre-install.html",
            UnsupportedOnNfs = "https://docs.couchbase.com/server/current/install/pre-install.html",
        },

        // Its README has the user; how much memory it wants was not found.
        Of("ravendb", ImageKind.Database, "https://github.com/ravendb/ravendb/tree/v7.0/docker", "ravendb/ravendb")
            with { User = (999, 999), Cpu = 1024, Memory = 2048 },

        // The user is from there. The size is a choice: it takes a quarter of the memory for its heap, and as much besides.
        Of("cassandra", ImageKind.Database, "https://github.com/docker-library/cassandra/blob/master/Dockerfile.template",
            "library/cassandra") with { User = (999, 999), Cpu = 2048, Memory = 8192 },

        // Not read: the size is a choice.
        Of("scylla", ImageKind.Database, "https://docs.scylladb.com/manual/stable/getting-started/system-requirements.html",
            "scylladb/scylla") with { Cpu = 1024, Memory = 4096 },

        // The user is from there. The size is a choice: a heap of 512 MiB and a cache of as much are what it takes of itself.
        Of("neo4j", ImageKind.Database, "https://github.com/neo4j/docker-neo4j/tree/master/docker-image-src",
            "library/neo4j") with { User = (7474, 7474), Cpu = 1024, Memory = 2048 },

        // The user is from there, for Alpine Linux too. The size is a choice.
        Of("clickhouse", ImageKind.Database, "https://github.com/ClickHouse/ClickHouse/blob/master/docker/server/Dockerfile.ubuntu",
            "library/clickhouse", "clickhouse/clickhouse-server") with
        {
            User = (101, 101), Cpu = 1024, Memory = 4096,
        },

        // Version 3 runs as 1500 from the start, and looks at no owner.
        Of("influx", ImageKind.Database, "https://github.com/influxdata/influxdata-docker/blob/master/influxdb/2.9/Dockerfile",
            "library/influxdb") with { User = (1000, 1000) },

        // The user is from there. The size is a choice: half of it becomes the heap.
        Of("elasticsearch", ImageKind.Database,
            "https://github.com/elastic/elasticsearch/blob/main/distribution/docker/src/docker/Dockerfile",
            "library/elasticsearch", "elasticsearch/elasticsearch") with
        {
            // Without mmap, for vm.max_map_count is too low:
            // https://www.elastic.co/guide/en/elasticsearch/reference/current/vm-max-map-count.html.
            User = (1000, 0), Cpu = 1024, Memory = 4096, Environment = [("node.store.allow_mmap", "false")],
        },
        Of("opensearch", ImageKind.Database,
            "https://github.com/opensearch-project/opensearch-build/blob/main/docker/release/dockerfiles/opensearch.al2.dockerfile",
            "opensearchproject/opensearch") with
        {
            User = (1000, 1000), Cpu = 1024, Memory = 4096, Environment = [("node.store.allow_mmap", "false")],
        },
        Of("solr", ImageKind.Database, "https://github.com/apache/solr-docker", "library/solr")
            with { User = (8983, 8983), Cpu = 1024, Memory = 2048 },

        // These run as root, by their Dockerfiles.
        Of("typesense", ImageKind.Database, "https://github.com/typesense/typesense/blob/main/docker/deployment.Dockerfile",
            "typesense/typesense"),
        Of("meilisearch", ImageKind.Database, "https://github.com/meilisearch/meilisearch/blob/main/Dockerfile", "getmeili/meilisearch"),
        Of("qdrant", ImageKind.Database, "https://github.com/qdrant/qdrant/blob/master/Dockerfile", "qdrant/qdrant"),
        Of("weaviate", ImageKind.Database, "https://github.com/weaviate/weaviate/blob/main/Dockerfile", "semitechnologies/weaviate"),
        Of("milvus", ImageKind.Database, "https://milvus.io/docs/prerequisite-docker.md", "milvusdb/milvus")
            with { Cpu = 2048, Memory = 8192 },
        Of("kurrentdb", ImageKind.Database, "https://github.com/kurrent-io/KurrentDB/blob/master/Dockerfile", "kurrentplatform/kurrentdb",
            "eventstore/eventstore"),

        // As 'nonroot' of its base image, whose number was not to be read.
        Of("surrealdb", ImageKind.Database, "https://github.com/surrealdb/surrealdb/blob/main/docker/Dockerfile",
            "surrealdb/surrealdb") with { User = (65532, 65532) },

        // Messages.
        Of("rabbitmq", ImageKind.Broker, "https://github.com/docker-library/rabbitmq/blob/master/Dockerfile-ubuntu.template",
            "library/rabbitmq") with
        {
            // Its files are under the name of its node, which has that of the host: https://www.rabbitmq.com/docs/clustering#node-names.
            User = (999, 999), AlpineUser = (100, 101), Environment = [("RABBITMQ_NODENAME", "rabbit@localhost")],
            Port = 5672, HealthCheck = Every(30, "CMD", "rabbitmq-diagnostics", "-q", "ping"),
        },

        // It runs as root, by its Dockerfile, and speaks as RabbitMQ does.
        Of("lavinmq", ImageKind.Broker, "https://github.com/cloudamqp/lavinmq/blob/main/Dockerfile", "cloudamqp/lavinmq") with
        {
            Port = 5672, HealthCheck = Every(30, "CMD", "/usr/bin/lavinmqctl", "status"),
        },

        // The first user of its system, and a heap of 1 GiB: bin/kafka-server-start.sh.
        Of("kafka", ImageKind.Broker, "https://github.com/apache/kafka/blob/trunk/docker/jvm/Dockerfile",
            "apache/kafka", "apache/kafka-native", "confluentinc/cp-kafka", "confluentinc/confluent-local") with
        {
            User = (1000, 1000), Cpu = 1024, Memory = 2048,
        },

        // The user is what others set; its Dockerfile was not to be read. 2 GB for each core.
        Of("redpanda", ImageKind.Broker, "https://docs.redpanda.com/current/get-started/quick-start/",
            "redpandadata/redpanda") with { User = (101, 101), Cpu = 1024, Memory = 4096 },
        Of("nats", ImageKind.Broker, "https://github.com/nats-io/nats-docker", "library/nats") with { MayKeepNothing = true },
        Of("mosquitto", ImageKind.Broker, "https://github.com/eclipse-mosquitto/mosquitto/blob/master/docker/2.0/Dockerfile",
            "library/eclipse-mosquitto") with { User = (1883, 1883), MayKeepNothing = true, Port = 1883 },

        // Objects, events, logs. Minio and Azurite run as root, by their Dockerfiles.
        Of("minio", ImageKind.Store, "https://github.com/minio/minio/blob/master/Dockerfile.release", "minio/minio"),
        Of("azurite", ImageKind.Store, "https://github.com/Azure/Azurite/blob/main/Dockerfile", "azure-storage/azurite"),
        Of("vault", ImageKind.Store, "https://github.com/hashicorp/docker-vault/blob/main/0.X/docker-entrypoint.sh", "hashicorp/vault")
            with { User = (100, 1000) },

        // One at a time on its files, and files that are as good as a disk's.
        Of("seq", ImageKind.Store, "https://datalust.co/docs/docker-storage", "datalust/seq"),

        // 1250 MB, and 70 % of what it is given become its heap. The user is from quarkus/container/Dockerfile.
        Of("keycloak", ImageKind.Store, "https://www.keycloak.org/high-availability/single-cluster/concepts-memory-and-cpu-sizing",
            "keycloak/keycloak") with
        {
            // 'start' wants a certificate or to be told that something before it has one, and a host name or leave to take that of the
            // request: https://www.keycloak.org/server/reverseproxy, https://www.keycloak.org/server/hostname.
            User = (1000, 0), Cpu = 1024, Memory = 2048, IsForLogins = true,
            Environment = [("KC_HTTP_ENABLED", "true"), ("KC_HOSTNAME_STRICT", "false"), ("KC_PROXY_HEADERS", "xforwarded")],

            // Beside the database that it has of itself are the realms to import: https://www.keycloak.org/server/importExport.
            DataWithin = ("/opt/keycloak/data", "/opt/keycloak/data/h2"),

            // https://www.keycloak.org/server/db#_configuring_a_database: dev-file and dev-mem are its own.
            DataElsewhere = ("KC_DB", "--db", "dev-"),
        },

        // Caches.
        Of("redis", ImageKind.Cache, "https://github.com/redis/docker-library-redis/blob/release/8.6/alpine/Dockerfile", "library/redis",
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
        Of("memcached", ImageKind.Cache, "https://github.com/docker-library/memcached/blob/master/Dockerfile.template",
            "library/memcached"),

        // It runs as root, by its Dockerfile, and pulls models again. 8 GB is what its makers ask for models of 7 billion parameters.
        Of("ollama", ImageKind.Cache, "https://github.com/ollama/ollama/blob/main/Dockerfile", "ollama/ollama") with
        {
            Cpu = 2048, Memory = 8192, SizeSource = "https://github.com/ollama/ollama/blob/main/README.md",

            // https://docs.ollama.com/api/authentication
            AsksNobody = true,
        },

        // Tools.
        Of("pgadmin", ImageKind.Tool, "https://github.com/pgadmin-org/pgadmin4/blob/master/Dockerfile",
            "dpage/pgadmin4") with { User = (5050, 0) },

        // The group since version 7.3; only an older Dockerfile was to be read.
        Of("grafana", ImageKind.Tool, "https://grafana.com/docs/grafana/latest/setup-grafana/configure-docker/", "grafana/grafana",
            "grafana/grafana-oss") with { User = (472, 0) },

        // As 'nobody'; only an older Dockerfile was to be read.
        Of("prometheus", ImageKind.Tool, "https://github.com/prometheus/prometheus/blob/main/Dockerfile", "prom/prometheus") with
        {
            User = (65534, 65534), UnsupportedOnNfs = "https://prometheus.io/docs/prometheus/latest/storage/",
        },
        Of("loki", ImageKind.Tool, "https://github.com/grafana/loki/blob/main/cmd/loki/Dockerfile", "grafana/loki")
            with { User = (10001, 10001) },

        // Not read.
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

    /// <summary>Whether an image is of a repository, in whatever registry.</summary>
    public static bool IsOf(string reference, string repository) => IsAt(PathOf(reference), repository);

    /// <summary>What is known by a name of the table.</summary>
    public static KnownImage Named(string name) => s_all.First(known => known.Name == name);

    /// <summary>Whether an image is a database, or is called after one: what others make of it keeps its data alike.</summary>
    public static bool IsDatabase(string reference) =>
        (
            Find(reference) is { Kind: not ImageKind.Tool } known
                ? [known]
                : s_all.Where(known => reference.Contains(known.Name, StringComparison.OrdinalIgnoreCase))
        ).Any(known => known.Kind is ImageKind.Database or ImageKind.Broker);

    private static bool IsAt(string path, string repository) =>
        repository.EndsWith("/*", StringComparison.Ordinal)
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

    private static KnownImage Of(string name, ImageKind kind, string source, params string[] repositories) =>
        new(name, [.. repositories], kind, source) { Managed = ManagedServices.InPlaceOf(name) };

    /// <summary>A check that lets a first start take its time, which may be minutes on a small task.</summary>
    private static ContainerHealthCheck Every(int seconds, params string[] command) =>
        new(command)
        {
            Interval = TimeSpan.FromSeconds(seconds),
            Timeout = TimeSpan.FromSeconds(seconds - 1),
            Retries = 5,
            StartPeriod = TimeSpan.FromSeconds(120),
        };
}
