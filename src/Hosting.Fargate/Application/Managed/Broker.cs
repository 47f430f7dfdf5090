using System.Text.RegularExpressions;

namespace Hosting.Fargate.Application;

/// <summary>A RabbitMQ of the model that Amazon MQ runs.</summary>
internal sealed partial record Broker
{
    /// <summary>RabbitMQ's own first user, which Amazon MQ does not take.</summary>
    public const string Guest = "guest";

    /// <summary>What CloudFormation calls brokers.</summary>
    public const string Type = "AWS::AmazonMQ::Broker";

    /// <summary>With what the logical ids of brokers end.</summary>
    public const string Suffix = "Broker";

    /// <summary>
    /// Where it speaks AMQP over TLS: https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/working-with-rabbitmq.html.
    /// </summary>
    public const int AmqpsPort = 5671;

    /// <summary>Where its management is.</summary>
    public const int ConsolePort = 443;

    /// <summary>Its name in the model.</summary>
    public required string Name { get; init; }

    /// <summary>Its name on AWS.</summary>
    public required string BrokerName { get; init; }

    /// <summary>The version of RabbitMQ: <c>4.2</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Its one user.</summary>
    public required Value UserName { get; init; }

    /// <summary>The user's name in the model's own expressions, where the broker has another; null where they are the same.</summary>
    public string? ModelUser { get; init; }

    /// <summary>The password of its user.</summary>
    public required SecretSpec Password { get; init; }

    public required MessageBroker Options { get; init; }

    /// <summary>Where it is, where it exists; null for one that is made.</summary>
    public ExistingServer? Existing { get; init; }

    public bool HasTls => Existing?.Tls ?? true;

    public int Port => Existing?.Port ?? (HasTls ? AmqpsPort : 5672);

    public string Id => Names.Id(Name);

    public string ResourceId => $"{Id}{Suffix}";

    /// <summary>
    /// Whether Amazon MQ takes it for a user:
    /// https://docs.aws.amazon.com/amazon-mq/latest/api-reference/brokers-broker-id-users-username.html.
    /// </summary>
    public static bool IsUserName(string name) => name != Guest && UserNames().IsMatch(name);

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{2,100}\z")]
    private static partial Regex UserNames();
}

/// <summary>A service or task that uses a broker, at which port, and the line of the model that says so.</summary>
internal sealed record BrokerConnection(string Workload, Broker Broker, int Port, string Reason);
