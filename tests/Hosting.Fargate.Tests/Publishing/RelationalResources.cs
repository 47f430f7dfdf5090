using System.Data.Common;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Tests.Publishing;

/// <summary>
/// Database servers with all expressions and annotations that Aspire's packages have in 13.6, by the names of their types: not every
/// package of them is there to be referred to.
/// </summary>
internal static class RelationalResources
{
    public sealed class PostgresServerResource(string name, ParameterResource? user, ParameterResource password)
        : ContainerResource(name),
            IResourceWithConnectionString
    {
        public EndpointReference PrimaryEndpoint => new(this, "tcp");

        private EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

        private EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

        private ReferenceExpression User => user is null ? ReferenceExpression.Create($"postgres") : ReferenceExpression.Create($"{user}");

        public ReferenceExpression ConnectionStringExpression =>
            ReferenceExpression.Create($"Host={Host};Port={Port};Username={User};Password={password}");

        public ReferenceExpression Uri(string? database = null)
        {
            var uri = new ReferenceExpressionBuilder();
            uri.AppendLiteral("postgresql://");
            if (user is null)
            {
                uri.Append($"{"postgres":uri}:{password:uri}@{Host}:{Port}");
            }
            else
            {
                uri.Append($"{user:uri}:{password:uri}@{Host}:{Port}");
            }

            return End(uri, database);
        }

        public ReferenceExpression Jdbc(string? database = null)
        {
            var uri = new ReferenceExpressionBuilder();
            uri.AppendLiteral("jdbc:postgresql://");
            uri.Append($"{Host}:{Port}");
            return End(uri, database);
        }

        private static ReferenceExpression End(ReferenceExpressionBuilder uri, string? database)
        {
            if (database is not null)
            {
                uri.AppendLiteral("/");
                uri.Append($"{database:uri}");
            }

            return uri.Build();
        }

        IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
            [
                new("Host", ReferenceExpression.Create($"{Host}")),
                new("Port", ReferenceExpression.Create($"{Port}")),
                new("Username", ReferenceExpression.Create($"{User}")),
                new("Password", ReferenceExpression.Create($"{password}")),
                new("Uri", Uri()),
                new("JdbcConnectionString", Jdbc()),
            ];
    }

    public sealed class PostgresDatabaseResource(string name, string databaseName, PostgresServerResource parent)
        : Resource(name),
            IResourceWithParent<PostgresServerResource>,
            IResourceWithConnectionString
    {
        public PostgresServerResource Parent { get; } = parent;

        public string DatabaseName { get; } = databaseName;

        public ReferenceExpression ConnectionStringExpression
        {
            get
            {
                var database = new DbConnectionStringBuilder { ["Database"] = DatabaseName }.ToString();
                return ReferenceExpression.Create($"{new ConnectionStringReference(Parent, optional: true)};{database}");
            }
        }

        IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
            Parent.CombineProperties([
                new("DatabaseName", ReferenceExpression.Create($"{DatabaseName}")),
                new("Uri", Parent.Uri(DatabaseName)),
                new("JdbcConnectionString", Parent.Jdbc(DatabaseName)),
            ]);
    }

    public sealed class MySqlServerResource(string name, ParameterResource password)
        : ContainerResource(name),
            IResourceWithConnectionString
    {
        public EndpointReference PrimaryEndpoint => new(this, "tcp");

        private EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

        private EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

        public ReferenceExpression ConnectionStringExpression =>
            ReferenceExpression.Create($"Server={Host};Port={Port};User ID={"root"};Password={password}");

        IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
            [
                new("Host", ReferenceExpression.Create($"{Host}")),
                new("Port", ReferenceExpression.Create($"{Port}")),
                new("Username", ReferenceExpression.Create($"{"root"}")),
                new("Password", ReferenceExpression.Create($"{password}")),
                new("Uri", ReferenceExpression.Create($"mysql://{"root":uri}:{password:uri}@{Host}:{Port}")),
                new("JdbcConnectionString", ReferenceExpression.Create($"jdbc:mysql://{Host}:{Port}")),
            ];
    }

    public sealed class MySqlDatabaseResource(string name, string databaseName, MySqlServerResource parent)
        : Resource(name),
            IResourceWithParent<MySqlServerResource>,
            IResourceWithConnectionString
    {
        public MySqlServerResource Parent { get; } = parent;

        public string DatabaseName { get; } = databaseName;

        public ReferenceExpression ConnectionStringExpression =>
            ReferenceExpression.Create($"{new ConnectionStringReference(Parent, optional: true)};{$"Database={DatabaseName}"}");
    }

    public sealed class SqlServerServerResource(string name, ParameterResource password)
        : ContainerResource(name),
            IResourceWithConnectionString
    {
        public EndpointReference PrimaryEndpoint => new(this, "tcp");

        private EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

        private EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

        public ReferenceExpression ConnectionStringExpression
        {
            get
            {
                var text = new ReferenceExpressionBuilder();
                text.Append($"Server={PrimaryEndpoint.Property(EndpointProperty.IPV4Host)},{Port};User ID={"sa"};Password={password}");
                text.Append($"{Tls(";Encrypt=true", ";TrustServerCertificate=true")}");
                return text.Build();
            }
        }

        private ReferenceExpression Jdbc
        {
            get
            {
                var text = new ReferenceExpressionBuilder();
                text.Append($"jdbc:sqlserver://{Host}:{Port}");
                text.Append($"{Tls(";encrypt=true", ";trustServerCertificate=true")}");
                return text.Build();
            }
        }

        IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
            [
                new("Host", ReferenceExpression.Create($"{Host}")),
                new("Port", ReferenceExpression.Create($"{Port}")),
                new("Username", ReferenceExpression.Create($"{"sa"}")),
                new("Password", ReferenceExpression.Create($"{password}")),
                new("Uri", ReferenceExpression.Create($"mssql://{"sa":uri}:{password:uri}@{Host}:{Port}")),
                new("JdbcConnectionString", Jdbc),
            ];

        private ReferenceExpression Tls(string on, string off) =>
            ReferenceExpression.CreateConditional(
                PrimaryEndpoint.Property(EndpointProperty.TlsEnabled),
                bool.TrueString,
                ReferenceExpression.Create($"{on}"),
                ReferenceExpression.Create($"{off}")
            );
    }

    public sealed class SqlServerDatabaseResource(string name, SqlServerServerResource parent)
        : Resource(name),
            IResourceWithParent<SqlServerServerResource>,
            IResourceWithConnectionString
    {
        public SqlServerServerResource Parent { get; } = parent;

        public string DatabaseName => Name;

        public ReferenceExpression ConnectionStringExpression =>
            ReferenceExpression.Create($"{new ConnectionStringReference(Parent, optional: true)};{$"Initial Catalog={DatabaseName}"}");
    }

    public sealed class RabbitMQServerResource(string name, ParameterResource? user, ParameterResource password)
        : ContainerResource(name),
            IResourceWithConnectionString
    {
        private ReferenceExpression User => user is null ? ReferenceExpression.Create($"{"guest"}") : ReferenceExpression.Create($"{user}");

        public EndpointReference PrimaryEndpoint => new(this, "tcp");

        public EndpointReference ManagementEndpoint => new(this, "management");

        public ReferenceExpression ConnectionStringExpression =>
            user is null
                ? ReferenceExpression.Create(
                    $"amqp://{"guest":uri}:{password:uri}@{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)}"
                )
                : ReferenceExpression.Create($"amqp://{user:uri}:{password:uri}@{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)}");

        IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
            [
                new("Host", ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.Host)}")),
                new("Port", ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.Port)}")),
                new("Username", user is null ? ReferenceExpression.Create($"{"guest"}") : ReferenceExpression.Create($"{user}")),
                new("Password", ReferenceExpression.Create($"{password}")),
                new("Uri", ConnectionStringExpression),
            ];
    }

    public sealed class RabbitMQVirtualHostResource(string name, RabbitMQServerResource parent)
        : Resource(name),
            IResourceWithParent<RabbitMQServerResource>,
            IResourceWithConnectionString
    {
        public RabbitMQServerResource Parent { get; } = parent;

        public string VirtualHostName => Name;

        public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{Parent}/{Name}");
    }

    public sealed record PostgresCreateDatabaseScriptAnnotation(string Script) : IResourceAnnotation;

    public static IResourceBuilder<PostgresServerResource> AddPostgresServer(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<ParameterResource>? user = null,
        string tag = "18.3"
    ) =>
        builder
            .AddResource(
                new PostgresServerResource(
                    name,
                    user?.Resource,
                    ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password")
                )
            )
            .WithEndpoint(targetPort: 5432, name: "tcp")
            .WithImage("library/postgres", tag)
            .WithImageRegistry("docker.io");

    public static IResourceBuilder<MySqlServerResource> AddMySqlServer(
        this IDistributedApplicationBuilder builder,
        string name,
        string tag = "8.4"
    ) =>
        builder
            .AddResource(
                new MySqlServerResource(
                    name,
                    ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password")
                )
            )
            .WithEndpoint(targetPort: 3306, name: "tcp")
            .WithImage("library/mysql", tag)
            .WithImageRegistry("docker.io");

    public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQServer(
        this IDistributedApplicationBuilder builder,
        string name,
        string tag = "4.2",
        IResourceBuilder<ParameterResource>? user = null
    ) =>
        builder
            .AddResource(
                new RabbitMQServerResource(
                    name,
                    user?.Resource,
                    ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false)
                )
            )
            .WithEndpoint(targetPort: 5672, name: "tcp")
            .WithEnvironment("RABBITMQ_DEFAULT_USER", "guest")
            .WithImage("library/rabbitmq", tag)
            .WithImageRegistry("docker.io");

    public static IResourceBuilder<MySqlDatabaseResource> AddDatabase(
        this IResourceBuilder<MySqlServerResource> builder,
        string name,
        string? databaseName = null
    ) => builder.ApplicationBuilder.AddResource(new MySqlDatabaseResource(name, databaseName ?? name, builder.Resource));

    public static IResourceBuilder<SqlServerServerResource> AddSqlServerServer(
        this IDistributedApplicationBuilder builder,
        string name,
        string tag = "2022-latest"
    ) =>
        builder
            .AddResource(
                new SqlServerServerResource(
                    name,
                    ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password")
                )
            )
            .WithEndpoint(targetPort: 1433, name: "tcp")
            .WithImage("mssql/server", tag)
            .WithImageRegistry("mcr.microsoft.com");

    public static IResourceBuilder<SqlServerDatabaseResource> AddDatabase(
        this IResourceBuilder<SqlServerServerResource> builder,
        string name
    ) => builder.ApplicationBuilder.AddResource(new SqlServerDatabaseResource(name, builder.Resource));

    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder,
        string name,
        string? databaseName = null,
        string? script = null
    )
    {
        var database = builder.ApplicationBuilder.AddResource(new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource));
        return script is null ? database : database.WithAnnotation(new PostgresCreateDatabaseScriptAnnotation(script));
    }
}
