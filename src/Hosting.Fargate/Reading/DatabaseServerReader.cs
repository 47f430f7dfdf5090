using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// Database servers that RDS runs (<c>PublishAsRds</c>). The model's expressions stay as they are: the endpoint is the instance's, over
/// TLS, user and password are those of its first user.
/// </summary>
internal sealed class DatabaseServerReader(
    DistributedApplicationModel model,
    NetworkPlan network,
    ParameterReader parameters,
    Refusals refusals
)
{
    private readonly Dictionary<IResource, DatabaseServer> _servers = new(ResourceNames.Comparer);
    private readonly List<DatabaseConnection> _connections = [];
    private readonly List<Notice> _notices = [];

    public IEnumerable<DatabaseServer> Servers => _servers.Values;

    public IEnumerable<DatabaseConnection> Connections =>
        _connections.DistinctBy(connection => (connection.Workload, connection.Server.Name));

    public IEnumerable<Notice> Notices => _notices;

    public static bool IsServer(IResource resource) => resource.HasAnnotationOfType<RdsAnnotation>();

    public bool Has(IResource resource) => _servers.ContainsKey(resource);

    /// <summary>Takes a container that is to be an instance of RDS.</summary>
    public void Add(ContainerResource resource)
    {
        if (DatabaseEngines.Find(resource) is not { } engine)
        {
            var image = resource.TryGetContainerImageName(out var name) ? name : resource.GetType().Name;
            Refuse(
                resource,
                $"is to be a database of RDS (PublishAsRds), which runs {DatabaseEngines.Known} here. '{image}' is none of "
                    + $"these; take PublishAsRds away."
            );
            return;
        }

        var properties = ((IResourceWithConnectionString)resource)
            .GetConnectionProperties()
            .DistinctBy(property => property.Key, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(property => property.Key, property => property.Value, StringComparer.OrdinalIgnoreCase);
        if (PlainValue(properties.GetValueOrDefault("Password")) is not SecretValue { Secret: var password })
        {
            Refuse(resource, "is to be a database of RDS (PublishAsRds) and has no password that is a secret parameter. Give it one.");
            return;
        }

        var options = resource.Annotations.OfType<RdsAnnotation>().Last().Database;
        var databases = DatabaseReader.Of(model, resource);
        var server = new DatabaseServer
        {
            Name = resource.Name,
            Engine = engine,
            Version = options.EngineVersion ?? DatabaseEngines.VersionOf(resource, engine) ?? engine.DefaultVersion,
            UserName = engine.MasterUser is { } master
                ? new Text(master)
                : PlainValue(properties.GetValueOrDefault("Username")) ?? new Text(""),
            Password = password,
            Databases = [.. databases],

            // A snapshot has its databases, and RDS makes no other beside them.
            InitialDatabase =
                options.RestoreFrom is not null || !engine.MakesDatabase
                    ? null
                    : options.InitialDatabase
                        ?? databases.FirstOrDefault(database => database.Script is null && engine.IsDatabaseName(database.Name))?.Name,
            Options = options,
        };
        Check(resource, server);
        NoticeWhatStays(resource, server);
        _servers.Add(resource, server);
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

        Connect(use.Resource.Name, server, $"{use.Resource.Name}: {use.Variable ?? "an argument"} names {server.Name}");
        return property switch
        {
            EndpointProperty.TlsEnabled => new Text(bool.TrueString),
            EndpointProperty.TargetPort => EndpointAddress.Number(server.Engine.Port),
            _ => EndpointAddress.Of(property, reference.Scheme, AddressOf(server), server.Engine.Port),
        };
    }

    /// <summary>Notes who uses a server.</summary>
    public void Connect(string workload, DatabaseServer server, string reason) =>
        _connections.Add(new DatabaseConnection(workload, server, reason));

    public static Value AddressOf(DatabaseServer server) => new ServerAddress(server.ResourceId);

    /// <summary>A connection string of a server: with TLS, which those of the model do not say.</summary>
    public Value? WithTls(IResource resource, Value? text) =>
        text is not null && _servers.TryGetValue(resource, out var server) ? DatabaseTls.OfConnectionString(server.Engine, text) : text;

    /// <summary>What an expression comes to: an address of a server, <c>postgresql://…</c>, with TLS; its user as RDS has it.</summary>
    public Value AsPublished(Value value, ValueUse use) =>
        value
            .Parts.OfType<ServerAddress>()
            .Select(address => Servers.FirstOrDefault(server => server.ResourceId == address.ResourceId))
            .FirstOrDefault(server => server is not null)
            is { } server
            ? DatabaseTls.WithUser(server.Engine, DatabaseTls.OfAddress(server.Engine, value))
        : IsUser(value, use, out var user) ? user
        : value;

    /// <summary>
    /// Whether a variable has the name of a user alone, <c>DB_USERNAME</c> of <c>WithReference</c>, for who has the server's address
    /// besides.
    /// </summary>
    private bool IsUser(Value value, ValueUse use, [NotNullWhen(true)] out Value? user)
    {
        user =
            value is Text { Content: var name } && use.Variable?.EndsWith("_USERNAME", StringComparison.OrdinalIgnoreCase) == true
                ? _connections
                    .FirstOrDefault(connection => connection.Workload == use.Resource.Name && connection.Server.Engine.ModelUser == name)
                    ?.Server.UserName
                : null;
        return user is not null;
    }

    /// <summary>A parameter, or text that the model knows now, whatever expressions are around it; null for anything else.</summary>
    private Value? PlainValue(ReferenceExpression? expression) =>
        expression switch
        {
            { ValueProviders: [ReferenceExpression inner], Format: "{0}" } => PlainValue(inner),
            { ValueProviders: [ParameterResource parameter], Format: "{0}" } => parameters.Read(parameter, ValueFormat.AsIs),
            { ValueProviders.Count: 0, Format: var text } => new Text(text),
            _ => null,
        };

    private void Check(ContainerResource resource, DatabaseServer server)
    {
        var options = server.Options;
        if (server.UserName is Text { Content: var user } && !server.Engine.IsUserName(user))
        {
            Refuse(
                resource,
                $"has the user '{user}', which RDS does not take for {server.Engine.Title}: 1 to 16 letters, digits and "
                    + $"underscores, a letter first, and no word of its own. Give it another one (WithUserName)."
            );
        }

        if (server.Password.Rotation is not null)
        {
            Refuse(
                resource,
                $"is a database of RDS whose password '{server.Password.Name}' is rotated (WithRotation), and what deploy "
                    + $"puts would differ from it. Take WithRotation away; a deploy with a new value changes both."
            );
        }

        if (options.MaximumStorageGigabytes is { } most && most * 10 < options.StorageGigabytes * 11)
        {
            Refuse(
                resource,
                $"has {options.StorageGigabytes} GiB of storage to begin with, and {most} at the most. RDS wants a tenth "
                    + $"more than it begins with: MaximumStorageGigabytes = {((options.StorageGigabytes * 11) + 9) / 10} or more, or null."
            );
        }

        if (options.MultiAz && !server.Engine.HasStandby)
        {
            Refuse(resource, $"is {server.Engine.Title}, of which no second server stands by. Take MultiAz away.");
        }

        if (options.InitialDatabase is not null && !server.Engine.MakesDatabase)
        {
            Refuse(resource, $"is {server.Engine.Title}, with which RDS makes no database: a task makes all. Take InitialDatabase away.");
        }
        else if (options.InitialDatabase is { } initial && !server.Engine.IsDatabaseName(initial))
        {
            Refuse(resource, $"has InitialDatabase = \"{initial}\", a word of {server.Engine.Title}'s own. Take another name.");
        }

        if (network is ExistingNetwork { TaskSubnets.Length: < 2 })
        {
            Refuse(
                resource,
                "is a database of RDS, which wants subnets in two zones, and WithExistingVpc names one for tasks. Name " + "another."
            );
        }

        if (resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(endpoint => endpoint.IsExternal) is { } external)
        {
            Refuse(
                resource,
                $"is a database of RDS and has the external endpoint '{external.Name}'. It has no public address: take "
                    + "WithExternalHttpEndpoints or IsExternal away."
            );
        }

        if (server.Databases.FirstOrDefault(database => database.Name.Any(IsSpecial)) is { } named)
        {
            Refuse(
                resource,
                $"has the database '{named.Name}', and a task makes it: without quotes, backslashes, brackets and what "
                    + $"cannot be seen. Give it another name (AddDatabase(…, databaseName))."
            );
        }

        if (
            server.Databases.FirstOrDefault(database => database.Script?.Contains("{{resolve:", StringComparison.Ordinal) == true) is
            { } database
        )
        {
            Refuse(
                resource,
                $"has the database '{database.Name}' whose script holds the text '{{{{resolve:', which CloudFormation would "
                    + $"replace by a secret's value. Write it otherwise."
            );
        }
    }

    private static bool IsSpecial(char character) => char.IsControl(character) || "'\"`\\[]".Contains(character);

    /// <summary>What the container has and the instance has not.</summary>
    private void NoticeWhatStays(ContainerResource resource, DatabaseServer server)
    {
        foreach (
            var volume in resource
                .Annotations.OfType<ContainerMountAnnotation>()
                .Where(mount => mount.Type == ContainerMountType.Volume)
                .Take(1)
        )
        {
            Notice($"has the volume '{volume.Source}' here alone: RDS keeps its data itself, and begins without any.");
        }

        if (
            resource.Annotations.OfType<ContainerMountAnnotation>().Any(mount => mount.Type == ContainerMountType.BindMount)
            || resource.HasAnnotationOfType<ContainerFileSystemCallbackAnnotation>()
        )
        {
            Notice(
                "has files in its container (WithInitFiles, WithBindMount) here alone. What they do to its databases, a program of the "
                    + "model does on AWS, as migrations do: one that the services wait for (WaitForCompletion).",
                isWarning: true
            );
        }

        if (resource.HasAnnotationOfType<CommandLineArgsCallbackAnnotation>())
        {
            Notice("has arguments (WithArgs) here alone: RDS has parameter groups for such settings.", isWarning: true);
        }

        if (DatabaseEngines.HereOf(resource, server.Engine) is { } here && here != server.MajorVersion)
        {
            Notice(
                $"is version {here} here, and {server.MajorVersion} on AWS"
                    + (
                        server.Options.EngineVersion is null
                            ? $": RDS has {string.Join(" and ", server.Engine.MajorVersions)}."
                            : " " + "(EngineVersion)."
                    )
                    + " Run the same here: WithImageTag.",
                isWarning: true
            );
        }

        if (DatabaseEngines.OtherImageOf(resource, server.Engine) is { } image)
        {
            Notice(
                $"is '{image}' here, and {server.Engine.Title} {server.Version} of RDS on AWS, with the extensions that RDS has: "
                    + $"{server.Engine.Extensions}."
            );
        }

        void Notice(string text, bool isWarning = false) => _notices.Add(new Notice(resource.Name, text, isWarning));
    }

    private void Refuse(ContainerResource resource, string text) => refusals.Add(resource.Name, $"'{resource.Name}' {text}");
}
