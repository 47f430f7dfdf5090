using Aws.CloudFormation;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Deploying.Tasks;

/// <summary>
/// A database, a replica of one, a cache or a broker that does not stand yet. It takes minutes to make, and a change of the stack in which
/// a service fails takes back all that came with it: so it comes before services, and stays whatever becomes of them.
/// </summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="ResourceId">Its logical id.</param>
internal sealed record NewServer(string Name, string ResourceId)
{
    /// <param name="application">The application.</param>
    /// <param name="live">The template that is deployed; null where there is none.</param>
    public static IReadOnlyList<NewServer> Of(FargateApplication application, TemplateMap? live) =>
        [
            .. application
                .Databases.Select(server => new NewServer(server.Name, server.ResourceId))
                .Concat(
                    application
                        .Databases.Where(server => server.Rds is not null)
                        .SelectMany(server => server.Replicas)
                        .Select(replica => new NewServer(replica.Name, replica.ResourceId))
                )
                .Concat(application.Caches.Select(cache => new NewServer(cache.Name, cache.ResourceId)))
                .Concat(application.Brokers.Select(broker => new NewServer(broker.Name, broker.ResourceId)))
                .Where(server => !server.IsIn(live)),
        ];

    /// <summary>Whether a template makes it.</summary>
    public bool IsIn(TemplateMap? template) => template?.At("Resources", ResourceId) is not null;
}
