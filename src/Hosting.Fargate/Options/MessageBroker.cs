using System.Text.RegularExpressions;
using Aspire.Hosting;

namespace Hosting.Fargate;

/// <summary>
/// How RabbitMQ is a broker of Amazon MQ: https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/working-with-rabbitmq.html.
/// </summary>
[AspireExport(ExposeProperties = true, ExposeMethods = true)]
public sealed partial class MessageBroker
{
    private string _instanceType = "mq.m7g.medium";
    private string? _engineVersion;

    internal MessageBroker() { }

    /// <summary>
    /// Processors and memory: <c>mq.m7g.medium</c> unless set, the smallest that RabbitMQ runs on, which AWS recommends for tests alone;
    /// <c>mq.m7g.large</c> and above for more. A change restarts the broker:
    /// https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-sizing-guidelines.html.
    /// </summary>
    /// <exception cref="ArgumentException">No type of an instance.</exception>
    public string InstanceType
    {
        get => _instanceType;
        set =>
            _instanceType = TypeName().Takes(value)
                ? value
                : throw new ArgumentException($"{nameof(InstanceType)} is as mq.m7g.large is, and '{value}' is not.", nameof(InstanceType));
    }

    /// <summary>
    /// Whether it is a cluster of three in as many zones, each of which costs as much; from <c>mq.m7g.medium</c> on. To change it makes
    /// another broker, without the messages of the old one.
    /// </summary>
    public bool MultiAz { get; set; }

    /// <summary>
    /// The version, such as <c>4.2</c>. Unless set that of the container's image where Amazon MQ has it, and else the newest:
    /// https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-version-management.html.
    /// </summary>
    /// <exception cref="ArgumentException">No major and minor version.</exception>
    public string? EngineVersion
    {
        get => _engineVersion;
        set =>
            _engineVersion =
                value is null || Version().IsMatch(value)
                    ? value
                    : throw new ArgumentException($"{nameof(EngineVersion)} is as 4.2 is, and '{value}' is not.", nameof(EngineVersion));
    }

    /// <summary>
    /// Whether a deploy may take the broker to another major version, which there is no way back from. It is refused unless set:
    /// https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/upgrading-brokers.html.
    /// </summary>
    public bool AllowMajorVersionUpgrade { get; set; }

    internal (DayOfWeek Day, int Hour, string TimeZone)? Maintenance { get; private set; }

    /// <summary>
    /// When Amazon MQ may restart it for updates, up to two hours once a week; of a cluster one broker after the other. Unless said, AWS
    /// takes a time: https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/maintaining-brokers.html.
    /// </summary>
    /// <param name="day">The day of the week.</param>
    /// <param name="hour">The hour of that day, 0 to 23.</param>
    /// <param name="timeZone">The IANA name of the time zone that these mean.</param>
    /// <exception cref="ArgumentOutOfRangeException">No day of the week, or no hour of a day.</exception>
    /// <exception cref="ArgumentException"><paramref name="timeZone"/> is empty.</exception>
    public void MaintainOn(DayOfWeek day, int hour, string timeZone = "UTC")
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((int)day, (int)DayOfWeek.Saturday, nameof(day));
        ArgumentOutOfRangeException.ThrowIfNegative((int)day, nameof(day));
        ArgumentOutOfRangeException.ThrowIfNegative(hour);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hour, 23);
        ArgumentException.ThrowIfNullOrWhiteSpace(timeZone);
        Maintenance = (day, hour, timeZone);
    }

    [GeneratedRegex(@"\Amq\.[a-z0-9]+\.[a-z0-9]+\z")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"\A[0-9]+\.[0-9]+\z")]
    private static partial Regex Version();
}
