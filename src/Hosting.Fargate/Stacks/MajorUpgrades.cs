using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Composing;

namespace Hosting.Fargate.Stacks;

/// <summary>
/// A database or broker goes to another major version where that is said alone, and to no lower one:
/// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html,
/// https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/upgrading-brokers.html. RDS would ask; Amazon MQ would not.
/// </summary>
internal static class MajorUpgrades
{
    /// <summary>Which one would become another major version without a word, and what to write; null where none would.</summary>
    /// <param name="live">The templates that are deployed.</param>
    /// <param name="wanted">The templates that are to be.</param>
    public static string? ProblemOf(IEnumerable<TemplateMap> live, IEnumerable<TemplateMap> wanted)
    {
        var before = live.SelectMany(ServersOf).ToLookup(server => server.Key, server => server.Value, StringComparer.Ordinal);
        foreach (var (id, server) in wanted.SelectMany(ServersOf))
        {
            if (
                before[id].FirstOrDefault() is { } old
                && MajorOf(old) is { } version
                && MajorOf(server) is { } after
                && version != after
                && server.At("Properties", AuroraComposer.AllowsMajorUpgrade).AsBool() != true
                && server.At("Metadata", AuroraComposer.AllowsMajorUpgrade).AsBool() != true
            )
            {
                return Why(id, server, version, after, old.At("Properties", "EngineVersion").AsText()!);
            }
        }

        return null;
    }

    private static string Why(string id, TemplateNode server, string version, string after, string whole) =>
        server.At("Type").AsText() == Broker.Type
            ? $"The broker '{id}' is RabbitMQ {version}, and would become {after}, from which there is no way back. Stay: "
                + $"PublishAsAmazonMq(broker => broker.EngineVersion = \"{whole}\"). Or agree to it, best once what uses it was tried with the "
                + "newer one: broker.AllowMajorVersionUpgrade = true."
            : $"The database '{id}' is version {version}, and would become {after}, from which there is no way back. Stay: "
                + $"{(server.At("Type").AsText() == DatabaseTypes.Cluster ? "PublishAsAurora" : "PublishAsRds")}(database => database.EngineVersion = \"{version}\"). Or agree to it, best tried with a snapshot "
                + $"first: database.AllowMajorVersionUpgrade = true.";

    private static IEnumerable<KeyValuePair<string, TemplateNode>> ServersOf(TemplateMap template) =>
        (template.At("Resources") as TemplateMap ?? []).Where(resource =>
            resource.Value.At("Type").AsText() is DatabaseTypes.Instance or DatabaseTypes.Cluster or Broker.Type
        );

    private static string? MajorOf(TemplateNode server) =>
        server.At("Properties", "EngineVersion").AsText() is not { } version ? null
        : server.At("Type").AsText() == Broker.Type ? version.Split('.')[0]
        : DatabaseEngine.Named(server.At("Properties", "Engine").AsText())?.MajorOf(version);
}
