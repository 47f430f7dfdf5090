using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>What works as it is published, and surprises whoever runs it.</summary>
internal static class OperationNotices
{
    /// <summary>
    /// After which time Kestrel closes a connection that nobody uses:
    /// https://learn.microsoft.com/dotnet/api/microsoft.aspnetcore.server.kestrel.core.kestrelserverlimits.keepalivetimeout.
    /// </summary>
    private const int KestrelSeconds = 130;

    public static IEnumerable<Notice> Of(FargateApplication application)
    {
        foreach (var workload in application.Workloads)
        {
            if (
                workload.Main.Image is { Origin: { } image }
                && (KnownImages.IsDatabase(image) || KnownImages.Find(image)?.UnsupportedOnNfs is not null)
                && workload.Main.Mounts.FirstOrDefault(mount =>
                    !mount.IsReadOnly && workload.Volumes.Any(volume => volume.Name == mount.Volume && volume.FileSystem is not null)
                )
                    is { } data
            )
            {
                // EFS is NFS: each commit waits for the network. Sources: https://docs.aws.amazon.com/efs/latest/ug/performance.html,
                // https://www.postgresql.org/docs/current/creating-cluster.html#CREATING-CLUSTER-NFS.
                yield return Notice.Warning(
                    workload.Name,
                    $"keeps the data of '{image}' in the volume '{data.Volume}'",
                    ", which is on Amazon EFS: a network file system, "
                        + (
                            KnownImages.Find(image)?.UnsupportedOnNfs is { } page
                                ? $"which its makers do not support ({page}). It may not start, and its data may be damaged. "
                                : "slow at what a database does all the time and no place for its locks. "
                        )
                        + $"For data that matters use {KnownImages.Find(image)?.ManagedService ?? "a managed service"}."
                );
            }
        }

        foreach (
            var argument in from workload in application.Workloads
            from secret in workload.SecretsInArguments
            select new { Workload = workload.Name, Secret = secret.Name }
        )
        {
            yield return new Notice(
                argument.Workload,
                $"takes the secret '{argument.Secret}' as an argument (AllowSecretArguments): who may describe its task definition reads it.",
                IsWarning: true
            );
        }

        if (!application.HasLoadBalancer && FrontOf(application.Services) is { } front)
        {
            yield return new Notice(
                null,
                "Nothing is reached from outside, and there is no load balancer: no endpoint is external. Where people are to call "
                    + $"'{front.Name}' or another, add WithExternalHttpEndpoints() to it.",
                IsWarning: true
            );
        }

        if (application.HasLoadBalancer && application.IdleSeconds >= KestrelSeconds)
        {
            foreach (
                var service in application.Services.Where(service =>
                    service is { Routes.Length: > 0, Main.Image: BuiltImage { Dockerfile: null } }
                )
            )
            {
                yield return new Notice(
                    service.Name,
                    $"is a project, and the load balancer keeps connections to it for {application.IdleSeconds} s: Kestrel closes them "
                        + $"after {KestrelSeconds} s unless told, and a request that comes at that moment is "
                        + $"answered 502. Set KestrelServerLimits.KeepAliveTimeout above {application.IdleSeconds} s.",
                    IsWarning: true
                );
            }
        }

        foreach (var server in application.Databases.Where(server => !server.Options.DeletionProtection))
        {
            yield return new Notice(
                server.Name,
                "goes with the application's stack, whoever deletes that (DeletionProtection = false); a final snapshot of it stays."
            );
        }

        if (application is { HasLoadBalancer: true, Ingress.DeletionProtection: true })
        {
            yield return new Notice(
                null,
                "The load balancer refuses to be deleted (WithDeletionProtection): before destroy, deploy once " + "without it."
            );
        }
    }

    /// <summary>
    /// What people most likely call: from where most of the others are reached, such as a gateway or a page, and of those what nobody
    /// calls.
    /// </summary>
    private static ServiceSpec? FrontOf(IReadOnlyCollection<ServiceSpec> services)
    {
        var calls = services
            .SelectMany(service => service.Connections.Select(connection => new { service.Name, connection.Server }))
            .ToLookup(call => call.Name, call => call.Server, StringComparer.Ordinal);
        var called = calls.SelectMany(servers => servers).ToHashSet(StringComparer.Ordinal);
        return services.Any(service => IsOwn(service.Main.Image) && SpeaksHttp(service))
            ? services
                .Where(service => SpeaksHttp(service) && (service.Main.Image.Origin is not { } image || LaptopImages.Find(image) is null))
                .OrderByDescending(service => Reached(service.Name, calls))
                .ThenBy(service => called.Contains(service.Name))
                .ThenBy(service => service.Main.Image.Origin is not null)
                .FirstOrDefault()
            : null;
    }

    /// <summary>Whether it is the application's, and none of the servers that applications use.</summary>
    private static bool IsOwn(Image image) =>
        image is BuiltImage || (image.Origin is { } origin && KnownImages.Find(origin) is null && LaptopImages.Find(origin) is null);

    /// <summary>How many others are called from somewhere, by those that it calls too.</summary>
    private static int Reached(string service, ILookup<string, string> calls)
    {
        HashSet<string> reached = new([service], StringComparer.Ordinal);
        Queue<string> next = new([service]);
        while (next.TryDequeue(out var name))
        {
            foreach (var server in calls[name].Where(reached.Add))
            {
                next.Enqueue(server);
            }
        }

        return reached.Count;
    }

    private static bool SpeaksHttp(ServiceSpec service) => service.Main.Ports.Any(port => port.Protocol != PortProtocol.Tcp);
}
