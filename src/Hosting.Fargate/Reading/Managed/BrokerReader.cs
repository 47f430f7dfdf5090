using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Hosting.Fargate.Application;

namespace Hosting.Fargate.Reading;

/// <summary>
/// RabbitMQ that Amazon MQ runs. The model's expressions stay as they are: the endpoint is the broker's, over TLS (<c>amqps</c>, which
/// RabbitMQ.Client reads from the address), user and password are those of its one user.
/// </summary>
internal sealed partial class BrokerReader(
    DistributedApplicationModel model,
    string stack,
    NetworkPlan network,
    ParameterReader parameters,
    Refusals refusals
)
{
    /// <summary>https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/amazon-mq-limits.html</summary>
    private const int MaxName = 50;

    /// <summary>The user in place of RabbitMQ's own first one.</summary>
    private const string InPlaceOfGuest = "rabbit";

    private const string Plain = "amqp://";
    private const string NoPassword = "has no password that is a secret parameter.";

    private readonly Dictionary<IResource, Broker> _brokers = new(ResourceNames.Comparer);
    private readonly List<BrokerConnection> _connections = [];
    private readonly HashSet<SaidPort> _ports = [];
    private readonly List<Notice> _notices = [];

    /// <summary>The brokers that are made.</summary>
    public IEnumerable<Broker> Brokers => _brokers.Values.Where(broker => broker.Existing is null);

    /// <summary>Those that exist.</summary>
    public IEnumerable<Broker> Existing => _brokers.Values.Where(broker => broker.Existing is not null);

    public IEnumerable<BrokerConnection> Connections =>
        _connections.DistinctBy(connection => new
        {
            connection.Workload,
            connection.Broker.Name,
            connection.Port,
        });

    public IEnumerable<Notice> Notices =>
        _notices.Concat(
            from said in _ports
            from broker in _brokers.Values
            where
                broker.HasTls
                && _connections.Exists(connection => connection.Workload == said.Use.Resource.Name && connection.Broker == broker)
            select BrokerNotices.OfPort(broker, said.Port, said.Use)
        );

    public static bool IsBroker(IResource resource) => resource.HasAnnotationOfType<AmazonMqAnnotation>();

    public bool Has(IResource resource) => _brokers.ContainsKey(resource);

    /// <summary>Takes a container that the model wants to be a broker of Amazon MQ.</summary>
    public void Add(ContainerResource resource, ServerSettings settings)
    {
        if (ManagedDefaults.KindOf(resource) != ManagedKind.Broker)
        {
            Refuse(
                resource,
                $"is to be a broker of Amazon MQ (PublishAsAmazonMq), which runs RabbitMQ here (AddRabbitMQ), and is a "
                    + $"{resource.GetType().Name}. Take PublishAsAmazonMq away."
            );
            return;
        }

        var broker = BrokerOf(resource, resource.Annotations.OfType<AmazonMqAnnotation>().Last().Broker);
        if (broker is null || ProblemOf(broker) is { } problem)
        {
            Refuse(resource, broker is null ? NoPassword : ProblemOf(broker)!);
            return;
        }

        Take(resource, broker, settings);
    }

    /// <summary>Takes a container of which the model says nothing, as a broker of Amazon MQ where it can be one.</summary>
    /// <returns>Why it cannot; null where it is taken.</returns>
    public string? TryAdd(ContainerResource resource, ServerSettings settings)
    {
        var broker = BrokerOf(resource, new MessageBroker());
        if (broker is null || ProblemOf(broker) is not null)
        {
            return $"it {(broker is null ? NoPassword : ProblemOf(broker))}";
        }

        Take(resource, broker, settings);
        _notices.Add(BrokerNotices.OfDefault(broker));
        return null;
    }

    /// <summary>Takes a container in the place of which there is a broker that exists.</summary>
    public void Use(ContainerResource resource, ExistingServer existing)
    {
        if (BrokerOf(resource, new MessageBroker()) is not { } broker)
        {
            Refuse(resource, $"exists (UseExisting) and {NoPassword} Give it one.");
            return;
        }

        var user = ExistingUser.Of(existing, broker.UserName, broker.ModelUser);
        foreach (var problem in ExistingServerRules.Problems(existing, broker.Password, user.InModel, network))
        {
            Refuse(resource, problem);
        }

        _brokers.Add(resource, broker with { Existing = existing, UserName = user.Name, ModelUser = user.Replaced });
    }

    /// <summary>A property of the broker's endpoint, for who refers to it; of that of its management, where it is that.</summary>
    public Value Read(EndpointReference reference, EndpointProperty property, ValueUse use)
    {
        var broker = _brokers[reference.Resource];
        if (!use.Resource.IsInNetwork)
        {
            refusals.Add(
                use.Resource.Name,
                $"{use} refers to '{broker.Name}', a broker in the network of the application, and '{use.Resource.Name}' is outside of it "
                    + "(Capacity.External). Give it another capacity, or let a service do the work."
            );
        }

        var isManagement = reference.Exists && IsManagement(reference.EndpointAnnotation);
        var port = isManagement ? Broker.ConsolePort : broker.Port;
        _connections.Add(
            new BrokerConnection(
                use.Resource.Name,
                broker,
                port,
                $"{use.Resource.Name}: {use.Variable ?? "an argument"} names {broker.Name}"
            )
        );
        var scheme =
            isManagement ? "https"
            : broker.HasTls ? "amqps"
            : "amqp";
        return property switch
        {
            EndpointProperty.TlsEnabled => new Text(isManagement || broker.HasTls ? bool.TrueString : bool.FalseString),
            EndpointProperty.TargetPort => EndpointAddress.Number(port),
            EndpointProperty.Scheme => new Text(scheme),
            _ => EndpointAddress.Of(
                property,
                scheme,
                new ServerAddress(broker.ResourceId, broker.Existing?.Host) { IsOfBroker = true },
                port
            ),
        };
    }

    /// <summary>What an expression comes to: an address of a broker with TLS, its user as Amazon MQ has it.</summary>
    public Value AsPublished(Value value, ValueUse use)
    {
        if (value.Parts.OfType<ServerAddress>().Select(Find).FirstOrDefault(broker => broker is not null) is { } named)
        {
            var own = named is { ModelUser: { } user, UserName: Text { Content: var master } }
                ? DatabaseTls.Replaced(value, $"://{user}:", $"://{master}:")
                : value;
            return
                named.HasTls
                && own is Concatenation { Values: [Text { Content: var first }, .. var rest] }
                && first.StartsWith(Plain, StringComparison.OrdinalIgnoreCase)
                ? Value.Concat([new Text($"amqps://{first[Plain.Length..]}"), .. rest])
                : own;
        }

        return value is Text { Content: var content } && use.Variable?.Contains("USER", StringComparison.OrdinalIgnoreCase) == true
            ? _brokers.FirstOrDefault(pair => pair.Value.ModelUser == content && IsTold(use.Resource, pair.Key)).Value?.UserName ?? value
            : value;
    }

    /// <summary>The port at which an endpoint of a broker is on AWS; null where it is no broker's.</summary>
    public int? PortOf(IResource resource, EndpointAnnotation endpoint) =>
        _brokers.TryGetValue(resource, out var broker) ? (IsManagement(endpoint) ? Broker.ConsolePort : broker.Port) : null;

    /// <summary>The name of the broker that an address is of; null for any other.</summary>
    public string? NameOf(ServerAddress address) => Find(address)?.Name;

    /// <summary>Whether an address is of a broker that is reached over TLS.</summary>
    public bool IsOverTls(ServerAddress address) => Find(address) is { HasTls: true };

    /// <summary>Notes ports of RabbitMQ that the model writes itself: a broker of Amazon MQ has others.</summary>
    public void NotePorts(Value value, ValueUse use)
    {
        foreach (var match in value.Parts.OfType<Text>().SelectMany(text => PlainPort().Matches(text.Content)))
        {
            _ports.Add(new(match.Groups["port"].Value, use));
        }
    }

    /// <summary>Whether the model has told a workload of a broker, or refers it to it.</summary>
    private bool IsTold(PublishedResource workload, IResource resource) =>
        _connections.Exists(connection => connection.Workload == workload.Name && connection.Broker.Name == resource.Name)
        || workload.RefersTo(resource);

    private static bool IsManagement(EndpointAnnotation endpoint) => endpoint.TargetPort == BrokerNotices.ManagementPort;

    private Broker? Find(ServerAddress address) => _brokers.Values.FirstOrDefault(broker => broker.ResourceId == address.ResourceId);

    private Broker? BrokerOf(ContainerResource resource, MessageBroker options)
    {
        var properties = ((IResourceWithConnectionString)resource)
            .GetConnectionProperties()
            .DistinctBy(property => property.Key, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(property => property.Key, property => property.Value, StringComparer.OrdinalIgnoreCase);
        if (parameters.Plain(properties.GetValueOrDefault("Password")) is not SecretValue { Secret: var password })
        {
            return null;
        }

        var user = parameters.Plain(properties.GetValueOrDefault("Username")) ?? new Text("");
        var isGuest = user is Text { Content: Broker.Guest };
        return new Broker
        {
            Name = resource.Name,

            BrokerName = ManagedNames.Of($"{stack}-{resource.Name}{(options.MultiAz ? "-cluster" : "")}{Place(options)}", MaxName),
            Version = options.EngineVersion ?? VersionOf(resource),
            UserName = isGuest ? new Text(InPlaceOfGuest) : user,
            ModelUser = isGuest ? Broker.Guest : null,
            Password = password,
            Options = options,
        };
    }

    /// <summary>
    /// What its name has behind it in a network that exists: a broker in other subnets is another, and Amazon MQ has one of a name.
    /// </summary>
    private string Place(MessageBroker options) =>
        network is ExistingNetwork existing
            ? $"-{ManagedNames.Hash(string.Join(' ', existing.TaskSubnets.Take(options.MultiAz ? 2 : 1).Prepend(existing.VpcId)))}"
            : "";

    /// <summary>
    /// What of its image's version Amazon MQ has:
    /// https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-version-management.html.
    /// </summary>
    private static string VersionOf(ContainerResource resource) =>
        resource.Annotations.OfType<ContainerImageAnnotation>().LastOrDefault()?.Tag?.StartsWith("3.", StringComparison.Ordinal) == true
            ? "3.13"
            : "4.2";

    private static string? ProblemOf(Broker broker) =>
        broker.UserName is Text { Content: var user } && !Broker.IsUserName(user)
            ? $"has the user '{user}', which Amazon MQ does not take: 2 to 100 letters, digits, hyphens, dots and underscores. Give it another."
        : broker.Password.Rotation is not null
            ? $"is a broker of Amazon MQ whose password '{broker.Password.Name}' is rotated (WithRotation), and Amazon MQ keeps the one that it "
                + "was made with. Take WithRotation away."
        : null;

    private void Take(ContainerResource resource, Broker broker, ServerSettings settings)
    {
        _brokers.Add(resource, broker);
        _notices.AddRange(BrokerNotices.Of(model, resource, broker, settings));
    }

    private void Refuse(ContainerResource resource, string text) => refusals.Add(resource.Name, $"'{resource.Name}' {text}");

    /// <summary>RabbitMQ's own ports, alone or behind a host: https://www.rabbitmq.com/docs/networking#ports.</summary>
    [GeneratedRegex(@"(?:\A(?=1?5672\z)|:)(?<port>1?5672)(?!\d)")]
    private static partial Regex PlainPort();

    /// <summary>A port that somebody is told in a text.</summary>
    private sealed record SaidPort(string Port, ValueUse Use);
}
