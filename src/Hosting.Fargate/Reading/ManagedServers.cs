using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>What of a model's containers AWS runs itself: caches and databases.</summary>
internal sealed class ManagedServers(CacheReader caches, DatabaseServerReader databases)
{
    public CacheReader Caches => caches;

    public DatabaseServerReader Databases => databases;

    public IEnumerable<Notice> Notices => caches.Notices.Concat(databases.Notices);

    /// <summary>The users and passwords that they have.</summary>
    public IEnumerable<Value> Values =>
        caches
            .Caches.Select(cache => cache.Password)
            .OfType<SecretSpec>()
            .Select(secret => (Value)new SecretValue(secret))
            .Concat(databases.Servers.SelectMany(server => new[] { server.UserName, new SecretValue(server.Password) }));

    /// <summary>Takes a container that AWS runs itself.</summary>
    /// <returns>False for any other.</returns>
    public bool Take(ContainerResource resource)
    {
        if (CacheReader.IsCache(resource))
        {
            caches.Add(resource);
            return true;
        }

        if (DatabaseServerReader.IsServer(resource))
        {
            databases.Add(resource);
            return true;
        }

        return false;
    }

    /// <summary>A property of an endpoint, for who refers to it; null where AWS does not run what it is of.</summary>
    public Value? Read(EndpointReference reference, EndpointProperty property, ValueUse use) =>
        caches.Has(reference.Resource) ? caches.Read(reference, property, use)
        : databases.Has(reference.Resource) ? databases.Read(reference, property, use)
        : null;

    /// <summary>A resource's connection string: with TLS where AWS runs it.</summary>
    public Value? WithTls(IResource resource, Value? text) => databases.WithTls(resource, caches.WithTls(resource, text));

    /// <summary>What an expression comes to: with TLS where it is an address of what AWS runs.</summary>
    public Value AsPublished(Value value, ValueUse use) => databases.AsPublished(CacheReader.WithTlsScheme(value), use);
}
