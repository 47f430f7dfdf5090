using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Database servers that RDS runs. The model's expressions stay as they are: the endpoint is the instance's, over
/// TLS, user and password are those of its first user.
/// </summary>
internal sealed class DatabaseServerReader(
    DistributedApplicationModel model,
    NetworkPlan network,
    ParameterReader parameters,
    Refusals refusals
)
{
    private const string NoPassword = "has no password that is a secret parameter (AddParameter(name, secret: true)).";

    private readonly Dictionary<IResource, DatabaseServer> _servers = new(ResourceNames.Comparer);
    private readonly List<DatabaseConnection> _connections = [];
    private readonly List<Notice> _notices = [];

    /// <summary>The servers that are made.</summary>
    public IEnumerable<DatabaseServer> Servers => _servers.Values.Where(server => server.Existing is null);

    /// <summary>Those that exist.</summary>
    public IEnumerable<DatabaseServer> Existing => _servers.Values.Where(server => server.Existing is not null);

    public IEnumerable<DatabaseConnection> Connections =>
        _connections.DistinctBy(connection => new
        {
            connection.Workload,
            Server = connection.Server.Name,
            Replica = connection.Replica?.Name,
        });

    public IEnumerable<Notice> Notices => _notices;

    public static bool IsServer(IResource resource) =>
        resource.HasAnnotationOfType<RdsAnnotation>() || resource.HasAnnotationOfType<AuroraAnnotation>();

    public bool Has(IResource resource) => _servers.ContainsKey(resource);

    /// <summary>What a server cannot have replicas for, told of the first of them.</summary>
    public IEnumerable<string> ProblemsOf(ReadReplicaResource replica) =>
        _servers[replica.Server] is { Replicas: [var first, ..] } server && first.Name == replica.Name
            ? DatabaseServerRules.ProblemsOfReplicas(server).Select(problem => $"'{server.Name}' {problem}")
            : [];

    /// <summary>Whether a server is made, and does not exist already.</summary>
    public bool IsMade(IResource resource) => _servers[resource].Existing is null;

    /// <summary>Takes a container that the model wants to be an instance of RDS, or a cluster of Aurora.</summary>
    public void Add(ContainerResource resource, ServerSettings settings)
    {
        var aurora = resource.Annotations.OfType<AuroraAnnotation>().LastOrDefault()?.Database;
        var (wanted, method) = aurora is null ? ("a database of RDS", "PublishAsRds") : ("a database of Aurora", "PublishAsAurora");
        var found = DatabaseEngines.Find(resource);
        if ((aurora is null || found is null ? found : AuroraEngines.Of(found)) is not { } engine)
        {
            var image = resource.TryGetContainerImageName(out var name) ? name : resource.GetType().Name;
            Refuse(
                resource,
                $"is to be {wanted} ({method}), which runs {(aurora is null ? DatabaseEngines.Known : DatabaseEngines.KnownToAurora)} here. '{image}' "
                    + $"is none of these; take {method} away."
            );
            return;
        }

        ManagedDatabase options = aurora is null ? resource.Annotations.OfType<RdsAnnotation>().Last().Database : aurora;
        if (ServerOf(resource, engine, options, settings) is not { } server)
        {
            Refuse(resource, $"is to be {wanted} ({method}) and {NoPassword} Give it one.");
            return;
        }

        foreach (var problem in DatabaseServerRules.Problems(resource, server, network).Concat(DatabaseUsers.Problems(server, model)))
        {
            Refuse(resource, problem);
        }

        Take(resource, server, settings);
    }

    /// <summary>Takes a container in the place of which there is a server that exists.</summary>
    public void Use(ContainerResource resource, ExistingServer existing, ServerSettings settings)
    {
        if (ServerOf(resource, DatabaseEngines.Find(resource)!, new RelationalDatabase(), settings) is not { } server)
        {
            Refuse(resource, $"exists (UseExisting) and {NoPassword} Give it one.");
            return;
        }

        var user = ExistingUser.Of(existing, server.UserName, server.ModelUser);
        foreach (var problem in ExistingServerRules.Problems(existing, server.Password, user.InModel, network))
        {
            Refuse(resource, problem);
        }

        _servers.Add(resource, server with { Existing = existing, UserName = user.Name, ModelUser = user.Replaced });
        if (server.Databases is { Length: > 0 } databases)
        {
            _notices.Add(
                new Notice(
                    resource.Name,
                    $"exists (UseExisting): what it has by AddDatabase has to be there, or be made by migrations: "
                        + $"{string.Join(", ", databases.Select(database => $"'{database.Name}'"))}."
                )
            );
        }
    }

    /// <summary>Takes a container of which the model says nothing, as an instance of RDS where it can be one.</summary>
    /// <returns>Why it cannot; null where it is taken.</returns>
    public string? TryAdd(ContainerResource resource, ServerSettings settings)
    {
        var server = ServerOf(resource, DatabaseEngines.Find(resource)!, new RelationalDatabase(), settings);
        var problem = server is null ? NoPassword : DatabaseServerRules.Problems(resource, server, network).FirstOrDefault();
        if (server is null || problem is not null)
        {
            return $"it {problem}";
        }

        Take(resource, server, settings);
        _notices.Add(DatabaseNotices.OfDefault(server));
        return null;
    }

    /// <summary>A property of the server's endpoint, for who refers to it.</summary>
    public Value Read(EndpointReference reference, EndpointProperty property, ValueUse use)
    {
        var server = _servers[reference.Resource];
        if (!use.Resource.IsInNetwork)
        {
            refusals.Add(
                use.Resource.Name,
                $"{use} refers to '{server.Name}', a database in the network of the application, and "
                    + $"'{use.Resource.Name}' is outside of it (Capacity.External). Give it another capacity, or let a service do the work."
            );
        }

        var replica = server.Replicas.FirstOrDefault(other => other.Name == use.Replica);
        _connections.Add(
            new DatabaseConnection(
                use.Resource.Name,
                server,
                $"{use.Resource.Name}: {use.Variable ?? "an argument"} names {replica?.Name ?? server.Name}"
            )
            {
                Replica = replica,
            }
        );
        return property switch
        {
            EndpointProperty.TlsEnabled => new Text(HasTls(server) ? bool.TrueString : bool.FalseString),
            EndpointProperty.TargetPort => EndpointAddress.Number(server.Port),
            _ => EndpointAddress.Of(property, reference.Scheme, server.AddressOf(replica), server.Port),
        };
    }

    /// <summary>What a container is told, with the users that databases have of their own.</summary>
    public IReadOnlyList<EnvironmentVariable> WithOwnUsers(IReadOnlyList<EnvironmentVariable> variables) =>
        [.. DatabaseUsers.InPlaceOfFirst(_servers.Values, variables)];

    /// <summary>A connection string or an address with the user that its database has of its own.</summary>
    public Value WithOwnUser(Value value) => DatabaseUsers.InPlaceOfFirst(_servers.Values, value);

    /// <summary>Notes who uses a server.</summary>
    public void Connect(string workload, DatabaseServer server, string reason) =>
        _connections.Add(new DatabaseConnection(workload, server, reason));

    public static ServerAddress AddressOf(DatabaseServer server) => server.AddressOf(replica: null);

    /// <summary>The name of the server that an address is of, or of a replica of it; null for any other.</summary>
    public string? NameOf(ServerAddress address) => Find(address)?.Name;

    /// <summary>Whether an address is of a server that is reached over TLS.</summary>
    public bool IsOverTls(ServerAddress address) => Find(address) is { } server && HasTls(server);

    /// <summary>A connection string of a server: with TLS, which those of the model do not say.</summary>
    public Value? WithTls(IResource resource, Value? text) =>
        text is not null && _servers.TryGetValue(ReplicaReader.SourceOf(resource), out var server) && HasTls(server)
            ? DatabaseTls.OfConnectionString(server.Engine, text)
            : text;

    /// <summary>What an expression comes to: an address of a server, <c>postgresql://…</c>, with TLS; its user as RDS has it.</summary>
    public Value AsPublished(Value value, ValueUse use) =>
        value.Parts.OfType<ServerAddress>().Select(Find).FirstOrDefault(server => server is not null) is { } server
            ? DatabaseTls.WithUser(server, HasTls(server) ? DatabaseTls.OfAddress(server.Engine, DatabaseTls.Demanded(value)) : value)
        : IsUser(value, use, out var user) ? user
        : value;

    /// <summary>
    /// Whether a variable has the name of a user alone, <c>DB_USERNAME</c> of <c>WithReference</c> or one of the model's, for who has the
    /// server's address besides: of whichever variable is read first.
    /// </summary>
    private bool IsUser(Value value, ValueUse use, [NotNullWhen(true)] out Value? user)
    {
        user =
            value is Text { Content: var name } && use.Variable?.Contains("USER", StringComparison.OrdinalIgnoreCase) == true
                ? _servers
                    .FirstOrDefault(pair => pair.Value.ModelUser == name && IsTold(use.Resource, pair.Key, pair.Value))
                    .Value?.UserName
                : null;
        return user is not null;
    }

    /// <summary>Whether the model has told a workload of a server, or refers it to the server or a database of it.</summary>
    private bool IsTold(PublishedResource workload, IResource resource, DatabaseServer server) =>
        _connections.Any(connection => connection.Workload == workload.Name && connection.Server.Name == server.Name)
        || workload.RefersTo(resource);

    private DatabaseServer? Find(ServerAddress address) =>
        _servers.Values.FirstOrDefault(server =>
            server.ResourceId == address.ResourceId || server.Replicas.Any(replica => replica.ResourceId == address.ResourceId)
        );

    private static bool HasTls(DatabaseServer server) => server.Existing?.Tls ?? true;

    private DatabaseServer? ServerOf(ContainerResource resource, DatabaseEngine engine, ManagedDatabase options, ServerSettings settings)
    {
        var properties = ((IResourceWithConnectionString)resource)
            .GetConnectionProperties()
            .DistinctBy(property => property.Key, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(property => property.Key, property => property.Value, StringComparer.OrdinalIgnoreCase);
        if (parameters.Plain(properties.GetValueOrDefault("Password")) is not SecretValue { Secret: var password })
        {
            return null;
        }

        var databases = DatabaseReader.Of(model, resource);
        if (settings.Database is { } more && databases.All(database => database.Name != more))
        {
            databases = [.. databases, new AddedDatabase(resource.Name, more, Script: null)];
        }

        var major = DatabaseEngines.VersionOf(resource, engine) ?? engine.DefaultVersion;
        var server = new DatabaseServer
        {
            Name = resource.Name,
            Engine = engine,
            Version = options.EngineVersion ?? engine.MinorVersions.GetValueOrDefault(major, major),
            UserName = engine.MasterUser is { } master
                ? new Text(master)
                : parameters.Plain(properties.GetValueOrDefault("Username")) ?? new Text(""),
            ModelUser = engine.ModelUser,
            Password = password,
            Databases = [.. databases],
            Replicas =
            [
                .. ReplicaReader.Of(model, resource).Select(replica => new DatabaseReplica(replica.Name, replica.Options.InstanceClass)),
            ],

            // A snapshot has its databases, and RDS makes no other beside them.
            InitialDatabase =
                options.RestoreFrom is not null || !engine.MakesDatabase
                    ? null
                    : options.InitialDatabase
                        ?? databases.FirstOrDefault(database => database.Script is null && engine.IsDatabaseName(database.Name))?.Name,
            Options = options,
        };
        return options.UserPerDatabase ? server with { Databases = DatabaseUsers.Of(server, parameters) } : server;
    }

    private void Take(ContainerResource resource, DatabaseServer server, ServerSettings settings)
    {
        _servers.Add(resource, server);
        _notices.AddRange(DatabaseNotices.Of(resource, server, settings));
    }

    private void Refuse(ContainerResource resource, string text) => refusals.Add(resource.Name, $"'{resource.Name}' {text}");
}
