using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>What of a model's containers AWS runs itself: caches, databases and brokers.</summary>
internal sealed class ManagedServers(CacheReader caches, DatabaseServerReader databases, BrokerReader brokers, Refusals refusals)
{
    /// <summary>What in a value asks for TLS.</summary>
    private static readonly string[] s_tls = ["ssl", "tls", "encrypt", "rediss://", "valkeys://", "amqps://", "https://"];

    private readonly Dictionary<IResource, ServerSettings> _settings = new(ResourceNames.Comparer);
    private readonly List<ContainerResource> _taken = [];
    private readonly List<Notice> _notices = [];

    public CacheReader Caches => caches;

    public DatabaseServerReader Databases => databases;

    public BrokerReader Brokers => brokers;

    /// <summary>The containers of the model that AWS runs.</summary>
    public IReadOnlyList<ContainerResource> Taken => _taken;

    public IEnumerable<Notice> Notices => _notices.Distinct().Concat(caches.Notices).Concat(databases.Notices).Concat(brokers.Notices);

    /// <summary>The users and passwords that they have.</summary>
    public IEnumerable<Value> Values =>
        caches
            .Caches.Concat(caches.Existing)
            .Select(cache => cache.Password)
            .OfType<SecretSpec>()
            .Select(secret => (Value)new SecretValue(secret))
            .Concat(
                databases
                    .Servers.Concat(databases.Existing)
                    .SelectMany(server =>
                        server
                            .Databases.Select(database => database.User?.Password)
                            .OfType<SecretSpec>()
                            .Append(server.Password)
                            .Select(secret => (Value)new SecretValue(secret))
                            .Append(server.UserName)
                    )
            )
            .Concat(
                brokers.Brokers.Concat(brokers.Existing).SelectMany(broker => new[] { broker.UserName, new SecretValue(broker.Password) })
            );

    /// <summary>Those that exist.</summary>
    public IEnumerable<ExistingManaged> Existing =>
        databases
            .Existing.Select(server => new ExistingManaged(server.Name, server.Password, server.Existing!))
            .Concat(caches.Existing.Select(cache => new ExistingManaged(cache.Name, cache.Password, cache.Existing!)))
            .Concat(brokers.Existing.Select(broker => new ExistingManaged(broker.Name, broker.Password, broker.Existing!)));

    /// <summary>Asks the model what it says to the programs of servers, which decides on who runs them.</summary>
    public async Task LoadAsync(
        IEnumerable<IResource> resources,
        DistributedApplicationExecutionContext executionContext,
        CancellationToken cancellationToken
    )
    {
        foreach (var resource in resources.OfType<ContainerResource>().Where(resource => !resource.IsExcludedFromPublish()))
        {
            if (IsChosen(resource) || (ManagedDefaults.KindOf(resource) is not null && !ManagedDefaults.IsContainer(resource)))
            {
                _settings.Add(resource, await ServerSettings.ReadAsync(resource, executionContext, cancellationToken));
            }
        }
    }

    /// <summary>Takes a container that AWS runs itself.</summary>
    /// <returns>False for any other.</returns>
    public bool Take(ContainerResource resource)
    {
        if (!_settings.TryGetValue(resource, out var settings))
        {
            return false;
        }

        if (!IsChosen(resource))
        {
            return TakeUnlessContainer(resource, settings);
        }

        string[] said = [.. Said(resource)];
        if (said.Length > 1)
        {
            refusals.Add(
                resource.Name,
                $"'{resource.Name}' is said to be more than one thing: {string.Join(" and ", said)}. Keep one of them."
            );
        }

        if (resource.Annotations.OfType<ExistingServerAnnotation>().LastOrDefault() is { Server: var existing })
        {
            return Use(resource, existing, settings);
        }

        if (CacheReader.IsCache(resource))
        {
            caches.Add(resource, settings);
        }
        else if (BrokerReader.IsBroker(resource))
        {
            brokers.Add(resource, settings);
        }
        else
        {
            databases.Add(resource, settings);
        }

        _taken.Add(resource);
        return true;
    }

    /// <summary>Refuses a replica of what has none.</summary>
    public void Check(ReadReplicaResource replica)
    {
        foreach (var problem in ReplicaReader.ProblemsOf(replica, this))
        {
            refusals.Add(replica.Name, problem);
        }
    }

    /// <summary>A property of an endpoint, for who refers to it; null where AWS does not run what it is of.</summary>
    public Value? Read(EndpointReference reference, EndpointProperty property, ValueUse use) =>
        caches.Has(reference.Resource) ? caches.Read(reference, property, use)
        : databases.Has(reference.Resource) ? databases.Read(reference, property, use)
        : brokers.Has(reference.Resource) ? brokers.Read(reference, property, use)
        : null;

    /// <summary>A resource's connection string: with TLS where AWS runs it, and it is not another's.</summary>
    public Value? WithTls(IResource resource, Value? text) =>
        resource.HasAnnotationOfType<ConnectionStringRedirectAnnotation>()
            ? text
            : databases.WithTls(resource, caches.WithTls(resource, text));

    /// <summary>What an expression comes to: with TLS where it is an address of what AWS runs.</summary>
    public Value AsPublished(Value value, ValueUse use) => brokers.AsPublished(databases.AsPublished(caches.AsPublished(value), use), use);

    /// <summary>
    /// Says of a program that is told an address alone, in text or by a variable of the model's own, that it has to ask for TLS: connection
    /// strings and addresses with a scheme say that of themselves, and beside what <c>WithReference</c> gives is one. Clients of databases
    /// in .NET take TLS where a server has it.
    /// </summary>
    public void NoticeAddress(Value value, ValueUse use)
    {
        if (
            value
                .Parts.OfType<Text>()
                .Any(text => Array.Exists(s_tls, word => text.Content.Contains(word, StringComparison.OrdinalIgnoreCase)))
        )
        {
            return;
        }

        foreach (var address in value.Parts.OfType<ServerAddress>())
        {
            if (!caches.IsOverTls(address) && !brokers.IsOverTls(address) && (use.Resource.IsDotnet || !databases.IsOverTls(address)))
            {
                continue;
            }

            var server = databases.NameOf(address) ?? caches.NameOf(address) ?? brokers.NameOf(address);
            _notices.Add(
                new Notice(
                    use.Resource.Name,
                    $"names '{server}' in {use.Variable ?? "an argument"}, which AWS runs, over TLS alone: the program has to ask for "
                        + $"TLS. Where it cannot: {server}.PublishAsContainer().",
                    IsWarning: true
                )
            );
        }
    }

    private static bool IsChosen(ContainerResource resource) =>
        CacheReader.IsCache(resource)
        || DatabaseServerReader.IsServer(resource)
        || BrokerReader.IsBroker(resource)
        || resource.HasAnnotationOfType<ExistingServerAnnotation>();

    /// <summary>What the model says that it is, by the methods.</summary>
    private static IEnumerable<string> Said(ContainerResource resource)
    {
        if (ManagedDefaults.SaysContainer(resource))
        {
            yield return "PublishAsContainer";
        }

        if (resource.HasAnnotationOfType<ElastiCacheAnnotation>())
        {
            yield return "PublishAsElastiCache";
        }

        if (resource.HasAnnotationOfType<ElastiCacheNodesAnnotation>())
        {
            yield return "PublishAsElastiCacheNodes";
        }

        if (resource.HasAnnotationOfType<RdsAnnotation>())
        {
            yield return "PublishAsRds";
        }

        if (resource.HasAnnotationOfType<AuroraAnnotation>())
        {
            yield return "PublishAsAurora";
        }

        if (BrokerReader.IsBroker(resource))
        {
            yield return "PublishAsAmazonMq";
        }

        if (resource.HasAnnotationOfType<ExistingServerAnnotation>())
        {
            yield return "UseExisting";
        }
    }

    private bool Use(ContainerResource resource, ExistingServer existing, ServerSettings settings)
    {
        switch (ManagedDefaults.KindOf(resource))
        {
            case ManagedKind.Database:
                databases.Use(resource, existing, settings);
                break;
            case ManagedKind.Cache:
                caches.Use(resource, existing);
                break;
            case ManagedKind.Broker:
                brokers.Use(resource, existing);
                break;
            default:
                refusals.Add(
                    resource.Name,
                    $"'{resource.Name}' is of type {resource.GetType().Name}, and UseExisting is for AddPostgres, AddMySql, AddSqlServer, AddRedis, "
                        + "AddValkey, AddGarnet and AddRabbitMQ. Refer to any other by AddConnectionString."
                );
                break;
        }

        _taken.Add(resource);
        return true;
    }

    private bool TakeUnlessContainer(ContainerResource resource, ServerSettings settings)
    {
        var kind = ManagedDefaults.KindOf(resource);
        var why = ManagedDefaults.WhyContainer(resource, settings)
            ?? kind switch
            {
                ManagedKind.Cache => caches.TryAdd(resource, settings),
                ManagedKind.Broker => brokers.TryAdd(resource, settings),
                _ => databases.TryAdd(resource, settings),
            };
        if (why is null)
        {
            _taken.Add(resource);
            return true;
        }

        var (service, method) = kind switch
        {
            ManagedKind.Cache => ("a cache of ElastiCache", "PublishAsElastiCache"),
            ManagedKind.Broker => ("a broker of Amazon MQ", "PublishAsAmazonMq"),
            _ => ("a database of Amazon RDS", "PublishAsRds"),
        };
        _notices.Add(
            new Notice(
                resource.Name,
                $"is a container on AWS too, and not {service}: {why} Where {service} is right all the same: {method}(). Where the "
                    + "container is meant: PublishAsContainer().",
                IsWarning: true
            )
        );
        return false;
    }
}
