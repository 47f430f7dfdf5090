using Aws.CloudFormation;
using Hosting.Fargate.Application;
using Hosting.Fargate.Composing;

namespace Hosting.Fargate.Stacks;

/// <summary>
/// A database goes to another major version where that is said alone, and to no lower one:
/// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html.
/// </summary>
internal static class DatabaseUpgrades
{
    /// <summary>Which database would become another major version without a word, and what to write; null where none would.</summary>
    /// <param name="live">The templates that are deployed.</param>
    /// <param name="wanted">The templates that are to be.</param>
    public static string? ProblemOf(IEnumerable<TemplateMap> live, IEnumerable<TemplateMap> wanted)
    {
        var before = live.SelectMany(ServersOf).ToLookup(server => server.Key, server => MajorOf(server.Value), StringComparer.Ordinal);
        foreach (var (id, server) in wanted.SelectMany(ServersOf))
        {
            var after = MajorOf(server);
            if (
                before[id].FirstOrDefault() is { } version
                && after is not null
                && version != after
                && server.At("Properties", AuroraComposer.AllowsMajorUpgrade).AsBool() != true
                && server.At("Metadata", AuroraComposer.AllowsMajorUpgrade).AsBool() != true
            )
            {
                return $"The database '{id}' is version {version}, and would become {after}, from which there is no way back. Stay: "
                    + $"{(server.At("Type").AsText() == DatabaseTypes.Cluster ? "PublishAsAurora" : "PublishAsRds")}(database => database.EngineVersion = \"{version}\"). Or agree to it, best tried with a snapshot "
                    + $"first: database.AllowMajorVersionUpgrade = true.";
            }
        }

        return null;
    }

    private static IEnumerable<KeyValuePair<string, TemplateNode>> ServersOf(TemplateMap template) =>
        (template.At("Resources") as TemplateMap ?? []).Where(resource =>
            resource.Value.At("Type").AsText() is DatabaseTypes.Instance or DatabaseTypes.Cluster
        );

    private static string? MajorOf(TemplateNode server) =>
        server.At("Properties", "EngineVersion").AsText() is { } version
            ? DatabaseEngine.Named(server.At("Properties", "Engine").AsText())?.MajorOf(version)
            : null;
}
