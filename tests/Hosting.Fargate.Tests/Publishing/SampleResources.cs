using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.ApplicationModel.Docker;

namespace Hosting.Fargate.Tests.Publishing;

/// <summary>A cache as Aspire's integration has it: a container with a connection string and a password of its own.</summary>
internal sealed class RedisResource(string name, ParameterResource password) : ContainerResource(name), IResourceWithConnectionString
{
    public ParameterResource Password { get; } = password;

    public EndpointReference PrimaryEndpoint => new(this, "tcp");

    public ReferenceExpression ConnectionStringExpression =>
        Annotations.OfType<ConnectionStringRedirectAnnotation>().LastOrDefault()?.Resource.ConnectionStringExpression
        ?? ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)},password={Password}");
}

/// <summary>A database server as Aspire's integration has it.</summary>
internal sealed class PostgresServerResource(string name, ParameterResource password)
    : ContainerResource(name),
        IResourceWithConnectionString
{
    public ParameterResource Password { get; } = password;

    public EndpointReference PrimaryEndpoint => new(this, "tcp");

    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create(
            $"Host={PrimaryEndpoint.Property(EndpointProperty.Host)};Port={PrimaryEndpoint.Property(EndpointProperty.Port)};Username=postgres;Password={Password}"
        );

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
        [
            new("Host", ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.Host)}")),
            new("Port", ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.Port)}")),
            new("Password", ReferenceExpression.Create($"{Password}")),
            new(
                "Uri",
                ReferenceExpression.Create($"postgresql://postgres:{Password:uri}@{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)}")
            ),
        ];
}

/// <summary>A database in it: no container of its own.</summary>
internal sealed class PostgresDatabaseResource(string name, PostgresServerResource parent)
    : Resource(name),
        IResourceWithParent<PostgresServerResource>,
        IResourceWithConnectionString
{
    public PostgresServerResource Parent { get; } = parent;

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{Parent};Database={Name}");
}

/// <summary>Something that a model may have and that this library knows nothing of.</summary>
internal sealed class UnknownResource(string name) : Resource(name);

/// <summary>
/// A front end as Aspire's integration for JavaScript has it: an executable here, files in an image where it is published.
/// </summary>
internal sealed class FrontendResource(string name, string folder) : ExecutableResource(name, "npm", folder), IResourceWithContainerFiles;

/// <summary>A server as Aspire's integrations for other languages have it.</summary>
internal sealed class ServerResource(string name, string folder)
    : ExecutableResource(name, "server", folder),
        IContainerFilesDestinationResource;

internal static class SampleResources
{
    /// <summary>A front end without a Dockerfile of its own, whose image has files and runs nothing.</summary>
    public static IResourceBuilder<FrontendResource> AddFrontend(this IDistributedApplicationBuilder builder, string name, string folder)
    {
#pragma warning disable ASPIREDOCKERFILEBUILDER001 // As the integration generates Dockerfiles.
        var frontend = builder
            .AddResource(new FrontendResource(name, Path.GetFullPath(folder, builder.AppHostDirectory)))
            .WithHttpEndpoint(env: "PORT");
        return frontend
            .PublishAsDockerFile(container =>
            {
                container.WithDockerfileBuilder(folder, context => context.Builder.From("scratch").WorkDir("/app").Copy(".", "./dist"));
                container.Resource.Annotations.OfType<DockerfileBuildAnnotation>().Last().HasEntrypoint = false;
            })
            .WithAnnotation(new ContainerFilesSourceAnnotation { SourcePath = "/app/dist" });
#pragma warning restore ASPIREDOCKERFILEBUILDER001
    }

    /// <summary>A server in another language, whose generated Dockerfile takes files of other images as Aspire's integrations do.</summary>
    public static IResourceBuilder<ServerResource> AddServer(this IDistributedApplicationBuilder builder, string name, string folder)
    {
#pragma warning disable ASPIREDOCKERFILEBUILDER001
        return builder
            .AddResource(new ServerResource(name, Path.GetFullPath(folder, builder.AppHostDirectory)))
            .WithHttpEndpoint(targetPort: 3000, env: "PORT")
            .PublishAsDockerFile(container =>
                container.WithDockerfileBuilder(folder, context =>
                    context
                        .Builder.AddContainerFilesStages(context.Resource, logger: null)
                        .From("scratch")
                        .WorkDir("/app")
                        .Copy(".", ".")
                        .AddContainerFiles(context.Resource, "/app", logger: null)
                        .Entrypoint(["/app/server"])
                )
            );
#pragma warning restore ASPIREDOCKERFILEBUILDER001
    }

    public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, string name) =>
        builder
            .AddResource(
                new RedisResource(name, ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password"))
            )
            .WithImage("library/redis", "8.2")
            .WithImageRegistry("docker.io")
            .WithEndpoint(targetPort: 6379, name: "tcp", scheme: "tcp");

    /// <summary>A database server in a container, which is no default: <see cref="RelationalResources"/> has those that RDS runs.</summary>
    public static IResourceBuilder<PostgresServerResource> AddPostgres(this IDistributedApplicationBuilder builder, string name)
    {
        var server = new PostgresServerResource(
            name,
            ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password")
        );
        return builder
            .AddResource(server)
            .WithImage("library/postgres", "17.6")
            .WithEndpoint(targetPort: 5432, name: "tcp", scheme: "tcp")
            .WithEnvironment("POSTGRES_PASSWORD", server.Password)
            .PublishAsContainer();
    }

    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder,
        string name
    ) => builder.ApplicationBuilder.AddResource(new PostgresDatabaseResource(name, builder.Resource));
}
