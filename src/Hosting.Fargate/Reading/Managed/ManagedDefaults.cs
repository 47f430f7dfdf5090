using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Hosting.Fargate.Reading;

/// <summary>
/// What of an unchanged model AWS runs itself: the servers that packages of Aspire add, of an image that AWS has the same of, and with
/// nothing in them that it could not do. Any other stays a container, and is told why.
/// </summary>
internal static class ManagedDefaults
{
    /// <summary>Where images of databases look for what they run as they start for the first time.</summary>
    private static readonly string[] s_firstStart = ["/docker-entrypoint-initdb.d", "/docker-entrypoint-startdb.d"];

    /// <summary>Variables by which an image makes users beside the first: RDS makes none.</summary>
    private static readonly string[] s_users = ["MYSQL_USER", "MYSQL_PASSWORD"];

    /// <summary>What a resource is, by its type; null for all that AWS runs in no other way than as a container.</summary>
    public static ManagedKind? KindOf(ContainerResource resource) =>
        resource is IResourceWithConnectionString
            ? KnownServers.Find(resource)?.Name switch
            {
                "postgres" or "mysql" or "mssql" => ManagedKind.Database,
                "redis" or "valkey" or "garnet" => ManagedKind.Cache,
                "rabbitmq" => ManagedKind.Broker,
                _ => null,
            }
            : null;

    /// <summary>Whether the model itself says that it is a container: as such, or how it is a service or task.</summary>
    public static bool IsContainer(ContainerResource resource) =>
        SaysContainer(resource)
        || resource.HasAnnotationOfType<FargateServiceAnnotation>()
        || resource.HasAnnotationOfType<FargateTaskAnnotation>();

    /// <summary>Whether the model has Aspire's own PublishAsContainer, which leaves behind how a manifest is written.</summary>
    public static bool SaysContainer(IResource resource) => ManifestIsOf(resource, typeof(ContainerResourceBuilderExtensions));

    /// <summary>Whether it has Aspire's PublishAsConnectionString, which leaves behind no more.</summary>
    public static bool SaysConnectionString(IResource resource) =>
        ManifestIsOf(resource, typeof(ParameterResourceBuilderExtensions)) && resource is ContainerResource;

    private static bool ManifestIsOf(IResource resource, Type writer) =>
        resource.Annotations.OfType<ManifestPublishingCallbackAnnotation>().LastOrDefault()?.Callback?.Method.DeclaringType is { } type
        && (type.DeclaringType ?? type) == writer;

    /// <summary>Why it has to be a container, in a sentence; null where nothing speaks against what AWS runs.</summary>
    public static string? WhyContainer(ContainerResource resource, ServerSettings settings)
    {
        var known = KnownServers.Find(resource)!;
        if (resource.HasAnnotationOfType<DockerfileBuildAnnotation>())
        {
            return "its image is built from a Dockerfile, and may have in it what AWS has not.";
        }

        if (resource.TryGetContainerImageName(out var image) && !ManagedImages.StandsFor(known.Name, image))
        {
            return $"its image '{image}' is another than the makers' own, and may have in it what AWS has not.";
        }

        if (RunsAtFirst(resource))
        {
            return "what is to run as it starts for the first time (WithInitFiles, WithBindMount) only the image's own scripts run. On AWS "
                + "it is done by a task: migrations, or WithCreationScript of a database.";
        }

        if (settings.Variables.Keys.FirstOrDefault(name => s_users.Contains(name)) is { } user)
        {
            return $"the image makes a user of its own ({user}), which AWS does not.";
        }

        if (settings.Variables.Keys.FirstOrDefault(ServerSettings.IsLogin) is { } login)
        {
            return $"it has its password as text ({login}), and AWS that of the parameter that it is added with alone.";
        }

        if (settings.Variables.TryGetValue("RABBITMQ_DEFAULT_VHOST", out var host) && host != "/")
        {
            return "the image makes a virtual host of its own (RABBITMQ_DEFAULT_VHOST), which AWS does not.";
        }

        if (
            known.Name == "rabbitmq"
            && resource
                .Annotations.OfType<ContainerMountAnnotation>()
                .Any(mount => mount.Type == ContainerMountType.BindMount && !mount.Target.StartsWith("/var/lib/", StringComparison.Ordinal))
        )
        {
            return "it has settings or definitions in files (WithBindMount), which AWS does not read.";
        }

        if (settings.Arguments.Contains("--loadmodule"))
        {
            return "it loads modules, which AWS does not.";
        }

        return OtherEndpoint(resource, known) is { } endpoint
            ? $"it has the endpoint '{endpoint}' beside its own, of which AWS has nothing."
            : null;
    }

    private static bool RunsAtFirst(ContainerResource resource) =>
        resource
            .Annotations.OfType<ContainerMountAnnotation>()
            .Select(mount => mount.Target)
            .Concat(resource.Annotations.OfType<ContainerFileSystemCallbackAnnotation>().Select(files => files.DestinationPath))
            .Any(path => Array.Exists(s_firstStart, folder => path.StartsWith(folder, StringComparison.Ordinal)));

    private static string? OtherEndpoint(ContainerResource resource, KnownImage known) =>
        resource
            .Annotations.OfType<EndpointAnnotation>()
            .FirstOrDefault(endpoint => endpoint.TargetPort is { } port && !PortsOf(known).Contains(port))
            ?.Name;

    private static int[] PortsOf(KnownImage known) =>
        known.Name == "rabbitmq"
            ? [known.Port, BrokerNotices.ManagementPort]
            : [Application.DatabaseEngine.All.FirstOrDefault(engine => engine.KnownAs == known.Name)?.Port ?? Application.Cache.Port];
}

/// <summary>What AWS runs in the place of a container.</summary>
internal enum ManagedKind
{
    /// <summary>By RDS.</summary>
    Database,

    /// <summary>By ElastiCache.</summary>
    Cache,

    /// <summary>By Amazon MQ.</summary>
    Broker,
}
