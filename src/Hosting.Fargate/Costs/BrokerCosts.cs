using Hosting.Fargate.Application;

namespace Hosting.Fargate.Costs;

/// <summary>What brokers of Amazon MQ cost by the month, and what of it is billed by use.</summary>
internal static class BrokerCosts
{
    public const string PricingPage = "https://aws.amazon.com/amazon-mq/pricing/";

    /// <summary>A month of a GB of messages on the disk of a RabbitMQ.</summary>
    private const decimal GigabyteMonth = 0.10m;

    /// <summary>The hour of an <c>mq.m7g.large</c>; the others of its kind are priced by their size.</summary>
    private const decimal LargeHour = 0.2734m;

    /// <summary>An hour of one broker by its type: as <see cref="Prices"/> has the others, USD in us-east-1, second-hand.</summary>
    private static readonly Dictionary<string, decimal> s_hours = new(StringComparer.Ordinal)
    {
        ["mq.m7g.medium"] = LargeHour / 2,
        ["mq.m7g.large"] = LargeHour,
        ["mq.m7g.xlarge"] = LargeHour * 2,
        ["mq.m7g.2xlarge"] = LargeHour * 4,
        ["mq.m7g.4xlarge"] = LargeHour * 8,
        ["mq.m5.large"] = 0.288m,
        ["mq.m5.xlarge"] = 0.576m,
        ["mq.m5.2xlarge"] = 1.152m,
        ["mq.m5.4xlarge"] = 2.304m,
    };

    public static IEnumerable<CostLine> Of(FargateApplication application) =>
        from broker in application.Brokers
        where s_hours.ContainsKey(broker.Options.InstanceType)
        select new CostLine(Title(broker), s_hours[broker.Options.InstanceType] * Prices.HoursOfMonth, Nodes(broker));

    /// <summary>What a broker costs a month without its messages; null for a type whose price is not known here.</summary>
    public static decimal? MonthOf(Broker broker) =>
        s_hours.TryGetValue(broker.Options.InstanceType, out var hour) ? hour * Prices.HoursOfMonth * Nodes(broker) : null;

    public static IEnumerable<UncountedCost> ByUse(FargateApplication application)
    {
        foreach (var broker in application.Brokers.Where(broker => MonthOf(broker) is null))
        {
            yield return new UncountedCost(Title(broker), $"by the hour: {PricingPage}");
        }

        if (application.Brokers.Length > 0)
        {
            yield return new UncountedCost(
                "Messages on the disks of brokers",
                $"{CostText.Price(GigabyteMonth)} a GB and month, on each broker of a cluster"
            );
        }
    }

    private static int Nodes(Broker broker) => broker.Options.MultiAz ? 3 : 1;

    private static string Title(Broker broker) =>
        $"{broker.Name}: {broker.Options.InstanceType} with RabbitMQ{(broker.Options.MultiAz ? ", three of them" : "")}";
}
